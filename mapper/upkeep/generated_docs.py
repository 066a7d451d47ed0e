"""The pages and pictures of docs/ that are written from the code, and whether they are current."""

from collections.abc import Mapping
from pathlib import Path

import mapper
from mapper.errors import GateError
from mapper.export.dictionary import dictionary_markdown
from mapper.model.source import Download, PlatformQuery, SourceInfo
from mapper.sources import sources_by_id
from mapper.upkeep import architecture
from mapper.upkeep.plan_pictures import path_svg, rooms_svg
from mapper.upkeep.registry_docs import describe


def write_docs(to: Path, *, check: bool) -> str:
    """
    Write the generated pages, or only compare them.

    Raises
    ------
    GateError
        If ``check`` finds one that is not current.
    """
    pages = {
        "data-format.md": dictionary_markdown(),
        "data-format-registry.md": describe(),
        "sources.md": sources_markdown(sources_by_id()),
        **plan_pictures(),
    }
    stale = [
        name
        for name, text in pages.items()
        if not (to / name).exists() or (to / name).read_text("utf-8") != text
    ]
    if check and stale:
        msg = f"not current: {', '.join(f'{to.name}/{name}' for name in stale)}"
        raise GateError(msg, next_step="run `make docs` and commit the result.")
    if not check:
        for name in stale:
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            (to / name).write_text(pages[name], "utf-8", newline="\n")
    return f"{to.name}: {len(pages)} generated pages are current"


def plan_pictures() -> dict[str, str]:
    """
    Draw the plan of the house from the package and the import contract beside it.

    Returns
    -------
    dict
        From the name of a file below ``docs/`` to its SVG text.

    Raises
    ------
    GateError
        If a path names a step that the code no longer has.
    """
    package = Path(mapper.__file__).parent
    floors = architecture.read_floors(package.parent / "pyproject.toml")
    said = {room: architecture.read_room(package, room) for floor in floors for room in floor}
    paths = {"record": architecture.PATH_OF_A_RECORD, "claim": architecture.PATH_OF_A_CLAIM}
    pictures = {
        f"pictures/path-of-a-{name}.svg": path_svg(
            f"The path of a {name}", steps, architecture.read_path(package, steps)
        )
        for name, steps in paths.items()
    }
    return {"pictures/rooms.svg": rooms_svg("The rooms", floors, said), **pictures}


def sources_markdown(sources: Mapping[str, SourceInfo]) -> str:
    """Write the page that lists every source, from the sources' own descriptions."""
    lines = [
        "# Sources",
        "",
        "Generated from the descriptions in `mapper/sources/`. A source whose address could not",
        "be read in a stored public page says so: check it before relying on it.",
        "",
    ]
    for _, info in sorted(sources.items()):
        confirmed = info.address_confirmed_on or "not confirmed"
        lines += [
            f"## {info.title}",
            "",
            f"- id: `{info.source_id}`",
            f"- publisher: {info.publisher}",
            f"- landing page: <{info.landing_page}>",
            f"- read from: {_read_from(info)}",
            f"- address read: {confirmed}",
            f"- licence: {info.license_id}; attribution: {info.attribution}",
            f"- countries: {', '.join(sorted(info.country_codes)) or 'world'}",
            f"- rows expected: {info.row_count_min:,} to {info.row_count_max:,}",
            f"- names a vendor: {'yes' if info.publishes_vendor else 'no'}",
        ]
        if info.fields:
            fields = "; ".join(f"{theirs} -> {ours}" for theirs, ours in info.fields.items())
            lines.append(f"- fields: {fields}")
        lines.append("")
    return "\n".join(lines)


def _read_from(info: SourceInfo) -> str:
    read_from = info.read_from
    if isinstance(read_from, Download):
        return f"<{read_from.url}>"
    if isinstance(read_from, PlatformQuery):
        return f"{read_from.platform}, <{read_from.base_url}>, `{read_from.dataset_ref}`"
    return f"a file of your own: {read_from.hint}"

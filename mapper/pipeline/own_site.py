"""The settings that hold in a folder: the command's words, then ``mapper.toml``, then defaults."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapper.errors import UsageError
from mapper.own_site import PROJECT_NAME
from mapper.settings import EvidenceScope, Settings

if TYPE_CHECKING:
    from mapper.own_site.new_folder import NewSite
    from mapper.own_site.project_file import Project, ProjectFile

# Every question asks for the settings first, and most folders have no file of them: what reads one
# (TOML, a model of it, templates) is imported where there is one to read or to write.
# ruff: noqa: PLC0415

_SAMPLE = ("sample",)


def _project_file(folder: Path) -> "ProjectFile | None":
    """Read the ``mapper.toml`` of a folder; None where it has none."""
    if not (folder / PROJECT_NAME).is_file():
        return None
    from mapper.own_site.project_file import read_project

    return read_project(folder)


def settings_here(given: Mapping[str, Any], folder: Path = Path()) -> Settings:
    """
    Return the settings of a folder.

    Parameters
    ----------
    given
        Fields of `Settings` that the command names; they hold over the file.

    Raises
    ------
    UsageError
        If ``mapper.toml`` is broken.
    """
    read = _project_file(folder)
    return Settings(**{**_fields(read.project if read else None), **given})


def with_documentation(settings: Settings, documentation_dir: Path | None) -> Settings:
    """Return settings whose site takes in the pages that the command names; None names none."""
    if documentation_dir is None:
        return settings
    own = replace(settings.presentation, documentation_dir=documentation_dir)
    return replace(settings, presentation=own)


def registry_given(folders: Sequence[Path] | None) -> dict[str, Any]:
    """Return the folders of evidence that the command names; empty where it names none."""
    return {"own_registry_dirs": tuple(folders)} if folders else {}


def formats_given(
    formats: Sequence[str] | None, by_country: Sequence[str] | None
) -> dict[str, Any]:
    """
    Return the formats that the command names; empty where it names none.

    Raises
    ------
    UsageError
        If one is no format.
    """
    given = {}
    if formats:
        given["formats"] = _formats_asked(formats, "--format")
    if by_country:
        given["by_country_formats"] = _formats_asked(by_country, "--by-country")
    return given


def _formats_asked(names: Sequence[str], said_by: str) -> tuple[str, ...]:
    if not names:
        return ()
    # Only where one is named: the formats bring GDAL, Arrow and GeoPandas, a second of imports
    # before every answer to a question.
    from mapper.export.formats import require_formats

    return require_formats(names, said_by)


def scope_of(scope: str) -> EvidenceScope:
    """
    Return how much of the evidence is meant.

    Raises
    ------
    UsageError
        If it is none of the words.
    """
    if scope not in set(EvidenceScope):
        msg = f"--evidence takes {', '.join(EvidenceScope)}, not {scope!r}"
        raise UsageError(msg, next_step="`country` gives the smallest site.")
    return EvidenceScope(scope)


def inputs_here(given: list[str] | None, folder: Path = Path()) -> list[str]:
    """Return what a build reads: what the command names, what the file names, or the sample."""
    read = _project_file(folder)
    return given or list(read.project.build.inputs if read else _SAMPLE)


def sources_here(given: list[str] | None, folder: Path = Path()) -> list[str]:
    """
    Return which sources are collected: what the command names, or what the site is made of.

    Raises
    ------
    UsageError
        If neither names any.
    """
    read = _project_file(folder)
    if not given and read is None:
        msg = "mapper collect: name `osm` or ids of sources; there is no mapper.toml here"
        raise UsageError(msg, next_step="`mapper sources` lists them.")
    if given or read is None:
        return list(given or ())
    from mapper.sources import sources_by_id

    # Files and lists of one's own lie here already.
    return [name for name in read.project.build.inputs if name in sources_by_id()]


def area_here(folder: Path = Path()) -> dict[str, Any]:
    """Return the area that the file names, as fields of `OsmRequest`; empty where it names none."""
    read = _project_file(folder)
    if read is None:
        return {}
    area = read.project.collect
    return {
        "place": area.place,
        "country": area.country,
        "region": area.region,
        "bbox": area.bbox,
        "with_streets": area.streets,
    }


def endpoint_here(folder: Path = Path()) -> str:
    """Return the Overpass that the file names; empty where it names none."""
    read = _project_file(folder)
    return read.project.collect.endpoint if read else ""


def _fields(project: "Project | None") -> dict[str, Any]:
    if project is None:
        return {}
    own = project.evidence.registry
    return {
        "streets": project.build.streets,
        "allow_osm_tiles": project.build.allow_osm_tiles,
        "with_downloads": project.build.downloads,
        "formats": _formats_asked(project.build.formats, "build.formats"),
        "by_country_formats": _formats_asked(project.build.by_country, "build.by_country"),
        "evidence_scope": project.evidence.include,
        "evidence_countries": project.evidence.countries,
        "own_registry_dirs": (Path(own),) if own else (),
        "page_languages": project.site.languages,
        "presentation": project.presentation,
    }


def languages_given(named: Sequence[str] | None) -> dict[str, Any]:
    """Return the languages of the pages as a field of the settings; empty where none is named."""
    return {"page_languages": tuple(named)} if named else {}


def config_text(*, with_origin: bool, as_json: bool, folder: Path = Path()) -> str:
    """Say every setting of the folder, and on request where it was said."""
    from mapper.own_site.project_file import Project, ProjectFile

    read = _project_file(folder) or ProjectFile(Project())
    rows = [
        (name, _value(name, value, read.project), origin) for name, value, origin in read.settings()
    ]
    if as_json:
        content = {name: {"value": value, "origin": origin} for name, value, origin in rows}
        return json.dumps({"schema": 1, "settings": content}, ensure_ascii=False, indent=2)
    lines = [] if (folder / PROJECT_NAME).is_file() else [f"# no {PROJECT_NAME} in this folder"]
    for name, value, origin in rows:
        said = f"{name} = {json.dumps(value, ensure_ascii=False)}"
        lines.append(f"{said}  # {origin}" if with_origin else said)
    return "\n".join(lines)


def _value(name: str, value: object, project: "Project") -> object:
    if name == "site.colours":
        pairs = project.presentation.colours.items()
        return {key: {"light": light, "dark": dark} for key, (light, dark) in pairs}
    return value


def init(site: "NewSite") -> str:
    """
    Write the folder of a new site, and say what comes next.

    Raises
    ------
    UsageError
        If the folder holds something already.
    """
    from mapper.own_site.new_folder import EXAMPLE_PLACE, write_folder

    files = write_folder(site)
    listed = "\n".join(f"  {name}" for name in files)
    named = site.place or site.country
    example = f"{PROJECT_NAME} names {EXAMPLE_PLACE} as an example: put your place there, then "
    step = f"cd {site.folder} && mapper collect && mapper build"
    return f"wrote {site.folder}:\n{listed}\nnext: {'' if named else example}{step}"

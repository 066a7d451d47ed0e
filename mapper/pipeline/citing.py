"""How to cite a row of the registry or a release."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mapper.clean.spelling import folded_words
from mapper.errors import UsageError
from mapper.pipeline.asking import registry_read
from mapper.registry.names import did_you_mean
from mapper.registry.registry import Registry
from mapper.release.manifest import read_manifest
from mapper.release.store import RELEASE_ID, find_release
from mapper.telling import words
from mapper.telling.citation import CitedItem, release_item, row_items
from mapper.telling.citation_formats import FORMATS

_SHOWN_MAX: Final = 3


def cite(asked: str, *, form: str, out_dir: Path) -> str:
    """
    Say how to cite something.

    Parameters
    ----------
    asked
        The id of a claim, a relation, a count, a source, a deployment, an organisation or a
        release; ``count:ID`` where rows of two kinds share one; or words and numbers that only
        one count, claim or source holds: ``Moscow 213,000``.
    form
        A name of ``citation_formats.FORMATS``.
    out_dir
        Where releases are looked for.

    Raises
    ------
    UsageError
        If nothing has that id, several rows do, or there is no such format.
    """
    if form not in FORMATS:
        msg = f"--format knows no {form!r}"
        raise UsageError(msg, next_step=f"one of: {', '.join(FORMATS)}.")
    if RELEASE_ID.fullmatch(asked):
        return FORMATS[form]([_release(asked, out_dir)])
    registry = registry_read()
    kind, row_id = _row_meant(registry, asked)
    return FORMATS[form](row_items(registry, kind, row_id))


def _release(release_id: str, out_dir: Path) -> CitedItem:
    manifest = read_manifest(find_release(out_dir, release_id))
    credit_of = [(row["attribution"], row["license_id"]) for row in manifest["sources"]]
    return release_item(
        manifest["release_id"], manifest["data_on"], manifest["evidence_on"], credit_of
    )


def _ids(registry: Registry) -> dict[str, list[str]]:
    return {
        "claim": list(registry.claim),
        "relation": list(registry.relation),
        "count": [row.count_id for row in registry.counts],
        "source": list(registry.source),
        "deployment": list(registry.deployment),
        "organisation": list(registry.organisation),
        "country": sorted({row.country_code for row in registry.deployments}),
    }


def _row_meant(registry: Registry, asked: str) -> tuple[str, str]:
    ids = _ids(registry)
    kind, colon, row_id = asked.partition(":")
    if colon and kind in ids and row_id in ids[kind]:
        return kind, row_id
    having = [kind for kind, known in ids.items() if asked in known]
    if len(having) == 1:
        return having[0], asked
    if having:
        msg = f"rows of several kinds have the id {asked!r}"
        options = ", ".join(f"{kind}:{asked}" for kind in having)
        raise UsageError(msg, next_step=f"Give one of: {options}.")
    return _row_called(registry, asked, ids)


def _row_called(registry: Registry, words: str, ids: dict[str, list[str]]) -> tuple[str, str]:
    """Find a row by words and numbers that it alone holds."""
    wanted = folded_words(words).split()
    matches = [
        (kind, row_id, shown)
        for kind, row_id, searched, shown in _searched(registry)
        if wanted and all(f" {word} " in f" {folded_words(searched)} " for word in wanted)
    ]
    # Who gives a number means the count, and not the statement that tells of it.
    counts = [match for match in matches if match[0] == "count"]
    for meant in (counts, matches):
        if len(meant) == 1:
            return meant[0][0], meant[0][1]
    if matches:
        listed = "\n".join(f"    {row_id}: {shown}" for _, row_id, shown in matches[:_SHOWN_MAX])
        left = f"\n    and {len(matches) - _SHOWN_MAX} more" * (len(matches) > _SHOWN_MAX)
        msg = f"{len(matches)} rows hold {words!r}:\n{listed}{left}"
        raise UsageError(msg, next_step="give the id of one of them.")
    every = tuple(row_id for known in ids.values() for row_id in known)
    msg = f"nothing in the registry has the id {words!r}, and no row holds these words"
    step = did_you_mean(words, every) or "`mapper find` and `mapper vendor --json` show ids."
    raise UsageError(msg, next_step=step)


def _searched(registry: Registry) -> Iterator[tuple[str, str, str, str]]:
    """Yield kind and id of counts, claims and sources, the text searched, and what is shown."""
    for count in registry.counts:
        place = registry.deployment[count.deployment_id]
        number = words.format_number(count.value)
        what = words.counted(count.what)
        searched = f"{place.name} {place.place} {number} {count.value} {what} {count.as_of}"
        shown = f"{place.name}, {number} {what}, {count.as_of}"
        yield "count", count.count_id, searched, shown
    for claim in registry.claims:
        speaker = registry.name(claim.speaker_org) if claim.speaker_org else ""
        if claim.statement:
            searched = f"{speaker} {claim.statement} {claim.subject_id}"
            yield "claim", claim.claim_id, searched, claim.statement
    for source in registry.sources:
        searched = f"{source.title} {source.publisher}"
        yield "source", source.source_id, searched, f"{source.title}, {source.publisher}"

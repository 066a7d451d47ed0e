"""
How to cite: a source, a row of the registry, or a release.

A row of the registry is cited as an entry of this dataset together with the source it rests on,
so that a reader can look both up. What a source does not say (an author, a plain date) is left
out and never filled in. The pages and the terminal use the same items.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from mapper.answers.supply import edge_of
from mapper.clean.date_words import format_date, format_iso_date
from mapper.clean.partial_date import PartialDate, parse
from mapper.registry.codes import SourceKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Source
from mapper.telling import words
from mapper.telling.footnotes import Note
from mapper.telling.row_words import place_of
from mapper.telling.statements import Presenter

MAINTAINERS: Final = "The Whose Cameras maintainers"
DATASET: Final = "Whose Cameras"
REGISTRY_LICENSE: Final = "CC-BY-4.0"

ItemKind = Literal["dataset", "webpage", "article-newspaper", "legislation", "legal_case", "report"]

_KINDS: dict[SourceKind, ItemKind] = {
    SourceKind.LAW: "legislation",
    SourceKind.COURT: "legal_case",
    SourceKind.PRESS: "article-newspaper",
    SourceKind.NGO: "report",
    SourceKind.ACADEMIC: "report",
}
"""A source of another kind is cited as a page of the web."""

# Holds the place of the day; no text of the registry may have a control character.
_DAY: Final = "\x00"


@dataclass(frozen=True, slots=True)
class CitedItem:
    """
    One thing to cite.

    Attributes
    ----------
    item_id
        Of the row or the release; unique in one citation.
    author
        An organisation; empty where none is named.
    within
        The work that it is a part of; empty for a whole one.
    issued
        The day of its publication, as far as it is known.
    issued_as_written
        The day as the source tells it, where it is no plain one.
    accessed
        When it was read.
    archive_url
        A kept copy.
    note
        What a reader should know of it: grade, part read, licence.
    """

    item_id: str
    kind: ItemKind
    title: str
    author: str = ""
    within: str = ""
    publisher: str = ""
    issued: PartialDate | None = None
    issued_as_written: str = ""
    accessed: PartialDate | None = None
    url: str = ""
    archive_url: str = ""
    language: str = ""
    version: str = ""
    license_id: str = ""
    note: str = ""


def source_item(source: Source) -> CitedItem:
    """Return how to cite a source."""
    note = Note(0, source)
    said = [f"{source.kind}, grade {source.grade}"]
    # A list times a truth: the words, or nothing.
    said += ["excerpt read"] * source.excerpt_only
    said += ["title described by Whose Cameras, none was shown"] * note.is_described
    return CitedItem(
        item_id=source.source_id,
        kind=_KINDS.get(source.kind, "webpage"),
        # Brackets are how citations mark a title that is the citer's own.
        title=f"[{note.title}]" if note.is_described else note.title,
        publisher=source.publisher,
        issued=source.published_on,
        issued_as_written=source.published_as_written or "",
        accessed=source.retrieved_on,
        url=source.url,
        archive_url=source.archive_url or "",
        language=source.language or "",
        note="; ".join(said),
    )


def release_item(
    release_id: str, data_on: str, evidence_on: str, contained: Sequence[tuple[str, str]]
) -> CitedItem:
    """
    Return how to cite a release.

    Parameters
    ----------
    data_on, evidence_on
        ISO days of the cameras and of the evidence; the second may be empty.
    contained
        Attribution and licence of each source of cameras.
    """
    parts = [f"{attribution}, {license_id}" for attribution, license_id in contained]
    contains = "; ".join([*parts, f"evidence registry, {REGISTRY_LICENSE}"])
    day = f"cameras of {format_iso_date(data_on)}"
    if evidence_on:
        day += f", evidence as of {format_iso_date(evidence_on)}"
    return CitedItem(
        item_id=f"whose-cameras-{release_id}",
        kind="dataset",
        title=f"{DATASET}, release {release_id}, {day}",
        author=MAINTAINERS,
        issued=parse(data_on),
        version=release_id,
        note=f"Contains: {contains}",
    )


def row_items(registry: Registry, kind: str, row_id: str) -> tuple[CitedItem, ...]:
    """
    Return how to cite a row of the registry, and after it the sources it rests on.

    Parameters
    ----------
    kind
        ``claim``, ``relation``, ``count``, ``source``, ``deployment``, ``organisation`` or
        ``country``.
    """
    if kind == "source":
        return (source_item(registry.source[row_id]),)
    title, source_ids = _title_and_sources(registry, kind, row_id)
    evidence_on = registry.evidence_on
    entry = replace(
        _entry(kind, row_id, title, as_of(evidence_on)),
        # A row has no day of its own; the registry it stands in has.
        issued=parse(evidence_on) if evidence_on else None,
    )
    return (entry, *(source_item(registry.source[one]) for one in source_ids))


def page_citation(registry: Registry, kind: str, row_id: str) -> tuple[str, str]:
    """
    Return how to cite what has a page: the text before the day of the evidence, and after it.

    The day stands apart, because it changes with every row that is entered anywhere; `as_of`
    says it.
    """
    title, _ = _title_and_sources(registry, kind, row_id)
    # Written once with a sign that no text holds, and cut there: page and terminal share one form.
    before, _, after = item_text(_entry(kind, row_id, title, _DAY)).partition(_DAY)
    return before, after


def as_of(evidence_on: str) -> str:
    """Say which evidence is meant; ``evidence_on`` is an ISO day, or empty where none is known."""
    return f"evidence as of {format_iso_date(evidence_on)}" if evidence_on else "undated"


def _entry(kind: str, row_id: str, title: str, version: str) -> CitedItem:
    return CitedItem(
        item_id=row_id,
        kind="dataset",
        title=title,
        author=MAINTAINERS,
        within=f"{DATASET}, evidence registry",
        version=version,
        license_id=REGISTRY_LICENSE,
        note=f"{kind} {row_id}",
    )


def _title_and_sources(registry: Registry, kind: str, row_id: str) -> tuple[str, tuple[str, ...]]:
    presenter = Presenter(registry)
    if kind == "claim":
        claim = registry.claim[row_id]
        told = presenter.claim(claim)
        says = f"; {told.says}" if told.says else ""
        return f"{told.byline}{says}: {told.text}", told.sources
    if kind == "count":
        (count,) = (row for row in registry.counts if row.count_id == row_id)
        counted = presenter.count(count)
        place = registry.deployment[count.deployment_id]
        scope = f", {count.scope}" if count.scope else ""
        as_written = f"; as written: {count.value_as_written}"
        what = f"{counted.figure} {counted.what}, {counted.state}{scope}, {counted.when}"
        return f"{place.name}: {what}{as_written}", counted.sources
    if kind == "relation":
        edge = edge_of(registry, row_id)
        supply = presenter.supply(edge)
        at = f", {supply.deployment.name}" if supply.deployment is not None else ""
        return f"{supply.supplier.name}{at}: {supply.headline}", edge.source_ids
    if kind == "deployment":
        row = registry.deployment[row_id]
        return f"{row.name}, {place_of(row)}", ()
    if kind == "country":
        return f"{words.country(row_id)}: what is documented there", ()
    return registry.name(row_id), ()


def citation_text(items: Sequence[CitedItem]) -> str:
    """Write items as text, one a line, those that the first rests on after it."""
    first, *sources = [item_text(item) for item in items]
    return "\n".join([first, *(f"Source: {line}" for line in sources)])


def item_text(item: CitedItem) -> str:
    """Write one item as a line of text."""
    when = format_date(item.issued) or item.issued_as_written
    if item.kind == "dataset":
        within = f". In: {item.within}, {item.version}" if item.within else ""
        license_id = f", {item.license_id}" if item.license_id else ""
        note = f" ({item.note})" if item.within else f". {item.note}"
        return f"{item.author}: {item.title}{within}{license_id}{note}."
    title = item.title if item.title.startswith("[") else f"“{item.title}”"
    parts = [f"{item.publisher}: {title}, {when or 'undated'}. {item.url}"]
    if item.archive_url:
        parts.append(f"kept copy: {item.archive_url}")
    if item.accessed is not None:
        parts.append(f"read {format_date(item.accessed)}")
    return "; ".join([*parts, item.note]) + "."

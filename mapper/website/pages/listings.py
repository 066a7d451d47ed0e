"""Legal lists on the pages: entries of an organisation, the texts read for it, and each list."""

from collections.abc import Sequence
from dataclasses import dataclass

from mapper.answers.entry_in_force import last_shown
from mapper.answers.listed_kin import kin_of
from mapper.answers.organisation_profile import VendorProfile
from mapper.answers.relation_status import standing
from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import CheckResult, Comparison, Completeness, SubjectKind
from mapper.registry.list_entries import Sight
from mapper.registry.registry import Registry
from mapper.registry.tables import Designation, LegalList
from mapper.telling import words
from mapper.telling.footnotes import cited
from mapper.telling.legal_words import EFFECT_NAMES, EFFECT_WORDS, event_words
from mapper.telling.statements import Presenter, Ref, Statement

LISTS_PAGE = "lists.html"


@dataclass(frozen=True, slots=True)
class Listing:
    """
    An entry in a legal or official list, with its own effect.

    Attributes
    ----------
    effect, effect_text
        Its name, and what the entry does while it is in force.
    events
        Changes of the entry and decisions on it, by day, each with its sources.
    checked
        The day of the latest text that shows it.
    said
        Who else says so.
    """

    row_id: str
    list_name: str
    list_address: str
    name_as_listed: str
    authority: str
    effect: str
    effect_text: str
    binds: str
    scope: str
    announced: str
    effective: str
    ended: str
    instrument: str
    checked: str
    note: str
    events: tuple[tuple[str, tuple[str, ...]], ...]
    sources: tuple[str, ...]
    said: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A list that was read for an organisation and has no entry of it, in one sentence."""

    list_name: str
    list_address: str
    told: str


@dataclass(frozen=True, slots=True)
class KinListing:
    """An entry of an owner, or of one that is owned; never inherited."""

    name: Ref
    tie: str
    list_name: str


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """A text of a list that was read."""

    when: str
    told: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListPart:
    """A list on the page of all of them."""

    list_id: str
    name: str
    authority: str
    meaning: str
    binds: str
    readings: tuple[ReadingLine, ...]
    entered: tuple[Ref, ...]


def listings_of(presenter: Presenter, profile: VendorProfile) -> tuple[Listing, ...]:
    """Return the entries of an organisation, by day."""
    sights = dict(profile.sights)
    return tuple(_listing(presenter, row, sights.get(row.list, ())) for row in profile.listings)


def unlisted_of(registry: Registry, profile: VendorProfile) -> tuple[Unlisted, ...]:
    """Say of every list read without an entry of the organisation what the texts show."""
    entered = {row.list for row in profile.listings}
    return tuple(
        Unlisted(registry.legal_list[list_id].name, _address(list_id), _told(registry, sights))
        for list_id, sights in profile.sights
        if list_id not in entered
    )


def kin_listings(presenter: Presenter, org_id: str) -> tuple[KinListing, ...]:
    """Return the entries of owners and owned, the nearest first, each list once."""
    registry = presenter.registry
    lines = [
        KinListing(
            presenter.organisation(kin.org_id),
            "it belongs to" if kin.is_owner else "it owns",
            legal_list.name,
        )
        for kin in kin_of(registry, org_id)
        for legal_list in registry.legal_lists
        if registry.entries(legal_list.list_id, kin.org_id)
    ]
    return tuple(dict.fromkeys(lines))


def list_parts(presenter: Presenter) -> tuple[ListPart, ...]:
    """Gather the lists, each with the texts read of it and those entered in it."""
    return tuple(_list_part(presenter, row) for row in presenter.registry.legal_lists)


def _list_part(presenter: Presenter, row: LegalList) -> ListPart:
    registry = presenter.registry
    entered = {
        entry.org_id
        for entry in registry.designations
        if entry.list == row.list_id
        and registry.retraction(SubjectKind.DESIGNATION, entry.designation_id) is None
    }
    named = map(presenter.organisation, entered)
    return ListPart(
        list_id=row.list_id,
        name=row.name,
        authority=row.authority,
        meaning=row.meaning,
        binds=row.binds or "",
        readings=tuple(
            ReadingLine(
                when=_span(reading.covers_from, reading.as_of, reading.covers_to),
                told=("Whole" if reading.completeness is Completeness.WHOLE else "In part")
                + (f": {reading.scope}." if reading.scope else "."),
                sources=cited([reading.source_id]),
            )
            for reading in registry.sights.readings(row.list_id)
        ),
        entered=tuple(sorted(named, key=lambda ref: (ref.name, ref.row_id))),
    )


def _span(*days: PartialDate | None) -> str:
    known = [words.format_date(day) for day in days if day is not None]
    return known[0] if known[0] == known[-1] else f"{known[0]} to {known[-1]}"


def _address(list_id: str) -> str:
    return f"{LISTS_PAGE}#{list_id}"


def _told(registry: Registry, sights: Sequence[Sight]) -> str:
    """Say what the texts of one list show of an organisation that has no entry in it."""
    told = []
    absent = [sight for sight in sights if sight.is_absent]
    if absent:
        spans = (
            _span(sight.reading.covers_from, sight.reading.as_of, sight.reading.covers_to)
            for sight in absent
        )
        how = ", by exact name only" if absent[0].compared is Comparison.EXACT else ""
        told.append(f"not in the texts of {'; '.join(dict.fromkeys(spans))}{how}")
    owners = dict.fromkeys(sight.owner_org for sight in sights if sight.owner_org is not None)
    told += [
        f"{registry.name(owner)}, to which it belongs, is named, and it is not" for owner in owners
    ]
    if any(sight.result is CheckResult.LIKE_NAME for sight in sights):
        told.append("somebody with a like name is named, and who is meant was not established")
    return "; ".join(told) or "not compared"


def _listing(presenter: Presenter, entry: Designation, sights: Sequence[Sight]) -> Listing:
    registry = presenter.registry
    claims = standing(registry, registry.claims_on(SubjectKind.DESIGNATION, entry.designation_id))
    return Listing(
        row_id=entry.designation_id,
        list_name=registry.legal_list[entry.list].name,
        list_address=_address(entry.list),
        name_as_listed=entry.name_as_listed or "",
        authority=entry.authority,
        effect=EFFECT_NAMES[entry.effect],
        effect_text=EFFECT_WORDS[entry.effect],
        binds=registry.legal_list[entry.list].binds or "",
        scope=entry.scope or "",
        announced=words.format_date(entry.announced_on) or words.NOT_KNOWN,
        effective=words.format_date(entry.effective_on) or words.NOT_KNOWN,
        ended=words.format_date(entry.ended_on) or "no end recorded",
        instrument=entry.instrument or "not read",
        checked=words.format_date(last_shown(entry, sights)) or "not checked",
        note=entry.note or "",
        events=tuple(
            (event_words(event), cited([event.source_id]))
            for event in registry.designation_events
            if event.designation_id == entry.designation_id
        ),
        sources=cited([entry.source_id]),
        said=presenter.claims(claims),
    )

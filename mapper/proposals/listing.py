"""
Entries of a legal list that name an organisation of the registry, and the rows they propose.

An entry is matched by whole names alone, exact or alias, and only where the countries do not
contradict. That an organisation was not found proves nothing: its entry may be spelt otherwise.
So nothing here proposes "not listed".
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mapper.clean.partial_date import from_day, not_after
from mapper.proposals.award import Notice, source_id_of, source_row
from mapper.proposals.proposed import LeftOut, Match, Proposed
from mapper.proposals.resolving import Resolver
from mapper.registry.codes import Effect
from mapper.registry.law_codes import Completeness
from mapper.registry.list_entries import may_explain
from mapper.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class Listing:
    """
    One entry, as far as it is read: no address, no person, no reason.

    Attributes
    ----------
    ref
        Where it stands in the list.
    names
        Its name and aliases, whole.
    beginnings
        What its text begins with, up to each comma, the longest first, where name and address
        stand in one line and nothing tells them apart.
    country_codes
        Alpha-2; empty where the list does not say, or says it in words that are not known.
    list_id
        Of the registry's ``legal_lists``.
    effective_on
        ISO day, or empty.
    instrument
        The citation as written.
    """

    ref: str
    names: tuple[str, ...]
    country_codes: frozenset[str]
    list_id: str
    effect: Effect
    beginnings: tuple[str, ...] = ()
    effective_on: str = ""
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class _ListedName:
    listing: Listing
    name: str
    organisation: Match


def rows_of_listings(
    listings: Iterable[Listing], resolver: Resolver, notice: Notice, on: date
) -> tuple[list[Proposed], list[LeftOut]]:
    """
    Return the rows that the entries of one text propose.

    Parameters
    ----------
    notice
        The text; its reference names the day.
    on
        The day on which the entries stood in it.

    Returns
    -------
    rows, left_out
        A source, a reading of each list, and for each organisation found a check "listed" and,
        where no entry of the registry explains it, a designation. Left out are names in another
        country, lists that the registry does not have, and organisations whose recorded entry
        was not found.
    """
    registry = resolver.registry
    matches: dict[tuple[str, str], _ListedName] = {}
    left: list[LeftOut] = []
    read: set[str] = set()
    for listing in sorted(listings, key=lambda entry: (entry.list_id, entry.ref)):
        read.add(listing.list_id)
        match = _match(listing, resolver)
        if match is None:
            continue
        if _is_of_another_country(listing, match.organisation.org_id, registry):
            reason = f"an entry with a name of {match.organisation.org_id}, in another country"
            left.append(LeftOut(listing.ref, reason))
        elif listing.list_id not in registry.legal_list:
            reason = f"the registry has no list {listing.list_id}; enter it first"
            left.append(LeftOut(listing.ref, reason))
        else:
            matches.setdefault((listing.list_id, match.organisation.org_id), match)
    left += _not_found(registry, read, set(matches), on)
    if not matches:
        return [], left
    source_id = source_id_of(registry, notice)
    rows = [source_row(notice, source_id)]
    lists = sorted({list_id for list_id, _ in matches})
    rows += [_reading(list_id, notice, source_id, on) for list_id in lists]
    for _, match in sorted(matches.items()):
        rows += _rows(match, notice, source_id, on, registry)
    return rows, left


def _match(listing: Listing, resolver: Resolver) -> _ListedName | None:
    # Whole names first: a beginning is only taken where no whole name is known.
    for name in (*listing.names, *listing.beginnings):
        organisation = resolver.known(name)
        if organisation is not None:
            return _ListedName(listing, name, Match(*organisation))
    return None


def _is_of_another_country(listing: Listing, org_id: str, registry: Registry) -> bool:
    country = registry.organisation[org_id].country_code
    return bool(country and listing.country_codes) and country not in listing.country_codes


def _rows(
    match: _ListedName, notice: Notice, source_id: str, on: date, registry: Registry
) -> Iterator[Proposed]:
    listing, org_id = match.listing, match.organisation.org_id
    day = from_day(on)
    cells = {
        "reading_id": _reading_id(listing.list_id, source_id),
        "org_id": org_id,
        "result": "listed",
        "name_as_listed": match.name,
    }
    told = f"{listing.ref} names \u201c{match.name}\u201d"
    if match.name in listing.beginnings:
        told += ", by the beginning of its text: compare the whole entry"
    entries = registry.entries(listing.list_id, org_id)
    if not any(may_explain(entry, day) for entry in entries):
        yield _designation(match, notice, source_id, on, registry)
    yield Proposed(
        notice.origin,
        notice.ref,
        "list_checks",
        cells,
        {"org_id": match.organisation},
        told,
        notice.url,
    )


def _reading_id(list_id: str, source_id: str) -> str:
    return f"{list_id}-{source_id}"


def _reading(list_id: str, notice: Notice, source_id: str, on: date) -> Proposed:
    """Propose the text as read in part: whoever was not found may be spelt otherwise."""
    cells = {
        "reading_id": _reading_id(list_id, source_id),
        "list": list_id,
        "as_of": on.isoformat(),
        "completeness": str(Completeness.PART),
        "source_id": source_id,
    }
    told = "a text of the list; the checks below refer to it"
    return Proposed(notice.origin, notice.ref, "list_readings", cells, {}, told, notice.url)


def _designation(
    match: _ListedName, notice: Notice, source_id: str, on: date, registry: Registry
) -> Proposed:
    listing, org_id = match.listing, match.organisation.org_id
    # A text of a day shows that an entry had begun by then, and no more.
    begins = listing.effective_on or not_after(from_day(on)).text
    cells = {
        "designation_id": f"{org_id}-{listing.list_id}",
        "org_id": org_id,
        "authority": registry.legal_list[listing.list_id].authority,
        "list": listing.list_id,
        "effect": str(listing.effect),
        "effective_on": begins,
        "instrument": listing.instrument,
        "source_id": source_id,
        "checked_on": on.isoformat(),
    }
    # What the text does not say stays empty; a guess would look like a fact in a diff.
    filled = {column: value for column, value in cells.items() if value}
    return Proposed(
        notice.origin,
        notice.ref,
        "designations",
        filled,
        {"org_id": match.organisation},
        "the check below needs an entry that explains it; its first day is for the reviewer",
        notice.url,
    )


def _not_found(
    registry: Registry, read: set[str], matched: set[tuple[str, str]], on: date
) -> Iterator[LeftOut]:
    day = from_day(on)
    for entry in registry.designations:
        begun = entry.effective_on is not None and entry.effective_on.certainly_not_after(day)
        over = entry.ended_on is not None and entry.ended_on.certainly_not_after(day)
        # Not "left the list": a text spells names otherwise, and only a person can tell the two
        # apart.
        if entry.list in read and begun and not over and (entry.list, entry.org_id) not in matched:
            reason = "recorded as listed and not found by its names; compare by hand"
            yield LeftOut(entry.designation_id, reason)

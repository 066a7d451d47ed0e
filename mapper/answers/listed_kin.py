"""Owners, subsidiaries and brands of an organisation, and their entries in legal lists."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import Answer, LinkKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Designation, OrganisationLink

# Links read "from is the <kind> of to": for a parent the owner stands first, for a brand last.
# Shareholders and partners are no owners here, whatever their share.
_OWNER_FIRST = frozenset({LinkKind.PARENT, LinkKind.ACQUIRER})
_OWNED_FIRST = frozenset({LinkKind.BRAND_OF, LinkKind.DIVISION_OF})


@dataclass(frozen=True, slots=True)
class Kin:
    """
    A relative of an organisation.

    Attributes
    ----------
    is_owner
        Whether it stands above: it owns the organisation, by any number of steps. Otherwise the
        organisation owns it.
    """

    org_id: str
    is_owner: bool


@dataclass(frozen=True, slots=True)
class KinEntry:
    """An entry of a relative in a list, and whether it was in force on the day asked for."""

    kin: Kin
    entry: Designation
    answer: Answer


def kin_of(registry: Registry, org_id: str, on: PartialDate | None = None) -> tuple[Kin, ...]:
    """
    Return owners and owned of an organisation, however far, each once.

    Parameters
    ----------
    on
        The day asked for: a tie that certainly had ended, or certainly began later, is no tie.
        None for any day.

    Returns
    -------
    tuple of Kin
        Owners, the nearest first, then those it owns; shareholdings and partners are neither.
    """
    above = _reached(
        org_id, lambda of: (owner for owner, owned in _ties(registry, of, on) if owned == of)
    )
    below = _reached(
        org_id, lambda of: (owned for owner, owned in _ties(registry, of, on) if owner == of)
    )
    # Two firms may own each other; then the owner is shown, for that is what a list may reach.
    owned = [one for one in below if one not in above]
    return (
        *(Kin(one, is_owner=True) for one in above),
        *(Kin(one, is_owner=False) for one in owned),
    )


def _ownership(row: OrganisationLink, on: PartialDate | None) -> Iterator[tuple[str, str]]:
    """Yield the owner and the owned of a tie that may have held on a day."""
    if on is not None:
        # Only what is certain cuts a tie: with a partial date both answers stay possible, and a
        # listed owner must not be hidden by a month that is not known.
        if row.valid_to is not None and row.valid_to.certainly_before(on):
            return
        if row.valid_from is not None and row.valid_from.certainly_after(on):
            return
    if row.kind in _OWNER_FIRST:
        yield row.from_org, row.to_org
    elif row.kind in _OWNED_FIRST:
        yield row.to_org, row.from_org


def _ties(registry: Registry, org_id: str, on: PartialDate | None) -> Iterator[tuple[str, str]]:
    """Yield the owner and the owned of every tie in which an organisation is either."""
    for column in ("from_org", "to_org"):
        for row in registry.rows(OrganisationLink, column, org_id):
            yield from _ownership(row, on)


def _reached(start: str, next_to: Callable[[str], Iterable[str]]) -> list[str]:
    """Return what is reached from a start, step by step, the nearest first."""
    reached: list[str] = []
    frontier = [start]
    while frontier:
        ends = sorted({end for begin in frontier for end in next_to(begin)})
        # Ownership can run in a circle, so nobody is visited twice.
        frontier = [end for end in ends if end != start and end not in reached]
        reached += frontier
    return reached

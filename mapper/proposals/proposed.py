"""What a proposal is: a row somebody may enter, who it names, where it was read."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """
    How a proposed row stands to the registry.

    ``fills``: the registry has the row with an empty cell that the source fills. ``differs``: it
    has another value there; both are shown, and nobody is right by default.
    """

    NEW = "new"
    KNOWN = "known"
    FILLS = "fills"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Party:
    """
    An organisation as a source names it.

    Attributes
    ----------
    name
        As written.
    country_code
        ISO 3166-1 alpha-2, or empty.
    kind
        What a new row would say: ``company`` or ``public_body``.
    is_surely_organisation
        The publisher's column holds organisations only; else the name must say so itself.
    """

    name: str
    country_code: str = ""
    kind: str = "company"
    is_surely_organisation: bool = False


def public_body(name: str, country_code: str = "") -> Party:
    """Return the party of a column that holds public bodies only."""
    return Party(name, country_code, "public_body", is_surely_organisation=True)


@dataclass(frozen=True, slots=True)
class Match:
    """
    What became of a party's name.

    Attributes
    ----------
    org_id
        Of the registry, or the one proposed; empty where the name is withheld.
    how
        ``exact``, ``alias``, ``identifier``, ``proposed new`` or ``withheld``.
    near
        ``name (org_id)`` of organisations with a like name, for the reader; they decide nothing.
    """

    org_id: str
    how: str
    near: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether the registry has no such organisation yet."""
        return self.how == NEW

    @property
    def is_withheld(self) -> bool:
        """Whether the name may be a person's."""
        return self.how == WITHHELD


NEW, WITHHELD = "proposed new", "withheld"


@dataclass(frozen=True, slots=True)
class Proposed:
    """
    One row as proposed.

    Attributes
    ----------
    origin
        The id of the interface.
    ref
        The publisher's number of the notice, award, entry or item it comes from.
    cells
        Column -> text; a column that is not there is empty.
    matches
        Column -> the organisation it names, and by what.
    url
        Where a person can read it.
    is_part
        The row of an organisation that is there already, of which only these cells are proposed.
    """

    origin: str
    ref: str
    table: str
    cells: Mapping[str, str]
    matches: Mapping[str, Match] = field(default_factory=dict)
    note: str = ""
    url: str = ""
    is_part: bool = False

    @property
    def proposal_id(self) -> str:
        """The same for the same row of the same origin, in every run."""
        # The unit separator cannot stand in a cell, so that no two rows share a digest by their
        # joints.
        parts = [self.origin, self.table, *(f"{k}={v}" for k, v in sorted(self.cells.items()))]
        digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
        return f"{self.origin}-{digest[:10]}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that was read and not proposed: the publisher's number, and why. No names."""

    ref: str
    reason: str

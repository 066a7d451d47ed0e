"""What a register of organisations says of one of ours, and the rows that it proposes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mapper.errors import UsageError
from mapper.proposals.award import Notice, organisation_row, source_id_of, source_row
from mapper.proposals.proposed import Match, Party, Proposed
from mapper.proposals.resolving import Resolver


@dataclass(frozen=True, slots=True)
class Owner:
    """
    One tie of ownership as a register states it.

    Attributes
    ----------
    kind
        ``parent`` or ``shareholder``.
    cells
        Identifiers for a new row: ``wikidata_id`` or ``lei``.
    valid_from, valid_to
        Partial dates, or empty.
    """

    party: Party
    kind: str
    cells: Mapping[str, str] = field(default_factory=dict)
    valid_from: str = ""
    valid_to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """
    One organisation of ours as a register describes it.

    Attributes
    ----------
    cells
        Columns of ``organisations`` -> values.
    legal_name
        For a row of names, or empty.
    limits
        A statement that the register gives no parent, and why; empty where it does.
    """

    org_id: str
    how: str
    notice: Notice
    cells: Mapping[str, str]
    legal_name: str = ""
    owners: tuple[Owner, ...] = ()
    limits: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Organisations by a register's identifiers, or by a name; one of the two."""

    ids: tuple[str, ...] = ()
    name: str = ""

    @property
    def key(self) -> str:
        """The same for the same question."""
        return f"name {self.name}" if self.name else f"ids {' '.join(self.ids)}"


def wanted(resolver: Resolver, column: str, query: str) -> Wanted:
    """
    Return the identifiers to ask a register for, or the name where the query names none.

    Parameters
    ----------
    column
        ``wikidata_id`` or ``lei``.
    query
        The whole name of an organisation; empty: all that have an identifier.

    Raises
    ------
    UsageError
        If there is no query and no organisation has one.
    """
    organisation = resolver.known(query) if query else None
    ids = [
        getattr(row, column)
        for row in resolver.registry.organisations
        if getattr(row, column) and (not query or (organisation and row.org_id == organisation[0]))
    ]
    if not ids and not query:
        msg = f"no organisation of the registry has a {column}"
        raise UsageError(msg, next_step="give a name with --query.")
    return Wanted(tuple(sorted(ids)), "" if ids else query)


def rows_of_entity(entity: Entity, resolver: Resolver) -> Iterator[Proposed]:
    """Yield a source, the cells of the organisation, its legal name, its owners, its exception."""
    notice = entity.notice
    source_id = source_id_of(resolver.registry, notice)
    match = Match(entity.org_id, entity.how)
    yield source_row(notice, source_id)
    if entity.cells:
        yield Proposed(
            notice.origin,
            notice.ref,
            "organisations",
            {"org_id": entity.org_id, **entity.cells},
            {"org_id": match},
            entity.note,
            notice.url,
            is_part=True,
        )
    if entity.legal_name:
        cells = {
            "org_id": entity.org_id,
            "name": entity.legal_name,
            "kind": "legal",
            "source_id": source_id,
        }
        yield Proposed(
            notice.origin,
            notice.ref,
            "organisation_names",
            cells,
            {"org_id": match},
            url=notice.url,
        )
    for owner in entity.owners:
        yield from _owner(owner, match, notice, source_id, resolver)
    if entity.limits:
        yield _limits(entity, source_id)


def _owner(
    owner: Owner, owned: Match, notice: Notice, source_id: str, resolver: Resolver
) -> Iterator[Proposed]:
    identifier = next(iter(owner.cells.values()), "")
    same = [
        row.org_id
        for row in resolver.registry.organisations
        if identifier and identifier in {row.wikidata_id, row.lei}
    ]
    match = Match(same[0], "identifier") if same else resolver.find(owner.party)
    if match.org_id == owned.org_id:
        return
    if match.is_new:
        row = organisation_row(notice, owner.party, match)
        yield Proposed(
            row.origin,
            row.ref,
            row.table,
            {**row.cells, **owner.cells},
            row.matches,
            row.note,
            row.url,
        )
    cells = {
        "from_org": match.org_id,
        "to_org": owned.org_id,
        "kind": owner.kind,
        "valid_from": owner.valid_from,
        "valid_to": owner.valid_to,
        "source_id": source_id,
    }
    yield Proposed(
        notice.origin,
        notice.ref,
        "organisation_links",
        {column: value for column, value in cells.items() if value},
        {"from_org": match, "to_org": owned},
        owner.note,
        notice.url,
    )


def _limits(entity: Entity, source_id: str) -> Proposed:
    notice = entity.notice
    cells = {
        "claim_id": f"{entity.org_id}-{notice.origin}-parent",
        "subject_kind": "organisation",
        "subject_id": entity.org_id,
        "says": "limits",
        "about": "figures",
        "by": "third_party",
        "as_of": notice.published_on.text if notice.published_on else "",
        "statement": entity.limits,
        "source_id": source_id,
    }
    return Proposed(
        notice.origin,
        notice.ref,
        "claims",
        {column: value for column, value in cells.items() if value},
        {"subject_id": Match(entity.org_id, entity.how)},
        "an exception that was reported is not the same as no parent",
        notice.url,
    )

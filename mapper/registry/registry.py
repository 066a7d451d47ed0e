"""The registry in memory: every table as a tuple of rows, and the ways to look a row up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TypeVar, cast, get_args, get_type_hints

from mapper.registry.codes import SubjectKind
from mapper.registry.list_entries import Sights
from mapper.registry.tables import (
    Claim,
    ClaimScope,
    Contract,
    Count,
    Deployment,
    Designation,
    DesignationEvent,
    Footprint,
    LegalList,
    ListCheck,
    ListReading,
    ListSearch,
    MediaFunding,
    Organisation,
    OrganisationLink,
    OrganisationName,
    Product,
    ProductPart,
    Relation,
    Reply,
    Retraction,
    Row,
    Ruling,
    RulingParty,
    Seat,
    Shipment,
    Source,
)

_RowT = TypeVar("_RowT", bound=Row)
_Subject = tuple[SubjectKind, str]


def _by_id(rows: Iterable[_RowT]) -> Mapping[str, _RowT]:
    return MappingProxyType({row.key[0]: row for row in rows})


@dataclass(frozen=True, slots=True)
class Registry:
    """
    The evidence, checked: every id resolves and every row has its source.

    Each table is a tuple of rows sorted by their key. The look-ups raise `KeyError` for an id
    that is not there; text from a user goes through the functions that answer with a message.
    """

    sources: tuple[Source, ...] = ()
    media_funding: tuple[MediaFunding, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    organisation_names: tuple[OrganisationName, ...] = ()
    seats: tuple[Seat, ...] = ()
    organisation_links: tuple[OrganisationLink, ...] = ()
    products: tuple[Product, ...] = ()
    product_parts: tuple[ProductPart, ...] = ()
    footprints: tuple[Footprint, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    counts: tuple[Count, ...] = ()
    contracts: tuple[Contract, ...] = ()
    relations: tuple[Relation, ...] = ()
    claims: tuple[Claim, ...] = ()
    claim_scopes: tuple[ClaimScope, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    legal_lists: tuple[LegalList, ...] = ()
    designations: tuple[Designation, ...] = ()
    designation_events: tuple[DesignationEvent, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    ruling_parties: tuple[RulingParty, ...] = ()
    list_searches: tuple[ListSearch, ...] = ()
    list_readings: tuple[ListReading, ...] = ()
    list_checks: tuple[ListCheck, ...] = ()
    replies: tuple[Reply, ...] = ()
    retractions: tuple[Retraction, ...] = ()
    source: Mapping[str, Source] = field(init=False, repr=False, compare=False)
    organisation: Mapping[str, Organisation] = field(init=False, repr=False, compare=False)
    product: Mapping[str, Product] = field(init=False, repr=False, compare=False)
    deployment: Mapping[str, Deployment] = field(init=False, repr=False, compare=False)
    contract: Mapping[str, Contract] = field(init=False, repr=False, compare=False)
    relation: Mapping[str, Relation] = field(init=False, repr=False, compare=False)
    claim: Mapping[str, Claim] = field(init=False, repr=False, compare=False)
    legal_list: Mapping[str, LegalList] = field(init=False, repr=False, compare=False)
    ruling: Mapping[str, Ruling] = field(init=False, repr=False, compare=False)
    sights: Sights = field(init=False, repr=False, compare=False)
    _claims: Mapping[_Subject, tuple[Claim, ...]] = field(init=False, repr=False, compare=False)
    _scopes: Mapping[str, tuple[ClaimScope, ...]] = field(init=False, repr=False, compare=False)
    _retracted: Mapping[_Subject, Retraction] = field(init=False, repr=False, compare=False)
    _indexes: dict[tuple[type[Row], str], Mapping[object, tuple[Row, ...]]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """Build the look-ups."""
        # A frozen dataclass fills its derived fields this way.
        put = object.__setattr__
        put(self, "source", _by_id(self.sources))
        put(self, "organisation", _by_id(self.organisations))
        put(self, "product", _by_id(self.products))
        put(self, "deployment", _by_id(self.deployments))
        put(self, "contract", _by_id(self.contracts))
        put(self, "relation", _by_id(self.relations))
        put(self, "claim", _by_id(self.claims))
        put(self, "legal_list", _by_id(self.legal_lists))
        put(self, "ruling", _by_id(self.rulings))
        put(self, "sights", Sights(self.list_readings, self.list_checks, self.list_searches))
        claims: defaultdict[_Subject, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            claims[(claim.subject_kind, claim.subject_id)].append(claim)
        put(self, "_claims", {subject: tuple(rows) for subject, rows in claims.items()})
        scopes: defaultdict[str, list[ClaimScope]] = defaultdict(list)
        for scope in self.claim_scopes:
            scopes[scope.claim_id].append(scope)
        put(self, "_scopes", {claim_id: tuple(rows) for claim_id, rows in scopes.items()})
        retracted = {(row.subject_kind, row.subject_id): row for row in self.retractions}
        put(self, "_retracted", retracted)

    def rows(self, model: type[_RowT], column: str, value: object) -> tuple[_RowT, ...]:
        """
        Return the rows of a table with one value in a column, sorted by their key.

        Parameters
        ----------
        model
            The model of the table.
        column
            A column of text or of a closed list of words.
        """
        # An index is made at the first question: one page asks for a few rows of a table that
        # every page would otherwise read through, which grows with the square of the evidence.
        index = self._indexes.get((model, column))
        if index is None:
            rows: Iterable[Row] = getattr(self, TABLE_OF[model])
            gathered: defaultdict[object, list[Row]] = defaultdict(list)
            for row in rows:
                gathered[getattr(row, column)].append(row)
            index = {key: tuple(group) for key, group in gathered.items()}
            self._indexes[model, column] = index
        return cast("tuple[_RowT, ...]", index.get(value, ()))

    def claims_on(self, kind: SubjectKind, subject_id: str) -> tuple[Claim, ...]:
        """Return the claims on a subject, retracted ones included, sorted by ``claim_id``."""
        return self._claims.get((kind, subject_id), ())

    def scopes_of(self, claim_id: str) -> tuple[ClaimScope, ...]:
        """Return what a claim speaks of, where that is recorded."""
        return self._scopes.get(claim_id, ())

    def retraction(self, kind: SubjectKind, subject_id: str) -> Retraction | None:
        """Return the correction of a row, or None where it stands."""
        return self._retracted.get((kind, subject_id))

    def entries(self, list_id: str, org_id: str) -> tuple[Designation, ...]:
        """Return the entries of an organisation in a list that stand, sorted by id."""
        return tuple(
            row
            for row in self.rows(Designation, "org_id", org_id)
            if row.list == list_id
            and self.retraction(SubjectKind.DESIGNATION, row.designation_id) is None
        )

    @property
    def evidence_on(self) -> str:
        """
        The day of the evidence: the latest on which a source was read or a row corrected.

        ISO day; empty where no such day is recorded.
        """
        days = [row.retrieved_on for row in self.sources]
        days += [row.retracted_on for row in self.retractions]
        whole_days = [day.earliest for day in days if day is not None and day.is_day]
        return max(whole_days).isoformat() if whole_days else ""

    def name(self, org_id: str) -> str:
        """Return the name shown for an organisation."""
        return self.organisation[org_id].name


def _tables() -> dict[str, type[Row]]:
    hints = get_type_hints(Registry)
    return {table.name: get_args(hints[table.name])[0] for table in fields(Registry) if table.init}


TABLES: dict[str, type[Row]] = _tables()
"""
Table name (the file is ``<name>.csv``) -> model, in the order they are read and shown.

Read off the fields of `Registry`: a new table is a model and one field, and nothing else lists it.
"""

TABLE_OF: dict[type[Row], str] = {model: table for table, model in TABLES.items()}
"""Model -> table name."""


def columns(table: str) -> tuple[str, ...]:
    """Return the column names of a table, in file order."""
    return tuple(TABLES[table].model_fields)

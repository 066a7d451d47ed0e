"""The registry in memory: every table as a tuple of rows, and the ways to look a row up."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast, get_args, get_type_hints

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
    # An id is text, so it is taken as it stands; `key` makes a text of every column.
    return MappingProxyType({getattr(row, row.KEY[0]): row for row in rows})


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

    _readers: Mapping[str, Callable[[], tuple[Row, ...]]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    @classmethod
    def of_readers(cls, readers: Mapping[str, Callable[[], tuple[Row, ...]]]) -> "Registry":
        """
        Return a registry whose tables are read when they are first asked for.

        Parameters
        ----------
        readers
            One for each table, which returns its rows, checked and sorted by their key.
        """
        registry = cls.__new__(cls)
        # A frozen dataclass fills its fields this way.
        object.__setattr__(registry, "_readers", readers)
        object.__setattr__(registry, "_indexes", {})
        return registry

    # Hidden from the type checker, for which every name would then be an attribute.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - a table or a look-up
            """Fill a table or a look-up when it is first asked for: Python asks here only then."""
            if name in _LOOK_UPS:
                value = _LOOK_UPS[name](self)
            elif name != "_readers" and name in self._readers:
                value = self._readers[name]()
            else:
                msg = f"a registry has no {name}"
                raise AttributeError(msg)
            object.__setattr__(self, name, value)
            return value

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
            index = _grouped(rows, attrgetter(column))
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


def _grouped(rows: Iterable[_RowT], key: Callable[[_RowT], object]) -> dict[Any, tuple[_RowT, ...]]:
    groups: defaultdict[object, list[_RowT]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {value: tuple(group) for value, group in groups.items()}


# One question needs two or three of these, and none of the rows that the others would read.
_LOOK_UPS: Final[Mapping[str, Callable[[Registry], object]]] = {
    "source": lambda registry: _by_id(registry.sources),
    "organisation": lambda registry: _by_id(registry.organisations),
    "product": lambda registry: _by_id(registry.products),
    "deployment": lambda registry: _by_id(registry.deployments),
    "contract": lambda registry: _by_id(registry.contracts),
    "relation": lambda registry: _by_id(registry.relations),
    "claim": lambda registry: _by_id(registry.claims),
    "legal_list": lambda registry: _by_id(registry.legal_lists),
    "ruling": lambda registry: _by_id(registry.rulings),
    "sights": lambda registry: Sights(
        registry.list_readings, registry.list_checks, registry.list_searches
    ),
    "_claims": lambda registry: _grouped(
        registry.claims, lambda claim: (claim.subject_kind, claim.subject_id)
    ),
    "_scopes": lambda registry: _grouped(registry.claim_scopes, lambda scope: scope.claim_id),
    "_retracted": lambda registry: {
        (row.subject_kind, row.subject_id): row for row in registry.retractions
    },
}


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

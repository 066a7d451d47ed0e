"""
The part of the evidence that a site about some countries shows, whole in itself.

Every row that is kept finds all rows it refers to, every statement keeps its source and its
corrections, and an organisation keeps every entry in a legal list: an excerpt leaves out other
places, never the other side of a claim.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

from mapper.answers.listed_kin import kin_of
from mapper.registry.cells import Placed
from mapper.registry.codes import Kept, SubjectKind
from mapper.registry.references import columns_that_name, reference_of
from mapper.registry.registry import TABLES, Registry
from mapper.registry.support import NO_SUPPORT_BY_ITSELF, unsupported
from mapper.registry.tables import SUBJECT_TABLES, Claim, Retraction, Row
from mapper.settings import EvidenceScope

_Rows = dict[str, dict[tuple[str, ...], Row]]

# Rows that say something of a row of another table, and belong to it: table -> its column.
_TOLD_OF: Final[Mapping[str, tuple[str, str]]] = {
    # Who pays for a medium goes with every text of it, wherever that text is shown.
    "media_funding": ("sources", "source_id"),
    "counts": ("deployments", "deployment_id"),
    "contracts": ("deployments", "deployment_id"),
    "relations": ("deployments", "deployment_id"),
    "claim_scopes": ("claims", "claim_id"),
    "replies": ("relations", "relation_id"),
    "designations": ("organisations", "org_id"),
    "designation_events": ("designations", "designation_id"),
    "ruling_parties": ("rulings", "ruling_id"),
    "product_parts": ("products", "product_id"),
    "organisation_names": ("organisations", "org_id"),
    "seats": ("organisations", "org_id"),
    "footprints": ("organisations", "org_id"),
    "list_searches": ("organisations", "org_id"),
    "list_checks": ("organisations", "org_id"),
}

_BY_REFERENCE = frozenset({"sources", "organisations", "deployments"})
"""Tables of which a row is kept only where another names it."""


def excerpt(
    registry: Registry,
    *,
    country_codes: Collection[str],
    org_ids: Collection[str],
    scope: EvidenceScope,
) -> Registry:
    """
    Return the evidence of some countries, with everything that it rests on.

    Parameters
    ----------
    country_codes
        ISO 3166-1 alpha-2.
    org_ids
        Organisations that are kept in any case: the makers and operators of the cameras.
    scope
        ``country``: what stands in these countries and the makers behind it; ``related``: also
        what the same suppliers supply elsewhere; ``all``: everything.

    Returns
    -------
    Registry
        Its tables follow every rule that `mapper registry check` knows.
    """
    if scope is EvidenceScope.ALL:
        return registry
    gathering = _Gathering(registry, frozenset(country_codes), set(org_ids))
    gathering.take_countries()
    gathering.take_components()
    if scope is EvidenceScope.RELATED:
        gathering.take_other_systems()
    gathering.close()
    while gathering.take_support():
        gathering.close()
    kept: dict[str, Any] = {
        table: tuple(row for _, row in sorted(gathering.rows[table].items())) for table in TABLES
    }
    return Registry(**kept)


class _Gathering:
    """What was kept so far, and the ways in which more is kept."""

    def __init__(self, registry: Registry, country_codes: frozenset[str], core: set[str]) -> None:
        self.rows: _Rows = {table: {} for table in TABLES}
        self._registry = registry
        self._country_codes = country_codes
        self._core = core & registry.organisation.keys()
        self._all: Mapping[str, Mapping[tuple[str, ...], Row]] = {
            table: {row.key: row for row in getattr(registry, table)} for table in TABLES
        }
        self._by_id = _by_id(self._all)
        self._told: Mapping[str, Callable[[Any], bool]] = {
            **{table: self._tells(target, column) for table, (target, column) in _TOLD_OF.items()},
            "claims": self._is_claim_kept,
            "retractions": self._is_retraction_kept,
            "organisation_links": self._joins_kept,
            "list_readings": self._is_reading_kept,
            "legal_lists": lambda _: True,
            "products": self._stands_by_itself,
            "shipments": self._is_shipment_kept,
            "rulings": self._is_ruling_kept,
        }
        if lost := TABLES.keys() - self._told.keys() - _BY_REFERENCE:
            msg = f"an excerpt does not say when it keeps rows of {', '.join(sorted(lost))}"
            raise LookupError(msg)

    def take_countries(self) -> None:
        """Keep the deployments of the countries, and hold everyone around them as core."""
        here = {
            row.deployment_id: row
            for row in self._registry.deployments
            if row.country_code in self._country_codes
        }
        for row in here.values():
            self._keep("deployments", row)
            self._core |= {row.operator_org} if row.operator_org else set()
        at_home = {
            row.org_id
            for row in self._registry.organisations
            if row.country_code in self._country_codes
        }
        for relation in self._registry.relations:
            is_of_home = relation.deployment_id is None and relation.recipient_org in at_home
            if relation.deployment_id in here or is_of_home:
                self._take_relation(relation)

    def take_components(self) -> None:
        """Keep what was supplied to a core maker for no one system: chips, engines, loans."""
        loose = [row for row in self._registry.relations if row.deployment_id is None]
        while True:
            size = len(self.rows["relations"])
            for relation in loose:
                if relation.recipient_org in self._core:
                    self._take_relation(relation)
            if len(self.rows["relations"]) == size:
                return

    def take_other_systems(self) -> None:
        """Keep what core organisations supply elsewhere; whoever else supplies there is no core."""
        for relation in self._registry.relations:
            if relation.supplier_org in self._core:
                self._keep("relations", relation)

    def close(self) -> None:
        """Keep what is referred to and what is said of what is kept, until nothing is added."""
        for org_id in sorted(self._core):
            self._keep("organisations", self._registry.organisation[org_id])
            for kin in kin_of(self._registry, org_id):
                self._keep("organisations", self._registry.organisation[kin.org_id])
        size = -1
        while size != (size := sum(map(len, self.rows.values()))):
            for table in TABLES:
                for row in list(self.rows[table].values()):
                    self._keep_references(table, row)
            for table, is_told in self._told.items():
                for key, row in self._all[table].items():
                    if key not in self.rows[table] and is_told(row):
                        self._keep(table, row)

    def take_support(self) -> bool:
        """Keep, for whoever nothing that is kept supports, the first row elsewhere that does."""
        placed = {
            table: tuple(Placed(0, row) for row in rows.values())
            for table, rows in self.rows.items()
        }
        lacking = {one.value for one in unsupported(placed) if one.file == "organisations.csv"}
        for org_id in sorted(lacking):
            self._keep(*next(self._supports_of(org_id)))
        return bool(lacking)

    def _supports_of(self, org_id: str) -> Iterator[tuple[str, Row]]:
        for table, column in columns_that_name("organisations", but=NO_SUPPORT_BY_ITSELF):
            for _, row in sorted(self._all[table].items()):
                if getattr(row, column) == org_id:
                    yield table, row
        for claim in self._registry.claims_on(SubjectKind.ORGANISATION, org_id):
            yield "claims", claim
        for product in self._registry.products:
            if product.org_id == org_id and product.source_id is not None:
                yield "products", product

    def _take_relation(self, relation: Any) -> None:  # noqa: ANN401 - a row of a table
        self._keep("relations", relation)
        self._core |= {relation.supplier_org, relation.recipient_org} - {None}

    def _keep(self, table: str, row: Row) -> None:
        self.rows[table][row.key] = row

    def _keep_references(self, table: str, row: Row) -> None:
        for column, field in TABLES[table].model_fields.items():
            target = reference_of(field)
            value = getattr(row, column)
            if target is not None and value is not None:
                self._keep_id(target, value)
        if isinstance(row, Claim):
            self._keep_id(SUBJECT_TABLES[row.subject_kind], row.subject_id)
        if isinstance(row, Retraction) and row.replaced_by is not None:
            self._keep_id(SUBJECT_TABLES[row.subject_kind], row.replaced_by)

    def _keep_id(self, table: str, row_id: str) -> None:
        """Keep the row of an id; of an id that many rows share, one is enough to refer to."""
        candidates = self._by_id[table][row_id]
        if not any(row.key in self.rows[table] for row in candidates):
            self._keep(table, candidates[0])

    def _has(self, table: str, row_id: str) -> bool:
        return any(row.key in self.rows[table] for row in self._by_id[table].get(row_id, ()))

    def _tells(self, target: str, column: str) -> Callable[[Any], bool]:
        def is_told(row: Any) -> bool:  # noqa: ANN401 - a row of any table
            row_id = getattr(row, column)
            return row_id is not None and self._has(target, row_id)

        return is_told

    def _is_claim_kept(self, row: Any) -> bool:  # noqa: ANN401 - a row of a table
        # What is said of a bystander in general, such as a speaker, is not about this place.
        if row.subject_kind is SubjectKind.ORGANISATION:
            return row.subject_id in self._core
        return self._has(SUBJECT_TABLES[row.subject_kind], row.subject_id)

    def _is_retraction_kept(self, row: Any) -> bool:  # noqa: ANN401 - a row of a table
        target = SUBJECT_TABLES[row.subject_kind]
        if row.kept is not Kept.REMOVED:
            return self._has(target, row.subject_id)
        # Of a removed row only its id is left, which belongs to no place; what replaced it does.
        return row.replaced_by is None or self._has(target, row.replaced_by)

    def _joins_kept(self, row: Any) -> bool:  # noqa: ANN401 - a row of a table
        return all(self._has("organisations", end) for end in (row.from_org, row.to_org))

    def _stands_by_itself(self, row: Any) -> bool:  # noqa: ANN401 - a row of a table
        # A product that only a relation elsewhere names would stand here without a source.
        is_claimed = self._registry.claims_on(SubjectKind.PRODUCT, row.product_id)
        return row.org_id in self._core and bool(row.source_id or is_claimed)

    def _is_reading_kept(self, row: Any) -> bool:  # noqa: ANN401 - a row of a table
        return row.search_id is None or self._has("list_searches", row.search_id)

    def _is_ruling_kept(self, row: Any) -> bool:  # noqa: ANN401 - a row of a table
        if row.country_code in self._country_codes:
            return True
        # An appeal is the other side of the ruling that it reviews.
        of_kept = ("deployments", row.deployment_id), ("designations", row.designation_id)
        return any(
            row_id is not None and self._has(table, row_id)
            for table, row_id in (*of_kept, ("rulings", row.reviews))
        )

    def _is_shipment_kept(self, row: Any) -> bool:  # noqa: ANN401 - a row of a table
        return row.to_country in self._country_codes and row.maker_org in self._core


def _by_id(
    tables: Mapping[str, Mapping[tuple[str, ...], Row]],
) -> Mapping[str, Mapping[str, list[Row]]]:
    """Group the rows of every table by the first part of their key."""
    grouped: dict[str, dict[str, list[Row]]] = {table: {} for table in tables}
    for table, rows in tables.items():
        for key, row in sorted(rows.items()):
            grouped[table].setdefault(key[0], []).append(row)
    return grouped

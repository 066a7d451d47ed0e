"""
The tables of data/registry: one model a table, one field a column, in the column's order.

Every model is frozen and strict and forbids other columns. A column of type ``...Ref`` must
hold an id of the table it names. The words of the columns are in `mapper.registry.codes`, their
spelling in `mapper.registry.fields`.
"""

from mapper.registry.codes import SubjectKind
from mapper.registry.row import Row
from mapper.registry.table_evidence import (
    Claim,
    ClaimScope,
    MediaFunding,
    Reply,
    Retraction,
    Source,
)
from mapper.registry.table_law import (
    Designation,
    DesignationEvent,
    LegalList,
    ListCheck,
    ListReading,
    ListSearch,
)
from mapper.registry.table_makers import (
    Footprint,
    Organisation,
    OrganisationLink,
    OrganisationName,
    Product,
    ProductPart,
    Seat,
)
from mapper.registry.table_rulings import Ruling, RulingParty
from mapper.registry.table_systems import Contract, Count, Deployment, Relation, Shipment

__all__ = [
    "SUBJECT_TABLES",
    "Claim",
    "ClaimScope",
    "Contract",
    "Count",
    "Deployment",
    "Designation",
    "DesignationEvent",
    "Footprint",
    "LegalList",
    "ListCheck",
    "ListReading",
    "ListSearch",
    "MediaFunding",
    "Organisation",
    "OrganisationLink",
    "OrganisationName",
    "Product",
    "ProductPart",
    "Relation",
    "Reply",
    "Retraction",
    "Row",
    "Ruling",
    "RulingParty",
    "Seat",
    "Shipment",
    "Source",
]

SUBJECT_TABLES: dict[SubjectKind, str] = {
    SubjectKind.RELATION: "relations",
    SubjectKind.DEPLOYMENT: "deployments",
    SubjectKind.ORGANISATION: "organisations",
    SubjectKind.PRODUCT: "products",
    SubjectKind.COUNT: "counts",
    SubjectKind.SHIPMENT: "shipments",
    SubjectKind.DESIGNATION: "designations",
    SubjectKind.RULING: "rulings",
    SubjectKind.CLAIM: "claims",
}
"""What a claim or a retraction speaks of -> the table whose id it names."""

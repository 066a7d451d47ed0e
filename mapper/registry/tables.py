"""
The tables of data/registry: one model a table, one field a column, in the column's order.

Every model is frozen and strict and forbids other columns. ``KEY`` names the columns that are
unique together; a column of type ``...Ref`` must hold an id of the table it names. The words of
the columns are in `mapper.registry.words`, their spelling in `mapper.registry.fields`.
"""

from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, ClassVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mapper.registry import words
from mapper.registry.fields import (
    ClaimRef,
    Country,
    Currency,
    Date,
    DeploymentRef,
    Language,
    Lat,
    Lei,
    ListRef,
    Lon,
    Market,
    Number,
    OrganisationRef,
    ProductRef,
    RelationRef,
    Share,
    Slug,
    SourceRef,
    Technologies,
    Text,
    Truth,
    Url,
    Wikidata,
)


def is_optional(annotation: Any) -> bool:  # noqa: ANN401 - an annotation has no type
    """Whether a column may be empty."""
    return get_origin(annotation) in {Union, UnionType} and NoneType in get_args(annotation)


def enum_of(annotation: Any) -> type[StrEnum] | None:  # noqa: ANN401 - as above
    """Give the closed list of words a column takes, or None where it takes no such list."""
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, StrEnum):
            return part
    return None


def _cell(model: type["Row"], name: str, value: Any) -> Any:  # noqa: ANN401 - pydantic's input
    if name not in model.model_fields:
        return value
    annotation = model.model_fields[name].annotation
    if value == "" and is_optional(annotation):
        return None
    word = enum_of(annotation)
    return word(value) if word is not None and value in set(word) else value


class Row(BaseModel):
    """A row of any table."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")
    KEY: ClassVar[tuple[str, ...]]

    @model_validator(mode="before")
    @classmethod
    def _read_cells(cls, cells: dict[str, Any]) -> dict[str, Any]:
        """Turn an empty cell of an optional column into None, and a known word into its enum."""
        return {name: _cell(cls, name, value) for name, value in cells.items()}

    @property
    def key(self) -> tuple[str, ...]:
        """The values of the key columns as text; an empty cell is an empty text."""
        values = (getattr(self, name) for name in self.KEY)
        return tuple("" if value is None else str(value) for value in values)


class Source(Row):
    """A publication that was read. The rows that rest on it name it."""

    KEY = ("source_id",)
    source_id: Slug
    title: Text = Field(description="As printed; in [brackets] a description, no title was shown.")
    publisher: Text = Field(description="Who answers for the text.")
    kind: words.SourceKind
    published_on: Date | None = Field(description="Only where a plain date was shown.")
    published_as_written: Text | None = Field(description="The date as noted, if not plain.")
    url: Url = Field(description="Where it was read; it may be a mirror.")
    archive_url: Url | None = Field(description="A kept copy.")
    language: Language | None
    license_id: Text | None = Field(description="SPDX id, where the publisher states a licence.")
    retrieved_on: Date | None
    grade: words.Grade
    excerpt_only: Truth = Field(description="Only an excerpt of a stored page was read.")


class Organisation(Row):
    """A company, a public body, or a group that a claim names. Never a person."""

    KEY = ("org_id",)
    org_id: Slug
    name: Text = Field(description="The name shown.")
    kind: words.OrganisationKind
    country_code: Country | None = Field(description="Seat.")
    founded: Date | None
    dissolved: Date | None
    wikidata_id: Wikidata | None
    lei: Lei | None
    website: Url | None


class OrganisationName(Row):
    """A name an organisation goes or went by; what written names are matched against."""

    KEY = ("org_id", "name", "kind")
    org_id: OrganisationRef
    name: Text
    language: Language | None
    kind: words.NameKind
    valid_from: Date | None
    valid_to: Date | None
    source_id: SourceRef | None = Field(
        description="Where the name was read, if no other row supports the organisation."
    )


class OrganisationLink(Row):
    """How two organisations hang together: ``from_org`` is the ``kind`` of ``to_org``."""

    KEY = ("from_org", "to_org", "kind", "valid_from", "source_id")
    from_org: OrganisationRef
    to_org: OrganisationRef
    kind: words.LinkKind
    share_pct: Share | None
    value: Number | None = Field(description="Price or sum invested.")
    value_bound: words.Bound | None
    value_as_written: Text | None
    currency: Currency | None
    valid_from: Date | None
    valid_to: Date | None
    source_id: SourceRef


class Product(Row):
    """A product that has a name of its own."""

    KEY = ("product_id",)
    product_id: Slug
    org_id: OrganisationRef = Field(description="Its maker.")
    name: Text
    layer: words.Layer
    source_id: SourceRef | None = Field(
        description="Where it was read, if no relation or claim names it."
    )


class Footprint(Row):
    """A country in which a vendor's devices are documented; the vendor ladder reads it."""

    KEY = ("org_id", "country_code", "source_id")
    org_id: OrganisationRef
    country_code: Market
    valid_from: Date | None
    source_id: SourceRef


class Deployment(Row):
    """A system in use, or planned, at a place. A country-wide system has no point."""

    KEY = ("deployment_id",)
    deployment_id: Slug
    name: Text
    operator_org: OrganisationRef | None
    country_code: Country
    place: Text
    lon_deg: Lon | None
    lat_deg: Lat | None
    location_precision_m: Number | None = Field(description="Radius in metres around the point.")
    technologies: Technologies
    valid_from: Date | None
    valid_from_event: words.Event | None
    valid_from_as_written: Text | None
    valid_to: Date | None
    valid_to_event: words.Event | None
    valid_to_as_written: Text | None


class Count(Row):
    """How many, of what, in what state, by whom."""

    KEY = ("count_id",)
    count_id: Slug
    deployment_id: DeploymentRef
    what: words.Counted
    value: Number
    qualifier: words.Qualifier
    bound: words.Bound
    scope: Text | None = Field(description="The part of the deployment that was counted.")
    value_as_written: Text
    as_of: Date = Field(description="`before:` the date of its source where none is given.")
    source_id: SourceRef


class Relation(Row):
    """
    Who supplies what to whom. It stores no status: that comes from its claims.

    With ``role`` operator the supplier runs the system for the recipient, with financier it
    pays for it, with component its product is inside another maker's product.
    """

    KEY = ("relation_id",)
    relation_id: Slug
    supplier_org: OrganisationRef
    recipient_org: OrganisationRef | None
    deployment_id: DeploymentRef | None = Field(
        description="Empty for a supply that no source ties to one system, such as chips."
    )
    product_id: ProductRef | None
    product_as_written: Text | None
    layer: words.Layer
    role: words.Role
    valid_from: Date | None
    valid_from_event: words.Event | None
    valid_from_as_written: Text | None
    valid_to: Date | None
    valid_to_event: words.Event | None
    valid_to_as_written: Text | None
    value: Number | None
    value_bound: words.Bound | None
    value_per: words.ValuePer | None
    value_scope: words.ValueScope | None
    value_as_written: Text | None
    currency: Currency | None


class Claim(Row):
    """Who says what of a subject, when, and where that was read."""

    KEY = ("claim_id",)
    claim_id: Slug
    subject_kind: words.SubjectKind
    subject_id: Slug
    says: words.Says
    about: words.About = Field(
        description="`supply`: that the subject exists or was supplied; other words for the rest."
    )
    by: words.By
    speaker_org: OrganisationRef | None = Field(
        description="Empty where the publisher of the source speaks."
    )
    speaker_role: Text | None = Field(
        description="The speaker's office, never a name: spokesperson, interior minister."
    )
    as_of: Date | None
    statement: Text | None = Field(
        description="In our own words, neutral. Empty where the source gives the relation alone."
    )
    settles: ClaimRef | None = Field(
        description="The `disputes` claim that this one settles, such as a court's ruling."
    )
    source_id: SourceRef


class Shipment(Row):
    """Goods of a maker that crossed a border, by customs records as a source reports them."""

    KEY = ("shipment_id",)
    shipment_id: Slug
    goods: Text
    maker_org: OrganisationRef
    from_country: Country | None
    to_country: Country
    period_from: Date
    period_to: Date
    count: Number | None = Field(description="Number of shipments.")
    value: Number | None
    value_bound: words.Bound | None
    value_as_written: Text | None
    currency: Currency | None
    source_id: SourceRef


class LegalList(Row):
    """A legal or official list, and what an entry in it does."""

    KEY = ("list_id",)
    list_id: Slug
    name: Text
    country_code: Country | None = Field(description="Empty for the European Union.")
    authority: Text
    meaning: Text = Field(description="What an entry does, in one neutral sentence.")


class Designation(Row):
    """One entry in one list, with its own effect. A delisting fills ``ended_on``."""

    KEY = ("designation_id",)
    designation_id: Slug
    org_id: OrganisationRef
    authority: Text
    list: ListRef
    effect: words.Effect
    scope: Text | None = Field(description="What the entry is limited to.")
    announced_on: Date | None
    effective_on: Date | None
    ended_on: Date | None = Field(description="First day on which it was no longer in force.")
    instrument: Text | None = Field(description="Citation of the legal text.")
    source_id: SourceRef
    checked_on: Date | None = Field(
        description="Date of the latest text read that shows the entry in force."
    )


class ListCheck(Row):
    """The list itself was read for an organisation; only this makes a "no" possible."""

    KEY = ("list", "org_id", "checked_on", "source_id")
    list: ListRef
    org_id: OrganisationRef
    checked_on: Date = Field(description="Day of the reading.")
    result: words.CheckResult
    covers_from: Date | None = Field(
        description="From here to `checked_on` all entries were read; empty: that day alone."
    )
    source_id: SourceRef


class Reply(Row):
    """What an organisation answered to a relation published here."""

    KEY = ("relation_id", "org_id", "answered_on")
    relation_id: RelationRef
    org_id: OrganisationRef
    asked_on: Date | None
    answered_on: Date
    text: Text
    source_id: SourceRef


class Retraction(Row):
    """Our own correction: the tombstone of a row that was wrong. Its id is never used again."""

    KEY = ("subject_kind", "subject_id")
    subject_kind: words.SubjectKind
    subject_id: Slug
    retracted_on: Date
    kept: words.Kept
    reason: Text
    replaced_by: Slug | None = Field(description="Id of the row of the same kind that stands now.")


TABLES: dict[str, type[Row]] = {
    "sources": Source,
    "organisations": Organisation,
    "organisation_names": OrganisationName,
    "organisation_links": OrganisationLink,
    "products": Product,
    "footprints": Footprint,
    "deployments": Deployment,
    "counts": Count,
    "relations": Relation,
    "claims": Claim,
    "shipments": Shipment,
    "legal_lists": LegalList,
    "designations": Designation,
    "list_checks": ListCheck,
    "replies": Reply,
    "retractions": Retraction,
}
"""Table name (the file is ``<name>.csv``) -> model, in the order they are read and shown."""

SUBJECT_TABLES: dict[words.SubjectKind, str] = {
    words.SubjectKind.RELATION: "relations",
    words.SubjectKind.DEPLOYMENT: "deployments",
    words.SubjectKind.ORGANISATION: "organisations",
    words.SubjectKind.PRODUCT: "products",
    words.SubjectKind.COUNT: "counts",
    words.SubjectKind.SHIPMENT: "shipments",
    words.SubjectKind.DESIGNATION: "designations",
    words.SubjectKind.CLAIM: "claims",
}
"""What a claim or a retraction speaks of -> the table whose id it names."""


def columns(table: str) -> tuple[str, ...]:
    """Give the column names of a table, in file order."""
    return tuple(TABLES[table].model_fields)

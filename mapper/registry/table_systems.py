"""What there is: deployments, what was counted in them, who supplies them, what was shipped."""

from typing import Annotated

from pydantic import Field

from mapper.registry import codes, supply_codes
from mapper.registry.fields import (
    ContractRef,
    Country,
    Currency,
    Date,
    DeploymentRef,
    Lat,
    Lon,
    NotBefore,
    Number,
    OrganisationRef,
    ProductRef,
    Slug,
    SourceRef,
    Technologies,
    Text,
)
from mapper.registry.row import Row


class Deployment(Row):
    """A system in use, or planned, at a place. A country-wide system has no point."""

    KEY = ("deployment_id",)
    deployment_id: Slug = Field(description="Our id, never used again for another.")
    name: Text = Field(description="What the system is called.")
    operator_org: OrganisationRef | None = Field(description="Who runs it.")
    country_code: Country = Field(description="The country it stands in.")
    place: Text = Field(description="City, district or country, in words.")
    lon_deg: Lon | None = Field(description="Longitude; empty for a country-wide system.")
    lat_deg: Lat | None = Field(description="Latitude; empty for a country-wide system.")
    location_precision_m: Number | None = Field(description="Radius in metres around the point.")
    technologies: Technologies = Field(description="What the system does.")
    valid_from: Date | None = Field(description="First day.")
    valid_from_event: codes.Event | None = Field(description="What happened on that day.")
    valid_from_as_written: Text | None = Field(description="The day as the source tells it.")
    valid_to: Annotated[Date | None, NotBefore(("valid_from",))] = Field(description="Last day.")
    valid_to_event: codes.Event | None = Field(description="What happened on that day.")
    valid_to_as_written: Text | None = Field(description="The day as the source tells it.")


class Count(Row):
    """How many, of what, in what state, by whom."""

    KEY = ("count_id",)
    count_id: Slug = Field(description="Our id, never used again for another.")
    deployment_id: DeploymentRef = Field(description="The system counted.")
    what: codes.Counted = Field(description="What was counted.")
    value: Number = Field(description="The number.")
    qualifier: codes.Qualifier = Field(
        description="In what state; only `installed` and `working` stand beside mapped cameras."
    )
    bound: codes.Bound = Field(description="How the number is meant.")
    scope: Text | None = Field(description="The part of the deployment that was counted.")
    value_as_written: Text = Field(description="The number as the source writes it.")
    as_of: Date = Field(
        description="Day of the count; `before:` the date of its source where none is given."
    )
    source_id: SourceRef = Field(description="Where it was read.")


class Relation(Row):
    """
    Who supplies what to whom. It stores no status: that comes from its claims.

    With ``role`` operator the supplier runs the system for the recipient, with financier it
    pays for it, with component its product is inside another maker's product.
    """

    KEY = ("relation_id",)
    relation_id: Slug = Field(description="Our id, never used again for another.")
    supplier_org: OrganisationRef = Field(description="Who supplies.")
    recipient_org: OrganisationRef | None = Field(description="To whom.")
    deployment_id: DeploymentRef | None = Field(
        description="Empty for a supply that no source ties to one system, such as chips."
    )
    product_id: ProductRef | None = Field(description="What, if the product has a row.")
    product_as_written: Text | None = Field(description="What, as the source tells it.")
    layer: codes.Layer = Field(description="The layer of the system it belongs to.")
    role: codes.Role = Field(description="What the supplier is in it.")
    valid_from: Date | None = Field(description="First day.")
    valid_from_event: codes.Event | None = Field(description="What happened on that day.")
    valid_from_as_written: Text | None = Field(description="The day as the source tells it.")
    valid_to: Annotated[Date | None, NotBefore(("valid_from",))] = Field(
        description="Last day, also one ahead by the terms."
    )
    valid_to_event: codes.Event | None = Field(description="What happened on that day.")
    valid_to_as_written: Text | None = Field(description="The day as the source tells it.")
    value: Number | None = Field(description="The sum.")
    value_bound: codes.Bound | None = Field(description="How the sum is meant.")
    value_per: codes.ValuePer | None = Field(description="For what stretch of time.")
    value_scope: codes.ValueScope | None = Field(description="What the sum pays for.")
    value_as_written: Text | None = Field(description="The sum as the source writes it.")
    currency: Currency | None = Field(description="Of the sum.")
    stage: codes.Stage | None = Field(
        description="How far it came, if less than a supply; empty for a supply."
    )
    contract_id: ContractRef | None = Field(
        description="Under which contract; its sum stands there and not here."
    )


class Contract(Row):
    """
    A contract for a system, or a tender for one: its sum once, and what became of it.

    Whoever supplies under it has a relation that names it; a sum that several share is theirs
    together.
    """

    KEY = ("contract_id",)
    contract_id: Slug = Field(description="Our id, never used again for another.")
    deployment_id: DeploymentRef = Field(description="For which system.")
    name: Text = Field(description="What it is called or for.")
    buyer_org: OrganisationRef | None = Field(description="Who buys.")
    signed_on: Date | None = Field(description="Day of the signature, award or tender.")
    ends_on: Annotated[Date | None, NotBefore(("signed_on",))] = Field(
        description="Last day by its terms."
    )
    value: Number | None = Field(description="The sum of the whole.")
    value_bound: codes.Bound | None = Field(description="How the sum is meant.")
    value_scope: codes.ValueScope | None = Field(description="What the sum pays for.")
    value_as_written: Text | None = Field(description="The sum as the source writes it.")
    currency: Currency | None = Field(description="Of the sum.")
    source_id: SourceRef = Field(description="Where it was read.")
    outcome: supply_codes.ContractOutcome | None = Field(
        description="What became of it; empty where nothing was read."
    )
    outcome_on: Annotated[Date | None, NotBefore(("signed_on",))] = Field(
        description="When that was, or takes effect."
    )
    outcome_told: Text | None = Field(description="What became of it, in our own words.")
    outcome_source_id: SourceRef | None = Field(description="Where the outcome was read.")


class Shipment(Row):
    """Goods of a maker that crossed a border, by customs records as a source reports them."""

    KEY = ("shipment_id",)
    shipment_id: Slug = Field(description="Our id, never used again for another.")
    goods: Text = Field(description="What was shipped.")
    maker_org: OrganisationRef = Field(description="Who made it; not who shipped it.")
    from_country: Country | None = Field(description="Where from.")
    to_country: Country = Field(description="Where to.")
    period_from: Date = Field(description="First day of the records.")
    period_to: Annotated[Date, NotBefore(("period_from",))] = Field(
        description="Last day of the records."
    )
    count: Number | None = Field(description="Number of shipments.")
    value: Number | None = Field(description="Value of the goods.")
    value_bound: codes.Bound | None = Field(description="How the sum is meant.")
    value_as_written: Text | None = Field(description="The sum as the source writes it.")
    currency: Currency | None = Field(description="Of the sum.")
    source_id: SourceRef = Field(description="Where it was read.")

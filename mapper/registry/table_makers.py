"""Who there is: organisations, their names and ties, their products, where they are found."""

from typing import Annotated

from pydantic import Field

from mapper.registry import codes, supply_codes
from mapper.registry.fields import (
    Country,
    Currency,
    Date,
    Language,
    Lei,
    Market,
    NotBefore,
    Number,
    OrganisationRef,
    ProductRef,
    Share,
    Slug,
    SourceRef,
    Text,
    Url,
    Wikidata,
)
from mapper.registry.row import Row


class Organisation(Row):
    """A company, a public body, or a group that a claim names. Never a person."""

    KEY = ("org_id",)
    org_id: Slug = Field(description="Our id, never used again for another.")
    name: Text = Field(description="The name shown.")
    kind: codes.OrganisationKind = Field(
        description="`group`: a plural a claim names, never its members."
    )
    country_code: Country | None = Field(description="Seat.")
    founded: Date | None = Field(description="When it came into being.")
    dissolved: Annotated[Date | None, NotBefore(("founded",))] = Field(
        description="When it ceased to be."
    )
    wikidata_id: Wikidata | None = Field(description="Its item in Wikidata.")
    lei: Lei | None = Field(description="Its legal entity identifier.")
    website: Url | None = Field(description="Its own site.")


class Seat(Row):
    """
    A country in which an organisation is at home, as one source says; another may say another.

    The ``country_code`` of ``organisations`` is the one shown; it rests on these where they are.
    """

    KEY = ("org_id", "country_code", "source_id")
    org_id: OrganisationRef = Field(description="Whose.")
    country_code: Country = Field(description="In which country.")
    place: Text | None = Field(description="City or region, where the source says it.")
    kind: codes.SeatKind = Field(description="What ties it to the country.")
    as_of: Date | None = Field(description="The day of the statement.")
    source_id: SourceRef = Field(description="Where it was read.")


class OrganisationName(Row):
    """A name an organisation goes or went by; what written names are matched against."""

    KEY = ("org_id", "name", "kind")
    org_id: OrganisationRef = Field(description="Whose name.")
    name: Text = Field(
        description="As written; once normalised it belongs to one organisation only."
    )
    language: Language | None = Field(description="Of the name.")
    kind: codes.NameKind = Field(description="What the name is to the organisation.")
    valid_from: Date | None = Field(description="First day of use.")
    valid_to: Annotated[Date | None, NotBefore(("valid_from",))] = Field(
        description="Last day of use."
    )
    source_id: SourceRef | None = Field(
        description="Where the name was read, if no other row supports the organisation."
    )


class OrganisationLink(Row):
    """How two organisations hang together: ``from_org`` is the ``kind`` of ``to_org``."""

    KEY = ("from_org", "to_org", "kind", "valid_from", "source_id")
    from_org: OrganisationRef = Field(description="The one that is something to the other.")
    to_org: OrganisationRef = Field(description="The other.")
    kind: codes.LinkKind = Field(description="Read: `from_org` is the ... of `to_org`.")
    share_pct: Share | None = Field(description="Share held, in per cent.")
    value: Number | None = Field(description="Price or sum invested.")
    value_bound: codes.Bound | None = Field(description="How the sum is meant.")
    value_as_written: Text | None = Field(description="The sum as the source writes it.")
    currency: Currency | None = Field(description="Of the sum.")
    valid_from: Date | None = Field(description="First day.")
    valid_to: Annotated[Date | None, NotBefore(("valid_from",))] = Field(description="Last day.")
    source_id: SourceRef = Field(description="Where it was read.")


class Product(Row):
    """A product that has a name of its own."""

    KEY = ("product_id",)
    product_id: Slug = Field(description="Our id, never used again for another.")
    org_id: OrganisationRef = Field(description="Its maker.")
    name: Text = Field(description="As its maker or a source writes it.")
    layer: codes.Layer = Field(description="The layer of a system it belongs to.")
    source_id: SourceRef | None = Field(
        description="Where it was read, if no relation or claim names it."
    )


class ProductPart(Row):
    """
    A part inside a product of a maker, by model: the processor of a camera, its image sensor.

    It speaks of that model alone. Another model of the same maker may hold other parts, and a
    system whose model no source names has parts that are not known.
    """

    KEY = ("product_id", "part_product_id", "source_id")
    product_id: ProductRef = Field(description="Inside which product.")
    part_product_id: ProductRef = Field(description="Which part.")
    part: supply_codes.PartKind = Field(description="What the part does in it.")
    known_by: supply_codes.PartKnownBy = Field(description="How that is known.")
    as_of: Date | None = Field(description="State of the text that was read.")
    source_id: SourceRef = Field(description="Where it was read.")


class Footprint(Row):
    """A country in which a vendor's devices are documented; the vendor ladder reads it."""

    KEY = ("org_id", "country_code", "source_id")
    org_id: OrganisationRef = Field(description="The vendor.")
    country_code: Market = Field(description="The country, or * for the whole world.")
    valid_from: Date | None = Field(description="Since when.")
    source_id: SourceRef = Field(description="Where it was read.")

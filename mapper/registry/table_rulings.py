"""What courts and regulators ruled: the decision, its effect, whom and which system it concerns."""

from typing import Annotated

from pydantic import Field

from mapper.registry import codes, law_codes
from mapper.registry.fields import (
    Country,
    Currency,
    Date,
    DeploymentRef,
    DesignationRef,
    NotBefore,
    Number,
    OrganisationRef,
    RulingEffects,
    RulingRef,
    Slug,
    Technologies,
    Text,
)
from mapper.registry.row import Row


class Ruling(Row):
    """
    A decision of a court or a regulator. What was decided and why is told by its claims.

    Cases go by number; one that carries a person's name in its title is given by number alone.
    """

    KEY = ("ruling_id",)
    ruling_id: Slug = Field(description="Our id, never used again for another.")
    body_org: OrganisationRef = Field(description="Who ruled.")
    body_kind: law_codes.RulingBody = Field(description="What kind of body that is.")
    chamber: Text | None = Field(description="The chamber or instance, where the body has several.")
    case_ref: Text | None = Field(
        description="Number of the case or decision as given; empty where none was read."
    )
    country_code: Country | None = Field(
        description="Whose law or conduct was judged; empty for the law of the European Union."
    )
    decided_on: Date = Field(description="Day of the decision.")
    final_on: Annotated[Date | None, NotBefore(("decided_on",))] = Field(
        description="Day on which it became final, where that was read."
    )
    effects: RulingEffects = Field(description="What it does.")
    value: Number | None = Field(description="Sum of a fine or of damages.")
    value_bound: codes.Bound | None = Field(description="How the sum is meant.")
    currency: Currency | None = Field(description="Of the sum.")
    technologies: Technologies | None = Field(
        description="Which technology it speaks of; empty where it speaks of none."
    )
    deployment_id: DeploymentRef | None = Field(description="Which system it speaks of.")
    designation_id: DesignationRef | None = Field(
        description="Which entry in a legal list it speaks of."
    )
    reviews: RulingRef | None = Field(description="The earlier ruling that it reviews.")
    review_result: law_codes.ReviewResult | None = Field(
        description="What it did to that earlier ruling."
    )


class RulingParty(Row):
    """An organisation that a ruling names, and in which part. Persons have no row."""

    KEY = ("ruling_id", "org_id", "part")
    ruling_id: RulingRef = Field(description="In which ruling.")
    org_id: OrganisationRef = Field(description="Who.")
    part: law_codes.RulingPart = Field(description="In which part.")

"""Legal and official lists: the lists, their entries, and when a list was read."""

from typing import Annotated

from pydantic import Field

from mapper.registry import codes
from mapper.registry.fields import (
    Country,
    Date,
    ListRef,
    NotBefore,
    OrganisationRef,
    Slug,
    SourceRef,
    Text,
)
from mapper.registry.row import Row


class LegalList(Row):
    """A legal or official list, and what an entry in it does."""

    KEY = ("list_id",)
    list_id: Slug = Field(description="Our id, never used again for another.")
    name: Text = Field(description="The name shown.")
    country_code: Country | None = Field(description="Empty for the European Union.")
    authority: Text = Field(description="Who keeps it.")
    meaning: Text = Field(description="What an entry does, in one neutral sentence.")


class Designation(Row):
    """One entry in one list, with its own effect. A delisting fills ``ended_on``."""

    KEY = ("designation_id",)
    designation_id: Slug = Field(description="Our id, never used again for another.")
    org_id: OrganisationRef = Field(description="Who is named.")
    authority: Text = Field(description="Who entered it.")
    list: ListRef = Field(description="In which list.")
    effect: codes.Effect = Field(description="What the entry does in law.")
    scope: Text | None = Field(description="What the entry is limited to.")
    announced_on: Date | None = Field(description="When it was made known.")
    effective_on: Annotated[Date | None, NotBefore(("announced_on",))] = Field(
        description="First day in force."
    )
    ended_on: Annotated[Date | None, NotBefore(("announced_on", "effective_on"))] = Field(
        description="First day on which it was no longer in force."
    )
    instrument: Text | None = Field(description="Citation of the legal text.")
    source_id: SourceRef = Field(description="Where it was read.")
    checked_on: Date | None = Field(
        description="Date of the latest text read that shows the entry in force."
    )


class ListCheck(Row):
    """The list itself was read for an organisation; only this makes a "no" possible."""

    KEY = ("list", "org_id", "checked_on", "source_id")
    list: ListRef = Field(description="Which list.")
    org_id: OrganisationRef = Field(description="For whom.")
    checked_on: Annotated[Date, NotBefore(("covers_from",))] = Field(
        description="Day of the reading."
    )
    result: codes.CheckResult = Field(description="What it showed on that day.")
    covers_from: Date | None = Field(
        description="From here to `checked_on` all entries were read; empty: that day alone."
    )
    source_id: SourceRef = Field(description="Where it was read.")

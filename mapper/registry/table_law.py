"""Legal and official lists: the lists, their entries, and which text of a list was read when."""

from typing import Annotated

from pydantic import Field

from mapper.registry import codes, law_codes
from mapper.registry.fields import (
    Country,
    Date,
    DesignationRef,
    ListRef,
    NotBefore,
    Number,
    OrganisationRef,
    ReadingRef,
    SearchRef,
    Sha256,
    Slug,
    SourceRef,
    Text,
)
from mapper.registry.row import Row


class LegalList(Row):
    """A legal or official list, whom it binds, and what an entry in it does."""

    KEY = ("list_id",)
    list_id: Slug = Field(description="Our id, never used again for another.")
    name: Text = Field(description="The name shown.")
    country_code: Country | None = Field(description="Empty for the European Union.")
    authority: Text = Field(description="Who keeps it.")
    binds: Text | None = Field(description="Who has to act on an entry; empty if not read.")
    meaning: Text = Field(description="What an entry does, in one neutral sentence.")


class Designation(Row):
    """
    One entry in one list, with one effect. A delisting fills ``ended_on``.

    Membership of a list and a later rule about those on it are two entries.
    """

    KEY = ("designation_id",)
    designation_id: Slug = Field(description="Our id, never used again for another.")
    org_id: OrganisationRef = Field(description="Who is named.")
    name_as_listed: Text | None = Field(description="The name that the list prints.")
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
    note: Text | None = Field(description="What a reader of the entry must know, in our words.")
    source_id: SourceRef = Field(description="Where it was read.")
    checked_on: Date | None = Field(
        description="Date of the latest text read that shows the entry in force."
    )


class DesignationEvent(Row):
    """
    A further day in the life of an entry: a change of it, or a decision on it.

    The announcement, the first and the last day in force are columns of ``designations``.
    """

    KEY = ("designation_id", "happened_on", "event")
    designation_id: DesignationRef = Field(description="Of which entry.")
    happened_on: Date = Field(description="When.")
    event: law_codes.EntryEvent = Field(description="What happened.")
    instrument: Text | None = Field(description="Citation of the act or the case.")
    told: Text | None = Field(description="What was decided, in our own words.")
    source_id: SourceRef = Field(description="Where it was read.")


class ListSearch(Row):
    """A name that was looked for in every reading of one search, whatever was found."""

    KEY = ("search_id", "org_id", "name")
    search_id: Slug = Field(description="Readings name it; one search, many readings.")
    org_id: OrganisationRef = Field(description="Whose name it is.")
    name: Text = Field(description="The name looked for.")
    compared: law_codes.Comparison = Field(description="How closely it was compared.")


class ListReading(Row):
    """
    One text of a list that was read, said once for everybody who was looked for in it.

    A whole reading shows who was not listed as well as who was; one in part only who was.
    """

    KEY = ("reading_id",)
    reading_id: Slug = Field(description="Our id, never used again for another.")
    list: ListRef = Field(description="Which list.")
    as_of: Annotated[Date, NotBefore(("covers_from",))] = Field(description="The day of the text.")
    covers_from: Date | None = Field(
        description="From here to `as_of` every version was read; empty: that text alone."
    )
    covers_to: Annotated[Date | None, NotBefore(("as_of",))] = Field(
        description="Up to here every addition was read, not every removal; empty: up to `as_of`."
    )
    completeness: law_codes.Completeness = Field(description="Whether the whole text was read.")
    scope: Text | None = Field(description="What was read of it, and how that is known.")
    search_id: SearchRef | None = Field(description="Who was looked for in it.")
    rows_read: Number | None = Field(description="Entries in the copy, as it counts them.")
    copy_sha256: Sha256 | None = Field(description="Hash of the copy that was read.")
    source_id: SourceRef = Field(description="Where it was read.")


class ListCheck(Row):
    """
    What one reading showed of one organisation, where it was listed or is a case apart.

    Everybody else who was looked for in a whole reading was not in it: no row says so.
    """

    KEY = ("reading_id", "org_id")
    reading_id: ReadingRef = Field(description="In which text.")
    org_id: OrganisationRef = Field(description="For whom.")
    result: law_codes.CheckResult = Field(description="What it showed.")
    name_as_listed: Text | None = Field(description="The name that the text prints.")
    owner_org: OrganisationRef | None = Field(
        description="The owner that the text names, where it does not name the organisation."
    )

"""How it is known: sources, claims, replies, and our own corrections."""

from typing import Annotated

from pydantic import Field

from mapper.registry import codes, media_codes
from mapper.registry.fields import (
    ClaimRef,
    Country,
    Date,
    KeptCopy,
    Language,
    NotBefore,
    OrganisationRef,
    ProductRef,
    RelationRef,
    Slug,
    SourceRef,
    Text,
    Truth,
    Url,
)
from mapper.registry.row import Row


class Source(Row):
    """A publication that was read. The rows that rest on it name it."""

    KEY = ("source_id",)
    source_id: Slug = Field(description="Our id, never used again for another.")
    title: Text = Field(description="As printed; in [brackets] a description, no title was shown.")
    publisher: Text = Field(description="Who answers for the text.")
    kind: codes.SourceKind = Field(description="What kind of publication it is.")
    published_on: Date | None = Field(description="Only where a plain date was shown.")
    published_as_written: Text | None = Field(description="The date as noted, if not plain.")
    url: Url = Field(description="Where it was read; it may be a mirror.")
    archive_url: KeptCopy | None = Field(description="A kept copy.")
    language: Language | None = Field(description="Of the text.")
    license_id: Text | None = Field(description="SPDX id, where the publisher states a licence.")
    retrieved_on: Date | None = Field(description="Day of the reading.")
    grade: codes.Grade = Field(description="How near it is to what it tells.")
    excerpt_only: Truth = Field(description="Only an excerpt of a stored page was read.")

    @property
    def lookup_url(self) -> str:
        """
        Where a kept copy can be looked for: computed from address and day, not read.

        The Internet Archive answers with the copy nearest to the day, or with none.
        """
        day = self.published_on or self.retrieved_on
        is_known = day is not None and day.is_day
        stamp = day.earliest.strftime("%Y%m%d") if day is not None and is_known else "2"
        return f"https://web.archive.org/web/{stamp}/{self.url}"


class MediaFunding(Row):
    """
    What ties the medium that a source is from to a state, as another source says.

    It says nothing of whether the text is right. A medium without a row here was not looked up,
    or nothing that could be read tells who pays for it.
    """

    KEY = ("source_id", "tie", "funding_source_id")
    source_id: SourceRef = Field(description="The text that is from this medium.")
    tie: media_codes.MediaTie = Field(description="How the medium hangs together with the state.")
    country_code: Country = Field(description="Which state.")
    as_of: Date | None = Field(description="The day of the statement.")
    funding_source_id: SourceRef = Field(description="Where that was read.")


class Claim(Row):
    """Who says what of a subject, when, and where that was read."""

    KEY = ("claim_id",)
    claim_id: Slug = Field(description="Our id, never used again for another.")
    subject_kind: codes.SubjectKind = Field(description="What kind of row it speaks of.")
    subject_id: Slug = Field(description="The id of that row.")
    says: codes.Says = Field(description="What it does to the subject.")
    about: codes.About = Field(
        description="`supply`: that the subject exists or was supplied; other words for the rest."
    )
    by: codes.By = Field(description="In which part the speaker speaks.")
    speaker_org: OrganisationRef | None = Field(
        description="Empty where the publisher of the source speaks."
    )
    speaker_role: Text | None = Field(
        description="The speaker's office, never a name: spokesperson, interior minister."
    )
    as_of: Date | None = Field(description="The day it was said, or speaks of.")
    statement: Text | None = Field(
        description="In our own words, neutral. Empty where the source gives the relation alone."
    )
    settles: ClaimRef | None = Field(
        description="The `disputes` claim that this one settles, such as a court's ruling."
    )
    source_id: SourceRef = Field(description="Where it was read.")


class ClaimScope(Row):
    """
    What a claim speaks of, where its subject is an organisation or a component.

    Without it such a claim appears under no deployment; a component that no claim ties to a
    system stands beside its maker, as of its products in general. Several rows add up.
    """

    KEY = ("claim_id", "kind", "country_code", "org_id", "product_id")
    claim_id: ClaimRef = Field(description="The claim.")
    kind: codes.ScopeKind = Field(description="Of what it speaks.")
    country_code: Country | None = Field(description="The country, for `country`.")
    org_id: OrganisationRef | None = Field(description="The buyer, for `buyer`.")
    product_id: ProductRef | None = Field(description="The product, for `product`.")


class Reply(Row):
    """What an organisation answered to a relation published here."""

    KEY = ("relation_id", "org_id", "answered_on")
    relation_id: RelationRef = Field(description="The relation answered to.")
    org_id: OrganisationRef = Field(description="Who answered.")
    asked_on: Date | None = Field(description="When it was asked.")
    answered_on: Annotated[Date, NotBefore(("asked_on",))] = Field(description="When it answered.")
    text: Text = Field(description="The answer, shown beside the claims at the same size.")
    source_id: SourceRef = Field(description="Where the answer can be read.")


class Retraction(Row):
    """Our own correction: the tombstone of a row that was wrong. Its id is never used again."""

    KEY = ("subject_kind", "subject_id")
    subject_kind: codes.SubjectKind = Field(description="What kind of row was wrong.")
    subject_id: Slug = Field(description="The id of that row.")
    retracted_on: Date = Field(description="Day of the correction.")
    kept: codes.Kept = Field(description="Whether the row stays readable or only its id remains.")
    reason: Text = Field(description="What was wrong.")
    replaced_by: Slug | None = Field(description="Id of the row of the same kind that stands now.")

"""
Federal contracts of USAspending.

The recipient is who was paid, often a reseller, and never by itself the maker. Cities and
counties are not in it. Recipients that stand for many or for nobody are left out.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from mapper.errors import SourceChangedError
from mapper.proposals.award import Amount, Award, Notice, Parsed, Period, parsed
from mapper.proposals.json_reading import (
    amount_as_written,
    answers,
    day_in,
    list_of,
    object_of,
    plain_number,
    text_of,
)
from mapper.proposals.proposed import LeftOut, Party, public_body
from mapper.proposals.publisher_codes import item_text
from mapper.registry.codes import Event, Layer, Role

ORIGIN = "usaspending"
_PAGE = "https://www.usaspending.gov/award/"
_PUBLISHER = "USAspending (US Department of the Treasury)"
_NOBODY = ("MULTIPLE ", "REDACTED", "MISCELLANEOUS", "UNDISCLOSED", "INDIVIDUAL")
_READ = frozenset(
    {
        "Award ID",
        "Recipient Name",
        "Start Date",
        "End Date",
        "Award Amount",
        "Awarding Agency",
        "Awarding Sub Agency",
        "Contract Award Type",
        "Description",
        "generated_internal_id",
    }
)
# Numbers of the publisher's own tables, given whether asked for or not.
_IGNORED = frozenset({"internal_id", "agency_slug", "awarding_agency_id", "recipient_id"})


def parse(body: bytes, retrieved_on: str) -> Parsed:
    """
    Read the kept pages of a search.

    Raises
    ------
    SourceError
        If an award has a field that is not known, or of another shape.
    """
    return parsed(
        found
        for answer in answers(body)
        if answer.asked != "count"
        for row in list_of(object_of(answer.content, ORIGIN).get("results"), "results")
        for found in _award(object_of(row, "result"), retrieved_on)
    )


def _award(row: dict[str, Any], retrieved_on: str) -> Iterator[Award | LeftOut]:
    ref = text_of(row, "generated_internal_id")
    unknown = row.keys() - _READ - _IGNORED
    if unknown:
        msg = f"usaspending: unknown fields {sorted(unknown)} in award {ref}"
        raise SourceChangedError(msg)
    recipient = text_of(row, "Recipient Name", is_required=False)
    agency = text_of(row, "Awarding Sub Agency", is_required=False)
    agency = agency or text_of(row, "Awarding Agency", is_required=False)
    if not recipient or recipient.upper().startswith(_NOBODY):
        yield LeftOut(ref, "no single recipient is named")
        return
    if not agency:
        yield LeftOut(ref, "no agency is named")
        return
    begins = day_in(text_of(row, "Start Date", is_required=False))
    ends = day_in(text_of(row, "End Date", is_required=False))
    if begins and ends and ends.certainly_before(begins):
        ends = None
    number = amount_as_written(row.get("Award Amount"))
    award_id = text_of(row, "Award ID")
    yield Award(
        notice=Notice(
            origin=ORIGIN,
            ref=ref,
            title=f"[Contract {award_id} of {agency}]",
            publisher=_PUBLISHER,
            url=_PAGE + quote(ref, safe=""),
            license_id="US-PD",
            retrieved_on=retrieved_on,
            language="en",
        ),
        buyer=public_body(agency, "US"),
        supplier=Party(recipient),
        item=item_text(text_of(row, "Description", is_required=False)),
        layer=Layer.INTEGRATION,
        role=Role.RESELLER,
        amount=_amount(number),
        period=Period(begins, Event.START, ends, Event.TERM),
        note=_note(row),
        verb="A contract record of {buyer} names {supplier}",
    )


def _amount(number: str) -> Amount | None:
    if not number:
        return None
    # Money taken back is told as a negative sum, which is no value of a contract.
    return Amount(f"{number} USD", plain_number(number), "USD")


def _note(row: dict[str, Any]) -> str:
    kind = text_of(row, "Contract Award Type", is_required=False)
    told = f"contract type as written: {kind}; " if kind else ""
    return told + "the recipient was paid and may be a reseller; the maker is not named"

"""Cells of a row put into words: from when to when, where, how much, for what sum."""

from datetime import date
from typing import Final

from mapper.registry.codes import ValuePer
from mapper.registry.tables import (
    Contract,
    Count,
    Deployment,
    OrganisationLink,
    OrganisationName,
    Relation,
    Shipment,
)
from mapper.telling import words
from mapper.telling.language import as_written, day, gettext

FROM_DAY: Final = "from {day}"
TO_DAY: Final = "to {day}"


def period(row: Relation | Deployment) -> str:
    """Say from when to when, each with its event; sides that are not known are left out."""
    parts = []
    for sentence, when, event, in_words in (
        (FROM_DAY, row.valid_from, row.valid_from_event, row.valid_from_as_written),
        (TO_DAY, row.valid_to, row.valid_to_event, row.valid_to_as_written),
    ):
        if when is None and in_words is None:
            continue
        named = f" ({words.said(event)})" if event is not None else ""
        # A day that no date can hold ("after the elections") is told in the source's words.
        parts.append(gettext(sentence, day=day(when) or in_words or "") + named)
    return " ".join(parts)


def place_of(row: Deployment) -> str:
    """Say where a deployment is: the place and its country, once where they are the same."""
    country = words.country(row.country_code)
    return country if row.place == country else f"{row.place}{gettext(', ')}{country}"


def span(row: OrganisationLink | OrganisationName) -> str:
    """Say from when to when a name or a tie held; sides that are not known are left out."""
    sides = ((FROM_DAY, row.valid_from), (TO_DAY, row.valid_to))
    return " ".join(gettext(text, day=day(when)) for text, when in sides if when is not None)


def tie_details(link: OrganisationLink) -> str:
    """Say the share, the days and the sum of a tie; empty where none is known."""
    share = f"{words.format_number(link.share_pct)} %" if link.share_pct is not None else ""
    return ", ".join(part for part in (share, span(link), money(link)) if part)


PER: Final[dict[ValuePer | None, str]] = {
    ValuePer.YEAR: "a year",
    ValuePer.FIRST_YEAR: "a first year",
    ValuePer.MONTH: "a month",
}


def money(row: Relation | Contract | Shipment | OrganisationLink) -> str:
    """Say a sum with its bound and currency, as its source writes it where it is no number."""
    # A number without its currency is no sum.
    if row.value is None or row.currency is None:
        return as_written(row.value_as_written) if row.value_as_written else ""
    per = ""
    # "5,000 EUR a month" is another thing than 5,000 EUR.
    if isinstance(row, Relation) and row.value_per not in {None, ValuePer.TOTAL}:
        per = f" {gettext(PER[row.value_per])}"
    if isinstance(row, Relation | Contract) and row.value_scope is not None:
        per += f" ({words.said(row.value_scope)})"
    number = words.format_number(row.value)
    return f"{words.bounded(row.value_bound, number)} {row.currency}{per}"


def contract_words(row: Contract) -> str:
    """Say what a contract is for, of which day, its sum, and what became of it."""
    days = []
    if row.signed_on is not None:
        days.append(gettext("of {day}", day=day(row.signed_on)))
    if row.ends_on is not None:
        days.append(gettext("to {day} by its terms", day=day(row.ends_on)))
    outcome = ""
    if row.outcome is not None:
        when = f" {day(row.outcome_on)}" if row.outcome_on is not None else ""
        told = as_written(row.outcome_told) if row.outcome_told else ""
        outcome = f"{words.said(row.outcome)}{when}: {told}"
    name = as_written(row.name) if row.name else ""
    parts = (", ".join(part for part in (name, *days) if part), money(row), outcome)
    return "; ".join(part for part in parts if part)


def money_under(row: Contract) -> str:
    """Say the sum of a contract as that of the whole, never of one of those who share it."""
    whole = money(row)
    if not whole:
        return gettext("under a contract")
    return gettext("under a contract of {sum} in all", sum=whole)


def count_day(count: Count) -> tuple[date, date, str]:
    """Order counts by the first day they can be of; one known to be before a day, by that day."""
    earliest, latest = count.as_of.earliest, count.as_of.latest
    # "Before 2020" has no first day; by its last one it stands where a reader looks for it.
    return (latest if earliest == date.min else earliest, latest, count.count_id)

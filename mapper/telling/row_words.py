"""Cells of a row put into words: from when to when, where, how much, for what sum."""

from datetime import date

from mapper.clean.date_words import format_date
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


def period(row: Relation | Deployment) -> str:
    """Say from when to when, each with its event; sides that are not known are left out."""
    parts = []
    for word, when, event, as_written in (
        ("from", row.valid_from, row.valid_from_event, row.valid_from_as_written),
        ("to", row.valid_to, row.valid_to_event, row.valid_to_as_written),
    ):
        if when is None and as_written is None:
            continue
        named = f" ({words.plain(event)})" if event is not None else ""
        # A day that no date can hold ("after the elections") is told in the source's words.
        parts.append(f"{word} {format_date(when) or as_written}{named}")
    return " ".join(parts)


def place_of(row: Deployment) -> str:
    """Say where a deployment is: the place and its country, once where they are the same."""
    country = words.country(row.country_code)
    return country if row.place == country else f"{row.place}, {country}"


def span(row: OrganisationLink | OrganisationName) -> str:
    """Say from when to when a name or a tie held; sides that are not known are left out."""
    sides = (("from", row.valid_from), ("to", row.valid_to))
    return " ".join(f"{word} {format_date(when)}" for word, when in sides if when is not None)


def tie_details(link: OrganisationLink) -> str:
    """Say the share, the days and the sum of a tie; empty where none is known."""
    share = f"{words.format_number(link.share_pct)} %" if link.share_pct is not None else ""
    return ", ".join(part for part in (share, span(link), money(link)) if part)


def money(row: Relation | Contract | Shipment | OrganisationLink) -> str:
    """Say a sum with its bound and currency, as its source writes it where it is no number."""
    # A number without its currency is no sum.
    if row.value is None or row.currency is None:
        return row.value_as_written or ""
    bound = words.BOUNDS[row.value_bound] if row.value_bound is not None else ""
    per = ""
    # "5,000 EUR a month" is another thing than 5,000 EUR.
    if isinstance(row, Relation) and row.value_per not in {None, ValuePer.TOTAL}:
        per = f" a {words.plain(row.value_per)}"
    if isinstance(row, Relation | Contract) and row.value_scope is not None:
        per += f" ({words.plain(row.value_scope)})"
    return f"{bound}{words.format_number(row.value)} {row.currency}{per}"


def contract_words(row: Contract) -> str:
    """Say what a contract is for, of which day, its sum, and what became of it."""
    days = [f"of {format_date(row.signed_on)}" if row.signed_on is not None else ""]
    days += [f"to {format_date(row.ends_on)} by its terms" if row.ends_on is not None else ""]
    outcome = ""
    if row.outcome is not None:
        when = f" {format_date(row.outcome_on)}" if row.outcome_on is not None else ""
        outcome = f"{words.plain(row.outcome)}{when}: {row.outcome_told}"
    parts = (", ".join(part for part in (row.name, *days) if part), money(row), outcome)
    return "; ".join(part for part in parts if part)


def money_under(row: Contract) -> str:
    """Say the sum of a contract as that of the whole, never of one of those who share it."""
    whole = money(row)
    return f"under a contract of {whole} in all" if whole else "under a contract"


def count_day(count: Count) -> tuple[date, date, str]:
    """Order counts by the first day they can be of; one known to be before a day, by that day."""
    earliest, latest = count.as_of.earliest, count.as_of.latest
    # "Before 2020" has no first day; by its last one it stands where a reader looks for it.
    return (latest if earliest == date.min else earliest, latest, count.count_id)

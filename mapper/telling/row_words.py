"""Cells of a row put into words: from when to when, where, how much, for what sum."""

from mapper.clean.date_words import format_date
from mapper.registry.codes import ValuePer
from mapper.registry.tables import (
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


def money(row: Relation | Shipment | OrganisationLink) -> str:
    """Say a sum with its bound and currency, as its source writes it where it is no number."""
    # A number without its currency is no sum.
    if row.value is None or row.currency is None:
        return row.value_as_written or ""
    bound = words.BOUNDS[row.value_bound] if row.value_bound is not None else ""
    per = ""
    if isinstance(row, Relation):
        # "5,000 EUR a month" is another thing than 5,000 EUR.
        if row.value_per not in {None, ValuePer.TOTAL}:
            per = f" a {words.plain(row.value_per)}"
        if row.value_scope is not None:
            per += f" ({words.plain(row.value_scope)})"
    return f"{bound}{words.format_number(row.value)} {row.currency}{per}"

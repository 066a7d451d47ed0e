"""
Award notices of TED: language maps, lists, alpha-3 countries, dates with an offset.

Names stand in maps by language (ISO 639-3), values in scalars or lists. A notice from before
eForms names no winner; its tenderers are tenderers and never become suppliers.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

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
from mapper.proposals.publisher_codes import country_code, cpv_of, item_text, layer_and_role
from mapper.registry.codes import Event
from mapper.registry.names import normalised

ORIGIN = "ted"
_PUBLISHER = "Publications Office of the European Union (Tenders Electronic Daily)"
_LICENSE = "EU-reuse-2011-833"
_HOST = "ted.europa.eu"
_READ = frozenset(
    {
        "publication-number",
        "publication-date",
        "notice-type",
        "notice-title",
        "buyer-name",
        "buyer-country",
        "classification-cpv",
        "winner-name",
        "winner-country",
        "contract-conclusion-date",
        "tender-value",
        "tender-value-cur",
        "total-value",
        "total-value-cur",
        "links",
    }
)
# Whoever handed in a tender did not therefore win it.
_IGNORED = frozenset({"organisation-name-tenderer"})


def parse(body: bytes, retrieved_on: str) -> Parsed:
    """
    Read the kept pages of a search.

    Parameters
    ----------
    retrieved_on
        ISO day on which the pages came.

    Raises
    ------
    SourceError
        If a notice has a field that is not known, or of another shape.
    """
    return parsed(
        found
        for answer in answers(body)
        for notice in list_of(object_of(answer.content, ORIGIN).get("notices"), "notices")
        for found in _notice(object_of(notice, "notice"), retrieved_on)
    )


def _notice(notice: dict[str, Any], retrieved_on: str) -> Iterator[Award | LeftOut]:
    number = text_of(notice, "publication-number")
    unknown = notice.keys() - _READ - _IGNORED
    if unknown:
        msg = f"ted: unknown fields {sorted(unknown)} in notice {number}"
        raise SourceChangedError(msg)
    buyers = names_in(notice.get("buyer-name"))
    winners = names_in(notice.get("winner-name"))
    url = _link(notice.get("links"))
    if not winners:
        yield LeftOut(number, "the notice names no winner; tenderers are no suppliers")
    elif not buyers:
        yield LeftOut(number, "the notice names no buyer")
    elif not url:
        yield LeftOut(number, "the notice has no link to ted.europa.eu")
    else:
        yield from _awards(notice, number, (buyers, winners), (url, retrieved_on))


def _awards(
    notice: dict[str, Any],
    number: str,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    read: tuple[str, str],
) -> Iterator[Award]:
    buyers, winners = names
    titles = names_in(notice.get("notice-title"))
    item = item_text(titles[0]) if titles else ""
    layer, role = layer_and_role(cpv_of(notice.get("classification-cpv")))
    amount, about_amount = _amount(notice, len(winners))
    signed = day_in(_only(notice.get("contract-conclusion-date")))
    winner_country = country_code(notice.get("winner-country")) if len(winners) == 1 else ""
    notes = [
        "role and layer are for the reviewer: a notice names who won, not who made",
        *about_amount,
    ]
    if len(winners) > 1:
        notes.append(f"{len(winners)} winners; two may be one in two languages")
    if len(buyers) > 1:
        notes.append(f"{len(buyers)} names of buyers; the first is proposed")
    for winner in winners:
        yield Award(
            notice=Notice(
                origin=ORIGIN,
                ref=number,
                title=item or f"[Contract award notice {number}]",
                publisher=_PUBLISHER,
                url=read[0],
                license_id=_LICENSE,
                retrieved_on=read[1],
                published_on=day_in(text_of(notice, "publication-date", is_required=False)),
            ),
            buyer=public_body(buyers[0], country_code(notice.get("buyer-country"))),
            supplier=Party(winner, winner_country),
            item=item,
            layer=layer,
            role=role,
            amount=amount,
            period=Period(signed, Event.CONTRACT),
            note="; ".join(notes),
        )


def names_in(value: object) -> tuple[str, ...]:
    """
    Return the names in a language map, each once: English first, then ``mul``, then by code.

    Two names in two languages may be one translated or two parties. Names of companies are
    seldom translated, so both are given: a winner too many is seen, one too few is not.
    """
    if not isinstance(value, dict):
        return _once(_texts(value)) if value is not None else ()
    ordered = sorted(value.items(), key=lambda pair: (pair[0] != "eng", pair[0] != "mul", pair[0]))
    return _once([name for _, names in ordered for name in _texts(names)])


def _texts(value: object) -> list[str]:
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in found):
        msg = f"ted: a name that is no text: {str(value)[:80]}"
        raise SourceChangedError(msg)
    return [str(one).strip() for one in found if str(one).strip()]


def _once(names: list[str]) -> tuple[str, ...]:
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(normalised(name).replace(" ", "") or name, name)
    return tuple(first.values())


def _only(value: object) -> str:
    """Return the one text of a scalar or a list whose members are equal; else nothing."""
    found = {str(one).strip() for one in (value if isinstance(value, list) else [value]) if one}
    return found.pop() if len(found) == 1 else ""


def _amount(notice: dict[str, Any], winners: int) -> tuple[Amount | None, list[str]]:
    """
    Return the sum that belongs to a winner.

    A list of values is no list by winner (lots, several tenders), so a sum is taken only where
    one winner stands beside one value. A total of several winners stays text.
    """
    for name in ("tender-value", "total-value"):
        values = notice.get(name)
        written = [
            amount_as_written(value) for value in (values if isinstance(values, list) else [values])
        ]
        found = [one for one in written if one]
        currency = _only(notice.get(f"{name}-cur"))
        if len(found) == 1 and winners == 1:
            return Amount(f"{found[0]} {currency}".strip(), plain_number(found[0]), currency), []
        if len(found) == 1 and name == "total-value":
            told = f"{found[0]} {currency}".strip()
            return None, [f"the notice gives a total of {told} for {winners} winners"]
    return None, []


def _link(links: object) -> str:
    """Return the notice's page, or its text, at TED itself."""
    if not isinstance(links, dict):
        return ""
    for form, language in (("html", "ENG"), ("htmlDirect", "ENG"), ("xml", "MUL")):
        urls = links.get(form)
        url = urls.get(language) if isinstance(urls, dict) else None
        if isinstance(url, str):
            parts = urlsplit(url)
            if parts.scheme == "https" and parts.hostname == _HOST:
                return url
    return ""

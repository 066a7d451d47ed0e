"""Questions about places, supplies and statements, answered as text, as JSON or as a table."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from mapper.answers.country_profile import country_profile
from mapper.answers.own_words import own_words
from mapper.answers.place_profile import place_profile
from mapper.answers.rulings import rulings_on
from mapper.answers.search_words import words_like
from mapper.answers.supply_search import Query, search
from mapper.answers.time_window import Window, window_of
from mapper.clean.country_names import Area, area_called, country_called
from mapper.clean.partial_date import PartialDate
from mapper.clean.spelling import folded_words
from mapper.errors import UsageError
from mapper.pipeline.answer_form import Form, formed
from mapper.pipeline.asking import day_asked, or_else, organisation_asked, registry_read
from mapper.registry.codes import Answer, Layer, Role, Says, Technology
from mapper.registry.names import find_list
from mapper.registry.registry import Registry
from mapper.registry.tables import Ruling
from mapper.registry.technology_names import technologies_called
from mapper.telling import systems_json as told_json
from mapper.telling.own_words_text import own_words_text
from mapper.telling.rulings_text import (
    heading_of_rulings,
    ruling_rows,
    rulings_json,
    rulings_text,
)
from mapper.telling.systems_text import country_text, place_text, search_text

_WordT = TypeVar("_WordT", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Asked:
    """
    The words of a search as they stand in the command line; an empty one asks for anything.

    Attributes
    ----------
    between
        First and last day, month or year.
    home
        Where the supplier has its seat.
    on
        The day for ``listed``.
    """

    text: str = ""
    country: str = ""
    between: tuple[str, str] | None = None
    supplier: str = ""
    technology: str = ""
    layer: str = ""
    role: str = ""
    home: str = ""
    listed: str = ""
    on: str = ""


def find(asked: Asked, form: Form) -> str:
    """
    Find the systems and supplies that fit a question.

    Raises
    ------
    UsageError
        If a word of it is not understood; the message says which, and what is perhaps meant.
    """
    registry = registry_read()
    query = Query(
        text=asked.text,
        area=area_called(asked.country) if asked.country else None,
        window=_between(asked.between),
        supplier_org=organisation_asked(registry, asked.supplier) if asked.supplier else None,
        technologies=_technologies(asked.technology),
        layers=_code(Layer, asked.layer, "--layer"),
        roles=_code(Role, asked.role, "--role"),
        home=area_called(asked.home) if asked.home else None,
        listed=find_list(registry, asked.listed) if asked.listed else None,
        listed_on=day_asked(asked.on) if asked.on else None,
    )
    if query == Query():
        msg = "nothing was asked for"
        raise UsageError(msg, next_step='for example mapper find "face recognition" --country RS.')
    result = search(registry, query)
    if not result.systems and query.text:
        _suggest(registry, query.text)
    return formed(
        form,
        lambda: search_text(registry, result),
        lambda: told_json.search_json(registry, result),
        lambda: told_json.system_rows(result.systems),
    )


def country(name: str, *, on: str | None, form: Form) -> str:
    """
    Say what the registry holds of a country.

    Raises
    ------
    UsageError
        If no country is called so, or ``on`` is no date.
    """
    code = country_called(name)
    registry = registry_read()
    profile = country_profile(registry, code, _on(on))
    return formed(
        form,
        lambda: country_text(registry, profile),
        lambda: told_json.country_json(registry, profile),
        lambda: told_json.system_rows(profile.systems),
    )


def place(name: str, *, within: str, on: str | None, form: Form) -> str:
    """
    Say what the registry holds of a town.

    Parameters
    ----------
    within
        A country to look in alone; empty looks in all.

    Raises
    ------
    UsageError
        If no place is called so, or ``on`` is no date.
    """
    window = _on(on)
    registry = registry_read()
    with or_else("`mapper country` takes a whole country."):
        profile = place_profile(registry, name, country=within, window=window)
    return formed(
        form,
        lambda: place_text(registry, profile),
        lambda: told_json.place_json(registry, profile),
        lambda: told_json.system_rows((*profile.systems, *profile.nationwide)),
    )


def said(
    organisation: str,
    *,
    text: str = "",
    says: str = "",
    country: str = "",
    between: tuple[str, str] | None = None,
    form: Form,
) -> str:
    """
    Say what an organisation said itself, of what, when.

    Raises
    ------
    UsageError
        If a word is not understood.
    """
    registry = registry_read()
    words = own_words(
        registry,
        organisation_asked(registry, organisation),
        says=next(iter(_code(Says, says, "--says")), None),
        area=area_called(country) if country else None,
        window=_between(between),
        text=text,
    )
    return formed(
        form,
        lambda: own_words_text(registry, words),
        lambda: told_json.own_words_json(registry, words),
        lambda: told_json.statement_rows(registry, words),
    )


def rulings(
    technology: str, *, country: str = "", between: tuple[str, str] | None = None, form: Form
) -> str:
    """
    Say what courts and regulators ruled, and on which systems.

    Raises
    ------
    UsageError
        If a word is not understood.
    """
    registry = registry_read()
    asked = _technologies(technology)
    area = area_called(country) if country else None
    window = _between(between)
    records = [
        record
        for record in rulings_on(registry, asked or None)
        if (area is None or _is_of(area, record.ruling))
        and _is_in(window, record.ruling.decided_on)
    ]
    heading = heading_of_rulings(asked, area.name if area is not None else "", window)
    return formed(
        form,
        lambda: rulings_text(registry, heading, records),
        lambda: rulings_json(registry, records),
        lambda: ruling_rows(registry, records),
    )


def _between(days: tuple[str, str] | None) -> Window | None:
    return None if days is None else window_of(*(day_asked(day, "--between") for day in days))


def _is_of(area: Area, ruling: Ruling) -> bool:
    # The law of the European Union itself has no country.
    if ruling.country_code is None:
        return area.code == "EU"
    return ruling.country_code in area.spans


def _is_in(window: Window | None, day: PartialDate) -> bool:
    return window is None or window.meets(day, day) is not Answer.NO


def _on(day: str | None) -> Window | None:
    if not day:
        return None
    asked = day_asked(day)
    return window_of(asked, asked)


def _technologies(word: str) -> frozenset[Technology]:
    """Read a technology by its code or by what people call it."""
    return technologies_called(word) or _code(Technology, word, "--technology")


def _code(codes: type[_WordT], word: str, option: str) -> frozenset[_WordT]:
    if not word:
        return frozenset()
    wanted = folded_words(word).replace(" ", "_")
    meant = {str(code): code for code in codes}
    if wanted not in meant:
        msg = f"{option} knows no {word!r}"
        raise UsageError(msg, next_step=f"one of: {', '.join(meant)}.")
    return frozenset({meant[wanted]})


def _suggest(registry: Registry, text: str) -> None:
    """
    Propose other words where no name, title or statement holds these at all.

    Raises
    ------
    UsageError
        If nothing in the whole registry fits the words, and something is spelled alike.
    """
    like = words_like(registry, text)
    if like and not search(registry, Query(text=text)).systems:
        msg = f"nothing in the registry is called {text!r}"
        raise UsageError(msg, next_step=f"Did you mean: {', '.join(like)}?")

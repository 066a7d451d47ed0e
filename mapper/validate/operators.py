"""What a written operator is: an organisation, a home or private person, nobody, or not known."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from mapper.clean.placeholders import is_placeholder
from mapper.clean.privacy_words import Privacy, privacy_of
from mapper.validate.common_operators import common_names, common_wikidata_ids
from mapper.validate.contact_patterns import holds_contact
from mapper.validate.name_words import normalise
from mapper.validate.organisation_names import has_organisation_word, is_code
from mapper.validate.private_names import PrivateName, private_name
from mapper.validate.values_asked import Mask, by_value, coded

# A bar or a slash parts names only between words: A/S and 24/7 are one.
_PARTS: Final = re.compile(r"[;|\n]|(?<=\w{3})\s?/\s?(?=\w{3})")


_DOUBT: Final = re.compile(r"\s*[?\uff1f]+(?=\s*(?:$|[;/)]))")


TOWN_KM: Final = 15.0
"""As far as a town's own cameras stand from its middle."""


class Operator(StrEnum):
    """What is said of who runs a device."""

    NOBODY = "nobody"
    """Nothing is written, a placeholder, an address or a bare id."""

    ORGANISATION = "organisation"
    """An organisation, known by a list or by its own words."""

    HOME = "home"
    """A home, a household, a condominium or a private person."""

    PRIVATE = "private"
    """Says "private" or "owner" alone."""

    NOT_KNOWN = "not known"
    """A name that may be a person's."""


Operators: TypeAlias = "pd.Categorical[str]"
"""An `Operator` for each of many rows, which are compared as numbers."""

_KINDS: Final = pd.Index(list(Operator), dtype=object)

_OTHERWISE: Final = {
    PrivateName.PRIVATE: Operator.PRIVATE,
    PrivateName.TITLED: Operator.HOME,
    PrivateName.NOT_SAID: Operator.NOT_KNOWN,
}


def operator_of(name: str, organisation_names: frozenset[str] = frozenset()) -> Operator:
    """
    Say what a written operator is; silence never makes an organisation of it.

    Of several names every one must be an organisation's; one home makes it a home.

    Parameters
    ----------
    name
        The value as written.
    organisation_names
        Names of the registry's organisations, folded by ``name_words.normalise``.
    """
    # "City of Riverton?" is a doubt of the mapper and names the same operator.
    name = _DOUBT.sub("", name)
    # A company may be called like a placeholder; a list that knows it goes first.
    if is_placeholder(name) and normalise(name) not in common_names() | organisation_names:
        return Operator.NOBODY
    whole = _part(name, organisation_names)
    parts = [part for part in _PARTS.split(name) if part.strip() and not is_placeholder(part)]
    # Read whole first: "Owners' association 4; 5" is a home that a cut would hide.
    if whole is Operator.HOME or len(parts) < 2:  # noqa: PLR2004 - several
        return whole
    # A known name may hold a slash or a semicolon of its own.
    if normalise(name) in organisation_names | common_names():
        return Operator.ORGANISATION
    said = {_part(part, organisation_names) for part in parts}
    # The most private of several decides, because each of them may be meant.
    for kind in (Operator.HOME, Operator.NOT_KNOWN, Operator.PRIVATE):
        if kind in said:
            return kind
    return Operator.ORGANISATION


def is_organisation(name: str) -> bool:
    """Whether a name says of itself that it is an organisation's; silence withholds it."""
    return operator_of(name) is Operator.ORGANISATION


def _part(name: str, organisation_names: frozenset[str]) -> Operator:
    if holds_contact("operator", name):
        return Operator.NOT_KNOWN
    folded, private = normalise(name), _private_name(name)
    if folded in organisation_names:
        return Operator.ORGANISATION
    if private is PrivateName.HOME:
        return Operator.HOME
    if folded in common_names():
        return Operator.ORGANISATION
    # A name that says private is not made an organisation's by a word beside it.
    if private is not PrivateName.PRIVATE and (has_organisation_word(name) or is_code(name)):
        return Operator.ORGANISATION
    return _OTHERWISE[private]


def _private_name(name: str) -> PrivateName:
    """Read the words of an operator, and those that say home or private of a place."""
    place = privacy_of(name) or frozenset()
    if Privacy.HOME in place:
        return PrivateName.HOME
    return PrivateName.PRIVATE if Privacy.PRIVATE in place else private_name(name)


def are_their_towns(operators: pd.Series, devices: pd.DataFrame) -> Mask:
    """
    Mark the operators that are called as the town where the device is: ``West Allis``.

    A town's name is a family name elsewhere; beside its own town hall it is the town's.

    Parameters
    ----------
    operators
        Operators as written, None where there is none.
    devices
        The same rows: ``nearest_place`` and ``nearest_place_km``.
    """
    is_near = pd.to_numeric(devices["nearest_place_km"]).le(TOWN_KM).to_numpy(bool)
    pairs = zip(operators, devices["nearest_place"], is_near, strict=True)
    return np.array(
        [
            near and isinstance(name, str) and isinstance(town, str) and _same(name, town)
            for name, town, near in pairs
        ],
        dtype=bool,
    )


def _same(name: str, town: str) -> bool:
    return bool(folded := normalise(name)) and folded == normalise(town)


def operators_of(
    tags: pd.DataFrame, devices: pd.DataFrame, organisation_names: Iterable[str]
) -> Operators:
    """
    Say of each row what its operator is.

    How often a name is written says nothing: a house's owner is written often too.

    Parameters
    ----------
    tags
        One row per device: ``operator`` and ``operator:wikidata`` as written.
    devices
        The same rows: ``operator_id``.
    organisation_names
        Every name of the registry's organisations.

    Returns
    -------
    Operators
        In the order of ``tags``.
    """
    names = tags["operator"]
    folded = frozenset(normalise(name) for name in organisation_names)
    # Each distinct name is judged once: few names stand on many rows.
    codes, distinct = coded(names)
    kinds = [operator_of(str(value), folded) for value in distinct]
    # An empty cell has number -1, and so takes the last answer.
    answers: Operators = pd.Categorical([*kinds, Operator.NOBODY], categories=_KINDS).take(codes)
    by_id = devices["operator_id"].notna().to_numpy(dtype=bool) | by_value(
        tags["operator:wikidata"], lambda value: value.strip() in common_wikidata_ids()
    )
    # An id says who it is where no name stands, or one that does not say that it is a home.
    contact = by_value(names, lambda value: holds_contact("operator", value))
    unnamed = names.isna().to_numpy() | (answers == Operator.NOT_KNOWN)
    answers[by_id & unnamed & ~contact] = Operator.ORGANISATION
    return answers

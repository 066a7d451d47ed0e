"""Which devices watch a private home: the rules, and the words they look for."""

import re
from typing import Final

import numpy as np
import pandas as pd

from mapper.clean.privacy_words import Privacy
from mapper.validate.operators import Operator, Operators
from mapper.validate.place_words import place_words
from mapper.validate.private_names import PrivateName, private_name
from mapper.validate.public_places import is_public_zone, public_places
from mapper.validate.published_values import MAKER_KEYS
from mapper.validate.values_asked import Mask, by_value
from mapper.validate.written_words import words_of

HOME_MAKERS: Final = frozenset(
    {
        "arlo",
        "blink",
        "ecobee",
        "eufy",
        "ezviz",
        "imou",
        "nest",
        "netatmo",
        "reolink",
        "ring",
        "simplisafe",
        "swann",
        "tapo",
        "vivint",
        "wansview",
        "wyze",
    }
)
"""
Makers, and brands of makers, whose cameras are sold for homes.

A device is a home's when one of these words stands in its maker's id or in a maker tag: in the
world sample of November 2025, 197 devices (Ring alone 188). A word here says nothing about a
company; it decides only that a device is left out.
"""

HOME_ZONES: Final = frozenset(
    [
        "apartment",
        "apartments",
        "backyard",
        "balcony",
        "courtyard",
        "door",
        "doorstep",
        "doorway",
        "driveway",
        "front_door",
        "garden",
        "home",
        "house",
        "household",
        "private_land",
        "private_garden",
        "private_parking",
        "property",
        "private",
        "private_property",
        "residence",
        "residential",
        "yard",
    ]
)
HOME_BUILDINGS: Final = frozenset(
    [
        "apartments",
        "bungalow",
        "cabin",
        "carport",
        "detached",
        "dwelling_house",
        "farm",
        "garage",
        "ger",
        "house",
        "houseboat",
        "hut",
        "residential",
        "semi",
        "semidetached_house",
        "static_caravan",
        "terrace",
        "villa",
    ]
)
_PERSON: Final = re.compile(r"individual|\b(person|family|household|resident|homeowner)s?\b")

_DOORBELL = re.compile(r"door.?(bell|phone|viewer|cam)|intercom|peep_?hole|\bring_?bell")
_DOOR = re.compile(r"(^|[;,/|+ ])doors?($|[;,/|+ ])")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


_PLACE_KEYS: Final = (
    "surveillance",
    "surveillance:type",
    "surveillance:zone",
    "camera:mount",
    "camera:type",
)
"""Keys under which somebody may say that a camera is inside, at a home or a doorbell."""

_OWNER_KEYS: Final = ("access", "entrance", "ownership", "building", "operator:type")


def _is_doorbell(value: str) -> bool:
    folded = value.casefold()
    return _DOORBELL.search(folded) is not None or _says(value, Privacy.DOORBELL)


def _is_door(value: str) -> bool:
    return _DOOR.search(value.casefold()) is not None


def _says(value: str, *meanings: Privacy) -> bool:
    return not place_words(value).meanings.isdisjoint(meanings)


def names_a_home_maker(value: str) -> bool:
    """Whether a maker's id or a maker tag holds one of ``HOME_MAKERS`` as a word."""
    folded = value.casefold()
    words = _NOT_LETTERS.split(folded)
    # Joined as well, for "RingDoorbell2"; "ring" alone begins other names, so only longer
    # beginnings are asked for.
    joined = _NOT_LETTERS.sub("", folded)
    return not HOME_MAKERS.isdisjoint(words) or joined.startswith(
        ("arlo", "eufy", "reolink", "ringdoorbell", "ringvideo", "simplisafe", "tapo", "wyze")
    )


def doorbells(tags: pd.DataFrame) -> Mask:
    """Mark the rows whose mount, type or kind is a doorbell, in any language, or a door."""
    # A camera at a door looks at who comes and goes there. A public door is not told apart from a
    # private one by this key.
    mask = by_value(tags["camera:mount"], _is_door) | by_value(tags["camera:type"], _is_door)
    for key in (*_PLACE_KEYS, "model"):
        mask |= by_value(tags[key], _is_doorbell)
    return mask


def home_products(tags: pd.DataFrame, vendor_ids: pd.Series) -> Mask:
    """Mark the rows whose maker sells for homes, by the resolved id or by a written name."""
    mask = by_value(vendor_ids, names_a_home_maker)
    for key in MAKER_KEYS:
        mask |= by_value(tags[key], names_a_home_maker)
    # Some write the maker as operator; only where it is all that is written.
    return mask | by_value(tags["operator"], lambda value: value.casefold().strip() in HOME_MAKERS)


def private_grounds(tags: pd.DataFrame, has_organisation: Mask) -> Mask:
    """
    Mark private ground without an organisation.

    That is ``surveillance=private`` in any spelling and language, ``access=private``, a home's
    zone, mount, entrance or building, and private ownership.
    """
    # Any one of the keys is enough: the loss of a shop's camera is smaller than a home on the map.
    private = by_value(tags["surveillance:zone"], _is_home_zone)
    for key in ("surveillance", "surveillance:type", "camera:mount", "access", "ownership"):
        private |= by_value(tags[key], says_private)
    private |= by_value(tags["entrance"], _is_home_entrance)
    private |= by_value(tags["building"], _is_home_building)
    return private & ~has_organisation


def says_private(value: str) -> bool:
    """Whether a value says that something is private or a home, in any language."""
    return _says(value, Privacy.PRIVATE, Privacy.HOME) or any(
        word.startswith("privat") for word in words_of(value)
    )


def _is_home_zone(value: str) -> bool:
    is_home = not HOME_ZONES.isdisjoint(words_of(value)) or says_private(value)
    # "garden" is a home's, "garden;park" is not.
    return is_home and not is_public_zone(value)


def _is_home_entrance(value: str) -> bool:
    return "staircase" in words_of(value) or _is_home_zone(value)


def _is_home_building(value: str) -> bool:
    return not HOME_BUILDINGS.isdisjoint(words_of(value)) or says_private(value)


def persons(tags: pd.DataFrame, operators: Operators) -> Mask:
    """
    Mark the rows that a private person runs: by ``operator:type`` or by the operator's words.

    One that says ``private`` and no more may be a shop; it counts as a person where nothing else
    says that the place is public.
    """
    person = by_value(tags["operator:type"], _is_person)
    person |= operators == Operator.HOME
    private = operators == Operator.PRIVATE
    is_named = operators == Operator.ORGANISATION
    # operator:type=private is what mappers write of companies too; a named organisation settles it.
    private = private | (by_value(tags["operator:type"], says_private) & ~is_named)
    return person | (private & ~public_places(tags))


def _is_person(value: str) -> bool:
    is_said = _PERSON.search(value.casefold()) is not None
    return is_said or private_name(value.replace("_", " ")) is PrivateName.HOME


def insides(tags: pd.DataFrame, has_organisation: Mask) -> Mask:
    """Mark indoor devices that have neither an organisation nor a public place."""
    # Any value but a denial: indoor=yes, room, corridor.
    indoor = by_value(tags["indoor"], lambda value: value.casefold() not in {"no", "outdoor"})
    for key in _PLACE_KEYS:
        indoor |= by_value(tags[key], lambda value: _says(value, Privacy.INDOOR))
    return indoor & ~public_places(tags) & ~has_organisation


def not_understood(tags: pd.DataFrame, has_organisation: Mask) -> Mask:
    """
    Mark the rows whose place is told by a word that nobody here understands.

    It may say inside, private or home in a language or a spelling that is not listed; only an
    organisation or a public place tells otherwise.
    """
    unclear = np.zeros(len(tags), dtype=bool)
    for key in (*_PLACE_KEYS, *_OWNER_KEYS):
        unclear |= by_value(tags[key], _is_unclear)
    return unclear & ~public_places(tags) & ~has_organisation


def _is_unclear(value: str) -> bool:
    return not place_words(value).is_understood

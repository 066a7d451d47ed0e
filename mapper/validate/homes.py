"""Which devices watch a private home: the rules, and the words they look for."""

import re
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

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

MAKER_KEYS: Final = ("manufacturer", "brand", "surveillance:brand", "model")
PUBLIC_ZONES: Final = frozenset(
    [
        "airport",
        "area",
        "atm",
        "bank",
        "bridge",
        "building_entrance",
        "bus_station",
        "city",
        "crossing",
        "ferry_terminal",
        "highway",
        "hospital",
        "intersection",
        "library",
        "mall",
        "market",
        "metro",
        "motorway",
        "museum",
        "park",
        "parking",
        "platform",
        "plaza",
        "pedestrian",
        "playground",
        "public",
        "public_transport",
        "railway",
        "school",
        "shop",
        "shops",
        "shopping",
        "square",
        "station",
        "stop",
        "store",
        "street",
        "subway",
        "supermarket",
        "town",
        "town_hall",
        "townhall",
        "traffic",
        "train",
        "train_station",
        "tram",
        "tunnel",
        "underground",
        "university",
    ]
)
"""Words of ``surveillance:zone`` for places that the public walks into."""

PUBLIC_ACCESS: Final = frozenset({"yes", "public", "permissive", "customers", "destination"})
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

Mask = npt.NDArray[np.bool_]

_DOORBELL = re.compile(r"door.?(bell|phone|viewer|cam)|intercom|peep_?hole|\bring_?bell")
_DOOR = re.compile(r"(^|[;,/|+ ])doors?($|[;,/|+ ])")
_SPLIT = re.compile(r"[;,/|+]|\s-\s")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def by_value(values: pd.Series, says: Callable[[str], bool]) -> Mask:
    """Ask each distinct text once and give one answer per row; an empty cell answers no."""
    codes, distinct = pd.factorize(values)
    answers = np.array([says(str(value)) for value in distinct] + [False], dtype=bool)
    return answers[codes]


def words_of(value: str) -> frozenset[str]:
    """Split a tag's value into its parts, folded, spaces and hyphens as underscores."""
    parts = (part.strip().casefold() for part in _SPLIT.split(value))
    return frozenset(re.sub(r"[\s\-]+", "_", part) for part in parts if part)


def _is_doorbell(value: str) -> bool:
    folded = value.casefold()
    return _DOORBELL.search(folded) is not None or _DOOR.search(folded) is not None


def _is_doorbell_word(value: str) -> bool:
    return _DOORBELL.search(value.casefold()) is not None


def names_a_home_maker(value: str) -> bool:
    """Whether a maker's id or a maker tag holds one of ``HOME_MAKERS`` as a word."""
    folded = value.casefold()
    words = _NOT_LETTERS.split(folded)
    joined = _NOT_LETTERS.sub("", folded)
    return not HOME_MAKERS.isdisjoint(words) or joined.startswith(
        ("arlo", "eufy", "reolink", "ringdoorbell", "ringvideo", "simplisafe", "tapo", "wyze")
    )


def doorbells(tags: pd.DataFrame) -> Mask:
    """Mark the rows whose mount, type or kind is a doorbell or a door."""
    mask = by_value(tags["camera:mount"], _is_doorbell) | by_value(
        tags["camera:type"], _is_doorbell
    )
    for key in ("surveillance", "surveillance:type", "surveillance:zone", "model"):
        mask |= by_value(tags[key], _is_doorbell_word)
    return mask


def home_products(tags: pd.DataFrame, vendor_ids: pd.Series) -> Mask:
    """Mark the rows whose maker sells for homes, by the resolved id or by a written name."""
    mask = by_value(vendor_ids, names_a_home_maker)
    for key in MAKER_KEYS:
        mask |= by_value(tags[key], names_a_home_maker)
    return mask | by_value(tags["operator"], lambda value: value.casefold().strip() in HOME_MAKERS)


def private_grounds(tags: pd.DataFrame, has_organisation: Mask) -> Mask:
    """Mark ``surveillance=private``, home zones and homes' buildings without an organisation."""
    private = by_value(tags["surveillance"], lambda value: "private" in value.casefold())
    zone = by_value(
        tags["surveillance:zone"],
        lambda value: (
            not words_of(value) <= PUBLIC_ZONES and not HOME_ZONES.isdisjoint(words_of(value))
        ),
    )
    building = by_value(
        tags["building"], lambda value: not HOME_BUILDINGS.isdisjoint(words_of(value))
    )
    return (private | zone | building) & ~has_organisation


def persons(tags: pd.DataFrame) -> Mask:
    """Mark the rows whose operator is a private person by ``operator:type``."""
    return by_value(
        tags["operator:type"], lambda value: _PERSON.search(value.casefold()) is not None
    )


def insides(tags: pd.DataFrame, has_organisation: Mask) -> Mask:
    """Mark indoor devices that have neither an organisation nor a public place."""
    indoor = by_value(tags["surveillance"], lambda value: "indoor" in words_of(value))
    indoor |= by_value(tags["indoor"], lambda value: value.casefold() not in {"no", "outdoor"})
    public = by_value(
        tags["surveillance:zone"], lambda value: not PUBLIC_ZONES.isdisjoint(words_of(value))
    )
    public |= by_value(tags["access"], lambda value: not PUBLIC_ACCESS.isdisjoint(words_of(value)))
    public |= by_value(tags["surveillance"], lambda value: "public" in words_of(value))
    return indoor & ~public & ~has_organisation

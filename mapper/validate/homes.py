"""Which devices watch a private home: the rules, and the words they look for."""

import re
from typing import Final

import pandas as pd

from mapper.clean.privacy_words import Privacy, privacy_of
from mapper.validate.operators import Operator
from mapper.validate.private_names import PrivateName, private_name
from mapper.validate.values_asked import Mask, by_value

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
        "public_transport_platform",
        "railway_platform",
        "bus_stop",
        "tram_stop",
        "sidewalk",
        "road",
        "restaurant",
        "cafe",
        "fast_food",
        "hotel",
        "cinema",
        "theatre",
        "stadium",
        "gas_station",
        "fuel_station",
        "fuel",
        "police",
        "townhall",
        "harbour",
        "beach",
        "memorial",
        "commercial",
        "shopping_centre",
        "shopping_center",
        "post_office",
        "pharmacy",
        "casino",
        "church",
        "elevator_public",
        "concourse",
        "terminal",
        "ticket_hall",
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
_PUBLIC_KEYS: Final = ("shop", "amenity", "tourism", "leisure", "railway", "public_transport")
_NOT_PUBLIC: Final = frozenset(
    ["no", "none", "vacant", "apartment", "chalet", "garden", "private", "bench", "parking_space"]
)
_PRIVATE_ACCESS: Final = frozenset(
    [
        "private",
        "privat",
        "prive",
        "privé",
        "privado",
        "privada",
        "privato",
        "residents",
        "resident",
    ]
)
_SAYS_NO_OWNER: Final = frozenset(["unknown", "no", "local", "and", "building", "i", "a", "v"])
_PERSON: Final = re.compile(r"individual|\b(person|family|household|resident|homeowner)s?\b")

_DOORBELL = re.compile(r"door.?(bell|phone|viewer|cam)|intercom|peep_?hole|\bring_?bell")
_DOOR = re.compile(r"(^|[;,/|+ ])doors?($|[;,/|+ ])")
_SPLIT = re.compile(r"[;,/|+]|\s-\s")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


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
    """
    Mark private ground without an organisation.

    That is ``surveillance=private`` in any spelling, ``access=private``, a home's zone, entrance
    or building, and private ownership.
    """
    private = by_value(tags["surveillance"], says_private)
    private |= by_value(
        tags["access"], lambda value: not _PRIVATE_ACCESS.isdisjoint(words_of(value))
    )
    private |= by_value(tags["entrance"], says_home)
    private |= by_value(tags["ownership"], says_private)
    zone = by_value(
        tags["surveillance:zone"],
        lambda value: not words_of(value) <= PUBLIC_ZONES and says_home(value),
    )
    building = by_value(
        tags["building"], lambda value: not HOME_BUILDINGS.isdisjoint(words_of(value))
    )
    return (private | zone | building) & ~has_organisation


def says_private(value: str) -> bool:
    """Whether a value says that something is private, in any language."""
    return any(
        word.startswith("privat")
        or private_name(word.replace("_", " ")) in {PrivateName.PRIVATE, PrivateName.HOME}
        for word in words_of(value) - _SAYS_NO_OWNER
    )


def says_home(value: str) -> bool:
    """Whether a zone or an entrance is a home's, or private ground, in any language."""
    return any(
        word in HOME_ZONES
        or "private" in word.split("_")
        or word.startswith("privat")
        or private_name(word.replace("_", " ")) is PrivateName.HOME
        for word in words_of(value) - _SAYS_NO_OWNER
    )


def persons(tags: pd.DataFrame, operators: pd.Series) -> Mask:
    """
    Mark the rows that a private person runs: by ``operator:type`` or by the operator's words.

    An operator that says ``private`` and no more may be a shop; it counts as a person where
    nothing else says that the place is public.
    """
    person = by_value(
        tags["operator:type"],
        lambda value: (
            _PERSON.search(value.casefold()) is not None
            or private_name(value.replace("_", " ")) is PrivateName.HOME
        ),
    )
    person |= operators.eq(Operator.HOME).to_numpy()
    return person | (operators.eq(Operator.PRIVATE).to_numpy() & ~public_places(tags))


def public_places(tags: pd.DataFrame) -> Mask:
    """Mark the rows that lie where the public walks in: a shop, a platform, a square."""
    public = by_value(
        tags["surveillance:zone"], lambda value: not PUBLIC_ZONES.isdisjoint(words_of(value))
    )
    public |= by_value(tags["access"], lambda value: not PUBLIC_ACCESS.isdisjoint(words_of(value)))
    public |= by_value(tags["surveillance"], lambda value: "public" in words_of(value))
    for key in _PUBLIC_KEYS:
        public |= by_value(
            tags[key],
            lambda value: not words_of(value) <= _NOT_PUBLIC and not says_private(value),
        )
    return public


def _says_inside(value: str) -> bool:
    is_word = "indoor" in words_of(value)
    return is_word or Privacy.INDOOR in (privacy_of(value) or frozenset())


def insides(tags: pd.DataFrame, has_organisation: Mask) -> Mask:
    """Mark indoor devices that have neither an organisation nor a public place."""
    indoor = by_value(tags["surveillance"], _says_inside)
    indoor |= by_value(tags["indoor"], lambda value: value.casefold() not in {"no", "outdoor"})
    return indoor & ~public_places(tags) & ~has_organisation

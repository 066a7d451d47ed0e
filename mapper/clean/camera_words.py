"""
The words of four tags, brought to a documented list each.

Free text is never published. A written value becomes a word of the list, ``several`` or
``other`` where something else is written, and nothing where the value says nothing (``yes``,
``?``). The written value itself stays in the observation.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

OTHER = "other"
"""The source writes something that is not on the list."""

SEVERAL = "several"
"""The source writes more than one word of the list."""

# OSM separates values by ";"; people write all of these.
_SEPARATOR = re.compile(r"[;,|/+&]")
_JOINTS = re.compile(r"[\s_-]+")
_SAYS_NOTHING = frozenset(
    {"?", "yes", "no", "unknown", "unkown", "fixme", "todo", "none", "null", "camera", "cctv"}
)


def _list(words: str, also: Mapping[str, str] | None = None) -> dict[str, str]:
    """Spell a list: every word stands for itself, the others for the word given."""
    return {word: word for word in words.split()} | dict(also or {})


_CAMERA_TYPES = _list(
    "fixed dome panning panorama",
    {"static": "fixed", "ptz": "panning", "pan_tilt_zoom": "panning"},
)

_STREET_LAMPS = """
    lamp lamp_post lamppost lampost streetlamp street_light street_lights street_lamps
    lighting_pole lightpole light_pole lantern
"""
_MOUNTS = _list(
    """
    pole wall ceiling street_lamp building traffic_signals post roof mast gantry doorbell tree
    atm fence bridge tower arm catenary_mast utility_pole balcony pillar emergency_phone window
    door gate sign billboard trailer bus_stop cabinet bollard totem flagpole eaves beam
    """,
    dict.fromkeys(_STREET_LAMPS.split(), "street_lamp")
    | {
        "traffic_signal": "traffic_signals",
        "traffic_light": "traffic_signals",
        "traffic_lights": "traffic_signals",
        "signal_pole": "traffic_signals",
        "signal_arm": "traffic_signals",
        "traffic_signal_pole": "traffic_signals",
        "traffic_signal_mast": "traffic_signals",
        "ceilling": "ceiling",
        "wall_mounted": "wall",
        "utilitypole": "utility_pole",
        "power_pole": "utility_pole",
        "telephonepole": "utility_pole",
        "column": "pillar",
        "traffic_sign": "sign",
        "street_sign": "sign",
        "trailor": "trailer",
        "mobile_trailer": "trailer",
        "speed_trailer": "trailer",
        "bus_stop_pole": "bus_stop",
        "flag_pole": "flagpole",
    },
)

_ZONES = _list(
    """
    traffic town building parking area entrance street shop public public_transport_platform
    bank park public_transport residential station parking_entrance gate commercial police
    object atm harbour power_plant outdoor beach prison memorial sidewalk corridor school
    railway indoor nature crossing bridge river industrial tram_stop tunnel border construction
    airport playground square recycling garden restaurant stadium low_emission_zone
    """,
    {
        "trafic": "traffic",
        "traffi": "traffic",
        "ville": "town",
        "pubblic": "public",
        "platform": "public_transport_platform",
        "gas_station": "fuel_station",
        "fuel": "fuel_station",
        "fuel_station": "fuel_station",
        "hallway": "corridor",
        "harbor": "harbour",
        "port": "harbour",
        "marina": "harbour",
        "schoolyard": "school",
        "school_yard": "school",
        "level_crossing": "crossing",
        "car_park": "parking",
        "parking_lot": "parking",
        "road": "street",
        "lez": "low_emission_zone",
        "ztl": "low_emission_zone",
    },
)

_VISIBILITIES = _list("public outdoor indoor private", {"privat": "private"})
# What kind of device it is, or who made it, says nothing of what it can see.
_VISIBILITY_SAYS_NOTHING = frozenset(
    [
        "webcam",
        "guard",
        "alpr",
        "anpr",
        "aplr",
        "flock",
        "flock_camera",
        "flock_alpr",
        "flock_safety",
        "dome",
        "license_plate_scanner",
        "license_plate_reader",
        "man_made=surveillance",
    ]
)

MOUNT_WORDS: tuple[str, ...] = tuple(sorted({*_MOUNTS.values(), OTHER, SEVERAL}))
"""Every value of the column ``mount``."""

ZONE_WORDS: tuple[str, ...] = tuple(sorted({*_ZONES.values(), OTHER, SEVERAL}))
"""Every value of the column ``zone``."""


@lru_cache(maxsize=4_096)
def camera_type(value: str | None) -> str | None:
    """Read ``camera:type``: fixed, dome, panning, panorama, or other (also for several)."""
    word = _word(value, _CAMERA_TYPES)
    return OTHER if word == SEVERAL else word


@lru_cache(maxsize=4_096)
def mount(value: str | None) -> str | None:
    """Read ``camera:mount``: one of ``MOUNT_WORDS``."""
    return _word(value, _MOUNTS)


@lru_cache(maxsize=4_096)
def zone(value: str | None) -> str | None:
    """Read ``surveillance:zone``: one of ``ZONE_WORDS``."""
    return _word(value, _ZONES)


@lru_cache(maxsize=4_096)
def visibility(value: str | None) -> str | None:
    """Read ``surveillance``: public, outdoor, indoor, private, or other (also for several)."""
    word = _word(value, _VISIBILITIES, _VISIBILITY_SAYS_NOTHING)
    return OTHER if word == SEVERAL else word


def _word(
    value: str | None, words: Mapping[str, str], says_nothing: frozenset[str] = frozenset()
) -> str | None:
    parts = (
        _JOINTS.sub("_", part.strip().lower()).strip("_") for part in _SEPARATOR.split(value or "")
    )
    # "yes;dome" says dome: a word that says nothing beside one that does is no second value.
    said = {part for part in parts if part} - _SAYS_NOTHING - says_nothing
    meant = {words.get(part, OTHER) for part in said}
    if not meant:
        return None
    return meant.pop() if len(meant) == 1 else SEVERAL

"""What a cell says, as the word that OSM has for it: proposed to the user, never applied unseen."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from mapper.clean import camera_words
from mapper.clean.dates import tag_date
from mapper.clean.devices import device_type
from mapper.clean.directions import parse_directions
from mapper.clean.lifecycle import state_of_word
from mapper.clean.placeholders import is_placeholder
from mapper.clean.privacy_words import Privacy, as_osm_words, privacy_of
from mapper.errors import ValueRefusedError
from mapper.model.enums import DeviceRole, DeviceType
from mapper.model.tags import LIFECYCLE_TAG

DECIDING: Final = (
    "surveillance", "indoor", "access", "building", "surveillance:zone", "operator:type",
    "entrance", "ownership",
)  # fmt: skip
"""Tags that decide about privacy: every value must be understood, or the import stops."""

_ENTRANCES: Final = frozenset(
    ["yes", "no", "main", "secondary", "staircase", "home", "service", "exit", "emergency",
     "garage", "shop", "entrance", "gate"]
)  # fmt: skip
_ACCESS: Final = frozenset(
    [
        "yes",
        "no",
        "public",
        "private",
        "permissive",
        "customers",
        "destination",
        "permit",
        "employees",
        "delivery",
        "designated",
        "residents",
    ]
)
_BUILDINGS: Final = frozenset(
    [
        "yes",
        "no",
        "apartments",
        "barn",
        "barracks",
        "bungalow",
        "cabin",
        "carport",
        "cathedral",
        "chapel",
        "church",
        "civic",
        "college",
        "commercial",
        "construction",
        "detached",
        "dormitory",
        "farm",
        "fire_station",
        "garage",
        "garages",
        "gatehouse",
        "government",
        "grandstand",
        "greenhouse",
        "hangar",
        "hospital",
        "hotel",
        "house",
        "houseboat",
        "hut",
        "industrial",
        "kindergarten",
        "kiosk",
        "library",
        "mosque",
        "museum",
        "office",
        "parking",
        "pavilion",
        "police",
        "public",
        "residential",
        "retail",
        "roof",
        "ruins",
        "school",
        "semi",
        "semidetached_house",
        "service",
        "shed",
        "shop",
        "shrine",
        "sports_centre",
        "sports_hall",
        "stable",
        "stadium",
        "static_caravan",
        "supermarket",
        "synagogue",
        "temple",
        "terrace",
        "toilets",
        "tower",
        "train_station",
        "transformer_tower",
        "transportation",
        "university",
        "villa",
        "warehouse",
    ]
)
_OPERATOR_TYPES: Final = frozenset(
    [
        "public",
        "private",
        "government",
        "business",
        "company",
        "commercial",
        "community",
        "police",
        "religious",
        "ngo",
        "university",
        "school",
        "individual",
        "private_person",
        "person",
        "family",
        "household",
        "resident",
        "homeowner",
        "consortium",
        "cooperative",
        "private_non_profit",
        "public_private",
    ]
)
_CAMERA_TYPES: Final[Mapping[str, str]] = {
    "panning": r"\bptz\b|pan.?tilt|\bpan(?:ning|nable)?\b|speed.?dome|rotat|schwenk|orientable|"
    r"mobile\b|giratori|obrotow|otočn|поворот",
    "dome": r"\bdome\b|\bdôme\b|\bdomo\b|kuppel|kopuł|купол|\bmini.?dome\b",
    "panorama": r"panoram|360|fish.?eye|multi.?sensor|rundum",
    "fixed": r"\bfix(?:ed|e|a|o)?\b|static|bullet|\bbox\b|feststehend|stała|pevn|фиксир|стацион",
}
_DEVICES: Final[Mapping[str, str]] = {
    "ALPR": r"\balpr\b|\banpr\b|\blpr\b|\blapi\b|license.?plate|licence.?plate|number.?plate|"
    r"plate.?reader|kennzeichen|plaque|matrícula|matricula|targa|nummerplade|车牌|車牌|번호판",
    "red_light": r"red.?light|rotlicht|feu.?rouge|semaforo|semáforo|foto.?rosso|signal.?enforc",
    "speed_camera": r"\bspeed(?!.?dome)|\bradar\b|blitzer|geschwindigkeit|vitesse|velocidad|"
    r"velocità|flitspaal|fartskamera|fotoradar|kamera.*prędko|скорост",
    "camera": r"\bcctv\b|surveillance|\bvideo|webcam|traffic.?cam|\bcam(?:era)?\b|kamera|caméra|"
    r"cámara|camara|telecamera|камера|監視器|摄像",
    "gunshot_detector": r"gun.?shot|shot.?spotter|acoustic.?gun",
}
KINDS: Final[Mapping[str, Mapping[str, str]]] = {
    "camera": {"surveillance:type": "camera"},
    "plate reader": {"surveillance:type": "ALPR"},
    "red light camera": {"highway": "speed_camera", "enforcement": "traffic_signals"},
    "speed camera": {"highway": "speed_camera"},
}
"""A list's kind, in words -> the tags of each row that says no other."""
_KIND_OF_DEVICE: Final = {
    "ALPR": "plate reader", "red_light": "red light camera", "speed_camera": "speed camera"
}  # fmt: skip


def _searched(text: str, patterns: Mapping[str, str]) -> str | None:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("_", " ")
    return next((word for word, pattern in patterns.items() if re.search(pattern, folded)), None)


def camera_type_of(value: str) -> str | None:
    """Return the word of ``camera:type`` that a cell means; None where it means none."""
    return _searched(value, _CAMERA_TYPES)


def device_of(value: str) -> str | None:
    """Return the word of ``surveillance:type`` that a cell means; None where it means none."""
    return _searched(value, _DEVICES)


def kind_of_list(*names: str) -> str:
    """Return the kind that a list's name, title or sheet says; empty where it says none."""
    named = " ".join(names).replace("-", " ").replace("_", " ")
    # In a list's name a plate is read by its cameras; in a cell it may be what one hangs on.
    if re.search(r"\bplates?\b", named, re.IGNORECASE):
        return _KIND_OF_DEVICE["ALPR"]
    device = _searched(named, _DEVICES)
    return _KIND_OF_DEVICE.get(device or "", "")


def meaning_of(tag: str, value: str) -> str | None:
    """
    Return the word that a written value of a tag means.

    Returns
    -------
    str or None
        The value itself where the tag takes it as it is; an empty text where it says nothing;
        None where it is not understood.
    """
    if says_nothing(tag, value):
        return ""
    reader = _READERS.get(tag)
    return value if reader is None else reader(value)


def says_nothing(tag: str, value: str) -> bool:
    """
    Whether a cell stands for no value.

    0 degrees is north, and a camera that is void has ended.
    """
    if tag.endswith(":wikidata") or not is_placeholder(value):
        return False
    is_north = tag == "camera:direction" and value.strip().isdigit()
    return not is_north and not (tag == LIFECYCLE_TAG and state_of_word(value))


def _plain(value: str) -> str:
    return re.sub(r"[\s\-]+", "_", value.strip().casefold())


def _privacy(value: str) -> str | None:
    meanings = privacy_of(value)
    return None if meanings is None else as_osm_words(meanings)


def _surveillance(value: str) -> str | None:
    said = _privacy(value)
    if said is not None:
        return "private" if said == Privacy.HOME.value else said
    if _plain(value) in {"traffic", "webcam", "guard", "alpr", "anpr", "red_light"}:
        return value
    return None


def _indoor(value: str) -> str | None:
    plain = _plain(value)
    if plain in {"yes", "no", "room", "area", "wall", "corridor", "true", "false", "1", "0"}:
        return {"true": "yes", "1": "yes", "false": "no", "0": "no"}.get(plain, plain)
    said = privacy_of(value)
    if said is None:
        return None
    return "yes" if Privacy.INDOOR in said else "no"


def _access(value: str) -> str | None:
    plain = _plain(value)
    if plain in _ACCESS:
        return plain
    said = privacy_of(value) or frozenset()
    if said & {Privacy.PRIVATE, Privacy.HOME}:
        return "private"
    return "public" if Privacy.PUBLIC in said else None


def _building(value: str) -> str | None:
    plain = _plain(value)
    if plain in _BUILDINGS:
        return plain
    return "residential" if Privacy.HOME in (privacy_of(value) or ()) else None


def _zone(value: str) -> str | None:
    if camera_words.zone(value) not in {None, camera_words.OTHER, camera_words.SEVERAL}:
        return value
    said = _privacy(value)
    return None if said is None else said


def _operator_type(value: str) -> str | None:
    plain = _plain(value)
    if plain in _OPERATOR_TYPES:
        return plain
    said = privacy_of(value) or frozenset()
    if said & {Privacy.PRIVATE, Privacy.HOME}:
        return "private"
    return "public" if Privacy.PUBLIC in said else None


def _entrance(value: str) -> str | None:
    plain = _plain(value)
    if plain in _ENTRANCES:
        return plain
    return "home" if Privacy.HOME in (privacy_of(value) or ()) else None


def _camera_type(value: str) -> str | None:
    if Privacy.DOORBELL in (privacy_of(value) or ()):
        return Privacy.DOORBELL.value
    if camera_words.camera_type(value) not in {None, camera_words.OTHER}:
        return value
    return camera_type_of(value)


def _mount(value: str) -> str | None:
    if Privacy.DOORBELL in (privacy_of(value) or ()):
        return Privacy.DOORBELL.value
    understood = camera_words.mount(value) not in {None, camera_words.OTHER}
    return value if understood else None


def _device(value: str) -> str | None:
    if Privacy.DOORBELL in (privacy_of(value) or ()):
        return Privacy.DOORBELL.value
    if _plain(value) in {"camera", "guard", "alpr", "webcam"}:
        return value
    kind = device_type({"surveillance:type": value}, DeviceRole.TAGGED)
    return value if kind is not DeviceType.CAMERA else device_of(value)


def _direction(value: str) -> str | None:
    return value if parse_directions(value, None).directions_deg else None


def _date(value: str) -> str | None:
    try:
        return tag_date(value)
    except ValueRefusedError:
        return None


def _state(value: str) -> str | None:
    return value if state_of_word(value) is not None else None


_READERS: Final[Mapping[str, Callable[[str], str | None]]] = {
    "surveillance": _surveillance,
    "indoor": _indoor,
    "access": _access,
    "building": _building,
    "surveillance:zone": _zone,
    "operator:type": _operator_type,
    "entrance": _entrance,
    "ownership": _operator_type,
    "camera:type": _camera_type,
    "camera:mount": _mount,
    "surveillance:type": _device,
    "camera:direction": _direction,
    "direction": _direction,
    "start_date": _date,
    "end_date": _date,
    "lifecycle": _state,
    "check_date": _date,
    "survey:date": _date,
}

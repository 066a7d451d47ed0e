"""
Camera directions as people write them, read into degrees; never guessed.

The rules, for one written value:

- A number is degrees clockwise from true north: ``180``, ``22.5``, ``180°``. From -360 to -1 it
  is added to 360; above 360 it is refused.
- The 16 cardinal points are read in either case, and as English words (``north-east``).
- ``a-b`` is the sector clockwise from a to b: its middle is the direction, its width the angle.
  A sector from a point to itself is refused, and so is ``N-E`` and its three sisters, which may
  be a sector or the spelling of ``NE``.
- ``0-360``, ``0-359`` and a lone ``360`` mean all round: no direction, angle 360.
- ``;`` separates values; ``,`` does when white space or two or three digits follow. A comma
  before one digit is a decimal comma or a separator, so it is refused.
- Of several values all must be readable. Their order is kept, exact repeats stand once, and
  360 among them is north. The angle is given only where every value is a sector and all have one
  width; for sectors of several widths, or sectors beside plain directions, the middles are given
  without an angle. All round beside another value is refused.
- ``forward``, ``backward``, ``both`` and ``clockwise`` are relative to a way and refused, as is
  every other word.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from mapper.errors import ValueRefusedError
from mapper.model.enums import Flag

FULL_CIRCLE_DEG = 360.0

_POINTS = [
    "N",
    "NNE",
    "NE",
    "ENE",
    "E",
    "ESE",
    "SE",
    "SSE",
    "S",
    "SSW",
    "SW",
    "WSW",
    "W",
    "WNW",
    "NW",
    "NNW",
]
_CARDINAL_DEG = {point: index * 22.5 for index, point in enumerate(_POINTS)}
_LETTERS = {"NORTH": "N", "EAST": "E", "SOUTH": "S", "WEST": "W"}
_WORDS = re.compile(r"(?:NORTH|EAST|SOUTH|WEST)(?:[ _-]?(?:NORTH|EAST|SOUTH|WEST)){0,2}")
_WORD = re.compile("NORTH|EAST|SOUTH|WEST")
# Both readings are met in the data, 90 degrees wide or a spelling of the middle.
_AMBIGUOUS_SECTORS = frozenset({"N-E", "N-W", "S-E", "S-W"})

_NUMBER = r"-?\d{1,3}(?:\.\d{1,6})?"
_BOUND = rf"({_NUMBER}|[NESW]{{1,3}})\s*°?"
_NUMBER_VALUE = re.compile(rf"{_NUMBER}\s*°?", re.ASCII)
# People write the en dash too.
_SECTOR = re.compile(rf"{_BOUND}\s*[-\u2013]\s*{_BOUND}", re.ASCII)
# A comma before one digit may be a decimal comma: "22,5" must not become two directions.
_SEPARATOR = re.compile(r";|,(?=\s|\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Directions:
    """
    What the two direction keys of one object say.

    Attributes
    ----------
    directions_deg
        Degrees clockwise from true north, 0 up to but not including 360, in the order written.
    view_angle_deg
        Width of the view in degrees, above 0 up to 360; None where no sector is written.
    as_written
        The text that the directions were read from; where none could be read, the refused
        text; None where neither key is set.
    flags
        In the order of ``Flag``.
    """

    directions_deg: tuple[float, ...]
    view_angle_deg: float | None
    as_written: str | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class _View:
    """One value or one list: directions, and the width where there is one."""

    directions_deg: tuple[float, ...]
    angle_deg: float | None


def parse_directions(camera_direction: str | None, direction: str | None) -> Directions:
    """
    Read ``camera:direction``, or ``direction`` where the first is not set or refused.

    Parameters
    ----------
    camera_direction, direction
        The values as written; None or empty where the key is not set.

    Returns
    -------
    Directions
        Flagged ``direction_conflict`` where both keys can be read and differ,
        ``direction_refused`` where a key that is set could not be read, ``all_round`` where the
        view is the full circle.
    """
    texts = [text for text in (camera_direction, direction) if text]
    if not texts:
        return Directions((), None, None, ())
    views = [(text, _read(text)) for text in texts]
    readable = [(text, view) for text, view in views if view is not None]
    flags: list[Flag] = []
    if len(readable) > 1 and _differ(readable[0][1], readable[1][1]):
        flags.append(Flag.DIRECTION_CONFLICT)
    if len(readable) < len(views):
        flags.append(Flag.DIRECTION_REFUSED)
    if not readable:
        return Directions((), None, texts[0], tuple(flags))
    # camera:direction is the documented key and goes first; `direction` is what many write.
    text, view = readable[0]
    if view.angle_deg == FULL_CIRCLE_DEG:
        flags.append(Flag.ALL_ROUND)
    return Directions(view.directions_deg, view.angle_deg, text, tuple(flags))


def _differ(first: _View, other: _View) -> bool:
    """
    Tell whether two views contradict each other.

    The same directions in another order do not, nor does a sector beside its own middle.
    """
    # A value without a width does not contradict one that has it.
    angles = {first.angle_deg, other.angle_deg} - {None}
    return set(first.directions_deg) != set(other.directions_deg) or len(angles) > 1


@lru_cache(maxsize=65_536)
def _read(text: str) -> _View | None:
    try:
        return _read_list(text)
    except ValueRefusedError:
        return None


def _read_list(text: str) -> _View:
    # Repeats are dropped before and after reading: "N;N" and "N;0" are one direction.
    split = (part.strip() for part in _SEPARATOR.split(text.upper()))
    parts = list(dict.fromkeys(part for part in split if part))
    if len(parts) == 1 and _is_full_circle(parts[0]):
        return _View((), FULL_CIRCLE_DEG)
    views = list(dict.fromkeys(_read_value(part) for part in parts))
    if not views:
        msg = f"no direction in {text!r}"
        raise ValueRefusedError(msg)
    if len(views) == 1:
        return views[0]
    # All round has no direction; beside another value one of the two must be wrong.
    if any(not view.directions_deg for view in views):
        msg = f"{text!r} says all round and something else"
        raise ValueRefusedError(msg)
    angles = {view.angle_deg for view in views}
    middles = tuple(dict.fromkeys(deg for view in views for deg in view.directions_deg))
    return _View(middles, angles.pop() if len(angles) == 1 else None)


def _is_full_circle(part: str) -> bool:
    """Tell a 360 that stands alone; in a list it is north."""
    return bool(_NUMBER_VALUE.fullmatch(part)) and _degrees(part) == FULL_CIRCLE_DEG


def _read_value(part: str) -> _View:
    word = _spelled_out(part)
    if word in _CARDINAL_DEG:
        return _View((_CARDINAL_DEG[word],), None)
    if _NUMBER_VALUE.fullmatch(part):
        return _View((_degrees(part) % FULL_CIRCLE_DEG,), None)
    sector = _SECTOR.fullmatch(part)
    if sector is None or part in _AMBIGUOUS_SECTORS:
        msg = f"{part!r} is not a direction"
        raise ValueRefusedError(msg)
    return _read_sector(_bound(sector[1]), _bound(sector[2]))


def _read_sector(start_deg: float, end_deg: float) -> _View:
    if (start_deg, end_deg) in {(0.0, 360.0), (0.0, 359.0)}:
        return _View((), FULL_CIRCLE_DEG)
    # Clockwise, so 350-10 is 20 degrees wide through north, and 10-350 is 340.
    width = (end_deg - start_deg) % FULL_CIRCLE_DEG
    if width == 0:
        msg = f"a sector from {start_deg} to itself may be nothing or all round"
        raise ValueRefusedError(msg)
    middle = (start_deg + width / 2) % FULL_CIRCLE_DEG
    # Six decimals hide the last bits of a division, so that equal sectors have equal text.
    return _View((round(middle, 6),), round(width, 6))


def _spelled_out(part: str) -> str:
    """Turn ``NORTH-EAST`` into ``NE``; other text is given back."""
    if not _WORDS.fullmatch(part):
        return part
    return "".join(_LETTERS[word] for word in _WORD.findall(part))


def _bound(text: str) -> float:
    if text[0].isalpha():
        if text not in _CARDINAL_DEG:
            msg = f"{text!r} is not a cardinal point"
            raise ValueRefusedError(msg)
        return _CARDINAL_DEG[text]
    return _degrees(text)


def _degrees(text: str) -> float:
    """Read -360 to 360; the negative ones are added to 360."""
    number = float(text.rstrip("° \t"))
    if not -FULL_CIRCLE_DEG <= number <= FULL_CIRCLE_DEG:
        msg = f"{text!r} is more than a full circle"
        raise ValueRefusedError(msg)
    # Adding nought turns -0.0 into 0.0, which would be another byte in a file.
    return number + FULL_CIRCLE_DEG if number < 0 else number + 0.0

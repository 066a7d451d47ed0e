"""
The references of a list's rows: the publisher's own where it is safe to publish, else made ones.

An id column can hold an e-mail address, a telephone number, a plate, a name. A reference is kept
only where it has the shape of a number that somebody counted; the rest is known by its place.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

_SHORT: Final = re.compile(r"[A-Za-z]{0,2}[-_.]?\d{0,3}[A-Za-z]?", re.ASCII)
_COUNTED: Final = re.compile(r"\d{1,5}(?:\.0)?", re.ASCII)
_LONG_COUNTED: Final = re.compile(r"(\d{6,7})(?:\.0)?", re.ASCII)
# Made by programs, and not of anything that was typed in; so is a hash.
_UUID: Final = re.compile(
    r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", re.IGNORECASE | re.ASCII
)
_HASH: Final = re.compile(r"(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12,64}", re.IGNORECASE | re.ASCII)
_OSM: Final = re.compile(r"(?:node|way|relation|[nwr])/?\d{1,12}", re.ASCII)
_SOCRATA: Final = re.compile(r"row-[\w\-.~]{14}", re.ASCII)
_STEMMED: Final = re.compile(
    r"([A-Za-z]{1,12}(?:[-_./:# ]{1,2}[A-Za-z]{1,8})?[-_./:# ]{0,2})(\d{1,6})[A-Za-z]?", re.ASCII
)
_ASSET_WORDS: Final = frozenset(
    [
        "cam",
        "camera",
        "cctv",
        "anpr",
        "alpr",
        "lpr",
        "ptz",
        "kamera",
        "camara",
        "site",
        "pole",
        "asset",
        "device",
        "unit",
        "no",
        "nr",
        "id",
        "ref",
        "loc",
        "location",
        "sc",
        "rlc",
        "rl",
        "tc",
        "vms",
        "speed",
        "radar",
        "fixed",
        "lane",
        "mast",
        "objekt",
        "obj",
        "feature",
        "fid",
        "point",
        "p",
        "poi",
        "waypoint",
        "wp",
        "place",
        "item",
        "row",
        "record",
    ]
)
_LONG_SHARE: Final = 0.5
# Somebody's telephone numbers lie anywhere among a million; what is counted lies together.
_LONG_SPREAD: Final = 200
_SAME_STEM_MIN: Final = 3
_SAME_STEM_SHARE: Final = 0.2
_STEM_LETTERS_MAX: Final = 5
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class RowRefs:
    """
    One reference per row, unique, and what was wrong with the publisher's own.

    Attributes
    ----------
    refs
        In the order of rows.
    blank, withheld
        Rows without a reference, and with one that could be a person's data.
    repeated
        References that stand in several rows; the first row keeps it.
    """

    refs: tuple[str, ...]
    blank: int = 0
    withheld: int = 0
    repeated: tuple[str, ...] = ()

    def notes(self) -> list[str]:
        """Say it in words."""
        notes = []
        if self.blank:
            notes.append(f"{self.blank:,} rows have no id and get one made from their place")
        if self.repeated:
            shown = ", ".join(self.repeated[:_SHOWN])
            notes.append(f"ids that stand in several rows, kept by the first: {shown}")
        if self.withheld:
            notes.append(
                f"{self.withheld:,} ids could be a person's data (a name, a plate, a number to "
                "call) and are not taken: those rows get one made from their place"
            )
        return notes


def row_refs(
    refs_as_written: Sequence[str], places: Sequence[str], contents: Sequence[str]
) -> RowRefs:
    """
    Choose the reference of every row.

    Parameters
    ----------
    refs_as_written
        The cells of the id column; empty texts where the list has none.
    places
        A text for each row's position, equal where rows stand at one place.
    contents
        A text for the whole row, which orders the rows of one place, so that the order of the
        file does not matter.
    """
    long_numbers = _counted_long_numbers(refs_as_written)
    stems = Counter(match[1] for ref in refs_as_written if (match := _STEMMED.fullmatch(ref)))
    refs = [""] * len(refs_as_written)
    taken: set[str] = set()
    repeated: dict[str, None] = {}
    blank = withheld = 0
    for index, ref in enumerate(refs_as_written):
        if not ref:
            blank += 1
        elif ref not in long_numbers and not _is_safe(ref, stems, len(refs_as_written)):
            withheld += 1
        elif ref in taken:
            repeated[ref] = None
        else:
            refs[index] = ref
            taken.add(ref)
    turns: Counter[str] = Counter()
    without = [index for index, ref in enumerate(refs) if not ref]
    # By what the rows say, so that a list in another order gives the same references.
    for index in sorted(without, key=lambda index: (places[index], contents[index])):
        turns[places[index]] += 1
        refs[index] = _made(places[index], turns[places[index]], taken)
        taken.add(refs[index])
    has_ids = blank < len(refs_as_written)
    return RowRefs(tuple(refs), blank if has_ids else 0, withheld, tuple(repeated))


def _counted_long_numbers(refs: Sequence[str]) -> frozenset[str]:
    """Return the references of six and seven digits, where the list counts its rows by them."""
    numbers = {ref: int(match[1]) for ref in refs if (match := _LONG_COUNTED.fullmatch(ref))}
    filled = sum(1 for ref in refs if ref)
    if not numbers or len(numbers) < _LONG_SHARE * filled:
        return frozenset()
    spread = max(numbers.values()) - min(numbers.values())
    return frozenset(numbers) if spread <= _LONG_SPREAD * len(numbers) else frozenset()


def is_counted_stem(stem: str, share: int, rows: int) -> bool:
    """Whether what stands before a reference's number is a code that the whole list shares."""
    letters = re.sub(r"[^A-Za-z]+", " ", stem).split()
    if all(word.casefold() in _ASSET_WORDS for word in letters):
        return True
    is_shared = share >= _SAME_STEM_MIN and share >= _SAME_STEM_SHARE * rows
    is_code = all(len(word) <= _STEM_LETTERS_MAX and word.isupper() for word in letters)
    return is_shared and is_code and " " not in stem


def _is_safe(ref: str, stems: Counter[str], rows: int) -> bool:
    plain = (_SHORT, _COUNTED, _UUID, _HASH, _OSM, _SOCRATA)
    if any(pattern.fullmatch(ref) for pattern in plain):
        return True
    match = _STEMMED.fullmatch(ref)
    return match is not None and is_counted_stem(match[1], stems[match[1]], rows)


def _made(place: str, turn: int, taken: set[str]) -> str:
    """Make a reference of a position alone: it is published anyway, and gives nothing away."""
    ref = f"row-{sha256(place.encode()).hexdigest()[:12]}-{turn}"
    # The publisher's own may look like ours.
    while ref in taken:
        ref += "x"
    return ref

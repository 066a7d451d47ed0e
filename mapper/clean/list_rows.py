"""
The rows of a publisher's list, taken apart field by field.

A field that is gone, new or of another kind is a change of the publisher's shape and stops the
source; what cannot be read in one row is that row's own trouble.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from mapper.clean.coordinates import lonlat_from_geojson, lonlat_from_text
from mapper.clean.text import clean_tags, clean_text
from mapper.errors import CoordinateError, SourceChangedError
from mapper.model.observation import Observation, Reject

REF_USED_TWICE: Final = "the reference is used twice"
REF_EMPTY: Final = "the reference cannot be seen"
_SHOWN_CHARS: Final = 120
LOOK: Final = "look at the publisher's page, and at the fields this source knows."
"""What to do about a shape that is not known."""


@dataclass(slots=True)
class Row:
    """
    One row: every ``take`` removes a field, and ``finish`` asks what is left.

    Attributes
    ----------
    number
        Counted from 1, for messages.
    fields
        The publisher's names and values that were not taken yet.
    geometry
        The geometry of a GeoJSON feature; None in other lists.
    ref
        The publisher's reference, as soon as the source has read it; empty where the row has none.
    """

    source_id: str
    number: int
    fields: dict[str, Any]
    geometry: object = field(default=None)
    ref: str | None = field(default=None)

    def take(self, name: str) -> object:
        """
        Remove a field that must be there, and give its value of whatever kind.

        Raises
        ------
        SourceChangedError
            If the row has no such field.
        """
        if name not in self.fields:
            msg = f"{self.source_id}: row {self.number} has no field {name!r}"
            raise SourceChangedError(msg, next_step=LOOK)
        # Taken away, so that `finish` sees what nobody read.
        return self.fields.pop(name)

    def text(self, name: str) -> str:
        """
        Remove a field that must be there, and give it as text; null is the empty text.

        Raises
        ------
        SourceChangedError
            If the row has no such field, or it holds a list, an object or a truth value.
        """
        value = self.take(name)
        if value is None:
            return ""
        # A list or an object here means that the publisher changed the shape, not that a cell is
        # odd.
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            msg = f"{self.source_id}: field {name!r} of row {self.number} is no text: "
            raise SourceChangedError(msg + str(value)[:_SHOWN_CHARS], next_step=LOOK)
        return str(value).strip()

    def optional(self, name: str) -> object:
        """Remove a field that the publisher leaves out where it is empty; None where it did."""
        return self.fields.pop(name, None)

    def optional_text(self, name: str) -> str:
        """Remove a field that the publisher leaves out where it is empty; as ``text``."""
        return self.text(name) if name in self.fields else ""

    def finish(self, ignored: frozenset[str], *, ignored_prefixes: tuple[str, ...] = ()) -> None:
        """
        Check that nothing is left but what is left out on purpose.

        Raises
        ------
        SourceChangedError
            If a field is neither taken nor ignored.
        """
        left = [name for name in self.fields if name not in ignored]
        unknown = sorted(name for name in left if not name.startswith(ignored_prefixes))
        if unknown:
            shown = ", ".join(repr(clean_text(name).text[:40]) for name in unknown[:5])
            msg = f"{self.source_id}: row {self.number} has fields that are not known: {shown}"
            raise SourceChangedError(msg, next_step=LOOK)

    def point(self) -> tuple[float, float]:
        """
        Read the position of a GeoJSON point.

        Raises
        ------
        CoordinateError
            If the geometry is missing, no point, or its numbers are no position.
        """
        return point_of(self.geometry)

    def lonlat(self, lon_name: str, lat_name: str) -> tuple[float, float]:
        """
        Remove the two fields of a position that must be there, and read them.

        Raises
        ------
        SourceChangedError
            If the row lacks one of the fields.
        CoordinateError
            If their texts are no position.
        """
        lon_text, lat_text = self.text(lon_name), self.text(lat_name)
        return lonlat_from_text(lon_text, lat_text)

    def observed(self, position: tuple[float, float], tags: Mapping[str, str]) -> Observation:
        """Return the observation of this row; empty values are no values."""
        clean = clean_tags(tags)
        return Observation(
            source_id=self.source_id,
            source_ref=clean_text(self.ref or "").text,
            lon_deg=position[0],
            lat_deg=position[1],
            tags=clean.tags,
            text_cleaned=clean.cleaned,
            text_cut=clean.cut,
        )

    def reject(self, reason: str, value: str = "") -> Reject:
        """Say why this row gives no observation; the reason is one of few, for counting."""
        shown = clean_text(value[:_SHOWN_CHARS]).text
        return Reject(self.source_id, self.ref or f"row {self.number}", reason, shown)


def point_of(geometry: object) -> tuple[float, float]:
    """
    Read a GeoJSON point, or a multipoint of exactly one.

    Returns
    -------
    lon_deg, lat_deg
        Decimal degrees, WGS 84.

    Raises
    ------
    CoordinateError
        If it is no such geometry, or its numbers are no position.
    """
    if not isinstance(geometry, dict):
        msg = "the geometry is missing"
        raise CoordinateError(msg)
    kind, position = geometry.get("type"), geometry.get("coordinates")
    # Some exports make every layer a multipoint; with two points it is two cameras, and refused.
    if kind == "MultiPoint" and isinstance(position, list) and len(position) == 1:
        kind, position = "Point", position[0]
    if kind != "Point" or not isinstance(position, list):
        msg = "the geometry is no point"
        raise CoordinateError(msg)
    return lonlat_from_geojson(position)


def point_of_text(text: str) -> tuple[float, float]:
    """
    Read a GeoJSON point that a publisher keeps in a text.

    Raises
    ------
    CoordinateError
        If the text is no JSON, or as ``point_of``.
    """
    try:
        return point_of(json.loads(text))
    except (ValueError, RecursionError) as error:
        msg = f"the geometry is no GeoJSON ({error})"
        raise CoordinateError(msg) from error


def lonlat_of_kml(coordinates: str) -> tuple[float, float]:
    """
    Read the position of a KML point: ``longitude,latitude`` and, if given, a height.

    Raises
    ------
    CoordinateError
        If the text is no position.
    """
    # Longitude, latitude, and perhaps a height, which is dropped.
    lon_text, _, rest = coordinates.partition(",")
    return lonlat_from_text(lon_text, rest.partition(",")[0])


def made_ref(*parts: str) -> str:
    """
    Make a reference for a row that has none of its own, from what identifies it.

    The same parts give the same reference, in any order of rows; it tells nothing of them.
    """
    # A hash, since the parts may be an address or a name. Lists have some thousands of rows; of two
    # rows that met here the second would be a reject, never a wrong camera.
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def iso_day(text: str, written_as: str) -> str:
    """
    Bring a date of a known order to ISO; a text in another form is given back as it is.

    Parameters
    ----------
    written_as
        The publisher's documented form, as ``strptime`` takes it.
    """
    try:
        return datetime.strptime(text, written_as).date().isoformat()  # noqa: DTZ007 - a day
    except ValueError:
        return text


def unique_refs(rows: Iterable[Observation | Reject]) -> Iterator[Observation | Reject]:
    """
    Let the first observation of each reference through; a second one becomes a reject.

    So does one whose reference was nothing but characters that cannot be seen.
    """
    seen: set[str] = set()
    for row in rows:
        if isinstance(row, Observation):
            if not row.source_ref:
                yield Reject(row.source_id, "", REF_EMPTY)
                continue
            # The first one stays. Which of two rows is right cannot be told, and an id must be one
            # camera's.
            if row.source_ref in seen:
                yield Reject(row.source_id, row.source_ref, REF_USED_TWICE)
                continue
            seen.add(row.source_ref)
        yield row


def numbered_refs(rows: Iterable[Observation | Reject]) -> Iterator[Observation | Reject]:
    """Let every observation through; the second one of a reference gets ``#2`` behind it."""
    seen: Counter[str] = Counter()
    for row in rows:
        if isinstance(row, Reject):
            yield row
            continue
        seen[row.source_ref] += 1
        times = seen[row.source_ref]
        yield row if times == 1 else replace(row, source_ref=f"{row.source_ref}#{times}")

"""
The body of OSM JSON, checked, and its elements' fields, read whatever they hold.

Overpass answers, the OSM API's JSON and bare lists of elements have the same elements.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mapper.errors import SourceFormatError
from mapper.sources.osm.elements import TYPES
from mapper.sources.osm.input_body import BodyKind
from mapper.sources.osm.json_body import load_json
from mapper.sources.osm.xml_body import load_xml

Element = Mapping[str, object]
Key = tuple[str, int]

_TOP_FIELDS = frozenset(
    [
        "version",
        "generator",
        "osm3s",
        "elements",
        "remark",
        "copyright",
        "attribution",
        "license",
        "bounds",
    ]
)
_ELEMENT_FIELDS = frozenset(
    [
        "type",
        "id",
        "lat",
        "lon",
        "tags",
        "version",
        "timestamp",
        "nodes",
        "members",
        "center",
        "bounds",
        "geometry",
        "user",
        "uid",
        "changeset",
        "visible",
    ]
)
# Answers to ``out count`` and areas: Overpass sends them among the elements; they are no objects.
_TYPES_PASSED_OVER = frozenset({"count", "area"})
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_FAR_DEG = 1_000
_FOREIGN_NEXT = "Give OSM or Overpass JSON; other lists come in with mapper import."


@dataclass(frozen=True, slots=True)
class JsonBody:
    """
    A parsed body.

    Attributes
    ----------
    is_answer
        Whether it carries Overpass's ``osm3s`` block and so ends where Overpass ended.
    base_time
        ``timestamp_osm_base`` as written, empty where there is none.
    """

    elements: Sequence[Element]
    is_answer: bool
    base_time: str
    notes: tuple[str, ...]


def read_body(path: Path, kind: BodyKind) -> JsonBody:
    """
    Parse a JSON or XML file and check that it is a list of OSM elements.

    Raises
    ------
    SourceFormatError
        If it is not, or if the server says in ``remark`` that the answer is partial.
    """
    parsed: object = (load_xml if kind.is_xml else load_json)(path, kind.packing)
    if isinstance(parsed, list):
        return JsonBody(_checked(path, parsed), is_answer=False, base_time="", notes=())
    if not isinstance(parsed, dict) or "elements" not in parsed:
        foreign = parsed.get("type") if isinstance(parsed, dict) else None
        what = f"of type {foreign!r}"[:60] if foreign else "of another kind"
        msg = f"{path}: JSON {what}, with no OSM elements"
        raise SourceFormatError(msg, next_step=_FOREIGN_NEXT)
    if "remark" in parsed:
        msg = f"{path}: the server says that its answer is partial: {str(parsed['remark'])[:300]!r}"
        raise SourceFormatError(msg, next_step="Ask for a smaller area, or use an extract.")
    elements = parsed["elements"]
    if not isinstance(elements, list):
        msg = f"{path}: 'elements' is no list"
        raise SourceFormatError(msg, next_step=_FOREIGN_NEXT)
    osm3s = parsed.get("osm3s")
    base_time = osm3s.get("timestamp_osm_base") if isinstance(osm3s, dict) else ""
    return JsonBody(
        _checked(path, elements),
        is_answer=isinstance(osm3s, dict),
        base_time=base_time if isinstance(base_time, str) else "",
        notes=_fields_not_read(parsed, elements),
    )


def key_of(element: Element) -> Key:
    """Return type and id of an element."""
    return str(element["type"]), whole(element["id"])


def member_key(member: Element) -> Key:
    """Return type and id of what a member of a relation points at."""
    return str(member.get("type")), whole(member.get("ref"))


def whole(value: object) -> int:
    """Return a whole number, and 0 for anything else, which no object has as id or version."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def list_of(value: object) -> list[object]:
    """Return a list as it is, and anything else as an empty one."""
    return value if isinstance(value, list) else []


def members(relation: Element) -> list[Element]:
    """Return the members of a relation that are objects."""
    return [member for member in list_of(relation.get("members")) if isinstance(member, dict)]


def parts_of(element: Element) -> list[Key]:
    """Return type and id of what a way or relation is made of."""
    nodes = [("node", whole(ref)) for ref in list_of(element.get("nodes"))]
    return nodes + [member_key(member) for member in members(element)]


def instant_of(value: object) -> str:
    """Return an instant that exists as written, anything else as empty."""
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        return ""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return ""
    return value


def lonlat_or_none(place: object) -> tuple[float, float] | None:
    """Return the position of what has ``lon`` and ``lat``; None of anything else."""
    if not isinstance(place, dict):
        return None
    lon, lat = place.get("lon"), place.get("lat")
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return None
    # Of a number beyond every globe no middle can be computed; what else is wrong is told later.
    if not (abs(lon) <= _FAR_DEG and abs(lat) <= _FAR_DEG):
        return None
    return lon, lat


def _checked(path: Path, elements: Sequence[object]) -> list[Element]:
    """Keep nodes, ways and relations; anything without a type and a whole id is foreign."""
    kept: list[Element] = []
    for count, element in enumerate(elements):
        if not isinstance(element, dict):
            msg = f"{path}: element {count:,} is no object"
            raise SourceFormatError(msg, next_step=_FOREIGN_NEXT)
        kind = str(element.get("type"))
        if kind in _TYPES_PASSED_OVER:
            continue
        if kind not in TYPES or not isinstance(element.get("id"), int):
            msg = f"{path}: element {count:,} is no node, way or relation with an id"
            raise SourceFormatError(msg, next_step=_FOREIGN_NEXT)
        kept.append(element)
    return kept


def _fields_not_read(top: Mapping[str, object], elements: Sequence[object]) -> tuple[str, ...]:
    odd = set(top) - _TOP_FIELDS
    for element in elements:
        if isinstance(element, dict):
            odd |= element.keys() - _ELEMENT_FIELDS
    if not odd:
        return ()
    names = ", ".join(sorted(repr(name[:40]) for name in odd)[:10])
    return (f"fields that OSM data does not have were not read: {names}",)

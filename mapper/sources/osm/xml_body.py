"""OSM XML from outside, read into the same elements as OSM JSON; names of mappers are dropped."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from mapper.errors import SourceFormatError
from mapper.sources.osm.packed_body import Packing, body_pieces

XML_BYTES_MAX: Final = 256 * 1024 * 1024
"""Larger bodies are refused: XML of a region fits, and PBF carries the rest better."""

_AGAIN: Final = "Download the file again."
_WHOLE: Final = re.compile(r"-?\d{1,19}", re.ASCII)
_DECIMAL: Final = re.compile(r"-?\d{1,3}(?:\.\d{1,20})?", re.ASCII)
_KINDS: Final = frozenset({"node", "way", "relation"})


class _Pieces:
    """The pieces of a body as a file for the parser, to a bounded size."""

    def __init__(self, path: Path, packing: Packing) -> None:
        self._path = path
        self._pieces = body_pieces(path, packing)
        self._size = 0

    def read(self, _size: int = -1) -> bytes:
        """Return the next piece that holds anything; nothing at the end."""
        piece = next((piece for piece in self._pieces if piece), b"")
        self._size += len(piece)
        if self._size > XML_BYTES_MAX:
            msg = f"{self._path}: more than {XML_BYTES_MAX // 1024**2} MB of OSM XML"
            raise SourceFormatError(msg, next_step="Use a .osm.pbf extract for such an area.")
        return piece


def load_xml(path: Path, packing: Packing) -> dict[str, Any]:
    """
    Read a whole OSM XML file.

    Returns
    -------
    dict
        As ``json_body.load_json`` gives an Overpass answer: ``elements``; ``osm3s`` where the file
        states its base time; ``remark`` where the server left one.

    Raises
    ------
    SourceFormatError
        If it is larger than ``XML_BYTES_MAX``, cut, no XML, has a DTD, or is a file of changes.
    """
    answer: dict[str, Any] = {"elements": []}
    try:
        depth = 0
        root: Element | None = None
        for event, element in iterparse(
            _Pieces(path, packing), events=("start", "end"), forbid_dtd=True
        ):
            depth += 1 if event == "start" else -1
            if root is None:
                root = element
                _require_osm(path, element)
                answer["generator"] = element.get("generator", "")
            elif event == "end" and depth == 1:
                _take(element, answer)
                # What was read is let go, or the whole tree stays in memory.
                root.clear()
    except (ParseError, DefusedXmlException, ValueError, LookupError, zlib.error) as error:
        msg = f"{path}: the OSM XML is cut or broken: {error}"
        raise SourceFormatError(msg, next_step=_AGAIN) from error
    return answer


def _require_osm(path: Path, root: Element) -> None:
    if root.tag != "osm":
        what = "a file of changes" if root.tag == "osmChange" else f"XML of {root.tag[:40]!r}"
        msg = f"{path}: {what}, not OSM data"
        raise SourceFormatError(msg, next_step="Give an extract or an answer of one moment.")


def _take(element: Element, answer: dict[str, Any]) -> None:
    if element.tag == "remark":
        answer["remark"] = (element.text or "").strip()
    elif element.tag == "meta" and element.get("osm_base"):
        answer["osm3s"] = {"timestamp_osm_base": element.get("osm_base")}
    elif element.tag in _KINDS:
        is_gone = element.get("visible") == "false" or element.get("action") == "delete"
        if not is_gone:
            answer["elements"].append(dict(_fields(element)))


def _fields(element: Element) -> Iterator[tuple[str, object]]:
    """Yield the fields of an element as JSON has them, without who edited it."""
    yield "type", element.tag
    for name in ("id", "version"):
        if name in element.attrib:
            yield name, _whole(element.attrib[name])
    for name in ("lat", "lon"):
        if name in element.attrib:
            yield name, _decimal(element.attrib[name])
    if "timestamp" in element.attrib:
        yield "timestamp", element.attrib["timestamp"]
    tags = {tag.get("k", ""): tag.get("v", "") for tag in element.findall("tag")}
    if tags:
        yield "tags", tags
    if element.tag == "way":
        yield "nodes", [_whole(node.get("ref", "")) for node in element.findall("nd")]
    if element.tag == "relation":
        yield "members", [_member(member) for member in element.findall("member")]
    centre = element.find("center")
    if centre is not None:
        yield "center", {name: _decimal(centre.get(name, "")) for name in ("lat", "lon")}


def _member(member: Element) -> dict[str, object]:
    return {
        "type": member.get("type", ""),
        "ref": _whole(member.get("ref", "")),
        "role": member.get("role", ""),
    }


def _whole(text: str) -> int | str:
    """Return a whole number; what is none stays as it is, for the checks of elements."""
    return int(text) if _WHOLE.fullmatch(text) else text


def _decimal(text: str) -> float | str:
    return float(text) if _DECIMAL.fullmatch(text) else text

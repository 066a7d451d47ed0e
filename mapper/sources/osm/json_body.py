"""
JSON and gzip from outside, read so that nothing cut, doubled or blown up passes.

What ``json.loads`` alone would let through is refused: a key that stands twice in one object,
NaN and Infinity, bytes that are not UTF-8, a gzip stream without its end.
"""

from pathlib import Path

from mapper.clean.strict_json import RefusedJsonError, load_strict
from mapper.errors import SourceFormatError
from mapper.sources.osm.packed_body import Packing, body_pieces

JSON_BYTES_MAX = 192 * 1024 * 1024
"""
Larger bodies are refused.

All cameras of the world are 140 MB as Overpass writes them; PBF carries more better.
"""

CONTAINERS_MAX = 3_000_000
VALUES_MAX = 15_000_000
"""
Caps on lists and objects, and on the commas between values, counted before anything is parsed.

An element of a camera has three containers and some 25 values. A body of the same size that is
all brackets or digits takes gigabytes once it is parsed.
"""

_TOO_LARGE_NEXT = "Use a .osm.pbf extract for an area of this size."
_AGAIN = "Download the file again."


def load_json(path: Path, packing: Packing) -> object:
    """
    Read a whole JSON file.

    Raises
    ------
    SourceFormatError
        If the body is larger than ``JSON_BYTES_MAX``, cut, not UTF-8, not JSON, nested too
        deep, or holds a doubled key, NaN, or a number of thousands of digits. The message names
        the file and, where there is one, the character.
    """
    text = _text(path, packing)
    containers, values = text.count("[") + text.count("{"), text.count(",")
    if containers > CONTAINERS_MAX or values > VALUES_MAX:
        msg = f"{path}: {containers:,} lists and objects with {values:,} values are no OSM elements"
        raise SourceFormatError(msg, next_step=_TOO_LARGE_NEXT)
    try:
        return load_strict(text)
    except RefusedJsonError as error:
        if error.char is None:
            msg = f"{path}: the JSON is not usable: {error}"
            raise SourceFormatError(msg) from error
        cut = "cut or " if error.char >= len(text.rstrip()) - 1 else ""
        msg = f"{path}: the JSON is {cut}broken at character {error.char:,}: {error}"
        raise SourceFormatError(msg, next_step=_AGAIN) from error


def _text(path: Path, packing: Packing) -> str:
    body = bytearray()
    for chunk in body_pieces(path, packing):
        body += chunk
        if len(body) > JSON_BYTES_MAX:
            msg = f"{path}: more than {JSON_BYTES_MAX // 1024**2} MB of JSON"
            raise SourceFormatError(msg, next_step=_TOO_LARGE_NEXT)
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{path}: not UTF-8 text at byte {error.start:,}"
        raise SourceFormatError(msg, next_step=_AGAIN) from error

"""
A data file of the page: one classic script of one statement, ``WC.put(name, payload);``.

A classic script loads from ``file://`` where ``fetch`` does not (docs/page-format.md).
"""

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mapper.clean.gzip_bytes import gzip_bytes

# One for all: `json.dumps` makes an encoder for each of a hundred thousand short texts.
_JSON = json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(",", ":"))

# Inside a text a line end is escaped, so that a list of texts can be cut where its items end.
_JSON_LINES = json.JSONEncoder(ensure_ascii=True, separators=("\n", ":"))

_NOT_IN_A_SCRIPT = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))
"""So that no value can end a script or begin markup, wherever the text ends up."""

_GZIP_LEVEL = 7
"""Level 9 takes six times as long to save one byte in sixty."""


def script_text(name: str, payload: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """
    Write one data file.

    Parameters
    ----------
    name
        The path below ``data/`` without ``.js``, ``details/007``.
    payload
        Dicts, lists, texts, numbers, booleans, None. No value from outside may be a key:
        ``{"__proto__": ...}`` would set a prototype where it is read.

    Raises
    ------
    ValueError
        If a number is not finite: JSON has no word for it.
    """
    return put_call(name, payload_text(payload))


def payload_text(payload: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """Write a payload as JSON that is also safe inside a script; see `script_text`."""
    return _escaped(_JSON.encode(payload))


def payload_texts(payloads: Sequence[Any]) -> list[str]:
    """Write each of many payloads as `payload_text` does; texts, which may be 200,000, at once."""
    if not all(isinstance(payload, str) for payload in payloads):
        return [payload_text(payload) for payload in payloads]
    whole = _escaped(_JSON_LINES.encode(payloads))
    return whole[1:-1].split("\n") if payloads else []


def _escaped(text: str) -> str:
    for sign, escaped in _NOT_IN_A_SCRIPT:
        text = text.replace(sign, escaped)
    return text


def put_call(name: str, text: str) -> str:
    """Write the statement that hands a payload, as `payload_text` gives it, to the page."""
    return f"WC.put({json.dumps(name)},{text});\n"


def write_data_file(site_dir: Path, name: str, payload: Any) -> int:  # noqa: ANN401 - see above
    """Write ``data/<name>.js`` below the site's folder and give its size in bytes."""
    path = site_dir / "data" / f"{name}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.write_bytes(script_text(name, payload).encode("ascii"))


def packed(data: bytes) -> str:
    """Return the bytes as base64 of gzip, the same for the same bytes on any day."""
    return base64.b64encode(gzip_bytes(data, _GZIP_LEVEL)).decode("ascii")


def packed_json(payload: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """Return a payload as base64 of gzip of its JSON."""
    return packed(_JSON.encode(payload).encode("ascii"))


def transfer_size(text: str) -> int:
    """Count the bytes that a server sends for a text when it compresses."""
    return len(gzip_bytes(text.encode("ascii"), _GZIP_LEVEL))

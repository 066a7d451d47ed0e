"""
A second reader of the page's data files, written from docs/page-format.md alone.

It shares no code with the writer, so that an error in one is not repeated in the other.
"""

import base64
import gzip
import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_STATEMENT = re.compile(r'WC\.put\("([a-z0-9/-]+)",(.*)\);\n', re.ASCII | re.DOTALL)


def payload_of(text: str) -> tuple[str, Any]:
    """Read the one statement of a data file."""
    text.encode("ascii")
    found = _STATEMENT.fullmatch(text)
    assert found is not None, text[:80]
    return found[1], json.loads(found[2])


def read_payload(site_dir: Path, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Read a data file and check that it bears its own name."""
    own_name, payload = payload_of((site_dir / "data" / f"{name}.js").read_text("ascii"))
    assert own_name == name
    return payload


def unzipped(payload: dict[str, Any]) -> bytes:
    """Unpack the ``gz`` of a payload."""
    return gzip.decompress(base64.b64decode(payload["gz"]))


@dataclass
class Row:
    """One camera as the column file has it."""

    lon_deg: float
    lat_deg: float
    kind: int
    vendor: int
    rung: int
    visibility: int
    zone: int
    lifecycle: int
    country: int
    year: int
    direction: int
    angle: int
    pole: int
    further: list[int]
    first_of_pole: int


def unpack_cameras(payload: dict[str, Any]) -> list[Row]:
    """Read the column file."""
    data, n = unzipped(payload), payload["n"]
    columns: dict[str, list[int]] = {}
    at = 0
    for name, width in payload["planes"]:
        planes = [data[at + k * n : at + (k + 1) * n] for k in range(width)]
        columns[name] = [
            sum(plane[i] << (8 * k) for k, plane in enumerate(planes)) for i in range(n)
        ]
        at += width * n
    further, at = _sparse(data, at, payload["extra"], 1)
    far, at = _sparse(data, at, payload["far_poles"], 4)
    assert at == len(data)
    codes = columns.pop("code")
    rows: list[Row] = []
    total = 0
    for i in range(n):
        total += codes[i]
        lon_deg, lat_deg = _position(total, payload["q"])
        own = {name: values[i] for name, values in columns.items()}
        rows.append(Row(lon_deg, lat_deg, further=[], first_of_pole=i, **own))
    for i, direction in further:
        rows[i].further.append(direction)
    for i, row in enumerate(rows):
        if 0 < row.pole < 255:
            row.first_of_pole = rows[i - row.pole].first_of_pole
        for far_row, first in far:
            if far_row == i:
                assert row.pole == 255
                row.first_of_pole = first
    return rows


def _sparse(data: bytes, at: int, count: int, width: int) -> tuple[list[tuple[int, int]], int]:
    def number(place: int, size: int, i: int) -> int:
        return sum(data[place + k * count + i] << (8 * k) for k in range(size))

    entries = []
    row = 0
    for i in range(count):
        row += number(at, 4, i)
        entries.append((row, number(at + 4 * count, width, i)))
    return entries, at + (4 + width) * count


def _position(code: int, bits: int) -> tuple[float, float]:
    """Take a Morton code apart bit by bit and give the middle of its cell in degrees."""
    x = sum(((code >> (2 * i)) & 1) << i for i in range(bits))
    y = sum(((code >> (2 * i + 1)) & 1) << i for i in range(bits))
    size = 2**bits
    lon_deg = (x + 0.5) / size * 360 - 180
    # The inverse of spherical Mercator, EPSG guidance note 7-2, "Popular Visualisation".
    lat_deg = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (y + 0.5) / size))))
    return lon_deg, lat_deg


def details_of(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Read a details shard as one dict a row."""
    n = payload["n"]
    columns = payload["columns"]
    return [{name: _cell(columns, name, i, n) for name in columns} for i in range(n)]


def _cell(columns: dict[str, Any], name: str, i: int, n: int) -> Any:  # noqa: ANN401 - any cell
    column = columns[name]
    if isinstance(column, list):
        assert len(column) == n
        return column[i]
    if "all" in column:
        return column["all"]
    if "index" in column:
        assert len(column["index"]) == n
        return column["values"][column["index"][i]]
    other = _cell(columns, column["column"], i, n)
    return None if other is None else column["prefix"] + other

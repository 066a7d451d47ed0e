"""
The details of every camera, in small files that a click loads (docs/page-format.md, details).

Rows stand in the order of the column file, so that neighbours share a shard and compress well.
"""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import geopandas as gpd
import pandas as pd

from mapper.model.column_types import LIST_TYPES
from mapper.model.columns import CAMERA, ColumnType
from mapper.registry.registry import Registry
from mapper.website.map import frame_columns
from mapper.website.map.data_file import payload_text, put_call
from mapper.website.map.mercator import Ints

ROWS_MAX = 768
BYTES_MAX = 19_500
"""Of one shard as it is sent; the page's budget is 20,000."""

_MADE_FROM_REF = frozenset({"camera_id", "source_url"})
"""Columns that mostly are a prefix and the source's reference."""

_LINKS = "links"
_NAMED = {
    "vendor_names": "vendor_ids",
    "operator_supplier_names": "operator_supplier_ids",
    "place_deployment_names": "place_deployment_ids",
}
"""Columns of the page alone: the names of the ids that a released column lists."""
_LISTS = {_LINKS, *_NAMED} | {column.name for column in CAMERA if column.column_type in LIST_TYPES}
"""Columns whose values cannot be looked up as they are."""

_LEVEL = 1
"""The fastest, and so the largest: what a web server sends, at its usual level 6, is smaller."""

_Columns: TypeAlias = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class PageNames:
    """The name that is shown for each id of an organisation and of a deployment."""

    organisations: Mapping[str, str]
    deployments: Mapping[str, str]

    @classmethod
    def of_registry(cls, registry: Registry) -> "PageNames":
        """Take the names of all rows."""
        return cls(
            {row.org_id: row.name for row in registry.organisations},
            {row.deployment_id: row.name for row in registry.deployments},
        )


def write_detail_shards(
    site_dir: Path,
    cameras: gpd.GeoDataFrame,
    order: Ints,
    names: PageNames,
    *,
    links: Mapping[str, pd.DataFrame] | None = None,
) -> list[int]:
    """
    Write ``data/details/NNN.js`` and give the first row of each.

    Parameters
    ----------
    cameras
        Columns ``model.columns.CAMERA``.
    order
        Row number in the page -> row number in the frame.
    names
        What ids are shown as.
    links
        By the ``source_id`` of a list: columns ``resolve.links.LINK_COLUMNS``.
    """
    columns = _columns_in_order(cameras, order, names)
    linked = _links_by_camera(links or {})
    columns[_LINKS] = [linked.get(camera_id) for camera_id in columns["camera_id"]]
    folder = site_dir / "data" / "details"
    folder.mkdir(parents=True, exist_ok=True)
    starts: list[int] = []
    for first in range(0, len(order), ROWS_MAX):
        for start, text in _shards(columns, first, min(first + ROWS_MAX, len(order))):
            name = f"{len(starts):03d}"
            call = put_call(f"details/{name}", text)
            (folder / f"{name}.js").write_bytes(call.encode("ascii"))
            starts.append(start)
    return starts


def _columns_in_order(cameras: gpd.GeoDataFrame, order: Ints, names: PageNames) -> _Columns:
    frame = cameras.iloc[order]
    columns: _Columns = {}
    for column in CAMERA:
        # The column file has the position, and it would be a third of a shard.
        if column.column_type is not ColumnType.POINT:
            columns[column.name] = frame_columns.values(frame, column.name, column.column_type)
    columns["vendor_name"] = _names(columns["vendor_id"], names.organisations)
    columns["operator_org_name"] = _names(columns["operator_id"], names.organisations)
    for name, listed in _NAMED.items():
        shown = names.deployments if listed == "place_deployment_ids" else names.organisations
        columns[name] = [
            None if ids is None else [shown[row_id] for row_id in ids] for ids in columns[listed]
        ]
    return columns


def _links_by_camera(links: Mapping[str, pd.DataFrame]) -> dict[str, list[dict[str, Any]]]:
    """Tell each end of a link of the other one."""
    linked: dict[str, list[dict[str, Any]]] = {}
    for _, frame in sorted(links.items()):
        for link in frame.to_dict("records"):
            official_id, osm_id = str(link["official_id"]), str(link["osm_id"])
            for camera_id, there in ((official_id, osm_id), (osm_id, official_id)):
                source_id, _, source_ref = there.partition(":")
                linked.setdefault(camera_id, []).append(
                    {
                        "source_id": source_id,
                        "source_ref": source_ref,
                        "distance_m": float(link["distance_m"]),
                        "certainty": link["certainty"],
                    }
                )
    return linked


def _names(ids: list[Any], names: Mapping[str, str]) -> list[str | None]:
    return [None if org_id is None else names[org_id] for org_id in ids]


def _shards(columns: _Columns, first: int, end: int) -> Iterator[tuple[int, str]]:
    text = payload_text(
        {
            "schema": 1,
            "first": first,
            "n": end - first,
            "columns": {
                name: _shape(name, values[first:end], columns["source_ref"][first:end])
                for name, values in columns.items()
            },
        }
    )
    sent = len(gzip.compress(text.encode("ascii"), _LEVEL, mtime=0))
    if sent <= BYTES_MAX or end - first == 1:
        yield first, text
        return
    # Long texts in one place: halves until it fits, so that one row cannot slow its neighbours.
    middle = (first + end) // 2
    yield from _shards(columns, first, middle)
    yield from _shards(columns, middle, end)


def _shape(name: str, values: list[Any], refs: Sequence[str]) -> object:
    if name in _MADE_FROM_REF:
        prefix = _prefix(values, refs)
        if prefix is not None:
            return {"prefix": prefix, "column": "source_ref"}
    # A list cannot be a key; its repr is the same for the same values.
    keys = [repr(value) for value in values] if name in _LISTS else values
    return _indexed(values, keys)


def _prefix(values: list[Any], refs: Sequence[str]) -> str | None:
    first = values[0]
    if first is None or not first.endswith(refs[0]):
        return None
    prefix: str = first.removesuffix(refs[0])
    made = all(value == prefix + ref for value, ref in zip(values, refs, strict=True))
    return prefix if made else None


def _indexed(values: list[Any], keys: list[Any]) -> object:
    # A dict keeps the order in which keys first came; a set would not, and the bytes would vary.
    distinct = dict.fromkeys(keys)
    if len(distinct) == 1:
        return {"all": values[0]}
    # An index pays where at least every second value comes again.
    if len(distinct) * 2 > len(values):
        return values
    value_of = dict(zip(keys, values, strict=True))
    number_of = {key: number for number, key in enumerate(distinct)}
    return {
        "values": [value_of[key] for key in distinct],
        "index": [number_of[key] for key in keys],
    }

"""
The details of every camera, in small files that a click loads (docs/page-format.md, details).

Rows stand in the order of the column file, so that neighbours share a shard and compress well.
"""

import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mapper.model.columns import CAMERA, ColumnType
from mapper.registry.registry import Registry
from mapper.resolve.chosen_rows import ChosenRows
from mapper.website.map import frame_columns
from mapper.website.map.data_file import payload_text, payload_texts, put_call
from mapper.website.map.frame_columns import EMPTY, Coded
from mapper.website.map.mercator import Ints

ROWS_MAX = 768
BYTES_MAX = 19_500
"""Of one shard as it is sent; the page's budget is 20,000."""

_ROWS_AT_ONCE = 32 * ROWS_MAX
"""Laid out in one pass: fewer take longer, and all of a world's weigh as much as its cameras."""

_MADE_FROM_REF = frozenset({"camera_id", "source_url"})
"""Columns that mostly are a prefix and the source's reference."""

_LINKS = "links"
_NAMED = {
    "vendor_names": "vendor_ids",
    "operator_supplier_names": "operator_supplier_ids",
    "place_deployment_names": "place_deployment_ids",
}
"""Columns of the page alone: the names of the ids that a released column lists."""
_LEVEL = 1
"""The fastest, and so the largest: what a web server sends, at its usual level 6, is smaller."""

_NULL = "null"
_PLACES = np.array([str(place) for place in range(ROWS_MAX)], dtype=object)
"""As texts, for a number is written a million times."""

_NOTHING: Coded[Any] = Coded((), np.empty(0, dtype=np.int32))


@dataclass(frozen=True, slots=True, eq=False)
class _JsonColumn:
    """
    A column of some rows of the page.

    Attributes
    ----------
    texts
        Each distinct value as JSON.
    codes
        Of each row the place of its value in ``texts``; the last of them is `_NULL`.
    """

    texts: NDArray[np.object_]
    codes: NDArray[np.int32]


_Columns: TypeAlias = dict[str, _JsonColumn]
_Plain: TypeAlias = dict[str, list[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """
    Some rows in the page's order.

    Attributes
    ----------
    begin
        The first of them in the page.
    plain
        As texts the columns that a prefix can shorten.
    """

    begin: int
    columns: _Columns
    plain: _Plain


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
    linked = _links_by_camera(links or {})
    folder = site_dir / "data" / "details"
    folder.mkdir(parents=True, exist_ok=True)
    starts: list[int] = []
    for begin in range(0, len(order), _ROWS_AT_ONCE):
        rows = ChosenRows(cameras, order[begin : begin + _ROWS_AT_ONCE])
        part = _Part(begin, *_columns(rows, names, linked))
        for start, text in _shards(part, (*range(0, len(rows), ROWS_MAX), len(rows))):
            name = f"{len(starts):03d}"
            call = put_call(f"details/{name}", text)
            (folder / f"{name}.js").write_bytes(call.encode("ascii"))
            starts.append(start)
    return starts


def _columns(
    cameras: ChosenRows, names: PageNames, linked: Mapping[str, list[dict[str, Any]]]
) -> tuple[_Columns, _Plain]:
    """Return every column, and as texts those that a prefix can shorten."""
    coded: dict[str, Coded[Any]] = {}
    for column in CAMERA:
        if column.name in _MADE_FROM_REF:
            # Holds its place: nearly all shards say it by a prefix, see `plain`.
            coded[column.name] = _NOTHING
        # The column file has the position, and it would be a third of a shard.
        elif column.column_type is not ColumnType.POINT:
            coded[column.name] = frame_columns.coded_values(
                cameras, column.name, column.column_type
            )
    coded["vendor_name"] = _named(coded["vendor_id"], names.organisations)
    coded["operator_org_name"] = _named(coded["operator_id"], names.organisations)
    for name, listed in _NAMED.items():
        shown = names.deployments if listed == "place_deployment_ids" else names.organisations
        lists = [[shown[row_id] for row_id in ids] for ids in coded[listed].distinct]
        coded[name] = Coded(tuple(lists), coded[listed].codes)
    coded[_LINKS] = _linked(cameras, linked)
    columns = {
        name: _JsonColumn(
            np.array([*payload_texts(column.distinct), _NULL], dtype=object),
            np.where(column.codes == EMPTY, len(column.distinct), column.codes),
        )
        for name, column in coded.items()
    }
    plain = {
        name: frame_columns.texts(cameras, name) for name in ("source_ref", *sorted(_MADE_FROM_REF))
    }
    return columns, plain


def _linked(
    cameras: ChosenRows, linked: Mapping[str, list[dict[str, Any]]]
) -> Coded[list[dict[str, Any]]]:
    ids = cameras["camera_id"].tolist()
    numbers = {
        camera_id: number for number, camera_id in enumerate(one for one in ids if one in linked)
    }
    codes = np.array([numbers.get(camera_id, EMPTY) for camera_id in ids], dtype=np.int32)
    return Coded(tuple(linked[camera_id] for camera_id in numbers), codes)


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


def _named(ids: Coded[str], names: Mapping[str, str]) -> Coded[str]:
    return Coded(tuple(names[org_id] for org_id in ids.distinct), ids.codes)


def _shards(part: _Part, bounds: Sequence[int]) -> Iterator[tuple[int, str]]:
    """
    Yield the first row of the page and the text of each shard.

    Parameters
    ----------
    bounds
        The first row of the part in each, and the row behind the last, rising.
    """
    shapes = [
        [f'"{name}":{shape}' for shape in _shapes(name, column, part.plain, bounds)]
        for name, column in part.columns.items()
    ]
    for (first, end), shown in zip(pairwise(bounds), zip(*shapes, strict=True), strict=True):
        head = f'"schema":1,"first":{part.begin + first},"n":{end - first}'
        text = f'{{{head},"columns":{{{",".join(shown)}}}}}'
        sent = len(gzip.compress(text.encode("ascii"), _LEVEL, mtime=0))
        if sent <= BYTES_MAX or end - first == 1:
            yield part.begin + first, text
        else:
            # Long texts in one place: halves until it fits, so that one row cannot slow its
            # neighbours.
            yield from _shards(part, (first, (first + end) // 2, end))


def _shapes(name: str, column: _JsonColumn, plain: _Plain, bounds: Sequence[int]) -> Iterator[str]:
    """Yield a column of each shard as JSON."""
    if name not in _MADE_FROM_REF:
        yield from _indexed(column, bounds)
        return
    for first, end in pairwise(bounds):
        values = plain[name][first:end]
        prefix = _prefix(values, plain["source_ref"][first:end])
        if prefix is not None:
            yield payload_text({"prefix": prefix, "column": "source_ref"})
        else:
            numbers: dict[str | None, int] = {}
            codes = [numbers.setdefault(value, len(numbers)) for value in values]
            texts = np.array([*map(payload_text, numbers)], dtype=object)
            yield from _indexed(_JsonColumn(texts, np.array(codes, np.int32)), (0, end - first))


def _prefix(values: Sequence[str | None], refs: Sequence[str]) -> str | None:
    first = values[0]
    if first is None or not first.endswith(refs[0]):
        return None
    prefix = first.removesuffix(refs[0])
    return prefix if values == [prefix + ref for ref in refs] else None


def _indexed(column: _JsonColumn, bounds: Sequence[int]) -> Iterator[str]:
    """Yield for each shard one value of all rows, or each row's, or values and an index."""
    codes, sizes = column.codes[bounds[0] : bounds[-1]], np.diff(bounds)
    shards, width = np.repeat(np.arange(len(sizes)), sizes), len(column.texts)
    # All shards in one pass, for there are 250 of 46 columns. A value has a number in each shard
    # that it is in, and as they are given in the order of the rows those of a shard are a run.
    numbers, distinct = pd.factorize(shards * width + codes)
    runs = np.searchsorted(distinct // width, np.arange(len(sizes) + 1))
    places = _PLACES[numbers - runs[shards]]
    for shard, (first, end) in enumerate(pairwise(np.cumsum([0, *sizes]).tolist())):
        values = column.texts[distinct[runs[shard] : runs[shard + 1]] % width].tolist()
        if len(values) == 1:
            yield f'{{"all":{values[0]}}}'
        # An index pays where at least every second value comes again.
        elif len(values) * 2 > end - first:
            yield f"[{','.join(column.texts[codes[first:end]].tolist())}]"
        else:
            index = ",".join(places[first:end].tolist())
            yield f'{{"values":[{",".join(values)}],"index":[{index}]}}'

"""
Layers of an ArcGIS FeatureServer, proven by ``returnCountOnly``.

The platform says "failed" with status 200 and an ``error`` member, and "there is more" in two
places (``exceededTransferLimit`` at the top or under ``properties``). A layer without pagination is
asked by chunks of its object ids.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mapper.errors import FetchError, SourceChangedError
from mapper.fetch.archive import Collected
from mapper.fetch.json_pages import FetchContext, PagedRows, declared_count, json_page, keep_rows
from mapper.model.source import PlatformQuery, SourceInfo

_PAGE_ROWS_MAX = 1_000
_CHUNK_IDS = 100
_FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,127}")


def collect(info: SourceInfo, query: PlatformQuery, fetch_context: FetchContext) -> Collected:
    """
    Collect a layer as one JSON array of GeoJSON features (EPSG:4326), in the order of object ids.

    Raises
    ------
    SourceError
        If the platform reports a failure, or the features are not as many as it counts.
    """
    layer_url = f"{query.base_url}/{query.dataset_ref}"
    where = query.options.get("where", "1=1")
    layer = _page(fetch_context, info, layer_url, {"f": "json"})
    counted = _page(
        fetch_context,
        info,
        f"{layer_url}/query",
        {"where": where, "returnCountOnly": "true", "f": "json"},
    )
    declared = declared_count(info, counted.get("count"))
    order = layer.get("objectIdField") or "OBJECTID"
    if not isinstance(order, str) or _FIELD_NAME.fullmatch(order) is None:
        msg = f"{info.source_id}: the layer names its object ids {str(order)[:40]!r}"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.")
    abilities = layer.get("advancedQueryCapabilities")
    paged = PagedRows(fetch_context, info, declared)
    asked = {"where": where, "outFields": "*", "outSR": "4326", "f": "geojson"}
    asking = _Asking(fetch_context, info, f"{layer_url}/query")
    if isinstance(abilities, dict) and abilities.get("supportsPagination"):
        _by_offset(asking, {**asked, "orderByFields": order}, _page_rows(layer), paged)
    else:
        _by_ids(asking, asked, paged)
    return keep_rows(fetch_context, info, layer_url, paged.rows, declared=declared)


@dataclass(frozen=True, slots=True)
class _Asking:
    """Where a layer is asked, and for which source."""

    fetch_context: FetchContext
    info: SourceInfo
    url: str

    def page(self, asked: Mapping[str, str]) -> Mapping[str, Any]:
        return _page(self.fetch_context, self.info, self.url, asked)


def _page_rows(layer: Mapping[str, Any]) -> int:
    """Return how many rows to ask for at once; what the layer says of it may be anything."""
    most = layer.get("maxRecordCount")
    if isinstance(most, int) and not isinstance(most, bool) and most > 0:
        return min(most, _PAGE_ROWS_MAX)
    return _PAGE_ROWS_MAX


def _by_offset(asking: _Asking, asked: Mapping[str, str], page_rows: int, paged: PagedRows) -> None:
    while True:
        part = {"resultOffset": str(len(paged.rows)), "resultRecordCount": str(page_rows)}
        page = asking.page({**asked, **part})
        features = _features(asking.info, page)
        paged.add(features)
        if not features or not _has_more(page):
            return


def _by_ids(asking: _Asking, asked: Mapping[str, str], paged: PagedRows) -> None:
    info = asking.info
    listed = asking.page({"where": asked["where"], "returnIdsOnly": "true", "f": "json"})
    object_ids = listed.get("objectIds") or []
    if not isinstance(object_ids, list) or not all(type(value) is int for value in object_ids):
        msg = f"{info.source_id}: the layer's object ids are no whole numbers"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.")
    object_ids.sort()
    for start in range(0, len(object_ids), _CHUNK_IDS):
        chunk = ",".join(str(object_id) for object_id in object_ids[start : start + _CHUNK_IDS])
        page = asking.page({**asked, "objectIds": chunk})
        if _has_more(page):
            msg = f"{info.source_id}: a chunk of {_CHUNK_IDS} ids was cut by the platform"
            raise FetchError(msg, next_step="report the source.")
        paged.add(_features(info, page))


def _page(
    fetch_context: FetchContext, info: SourceInfo, url: str, asked: Mapping[str, str]
) -> Mapping[str, Any]:
    page = json_page(fetch_context, url, asked)
    if not isinstance(page, dict):
        msg = f"{info.source_id}: a page came in another shape: {str(page)[:120]}"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.")
    error = page.get("error")
    if error is not None:
        said = error.get("message") if isinstance(error, dict) else error
        msg = f"{info.source_id}: the platform reports a failure: {str(said)[:120]}"
        raise FetchError(msg, next_step="try again later.")
    return page


def _features(info: SourceInfo, page: Mapping[str, Any]) -> list[Any]:
    features = page.get("features")
    if not isinstance(features, list):
        msg = f"{info.source_id}: a page without features: {sorted(page)[:8]}"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.")
    return features


def _has_more(page: Mapping[str, Any]) -> bool:
    inner = page.get("properties")
    return bool(
        page.get("exceededTransferLimit")
        or (isinstance(inner, dict) and inner.get("exceededTransferLimit"))
    )

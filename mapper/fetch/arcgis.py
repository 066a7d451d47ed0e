"""
Layers of an ArcGIS FeatureServer, proven by ``returnCountOnly``.

The platform says "failed" with status 200 and an ``error`` member, and "there is more" in two
places (``exceededTransferLimit`` at the top or under ``properties``). A layer without pagination is
asked by chunks of its object ids.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from mapper.errors import FetchError, SourceChangedError
from mapper.fetch.archive import Collected
from mapper.fetch.json_pages import FetchContext, json_page, keep_rows
from mapper.model.source import PlatformQuery, SourceInfo

_PAGE_ROWS_MAX = 1_000
_CHUNK_IDS = 100


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
    try:
        declared = int(counted["count"])
        order = str(layer.get("objectIdField") or "OBJECTID")
        page_rows = min(int(layer.get("maxRecordCount") or _PAGE_ROWS_MAX), _PAGE_ROWS_MAX)
        has_pages = bool((layer.get("advancedQueryCapabilities") or {}).get("supportsPagination"))
    except (KeyError, TypeError, ValueError) as error:
        msg = f"{info.source_id}: the layer describes itself in another shape ({error})"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.") from error
    fetch_context.progress.stage(info.title, declared)
    asked = {"where": where, "outFields": "*", "outSR": "4326", "f": "geojson"}
    if has_pages:
        pages = _by_offset(
            fetch_context, info, f"{layer_url}/query", {**asked, "orderByFields": order}, page_rows
        )
    else:
        pages = _by_ids(fetch_context, info, f"{layer_url}/query", asked)
    features = [feature for page in pages for feature in page]
    return keep_rows(fetch_context, info, layer_url, features, declared=declared)


def _by_offset(
    fetch_context: FetchContext,
    info: SourceInfo,
    url: str,
    asked: Mapping[str, str],
    page_rows: int,
) -> Iterator[list[Any]]:
    offset = 0
    while True:
        page = _page(
            fetch_context,
            info,
            url,
            {**asked, "resultOffset": str(offset), "resultRecordCount": str(page_rows)},
        )
        features = _features(info, page)
        yield features
        fetch_context.progress.advance(len(features))
        offset += len(features)
        if not features or not _has_more(page):
            return


def _by_ids(
    fetch_context: FetchContext, info: SourceInfo, url: str, asked: Mapping[str, str]
) -> Iterator[list[Any]]:
    listed = _page(
        fetch_context, info, url, {"where": asked["where"], "returnIdsOnly": "true", "f": "json"}
    )
    ids = sorted(int(one) for one in listed.get("objectIds") or ())
    for start in range(0, len(ids), _CHUNK_IDS):
        chunk = ",".join(str(one) for one in ids[start : start + _CHUNK_IDS])
        page = _page(fetch_context, info, url, {**asked, "objectIds": chunk})
        if _has_more(page):
            msg = f"{info.source_id}: a chunk of {_CHUNK_IDS} ids was cut by the platform"
            raise FetchError(msg, next_step="report the source.")
        features = _features(info, page)
        yield features
        fetch_context.progress.advance(len(features))


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

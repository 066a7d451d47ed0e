"""Datasets on Opendatasoft (Explore API v2.1): the whole export, proven by ``total_count``."""

from mapper.errors import SourceChangedError
from mapper.fetch.archive import Collected
from mapper.fetch.json_pages import FetchContext, declared_count, json_page, keep_rows
from mapper.model.source import PlatformQuery, SourceInfo


def collect(info: SourceInfo, query: PlatformQuery, fetch_context: FetchContext) -> Collected:
    """
    Collect a dataset as one JSON array of GeoJSON features (EPSG:4326).

    Raises
    ------
    SourceError
        If the features are not as many as the platform counts.
    """
    url = f"{query.base_url}/api/explore/v2.1/catalog/datasets/{query.dataset_ref}"
    counted = json_page(fetch_context, f"{url}/records", {"limit": "0"})
    exported = json_page(fetch_context, f"{url}/exports/geojson", {})
    try:
        declared = declared_count(info, counted["total_count"])
        features = list(exported["features"])
    except (KeyError, TypeError) as error:
        msg = f"{info.source_id}: the export came in another shape (no {error})"
        raise SourceChangedError(msg, next_step=f"look at {info.landing_page}.") from error
    fetch_context.progress.stage(info.title, declared)
    fetch_context.progress.advance(len(features))
    return keep_rows(fetch_context, info, url, features, declared=declared)

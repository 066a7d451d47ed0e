"""
Road-weather cameras of Finland; one row is one station, which may look several ways.

Pictures are published by a preset's number, so presets are not read.
"""

from collections.abc import Iterator
from typing import Final

from mapper.clean.list_bodies import feature_rows
from mapper.clean.list_rows import Row, observed, unique_refs
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
from mapper.model.source import Download, SourceInfo

INFO: Final = SourceInfo(
    source_id="road_cameras_fi",
    title="Road-weather cameras, Finland",
    publisher="Fintraffic",
    landing_page="https://www.digitraffic.fi/en/road-traffic/",
    read_from=Download("https://tie.digitraffic.fi/api/weathercam/v1/stations", "geojson"),
    license_id="CC-BY-4.0",
    attribution="Fintraffic / digitraffic.fi",
    row_count_min=650,
    row_count_max=3_000,
    country_codes=frozenset({"FI"}),
    address_confirmed_on="2026-11-23",
)

OPTIONAL_FIELDS: Final = frozenset({"collectionStatus"})
"""Fields that the platform leaves out of a row where they are empty."""

IGNORED_FIELDS: Final = frozenset({"name", "state", "dataUpdatedTime", "presets", "@id"})
"""Road and town in a word, faults, when the data came, and the views, whose numbers are images."""

_GONE: Final = frozenset({"REMOVED_PERMANENTLY", "REMOVED_TEMPORARILY"})
_TAGS: Final = {
    "man_made": "surveillance",
    "surveillance": "public",
    "surveillance:type": "camera",
    "surveillance:zone": "traffic",
    "operator": "Fintraffic",
}


def parse(body: bytes) -> Iterator[Observation | Reject]:
    """
    Read the stations as GeoJSON.

    Raises
    ------
    SourceError
        If the body is no such list, or its fields are not the known ones.
    """
    return unique_refs(_read(row) for row in feature_rows(INFO.source_id, body))


def _read(row: Row) -> Observation | Reject:
    ref = row.text("id")
    status = row.optional_text("collectionStatus")
    row.finish(IGNORED_FIELDS)
    if not ref:
        return row.reject(ref, "the station has no number")
    if status in _GONE:
        return row.reject(ref, "taken down", status)
    try:
        position = row.point()
    except CoordinateError as error:
        return row.reject(ref, "no position", str(error))
    return observed(row, ref, position, _TAGS)

"""
Road-weather cameras of Finland; one row is one station, which may look several ways.

Pictures are published by a preset's number, so presets are not read.
"""

from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row
from mapper.model.camera_tags import TRAFFIC_CAMERA
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
_TAGS: Final = {**TRAFFIC_CAMERA, "operator": "Fintraffic"}


def _read(row: Row) -> Observation | Reject:
    row.ref = row.text("id")
    status = row.optional_text("collectionStatus")
    if status in _GONE:
        return row.reject("taken down", status)
    return row.observed(row.point(), _TAGS)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

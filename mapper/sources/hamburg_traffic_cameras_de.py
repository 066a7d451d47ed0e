"""Traffic cameras of the Hamburg police."""

from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row
from mapper.model.camera_tags import TRAFFIC_CAMERA
from mapper.model.observation import Observation
from mapper.model.source import Download, SourceInfo

INFO: Final = SourceInfo(
    source_id="hamburg_traffic_cameras_de",
    title="Traffic cameras of the police, Hamburg",
    publisher="Freie und Hansestadt Hamburg, Polizei",
    landing_page="https://suche.transparenz.hamburg.de/dataset/verkehrskameras",
    read_from=Download(
        "https://api.hamburg.de/datasets/v1/verkehrskameras/collections"
        "/verkehr_kameras_internet/items?f=json&limit=1000",
        "geojson",
    ),
    license_id="DL-DE-BY-2.0",
    attribution="Freie und Hansestadt Hamburg, Polizei: Verkehrskameras",
    row_count_min=14,
    row_count_max=999,
    country_codes=frozenset({"DE"}),
    address_confirmed_on="2026-11-23",
)

OPTIONAL_FIELDS: Final = frozenset({"lage", "anmerkung"})
"""Fields that the platform leaves out of a row where they are empty."""

IGNORED_FIELDS: Final = OPTIONAL_FIELDS
"""The place in words, and a remark."""

_TAGS: Final = {**TRAFFIC_CAMERA, "operator": "Polizei Hamburg"}


def _read(row: Row) -> Observation:
    row.ref = row.text("@id")
    return row.observed(row.point(), _TAGS)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

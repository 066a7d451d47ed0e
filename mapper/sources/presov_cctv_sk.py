"""
Cameras of the municipal police of Prešov, Slovakia.

The file keeps its data as lines of text in each placemark's description; of these only the
number of the device (``C_ZAR``) is read.
"""

import re
from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row, lonlat_of_kml
from mapper.model.camera_tags import PUBLIC_CAMERA
from mapper.model.observation import Observation
from mapper.model.source import Download, SourceInfo

INFO: Final = SourceInfo(
    source_id="presov_cctv_sk",
    title="Cameras of the municipal police, Prešov",
    publisher="Mesto Prešov",
    landing_page="https://data.gov.sk/",
    read_from=Download("https://egov.presov.sk/GeoDataKatalog/monitor_zariadenia.kml", "kml"),
    license_id="CC-BY-4.0",
    attribution="Mesto Prešov: monitorovacie zariadenia kamerového systému",
    row_count_min=29,
    row_count_max=300,
    country_codes=frozenset({"SK"}),
    address_confirmed_on="2026-11-23",
)

OPTIONAL_FIELDS: Final = frozenset({"@coordinates"})
"""A placemark without a point is one row's trouble."""

IGNORED_FIELDS: Final = frozenset({"name", "styleUrl", "@id"})
"""A label of the map, how it is drawn, and a number of the file."""

_DEVICE_NUMBER: Final = re.compile(r"\bC_ZAR:[ \t]*([\w./-]{1,40})")
_TAGS: Final = {**PUBLIC_CAMERA, "operator": "Mesto Prešov"}


def _read(row: Row) -> Observation:
    device_number = _DEVICE_NUMBER.search(row.text("description"))
    row.ref = device_number[1] if device_number else ""
    return row.observed(lonlat_of_kml(row.optional_text("@coordinates")), _TAGS)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

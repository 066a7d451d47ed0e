"""
Cameras of the municipal police of Prešov, Slovakia.

The file keeps its data as lines of text in each placemark's description; of these only the
number of the device (``C_ZAR``) is read.
"""

import re
from collections.abc import Iterator
from typing import Final

from mapper.clean.coordinates import lonlat_from_text
from mapper.clean.list_bodies import kml_rows
from mapper.clean.list_rows import Row, observed, unique_refs
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
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
_TAGS: Final = {
    "man_made": "surveillance",
    "surveillance": "public",
    "surveillance:type": "camera",
    "operator": "Mesto Prešov",
}


def parse(body: bytes) -> Iterator[Observation | Reject]:
    """
    Read the placemarks of the KML file.

    Raises
    ------
    SourceError
        If the body is no such list, or its fields are not the known ones.
    """
    return unique_refs(_read(row) for row in kml_rows(INFO.source_id, body))


def _read(row: Row) -> Observation | Reject:
    device_number = _DEVICE_NUMBER.search(row.text("description"))
    written = row.optional_text("@coordinates")
    row.finish(IGNORED_FIELDS)
    if device_number is None:
        return row.reject("", "the camera has no number")
    ref = device_number[1]
    lon_text, _, rest = written.partition(",")
    try:
        position = lonlat_from_text(lon_text, rest.partition(",")[0])
    except CoordinateError as error:
        return row.reject(ref, "no position", str(error))
    return observed(row, ref, position, _TAGS)

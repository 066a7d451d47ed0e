"""
Public video surveillance of the town of Agen.

The column called Latitude holds the longitude, and the other way round. Each pair is read the way
that lies in the town, so that the list may be put right one day without moving a camera.
"""

import re
from collections.abc import Iterator
from typing import Final

from mapper.clean.coordinates import lonlat_from_text
from mapper.clean.list_bodies import csv_rows
from mapper.clean.list_rows import Row, made_ref, observed, unique_refs
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
from mapper.model.source import Download, SourceInfo

INFO: Final = SourceInfo(
    source_id="agen_videoprotection_fr",
    title="Public video surveillance, Agen",
    publisher="Ville d'Agen",
    landing_page="https://www.data.gouv.fr/datasets/camera-de-video-protection",
    read_from=Download(
        "https://static.data.gouv.fr/resources/camera-de-video-protection"
        "/20251103-161529/agen-cameras-videoprotection-2025-11.csv",
        "csv",
    ),
    license_id="ODbL-1.0",
    attribution="Ville d'Agen: Caméra de vidéo protection",
    row_count_min=104,
    row_count_max=600,
    country_codes=frozenset({"FR"}),
    address_confirmed_on="2026-11-23",
)

IGNORED_FIELDS: Final = frozenset({"Lien"})
"""The address of a page about the whole scheme."""

_NUMBER: Final = re.compile(r"Cam[ée]ra\s+n?°?\s*(\d+)\b(?!\s*bis)")
_WEST_DEG, _EAST_DEG = 0.4, 0.9
_SOUTH_DEG, _NORTH_DEG = 44.0, 44.4
_TAGS: Final = {
    "man_made": "surveillance",
    "surveillance": "public",
    "surveillance:type": "camera",
    "operator": "Ville d'Agen",
}


def parse(body: bytes) -> Iterator[Observation | Reject]:
    """
    Read the list as CSV.

    Raises
    ------
    SourceError
        If the body is no such list, or its columns are not the known ones.
    """
    return unique_refs(_read(row) for row in csv_rows(INFO.source_id, body))


def _read(row: Row) -> Observation | Reject:
    name = row.text("Nom")
    called_lat, called_lon = row.text("Latitude"), row.text("Longitude")
    row.finish(IGNORED_FIELDS)
    number = _NUMBER.match(name)
    ref = number[1] if number else made_ref(name)
    if not name:
        return row.reject("", "the camera has no name")
    for lon_text, lat_text in ((called_lat, called_lon), (called_lon, called_lat)):
        try:
            lon_deg, lat_deg = lonlat_from_text(lon_text, lat_text)
        except CoordinateError:
            continue
        if _WEST_DEG < lon_deg < _EAST_DEG and _SOUTH_DEG < lat_deg < _NORTH_DEG:
            return observed(row, ref, (lon_deg, lat_deg), _TAGS)
    return row.reject(ref, "no position in the town", f"{called_lat} {called_lon}")

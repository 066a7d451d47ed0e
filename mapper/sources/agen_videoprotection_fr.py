"""
Public video surveillance of the town of Agen.

The column called Latitude holds the longitude, and the other way round. Each pair is read the way
that lies in the town, so that the list may be put right one day without moving a camera.
"""

import re
from contextlib import suppress
from typing import Final

from mapper.clean.coordinates import lonlat_from_text
from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row, made_ref
from mapper.errors import CoordinateError
from mapper.model.camera_tags import PUBLIC_CAMERA
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
_TAGS: Final = {**PUBLIC_CAMERA, "operator": "Ville d'Agen"}


def _read(row: Row) -> Observation | Reject:
    name = row.text("Nom")
    called_lat, called_lon = row.text("Latitude"), row.text("Longitude")
    number = _NUMBER.match(name)
    row.ref = number[1] if number else made_ref(name) if name else ""
    for lon_text, lat_text in ((called_lat, called_lon), (called_lon, called_lat)):
        with suppress(CoordinateError):
            lon_deg, lat_deg = lonlat_from_text(lon_text, lat_text)
            if _WEST_DEG < lon_deg < _EAST_DEG and _SOUTH_DEG < lat_deg < _NORTH_DEG:
                return row.observed((lon_deg, lat_deg), _TAGS)
    return row.reject("no position in the town", f"{called_lat} {called_lon}")


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

"""Cameras on the motorways of Luxembourg."""

from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row, lonlat_of_kml
from mapper.model.camera_tags import TRAFFIC_CAMERA
from mapper.model.observation import Observation
from mapper.model.source import Download, SourceInfo

INFO: Final = SourceInfo(
    source_id="motorway_cameras_lu",
    title="Motorway cameras, Luxembourg",
    publisher="CITA, Luxembourg",
    landing_page="https://data.public.lu/en/datasets/cita-cameras-autoroute/",
    read_from=Download("https://www.cita.lu/kml/cameras.kml", "kml"),
    license_id="CC0-1.0",
    attribution="CITA, Luxembourg: caméras autoroute",
    row_count_min=57,
    row_count_max=600,
    country_codes=frozenset({"LU"}),
    address_confirmed_on="2026-11-23",
)

OPTIONAL_FIELDS: Final = frozenset({"@coordinates"})
"""A placemark without a point is one row's trouble."""

IGNORED_FIELDS: Final = frozenset({"name", "description", "styleUrl", "visibility", "open"})
"""The road and a number in words, the live picture, and how the map draws it."""

_TAGS: Final = {**TRAFFIC_CAMERA, "operator": "CITA"}


def _read(row: Row) -> Observation:
    row.ref = row.text("@id")
    return row.observed(lonlat_of_kml(row.optional_text("@coordinates")), _TAGS)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

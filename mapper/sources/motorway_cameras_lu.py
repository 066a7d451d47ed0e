"""Cameras on the motorways of Luxembourg."""

from collections.abc import Iterator
from typing import Final

from mapper.clean.coordinates import lonlat_from_text
from mapper.clean.list_bodies import kml_rows
from mapper.clean.list_rows import Row, observed, unique_refs
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
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

_TAGS: Final = {
    "man_made": "surveillance",
    "surveillance": "public",
    "surveillance:type": "camera",
    "surveillance:zone": "traffic",
    "operator": "CITA",
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
    ref = row.text("@id")
    written = row.optional_text("@coordinates")
    row.finish(IGNORED_FIELDS)
    if not ref:
        return row.reject(ref, "the camera has no number")
    lon_text, _, rest = written.partition(",")
    try:
        position = lonlat_from_text(lon_text, rest.partition(",")[0])
    except CoordinateError as error:
        return row.reject(ref, "no position", str(error))
    return observed(row, ref, position, _TAGS)

"""
Cameras of the Paris police (plan de vidéoprotection), as exported on 15 November 2018.

The placemarks have no number of their own, so the written position is the reference; two cameras
on one mast are two placemarks with one position, and the second one gets a ``#2`` behind it.
"""

from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row, lonlat_of_kml, numbered_refs
from mapper.model.camera_tags import PUBLIC_CAMERA
from mapper.model.observation import Observation
from mapper.model.source import Download, SourceInfo

INFO: Final = SourceInfo(
    source_id="paris_videoprotection_fr",
    title="Cameras of the Paris police (November 2018)",
    publisher="Ministère de l'Intérieur",
    landing_page=(
        "https://www.data.gouv.fr/fr/datasets/videoprotection-implantation-des-cameras-kml-ods/"
    ),
    read_from=Download(
        "https://static.data.gouv.fr/resources/videoprotection-implantation-des-cameras-551635"
        "/20181116-165730/2018-11-15-export-cameras-pvpp.kml",
        "kml",
    ),
    license_id="Licence-Ouverte",
    attribution="Ministère de l'Intérieur: Vidéoprotection - Implantation des caméras",
    row_count_min=1_000,
    row_count_max=5_000,
    country_codes=frozenset({"FR"}),
    address_confirmed_on="2026-11-23",
)

OPTIONAL_FIELDS: Final = frozenset({"@coordinates"})
"""A placemark without a point is one row's trouble."""

IGNORED_FIELDS: Final = frozenset({"name", "description", "styleUrl", "@id"})
"""A number of the map, which repeats, the place in words, and how the map draws it."""

_TAGS: Final = {**PUBLIC_CAMERA, "operator": "Préfecture de police", "check_date": "2018-11-15"}


def _read(row: Row) -> Observation:
    coordinates = row.optional_text("@coordinates")
    position = lonlat_of_kml(coordinates)
    row.ref = ",".join(text.strip() for text in coordinates.split(",")[:2])
    return row.observed(position, _TAGS)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS, refs=numbered_refs)

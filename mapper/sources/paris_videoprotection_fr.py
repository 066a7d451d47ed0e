"""
Cameras of the Paris police (plan de vidéoprotection), as exported on 15 November 2018.

The placemarks have no number of their own, so the written position is the reference; two cameras
on one mast are two placemarks with one position, and the second one gets a ``#2`` behind it.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from mapper.clean.coordinates import lonlat_from_text
from mapper.clean.list_bodies import kml_rows
from mapper.clean.list_rows import Row, observed
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
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

_TAGS: Final = {
    "man_made": "surveillance",
    "surveillance": "public",
    "surveillance:type": "camera",
    "operator": "Préfecture de police",
    "check_date": "2018-11-15",
}


def parse(body: bytes) -> Iterator[Observation | Reject]:
    """
    Read the placemarks of the KML file.

    Raises
    ------
    SourceError
        If the body is no such list, or its fields are not the known ones.
    """
    seen: Counter[str] = Counter()
    for row in kml_rows(INFO.source_id, body):
        yield _read(row, seen)


def _read(row: Row, seen: Counter[str]) -> Observation | Reject:
    written = row.optional_text("@coordinates")
    row.finish(IGNORED_FIELDS)
    lon_text, _, rest = written.partition(",")
    lat_text = rest.partition(",")[0]
    try:
        position = lonlat_from_text(lon_text, lat_text)
    except CoordinateError as error:
        return row.reject("", "no position", str(error))
    ref = f"{lon_text.strip()},{lat_text.strip()}"
    seen[ref] += 1
    if seen[ref] > 1:
        ref = f"{ref}#{seen[ref]}"
    return observed(row, ref, position, _TAGS)

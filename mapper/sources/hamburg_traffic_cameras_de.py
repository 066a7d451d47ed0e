"""Traffic cameras of the Hamburg police."""

from collections.abc import Iterator
from typing import Final

from mapper.clean.list_bodies import feature_rows
from mapper.clean.list_rows import Row, observed, unique_refs
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
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

_TAGS: Final = {
    "man_made": "surveillance",
    "surveillance": "public",
    "surveillance:type": "camera",
    "surveillance:zone": "traffic",
    "operator": "Polizei Hamburg",
}


def parse(body: bytes) -> Iterator[Observation | Reject]:
    """
    Read the collection as GeoJSON, asked for in one page.

    Raises
    ------
    SourceError
        If the body is no such list, or its fields are not the known ones.
    """
    return unique_refs(_read(row) for row in feature_rows(INFO.source_id, body))


def _read(row: Row) -> Observation | Reject:
    ref = row.text("@id")
    row.finish(IGNORED_FIELDS)
    if not ref:
        return row.reject(ref, "the camera has no number")
    try:
        position = row.point()
    except CoordinateError as error:
        return row.reject(ref, "no position", str(error))
    return observed(row, ref, position, _TAGS)

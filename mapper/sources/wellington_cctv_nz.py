"""City safety cameras of Wellington, New Zealand."""

from collections.abc import Iterator
from typing import Final

from mapper.clean.list_bodies import feature_rows
from mapper.clean.list_rows import Row, observed, unique_refs
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
from mapper.model.source import PlatformQuery, SourceInfo

INFO: Final = SourceInfo(
    source_id="wellington_cctv_nz",
    title="City safety cameras, Wellington",
    publisher="Wellington City Council",
    landing_page="https://www.arcgis.com/home/item.html?id=7731b554357746d2b3af8f99ddb49817",
    read_from=PlatformQuery(
        "arcgis",
        "https://services1.arcgis.com/CPYspmTk3abe6d7i/arcgis/rest/services"
        "/CCTV_City_Safety_Camera_Locations_(View_layer)/FeatureServer",
        "0",
    ),
    license_id="CC-BY-4.0",
    attribution="Wellington City Council: CCTV City Safety Camera Locations",
    row_count_min=138,
    row_count_max=1_000,
    country_codes=frozenset({"NZ"}),
    address_confirmed_on="2026-11-23",
)

IGNORED_FIELDS: Final = frozenset({"Camera_Name", "GlobalID", "@id"})
"""The place in words, and the platform's own ids."""

_TAGS: Final = {
    "man_made": "surveillance",
    "surveillance": "public",
    "surveillance:type": "camera",
    "operator": "Wellington City Council",
}


def parse(body: bytes) -> Iterator[Observation | Reject]:
    """
    Read the layer as GeoJSON features.

    Raises
    ------
    SourceError
        If the body is no such list, or its fields are not the known ones.
    """
    return unique_refs(_read(row) for row in feature_rows(INFO.source_id, body))


def _read(row: Row) -> Observation | Reject:
    ref = row.text("OBJECTID")
    row.finish(IGNORED_FIELDS)
    try:
        position = row.point()
    except CoordinateError as error:
        return row.reject(ref, "no position", str(error))
    return observed(row, ref, position, _TAGS)

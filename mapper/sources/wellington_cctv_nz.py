"""City safety cameras of Wellington, New Zealand."""

from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row
from mapper.model.camera_tags import PUBLIC_CAMERA
from mapper.model.observation import Observation
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

_TAGS: Final = {**PUBLIC_CAMERA, "operator": "Wellington City Council"}


def _read(row: Row) -> Observation:
    row.ref = row.text("OBJECTID")
    return row.observed(row.point(), _TAGS)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

"""Traffic cameras of the City of New Orleans."""

from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row, point_of
from mapper.model.camera_tags import TRAFFIC_CAMERA
from mapper.model.observation import Observation
from mapper.model.source import PlatformQuery, SourceInfo

INFO: Final = SourceInfo(
    source_id="new_orleans_traffic_cameras_us",
    title="Traffic cameras, City of New Orleans",
    publisher="City of New Orleans, Louisiana",
    landing_page="https://data.nola.gov/d/te2d-4txp",
    read_from=PlatformQuery("socrata", "https://data.nola.gov", "te2d-4txp"),
    license_id="CC0-1.0",
    attribution="City of New Orleans: Traffic Camera Locations",
    row_count_min=82,
    row_count_max=500,
    country_codes=frozenset({"US"}),
    address_confirmed_on="2026-11-23",
)

OPTIONAL_FIELDS: Final = frozenset({"the_geom"})
"""Fields that the platform leaves out of a row where they are empty."""

IGNORED_FIELDS: Final = frozenset({"camloc", "function", "operational"})
"""The place in words, an abbreviation that is explained nowhere, and whether it works today."""
IGNORED_PREFIXES: Final = (":@computed_region_",)
"""Regions that the platform computes for its own maps."""

_TAGS: Final = {**TRAFFIC_CAMERA, "operator": "City of New Orleans"}


def _read(row: Row) -> Observation:
    row.ref = row.text("camid")
    return row.observed(point_of(row.optional("the_geom")), _TAGS)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS, ignored_prefixes=IGNORED_PREFIXES)

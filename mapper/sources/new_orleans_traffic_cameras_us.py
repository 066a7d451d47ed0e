"""Traffic cameras of the City of New Orleans."""

from collections.abc import Iterator
from typing import Final

from mapper.clean.list_bodies import json_rows
from mapper.clean.list_rows import Row, observed, point_of, unique_refs
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
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

_TAGS: Final = {
    "man_made": "surveillance",
    "surveillance": "public",
    "surveillance:type": "camera",
    "surveillance:zone": "traffic",
    "operator": "City of New Orleans",
}


def parse(body: bytes) -> Iterator[Observation | Reject]:
    """
    Read the dataset as the platform's rows.

    Raises
    ------
    SourceError
        If the body is no such list, or its fields are not the known ones.
    """
    return unique_refs(_read(row) for row in json_rows(INFO.source_id, body))


def _read(row: Row) -> Observation | Reject:
    ref = row.text("camid")
    location = row.optional("the_geom")
    row.finish(IGNORED_FIELDS, ignored_prefixes=IGNORED_PREFIXES)
    if not ref:
        return row.reject(ref, "the camera has no number")
    try:
        position = point_of(location)
    except CoordinateError as error:
        return row.reject(ref, "no position", str(error))
    return observed(row, ref, position, _TAGS)

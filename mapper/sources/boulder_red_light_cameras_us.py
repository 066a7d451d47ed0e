"""Red-light cameras of the City of Boulder, Colorado."""

from collections.abc import Iterator
from typing import Final

from mapper.clean.list_bodies import feature_rows
from mapper.clean.list_rows import Row, observed, unique_refs
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
from mapper.model.source import PlatformQuery, SourceInfo

INFO: Final = SourceInfo(
    source_id="boulder_red_light_cameras_us",
    title="Red-light cameras, City of Boulder",
    publisher="City of Boulder, Colorado",
    landing_page="https://bouldercolorado.gov/open-data",
    read_from=PlatformQuery(
        "arcgis",
        "https://services.arcgis.com/ePKBjXrBZ2vEEgWd/arcgis/rest/services"
        "/Red_Light_Cameras_PUBLIC_VIEW/FeatureServer",
        "0",
    ),
    license_id="CC0-1.0",
    attribution="City of Boulder: Red Light Cameras",
    row_count_min=10,
    row_count_max=200,
    country_codes=frozenset({"US"}),
    address_confirmed_on="2026-11-23",
)

IGNORED_FIELDS: Final = frozenset({"Location", "CameraType", "GlobalID", "@id"})
"""The place in words, a type that was empty where it was seen, and the platform's own ids."""

_TAGS: Final = {
    "man_made": "surveillance",
    "enforcement": "traffic_signals",
    "operator": "City of Boulder",
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

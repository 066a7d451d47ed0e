"""Red-light cameras of the City of Boulder, Colorado."""

from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row
from mapper.model.camera_tags import RED_LIGHT_CAMERA
from mapper.model.observation import Observation
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

_TAGS: Final = {**RED_LIGHT_CAMERA, "operator": "City of Boulder"}


def _read(row: Row) -> Observation:
    row.ref = row.text("OBJECTID")
    return row.observed(row.point(), _TAGS)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

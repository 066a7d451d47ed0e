"""
Police and red-light cameras of Rochester, New York.

The programme says what a camera is for: BlueLight are the police's own, RedLight watch crossings.
"""

from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row
from mapper.model.camera_tags import PUBLIC_CAMERA, RED_LIGHT_CAMERA
from mapper.model.observation import Observation, Reject
from mapper.model.source import PlatformQuery, SourceInfo

INFO: Final = SourceInfo(
    source_id="rochester_police_cameras_us",
    title="Police and red-light cameras, Rochester",
    publisher="Rochester Police Department, New York",
    landing_page="https://data-rpdny.opendata.arcgis.com",
    read_from=PlatformQuery(
        "arcgis",
        "https://services7.arcgis.com/wMvCpnbQEKXZsPSQ/arcgis/rest/services"
        "/Rochester_Cameras/FeatureServer",
        "0",
    ),
    license_id="ODbL-1.0",
    attribution="Rochester Police Department: Rochester Cameras",
    row_count_min=141,
    row_count_max=1_000,
    country_codes=frozenset({"US"}),
    address_confirmed_on="2026-11-23",
)

IGNORED_FIELDS: Final = frozenset({"Address", "Notes", "Type", "POINT_X", "POINT_Y", "@id"})
"""The place in words, free remarks, the kind of picture, and the position a second time."""

_TAGS_BY_PROGRAMME: Final = {
    "BlueLight": {**PUBLIC_CAMERA, "operator": "Rochester Police Department"},
    "RedLight": dict(RED_LIGHT_CAMERA),
}


def _read(row: Row) -> Observation | Reject:
    row.ref = row.text("OBJECTID")
    programme = row.text("Program")
    if programme not in _TAGS_BY_PROGRAMME:
        return row.reject("programme not known", programme)
    return row.observed(row.point(), _TAGS_BY_PROGRAMME[programme])


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

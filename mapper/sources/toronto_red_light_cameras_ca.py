"""
Red-light cameras of the City of Toronto.

The platform keeps each position as GeoJSON in a text, mostly a multipoint of one.
"""

from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row, point_of_text
from mapper.model.camera_tags import RED_LIGHT_CAMERA
from mapper.model.observation import Observation
from mapper.model.source import PlatformQuery, SourceInfo

INFO: Final = SourceInfo(
    source_id="toronto_red_light_cameras_ca",
    title="Red-light cameras, City of Toronto",
    publisher="City of Toronto",
    landing_page="https://open.toronto.ca/dataset/red-light-cameras/",
    read_from=PlatformQuery(
        "ckan",
        "https://ckan0.cf.opendata.inter.prod-toronto.ca",
        "b57a31a1-5ee6-43e3-bfb9-206ebe93066d",
    ),
    license_id="OGL-Toronto",
    attribution=(
        "City of Toronto: Red Light Cameras. Contains information licensed under the "
        "Open Government Licence - Toronto."
    ),
    row_count_min=120,
    row_count_max=1_500,
    country_codes=frozenset({"CA"}),
    fields={"ACTIVATION_DATE": "start_date"},
    address_confirmed_on="2026-11-23",
)

OPTIONAL_FIELDS: Final = frozenset({"ACTIVATION_DATE"})
"""A column that the list has had only since 2021."""

IGNORED_FIELDS: Final = frozenset(
    {
        # The platform's and earlier numbers of the row, and of the crossing.
        "_id", "ID", "OBJECTID", "TCS", "INTERSECTION_ID",
        # The crossing in words.
        "NAME", "MAIN", "SIDE1", "SIDE2", "MID_BLOCK", "PRIVATE_ACCESS", "ADDITIONAL_INFO",
        "LINEAR_NAME_FULL_1", "LINEAR_NAME_FULL_2",
        # Districts.
        "DISTRICT", "WARD_1", "WARD_2", "WARD_3", "WARD_4",
        "POLICE_DIVISION_1", "POLICE_DIVISION_2", "POLICE_DIVISION_3",
        # The position a second time, in degrees and on the city's grid.
        "X", "Y", "LONGITUDE", "LATITUDE",
    }
)  # fmt: skip

_TAGS: Final = {**RED_LIGHT_CAMERA, "operator": "City of Toronto"}


def _read(row: Row) -> Observation:
    row.ref = row.text("RLC")
    switched_on = row.optional_text("ACTIVATION_DATE")
    return row.observed(point_of_text(row.text("geometry")), {**_TAGS, "start_date": switched_on})


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

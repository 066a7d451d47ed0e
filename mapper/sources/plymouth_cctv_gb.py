"""
Traffic cameras of Plymouth, England.

The list gives each position twice: on the British National Grid, and as ``x`` and ``y`` in degrees.
"""

from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row
from mapper.model.camera_tags import TRAFFIC_CAMERA
from mapper.model.observation import Observation
from mapper.model.source import Download, SourceInfo

INFO: Final = SourceInfo(
    source_id="plymouth_cctv_gb",
    title="Traffic cameras, Plymouth",
    publisher="Plymouth City Council",
    landing_page="https://plymouth.thedata.place/dataset/cctv-locations-in-plymouth",
    read_from=Download(
        "https://plymouth.thedata.place/dataset/603331e3-5505-44c1-adf4-8278c02535d6"
        "/resource/4984b27f-ae96-4c7b-9102-17434408a1b3/download/traffic-cameras.csv",
        "csv",
    ),
    license_id="OGL-UK-3.0",
    attribution=(
        "Plymouth City Council: CCTV locations in Plymouth. Contains public sector information "
        "licensed under the Open Government Licence v3.0."
    ),
    row_count_min=35,
    row_count_max=400,
    country_codes=frozenset({"GB"}),
    address_confirmed_on="2026-11-23",
)

IGNORED_FIELDS: Final = frozenset({"Camera Num", "Camera Loc", "Easting", "Northing"})
"""A number in the control room, the place in words, and the position on the national grid."""

_TAGS: Final = {**TRAFFIC_CAMERA, "operator": "Plymouth City Council"}


def _read(row: Row) -> Observation:
    row.ref = row.text("fid")
    return row.observed(row.lonlat("x", "y"), _TAGS)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

"""
Traffic cameras of the City of Austin, with the maker of each.

The list also holds cameras that were asked for or taken down, which are planned or ended, and rows
entered by mistake, which are none. Makers are partly written as product lines (Sarix, Spectra
Enhanced).
"""

from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row, point_of
from mapper.model.camera_tags import TRAFFIC_CAMERA
from mapper.model.observation import Observation, Reject
from mapper.model.source import PlatformQuery, SourceInfo
from mapper.model.tags import LIFECYCLE_TAG

INFO: Final = SourceInfo(
    source_id="austin_traffic_cameras_us",
    title="Traffic cameras, City of Austin",
    publisher="City of Austin, Texas (Transportation and Public Works)",
    landing_page="https://data.austintexas.gov/d/b4k4-adkb",
    read_from=PlatformQuery("socrata", "https://data.austintexas.gov", "b4k4-adkb"),
    license_id="Public-Domain",
    attribution="City of Austin, Texas: Traffic Cameras",
    row_count_min=330,
    row_count_max=3_000,
    country_codes=frozenset({"US"}),
    publishes_vendor=True,
    fields={"camera_mfg": "manufacturer", "turn_on_date": "start_date"},
    address_confirmed_on="2026-11-23",
)

OPTIONAL_FIELDS: Final = frozenset({"camera_mfg", "turn_on_date", "location"})
"""Fields that the platform leaves out of a row where they are empty."""

IGNORED_FIELDS: Final = frozenset(
    {
        # The place in words and in the city's own street index.
        "location_name", "landmark", "location_type", "atd_location_id", "coa_intersection_id",
        "primary_st", "primary_st_aka", "primary_st_block", "primary_st_segment_id",
        "cross_st", "cross_st_aka", "cross_st_block", "cross_st_segment_id",
        "latitude", "longitude", "location_latitude", "location_longitude",
        # Districts and money.
        "council_district", "jurisdiction", "jurisdiction_label", "signal_eng_area", "county",
        "funding",
        # Addresses of live images, and whether the device answers: never kept.
        "screenshot_address", "published_screenshots", "ip_comm_status",
        "comm_status_datetime_utc", "ip_comm_status_date_and_time",
        # When the row was touched, its record number, and the camera's number of an earlier time.
        "modified_date", "id", "atd_camera_id",
    }
)  # fmt: skip
IGNORED_PREFIXES: Final = (":@computed_region_",)
"""Regions that the platform computes for its own maps."""

_STATES: Final = frozenset({"TURNED_ON", "DESIRED", "REMOVED"})
"""What is said of a camera that stands, is planned, or has ended; ``clean.lifecycle`` reads it."""
_NEVER_WAS: Final = "VOID"
_TAGS: Final = {**TRAFFIC_CAMERA, "operator": "City of Austin"}


def _read(row: Row) -> Observation | Reject:
    row.ref = row.text("camera_id")
    status = row.text("camera_status")
    maker, turned_on = row.optional_text("camera_mfg"), row.optional_text("turn_on_date")
    location = row.optional("location")
    if status == _NEVER_WAS:
        return row.reject("entered by mistake", status)
    if status not in _STATES:
        return row.reject("status not known", status)
    tags = {**_TAGS, LIFECYCLE_TAG: status, "manufacturer": maker, "start_date": turned_on}
    return row.observed(point_of(location), tags)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS, ignored_prefixes=IGNORED_PREFIXES)

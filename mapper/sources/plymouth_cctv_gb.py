"""
Traffic cameras of Plymouth, England.

The list gives each position twice: on the British National Grid, and as ``x`` and ``y`` in degrees.
"""

from collections.abc import Iterator
from typing import Final

from mapper.clean.coordinates import lonlat_from_text
from mapper.clean.list_bodies import csv_rows
from mapper.clean.list_rows import Row, observed, unique_refs
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
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

_TAGS: Final = {
    "man_made": "surveillance",
    "surveillance": "public",
    "surveillance:type": "camera",
    "surveillance:zone": "traffic",
    "operator": "Plymouth City Council",
}


def parse(body: bytes) -> Iterator[Observation | Reject]:
    """
    Read the list as CSV.

    Raises
    ------
    SourceError
        If the body is no such list, or its columns are not the known ones.
    """
    return unique_refs(_read(row) for row in csv_rows(INFO.source_id, body))


def _read(row: Row) -> Observation | Reject:
    ref = row.text("fid")
    lon_text, lat_text = row.text("x"), row.text("y")
    row.finish(IGNORED_FIELDS)
    if not ref:
        return row.reject(ref, "the camera has no number")
    try:
        position = lonlat_from_text(lon_text, lat_text)
    except CoordinateError as error:
        return row.reject(ref, "no position", str(error))
    return observed(row, ref, position, _TAGS)

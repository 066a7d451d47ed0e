"""Traffic poles with cameras in Dublin; one row is one pole, whatever it carries."""

from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row
from mapper.model.camera_tags import TRAFFIC_CAMERA
from mapper.model.observation import Observation
from mapper.model.source import Download, SourceInfo

INFO: Final = SourceInfo(
    source_id="dublin_cctv_poles_ie",
    title="Traffic poles with cameras, Dublin",
    publisher="Dublin City Council",
    landing_page="https://data.smartdublin.ie/dataset/dublin-city-council-traffic-poles-with-cctv",
    read_from=Download(
        "https://data.smartdublin.ie/dataset/776b91ac-9822-454b-b9d8-16ae393981b3"
        "/resource/0286a017-8b00-43bd-a092-8116a1874070/download/dc-traffic-poles-with-cctv.geojson",
        "geojson",
    ),
    license_id="CC-BY-4.0",
    attribution="Dublin City Council: Traffic Poles with CCTV",
    row_count_min=192,
    row_count_max=1_500,
    country_codes=frozenset({"IE"}),
    address_confirmed_on="2026-11-23",
)

IGNORED_FIELDS: Final = frozenset({"Road_1", "Latitude", "Longitude", "@id"})
"""The place in words, the position a second time, and a number of the file."""

_TAGS: Final = {**TRAFFIC_CAMERA, "camera:mount": "pole", "operator": "Dublin City Council"}


def _read(row: Row) -> Observation:
    row.ref = row.text("ID")
    return row.observed(row.point(), _TAGS)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

"""Traffic poles with cameras in Dublin; one row is one pole, whatever it carries."""

from collections.abc import Iterator
from typing import Final

from mapper.clean.list_bodies import feature_rows
from mapper.clean.list_rows import Row, observed, unique_refs
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
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

_TAGS: Final = {
    "man_made": "surveillance",
    "surveillance": "public",
    "surveillance:type": "camera",
    "surveillance:zone": "traffic",
    "camera:mount": "pole",
    "operator": "Dublin City Council",
}


def parse(body: bytes) -> Iterator[Observation | Reject]:
    """
    Read the list as GeoJSON.

    Raises
    ------
    SourceError
        If the body is no such list, or its fields are not the known ones.
    """
    return unique_refs(_read(row) for row in feature_rows(INFO.source_id, body))


def _read(row: Row) -> Observation | Reject:
    ref = row.text("ID")
    row.finish(IGNORED_FIELDS)
    if not ref:
        return row.reject(ref, "the pole has no number")
    try:
        position = row.point()
    except CoordinateError as error:
        return row.reject(ref, "no position", str(error))
    return observed(row, ref, position, _TAGS)

"""
Police and red-light cameras of Rochester, New York.

The programme says what a camera is for: BlueLight are the police's own, RedLight watch crossings.
"""

from collections.abc import Iterator
from typing import Final

from mapper.clean.list_bodies import feature_rows
from mapper.clean.list_rows import Row, observed, unique_refs
from mapper.errors import CoordinateError
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
    "BlueLight": {
        "man_made": "surveillance",
        "surveillance": "public",
        "surveillance:type": "camera",
        "operator": "Rochester Police Department",
    },
    "RedLight": {"man_made": "surveillance", "enforcement": "traffic_signals"},
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
    programme = row.text("Program")
    row.finish(IGNORED_FIELDS)
    if programme not in _TAGS_BY_PROGRAMME:
        return row.reject(ref, "programme not known", programme)
    try:
        position = row.point()
    except CoordinateError as error:
        return row.reject(ref, "no position", str(error))
    return observed(row, ref, position, _TAGS_BY_PROGRAMME[programme])

"""
Fixed enforcement cameras of France, as the Ministry of the Interior lists them once a year.

The list is in Windows-1252 with semicolons; its dates put the day first (``05/11/2003 00:00``).
"""

from collections.abc import Iterator
from typing import Final

from mapper.clean.coordinates import lonlat_from_text
from mapper.clean.list_bodies import csv_rows
from mapper.clean.list_rows import Row, iso_day, observed, unique_refs
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
from mapper.model.source import Download, SourceInfo

INFO: Final = SourceInfo(
    source_id="speed_cameras_fr",
    title="Fixed enforcement cameras in France",
    publisher="Ministère de l'Intérieur",
    landing_page="https://www.data.gouv.fr/fr/datasets/liste-des-radars-fixes-en-france/",
    read_from=Download(
        "https://www.data.gouv.fr/fr/datasets/r/17f7cfd9-a5fe-4b6a-9f5d-3625feaa396e", "csv"
    ),
    license_id="etalab-2.0",
    attribution="Ministère de l'Intérieur: Liste des radars fixes en France",
    row_count_min=2_600,
    row_count_max=8_000,
    country_codes=frozenset({"FR", "GP", "MQ", "GF", "RE", "YT"}),
    fields={"Date de mise en service": "start_date"},
    address_confirmed_on="2026-11-23",
)

IGNORED_FIELDS: Final = frozenset({"VMA"})
"""The speed limit in km/h, which says nothing of the camera."""

_SPEED: Final = {"highway": "speed_camera", "enforcement": "maxspeed"}
_LIGHTS: Final = {"man_made": "surveillance", "enforcement": "traffic_signals"}
_TAGS_BY_TYPE: Final = {
    "ETF": _SPEED,  # fixed
    "ETD": _SPEED,  # tells lorries from cars
    "ETT": _SPEED,  # tower
    "ETU": _SPEED,  # urban
    "ETVM": {"highway": "speed_camera", "enforcement": "average_speed"},
    "ETFR": _LIGHTS,  # red light
    "ETPN": _LIGHTS,  # level crossing
}


def parse(body: bytes) -> Iterator[Observation | Reject]:
    """
    Read the list as CSV.

    Raises
    ------
    SourceError
        If the body is no such list, or its columns are not the known ones.
    """
    rows = csv_rows(INFO.source_id, body, encoding="cp1252", delimiter=";")
    return unique_refs(_read(row) for row in rows)


def _read(row: Row) -> Observation | Reject:
    ref = row.text("Numéro de radar")
    kind = row.text("Type de radar")
    put_up = iso_day(row.text("Date de mise en service"), "%d/%m/%Y %H:%M")
    lon_text, lat_text = row.text("Longitude"), row.text("Latitude")
    row.finish(IGNORED_FIELDS)
    if not ref:
        return row.reject(ref, "the camera has no number")
    if kind not in _TAGS_BY_TYPE:
        return row.reject(ref, "type not known", kind)
    try:
        position = lonlat_from_text(lon_text, lat_text)
    except CoordinateError as error:
        return row.reject(ref, "no position", str(error))
    operator = "Ministère de l'Intérieur"
    tags = {**_TAGS_BY_TYPE[kind], "operator": operator, "start_date": put_up}
    return observed(row, ref, position, tags)

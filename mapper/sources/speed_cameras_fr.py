"""
Fixed enforcement cameras of France, as the Ministry of the Interior lists them once a year.

The list is in Windows-1252 with semicolons; its dates put the day first (``05/11/2003 00:00``).
"""

from typing import Final

from mapper.clean.coordinates import lonlat_from_text
from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row, iso_day
from mapper.model.camera_tags import AVERAGE_SPEED_CAMERA, RED_LIGHT_CAMERA, SPEED_CAMERA
from mapper.model.observation import Observation, Reject
from mapper.model.source import Download, SourceInfo

INFO: Final = SourceInfo(
    source_id="speed_cameras_fr",
    title="Fixed enforcement cameras in France",
    publisher="Ministère de l'Intérieur",
    landing_page="https://www.data.gouv.fr/fr/datasets/liste-des-radars-fixes-en-france/",
    read_from=Download(
        "https://www.data.gouv.fr/fr/datasets/r/17f7cfd9-a5fe-4b6a-9f5d-3625feaa396e",
        "csv",
        encoding="cp1252",
        delimiter=";",
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

_TAGS_BY_TYPE: Final = {
    "ETF": SPEED_CAMERA,  # fixed
    "ETD": SPEED_CAMERA,  # tells lorries from cars
    "ETT": SPEED_CAMERA,  # tower
    "ETU": SPEED_CAMERA,  # urban
    "ETVM": AVERAGE_SPEED_CAMERA,
    "ETFR": RED_LIGHT_CAMERA,  # red light
    "ETPN": RED_LIGHT_CAMERA,  # level crossing
}


def _read(row: Row) -> Observation | Reject:
    row.ref = row.text("Numéro de radar")
    kind = row.text("Type de radar")
    put_up = iso_day(row.text("Date de mise en service"), "%d/%m/%Y %H:%M")
    lon_text, lat_text = row.text("Longitude"), row.text("Latitude")
    if kind not in _TAGS_BY_TYPE:
        return row.reject("type not known", kind)
    operator = "Ministère de l'Intérieur"
    tags = {**_TAGS_BY_TYPE[kind], "operator": operator, "start_date": put_up}
    return row.observed(lonlat_from_text(lon_text, lat_text), tags)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

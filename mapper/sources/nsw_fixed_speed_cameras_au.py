"""
Fixed speed cameras of New South Wales, Australia.

One row is one site with the positions of up to several cameras, in pairs of columns
(``Lat(1)``, ``Long(1)``, ``Lat(2)`` and so on); each pair is one camera. Sites have no number, so
suburb and road make the reference.
"""

from collections.abc import Iterator
from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row, made_ref
from mapper.model.camera_tags import SPEED_CAMERA
from mapper.model.observation import Observation
from mapper.model.source import Download, SourceInfo

INFO: Final = SourceInfo(
    source_id="nsw_fixed_speed_cameras_au",
    title="Fixed speed cameras, New South Wales",
    publisher="Transport for NSW",
    landing_page="https://opendata.transport.nsw.gov.au/dataset/nsw-speed-cameras",
    read_from=Download(
        "https://opendata.transport.nsw.gov.au/data/dataset/fb34bd89-443a-448c-a4a5-7c8caab70c44"
        "/resource/bcf2f6f4-ecfb-40e1-a807-0d5eb5f51507/download/fixed-speed-cameras_1.csv",
        "csv",
    ),
    license_id="CC-BY-3.0-AU",
    attribution="Transport for NSW: NSW Speed Cameras",
    row_count_min=98,
    row_count_max=800,
    country_codes=frozenset({"AU"}),
    address_confirmed_on="2026-11-23",
)

_PAIRS_MAX: Final = 8

OPTIONAL_FIELDS: Final = frozenset(
    f"{word}({number})" for word in ("Lat", "Long") for number in range(2, _PAIRS_MAX + 1)
)
"""Positions of a second camera and more, in as many columns as the fullest site needs."""

IGNORED_FIELDS: Final = frozenset({"SZ?", "Cameras"})
"""Whether it is a school zone, and how many positions follow."""

_TAGS: Final = {**SPEED_CAMERA, "operator": "Transport for NSW"}


def _cameras(site: Row) -> Iterator[Row]:
    pairs = [(site.text("Lat(1)"), site.text("Long(1)"))]
    pairs += [
        (site.optional_text(f"Lat({number})"), site.optional_text(f"Long({number})"))
        for number in range(2, _PAIRS_MAX + 1)
    ]
    for number, (lat_text, lon_text) in enumerate(pairs, start=1):
        if number == 1 or lat_text or lon_text:
            fields = {**site.fields, "@number": number, "@lat": lat_text, "@lon": lon_text}
            yield Row(site.source_id, site.number, fields)


def _read(row: Row) -> Observation:
    site_ref = made_ref(row.text("SUBURB/TOWN"), row.text("ROAD/S"))
    row.ref = f"{site_ref}-{row.text('@number')}"
    return row.observed(row.lonlat("@lon", "@lat"), _TAGS)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS, split=_cameras)

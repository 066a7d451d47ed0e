"""
Fixed speed cameras of New South Wales, Australia.

One row is one site with the positions of up to several cameras, in pairs of columns
(``Lat(1)``, ``Long(1)``, ``Lat(2)`` and so on); each pair is one camera. Sites have no number, so
suburb and road make the reference.
"""

from collections.abc import Iterator
from typing import Final

from mapper.clean.coordinates import lonlat_from_text
from mapper.clean.list_bodies import csv_rows
from mapper.clean.list_rows import Row, made_ref, observed, unique_refs
from mapper.errors import CoordinateError
from mapper.model.observation import Observation, Reject
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

_TAGS: Final = {
    "highway": "speed_camera",
    "enforcement": "maxspeed",
    "operator": "Transport for NSW",
}


def parse(body: bytes) -> Iterator[Observation | Reject]:
    """
    Read the list as CSV.

    Raises
    ------
    SourceError
        If the body is no such list, or its columns are not the known ones.
    """
    rows = csv_rows(INFO.source_id, body)
    return unique_refs(read for row in rows for read in _read(row))


def _read(row: Row) -> Iterator[Observation | Reject]:
    site = made_ref(row.text("SUBURB/TOWN"), row.text("ROAD/S"))
    pairs = [(row.text("Lat(1)"), row.text("Long(1)"))]
    pairs += [
        (row.optional_text(f"Lat({number})"), row.optional_text(f"Long({number})"))
        for number in range(2, _PAIRS_MAX + 1)
    ]
    row.finish(IGNORED_FIELDS)
    for number, (lat_text, lon_text) in enumerate(pairs, start=1):
        if number > 1 and not lat_text and not lon_text:
            continue
        ref = f"{site}-{number}"
        try:
            position = lonlat_from_text(lon_text, lat_text)
        except CoordinateError as error:
            yield row.reject(ref, "no position", str(error))
            continue
        yield observed(row, ref, position, _TAGS)

"""
Video surveillance by the city administration of Zürich.

One row is one site with its number of cameras outside, inside, and of a third kind (``gsa``) that
is explained nowhere. Sites have no number, so their name and address make the reference. A site
without a camera is no camera.
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
    source_id="zurich_cctv_ch",
    title="Video surveillance by the city administration, Zürich (sites)",
    publisher="Stadt Zürich",
    landing_page=(
        "https://data.stadt-zuerich.ch/dataset/prd_stez_liste_videokameras_stadtverwaltung"
    ),
    read_from=Download(
        "https://data.stadt-zuerich.ch/dataset/prd_stez_liste_videokameras_stadtverwaltung"
        "/download/liste_videokameras_stadtverwaltung.csv",
        "csv",
    ),
    license_id="CC0-1.0",
    attribution="Stadt Zürich: Aktuelle Auflistung von Videokameras der Stadtverwaltung Zürich",
    row_count_min=107,
    row_count_max=800,
    country_codes=frozenset({"CH"}),
    fields={"anzahl_kameras_aussen": "surveillance"},
    address_confirmed_on="2026-11-23",
)

IGNORED_FIELDS: Final = frozenset(
    {
        # What is watched, in words, how long pictures are kept, and the rules as an address.
        "bereich_detail_beschreibung", "aufbewahrungsdauer", "rechtsgrundlage_url",
        # Who answers for it, which may be a person.
        "verantwortliche_da",
    }
)  # fmt: skip

_NONE: Final = frozenset({"", "0"})
_TAGS: Final = {
    "man_made": "surveillance",
    "surveillance:type": "camera",
    "operator": "Stadt Zürich",
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
    name, address = row.text("standort_beschreibung"), row.text("adresse_beschreibung")
    outside, inside = row.text("anzahl_kameras_aussen"), row.text("anzahl_kameras_innen")
    of_third_kind = row.text("anzahl_kameras_gsa")
    lon_text, lat_text = row.text("lon"), row.text("lat")
    row.finish(IGNORED_FIELDS)
    ref = made_ref(name, address)
    if not name:
        return row.reject("", "the site has no name")
    if {outside, inside, of_third_kind} <= _NONE:
        return row.reject(ref, "a site without a camera")
    try:
        position = lonlat_from_text(lon_text, lat_text)
    except CoordinateError as error:
        return row.reject(ref, "no position", str(error))
    where = ""
    if outside not in _NONE:
        where = "outdoor"
    elif inside not in _NONE:
        where = "indoor"
    return observed(row, ref, position, {**_TAGS, "surveillance": where})

"""
Video surveillance by the city administration of Zürich.

One row is one site with its number of cameras outside, inside, and of a third kind (``gsa``) that
is explained nowhere. Sites have no number, so their name and address make the reference. A site
without a camera is no camera.
"""

from typing import Final

from mapper.clean.coordinates import lonlat_from_text
from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row, made_ref
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


def _read(row: Row) -> Observation | Reject:
    name, address = row.text("standort_beschreibung"), row.text("adresse_beschreibung")
    outside, inside = row.text("anzahl_kameras_aussen"), row.text("anzahl_kameras_innen")
    of_third_kind = row.text("anzahl_kameras_gsa")
    lon_text, lat_text = row.text("lon"), row.text("lat")
    row.ref = made_ref(name, address) if name else ""
    if {outside, inside, of_third_kind} <= _NONE:
        return row.reject("a site without a camera")
    where = ""
    if outside not in _NONE:
        where = "outdoor"
    elif inside not in _NONE:
        where = "indoor"
    return row.observed(lonlat_from_text(lon_text, lat_text), {**_TAGS, "surveillance": where})


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

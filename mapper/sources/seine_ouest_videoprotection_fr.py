"""
Public video surveillance of the towns of Grand Paris Seine Ouest.

Names repeat from town to town, so the town is part of the reference.
"""

from typing import Final

from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row
from mapper.model.camera_tags import PUBLIC_CAMERA
from mapper.model.observation import Observation, Reject
from mapper.model.source import PlatformQuery, SourceInfo

INFO: Final = SourceInfo(
    source_id="seine_ouest_videoprotection_fr",
    title="Public video surveillance, Grand Paris Seine Ouest",
    publisher="Établissement public territorial Grand Paris Seine Ouest",
    landing_page="https://data.seineouest.fr/explore/dataset/videoprotection/",
    read_from=PlatformQuery("opendatasoft", "https://data.seineouest.fr", "videoprotection"),
    license_id="Licence-Ouverte",
    attribution="Grand Paris Seine Ouest: Vidéoprotection",
    row_count_min=357,
    row_count_max=2_000,
    country_codes=frozenset({"FR"}),
    fields={"type": "camera:type"},
    address_confirmed_on="2026-11-23",
)

IGNORED_FIELDS: Final = frozenset({"adresse", "code_insee", "geo_point_2d", "geo_shape", "@id"})
"""The place in words, the town's number, and the position a second time."""

_NOT_STANDING: Final = ("projet", "prévu", "à venir", "supprim", "dépos")
"""How words begin that say a camera is planned or taken down."""
_TAGS: Final = {**PUBLIC_CAMERA}


def _read(row: Row) -> Observation | Reject:
    name, town = row.text("nom"), row.text("commune")
    kind, state = row.text("type"), row.text("etat")
    row.ref = f"{town}/{name}" if name else ""
    if state.casefold().startswith(_NOT_STANDING):
        return row.reject("planned or taken down", state)
    return row.observed(row.point(), {**_TAGS, "camera:type": kind})


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

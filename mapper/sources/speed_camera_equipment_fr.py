"""
Fixed enforcement cameras of France with the maker of each, as the ministry's own site named it.

The open-data list repeats what radars.securite-routiere.gouv.fr showed, and stopped in January
2022; ``speed_cameras_fr`` is the ministry's list of today, without makers. Itineraries are
stretches of road where a mobile camera may stand, so they are no cameras.
"""

from typing import Final

from mapper.clean.coordinates import lonlat_from_text
from mapper.clean.list_parser import list_parser
from mapper.clean.list_rows import Row
from mapper.model.camera_tags import AVERAGE_SPEED_CAMERA, RED_LIGHT_CAMERA, SPEED_CAMERA
from mapper.model.observation import Observation, Reject
from mapper.model.source import Download, SourceInfo

INFO: Final = SourceInfo(
    source_id="speed_camera_equipment_fr",
    title="Fixed enforcement cameras in France with their makers (until January 2022)",
    publisher="Ministère de l'Intérieur (Sécurité routière), as republished on data.gouv.fr",
    landing_page="https://www.data.gouv.fr/fr/datasets/radars-automatiques/",
    read_from=Download(
        "https://www.data.gouv.fr/api/1/datasets/r/8a22b5a8-4b65-41be-891a-7c0aead4ba51", "csv"
    ),
    license_id="Licence-Ouverte",
    attribution="Ministère de l'Intérieur, data.gouv.fr: Radars automatiques",
    row_count_min=2_000,
    row_count_max=6_000,
    country_codes=frozenset({"FR", "GP", "MQ", "GF", "RE", "YT"}),
    publishes_vendor=True,
    fields={"equipement": "manufacturer", "date_installation": "start_date"},
    address_confirmed_on="2026-11-23",
)

IGNORED_FIELDS: Final = frozenset(
    {
        # When the row was made and touched.
        "date_heure_dernier_changement", "date_heure_creation",
        # The place, the road and the way driven, in words.
        "departement", "direction", "emplacement", "route",
        # The stretch and the limits that are enforced.
        "longueur_troncon_km", "vitesse_poids_lourds_kmh", "vitesse_vehicules_legers_kmh",
    }
)  # fmt: skip

_NOT_SAID: Final = frozenset({"", "-"})
_TAGS_BY_TYPE: Final = {
    "radar fixe": SPEED_CAMERA,
    "radar discriminant": SPEED_CAMERA,
    "radar vitesse moyenne": AVERAGE_SPEED_CAMERA,
    "radar tronçon": AVERAGE_SPEED_CAMERA,
    "radar feu rouge": RED_LIGHT_CAMERA,
    "radar passage à niveau": RED_LIGHT_CAMERA,
}
_ITINERARY: Final = "itinéraire"


def _read(row: Row) -> Observation | Reject:
    row.ref = row.text("id")
    kind = row.text("type").casefold()
    maker, put_up = row.text("equipement"), row.text("date_installation")
    lon_text, lat_text = row.text("longitude"), row.text("latitude")
    if kind == _ITINERARY:
        return row.reject("a stretch of road, no camera")
    if kind not in _TAGS_BY_TYPE:
        return row.reject("type not known", kind)
    tags = {**_TAGS_BY_TYPE[kind], "operator": "Ministère de l'Intérieur", "start_date": put_up}
    if maker not in _NOT_SAID:
        tags["manufacturer"] = maker
    return row.observed(lonlat_from_text(lon_text, lat_text), tags)


parse: Final = list_parser(INFO, _read, ignored=IGNORED_FIELDS)

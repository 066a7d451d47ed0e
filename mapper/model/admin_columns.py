"""The published columns that say in which area of its country a camera stands."""

from mapper.model.column_types import Column, ColumnType, words_of
from mapper.model.enums import AdminMethod

_POSITION = ("lon_deg", "lat_deg")
_NO_AREA = (
    "no boundaries of this level are at hand there, or the position is so near a line that it may "
    "lie on either side"
)
_NO_METHOD = "no area is said"

ADMIN: tuple[Column, ...] = (
    Column(
        "admin1",
        ColumnType.TEXT,
        "The area of the first level (state, region, Land), by ISO 3166-2: `US-CA`. Where ISO has "
        "no code, as its boundaries' publisher writes it.",
        "place.admin",
        _POSITION,
        null_means=_NO_AREA,
    ),
    Column(
        "admin1_method",
        ColumnType.TEXT,
        "Whose boundaries say so: right to 1 km, those of OpenStreetMap to 20 m.",
        "place.admin",
        _POSITION,
        null_means=_NO_METHOD,
        allowed=words_of(AdminMethod),
    ),
    Column(
        "admin2",
        ColumnType.TEXT,
        "The area of the second level (county, department, Kreis): the Census Bureau's code "
        "(`US-06069`), ISO's (`FR-77`), or the relation of OpenStreetMap (`osm:relation/123`).",
        "place.admin",
        _POSITION,
        null_means=_NO_AREA,
    ),
    Column(
        "admin2_method",
        ColumnType.TEXT,
        "Whose boundaries say so.",
        "place.admin",
        _POSITION,
        null_means=_NO_METHOD,
        allowed=words_of(AdminMethod),
    ),
)

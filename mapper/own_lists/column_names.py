"""What publishers call their columns: names in the languages met, folded to letters and digits."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from mapper.model.tags import READ_TAGS

ROLES: Final = ("ref", "lon", "lat", "position", "precision_m", "place", "count")
"""What a column may be beside a tag: ``position`` holds both numbers in one cell."""

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "lon": (
        "longitude", "lon", "lng", "long", "londeg", "longitud", "laengengrad", "längengrad",
        "longitudine", "geolaenge", "lengdegrad", "longitud84", "gpslongitude", "gpslon",
        "pointlongitude", "locationlongitude", "coordinateslongitude", "経度", "经度", "경도",
        "долгота", "довгота", "μήκος", "boylam", "pituusaste", "xcoord", "xcoordinate",
        "coordx", "coordinatex", "xkoordinate", "easting", "eastings", "ostwert", "utmx", "este",
        "pointx", "xl93", "xlambert93", "xwgs84", "geox", "trilong", "x",
    ),
    "lat": (
        "latitude", "lat", "latdeg", "latitud", "breitengrad", "latitudine", "geobreite",
        "breddegrad", "gpslatitude", "gpslat", "pointlatitude", "locationlatitude",
        "coordinateslatitude", "緯度", "纬度", "위도", "широта", "πλάτος", "enlem", "leveysaste",
        "ycoord", "ycoordinate", "coordy", "coordinatey", "ykoordinate", "northing", "northings",
        "nordwert", "utmy", "norte", "pointy", "yl93", "ylambert93", "ywgs84", "geoy", "trilat",
        "y",
    ),
    "position": (
        "coordinates", "latlon", "latlong", "latlng", "geopoint", "geopoint2d", "geolocation",
        "gps", "gpscoordinates", "coords", "coordinate", "coordinate(s)", "coordenadas",
        "koordinaten", "koordinaatit", "coordonnees", "coordonnées", "coordinate", "wkt", "geom",
        "thegeom", "geometry", "geojson", "point", "mgrs", "mgrscoordinate", "location",
        "position", "standort", "ubicacion", "ubicación", "location1", "gridreference", "gridref",
        "osgridreference", "osgridref", "osgrid", "osgr", "nationalgridreference", "ngr",
    ),
    "ref": (
        "@id", "cameraid", "camid", "cctvid", "id", "objectid", "camerano", "camerano.",
        "cameranumber", "cameraref", "assetid", "assetno", "ref", "reference", "px", "siteid",
        "deviceid", "numero", "número", "nummer", "kameranummer", "kameraid", "identifiant",
    ),
    "manufacturer": (
        "cameramanufacturer", "manufacturer", "make", "cameramake", "vendor", "vendorname",
        "marca", "fabricante", "hersteller", "fabricant", "marque", "fabrikant", "valmistaja",
        "tillverkare", "producent", "výrobce", "производитель", "制造商", "メーカー", "제조사",
    ),
    "model": ("cameramodel", "model", "modelo", "modell", "modèle", "modele", "malli", "модель"),
    "operator": (
        "operator", "owner", "agency", "operatedby", "betreiber", "beheerder", "owningagency",
        "exploitant", "gestionnaire", "operador", "gestore", "omistaja", "ägare", "eier",
        "operatör", "zarządca", "správce", "provozovatel", "управляющий", "оператор",
    ),
    "camera:type": ("cameratype", "typeofcamera", "kameratyp", "tipodecamara", "typedecamera"),
    "camera:direction": (
        "direction", "bearing", "heading", "azimuth", "viewdirection", "facing", "orientation",
        "richtung", "blickrichtung", "azimut", "direccion", "rumbo",
    ),
    "camera:mount": ("mount", "mounting", "mountedon", "mounttype", "befestigung", "montage"),
    "start_date": (
        "installed", "installdate", "installedon", "installationdate", "dateinstalled",
        "turnondate", "startdate", "commissioned", "commissioningdate", "dateinstallation",
        "inbetriebnahme", "fechainstalacion", "golivedate",
    ),
    "check_date": (
        "lastupdated", "checkdate", "surveydate", "lastchecked", "modifieddate", "lastmodified",
        "dateupdated", "updatedat", "datemaj",
    ),
    "surveillance": (
        "indooroutdoor", "outdoorindoor", "internalexternal", "innenaussen", "innenaußen",
        "interieurexterieur", "intérieurextérieur", "interiorexterior",
    ),
    "end_date": (
        "removed", "removaldate", "removedon", "dateremoved", "enddate", "decommissioned",
        "decommissiondate", "turnoffdate",
    ),
    "place": (
        "district", "neighbourhood", "neighborhood", "suburb", "ward", "city", "town", "기관명",
    ),
    "count": (
        "numberofcameras", "numcameras", "noofcameras", "cameracount", "cameras", "nbcameras",
        "nombredecameras", "anzahlkameras", "numerodecamaras", "quantity", "qty", "anzahl",
        "count", "total", "소계", "카메라대수", "설치대수",
    ),
}  # fmt: skip
"""Role or tag -> names, the likeliest first; a name that is a tag key exactly is that tag."""

BY_CONTENT: Final[Mapping[str, tuple[str, ...]]] = {
    "type": (
        "type", "typ", "tipo", "kind", "category", "kategorie", "art", "devicetype", "deviceclass",
    ),
    "brand": ("brand", "camerabrand", "maker"),
    "status": (
        "status", "camerastatus", "state", "condition", "assetstatus", "operationalstatus",
        "etat", "état", "estado", "stato", "zustand", "betriebsstatus", "tila", "stan", "stav",
        "lifecycle", "phase", "active", "inservice", "состояние", "статус",
    ),
}  # fmt: skip
"""Names that many things go by: what the cells hold decides."""

_LON_NAME: Final = re.compile(r".*(?:lon|long|lng|longitude)|(?:lon|long|lng)(?:deg|dd|wgs84)?")
_LAT_NAME: Final = re.compile(r".*(?:lat|latitude)|lat(?:deg|dd|wgs84)?")
_NOT_LETTERS: Final = re.compile(r"[\W_]+")


def folded(column: str) -> str:
    """Return a column's name in small letters and digits alone."""
    kept = _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", column).casefold())
    return f"@{kept}" if column.startswith("@") else kept


def axis_of(column: str) -> str:
    """Return ``lon`` or ``lat`` for a name that ends in it or is a synonym; else an empty text."""
    name = folded(column)
    for axis, pattern in (("lon", _LON_NAME), ("lat", _LAT_NAME)):
        if name in NAMES[axis] or pattern.fullmatch(name):
            return axis
    return ""


def is_known_name(column: str) -> bool:
    """Whether a column's name is one of those known here."""
    return column in READ_TAGS or folded(column) in _KNOWN


_KNOWN: Final = frozenset(
    name for names in (*NAMES.values(), *BY_CONTENT.values()) for name in names
)

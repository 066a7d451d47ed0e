"""
The country borders that the project carries, made once from country-coder's file.

country-coder (npm package ``@rapideditor/country-coder``, ISC) cuts the world, its seas included,
into features that share their borders point by point. The conversion keeps every point, gives
each feature its country code and drops what is not read.
"""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mapper.errors import SourceChangedError, SourceFormatError
from mapper.resolve.countries import COUNTRIES_FILE

"""The name of the file that ``convert_borders`` writes."""

COORDINATE_DECIMALS = 4
"""About 11 m: a hundredth of what the borders are simplified by."""

# Kosovo: ISO 3166-1 leaves XK to its users.
_USER_ASSIGNED = frozenset({"XK"})
_WHERE_FROM = (
    "Unpack the npm package @rapideditor/country-coder and name its src/data/borders.json."
)

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class _Feature:
    feature_id: str
    name: str
    country_code: str | None
    polygons: Sequence[Sequence[Ring]]


def convert_borders(borders_json: Path, out_dir: Path) -> Path:
    """
    Write the bundled file of country polygons.

    Parameters
    ----------
    borders_json
        ``src/data/borders.json`` of the npm package.
    out_dir
        The folder to write ``countries.geojson.gz`` into.

    Returns
    -------
    Path
        The file: a gzipped GeoJSON FeatureCollection, one feature a line, sorted by ``feature_id``;
        MultiPolygon, longitude before latitude, WGS 84, four decimals; properties
        ``feature_id`` (Wikidata), ``name`` and ``country_code`` (ISO 3166-1 alpha-2, XK, or
        null where the source gives none). The same input gives the same bytes.

    Raises
    ------
    SourceFormatError
        If the file is not there or is not country-coder's FeatureCollection.
    SourceChangedError
        If a feature has another shape than the one known.
    """
    features = sorted(_read(borders_json), key=lambda feature: feature.feature_id)
    lines = ",\n".join(_line(feature) for feature in features)
    target = out_dir / COUNTRIES_FILE
    text = f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'
    # No file name and no time in the gzip header: the same borders give the same bytes.
    target.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    return target


def _read(borders_json: Path) -> Iterator[_Feature]:
    try:
        text = borders_json.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{borders_json.name} cannot be read: {error}"
        raise SourceFormatError(msg, next_step=_WHERE_FROM) from error
    try:
        rows = json.loads(text)["features"]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        msg = f"{borders_json.name} is not country-coder's FeatureCollection: {error}"
        raise SourceFormatError(msg, next_step=_WHERE_FROM) from error
    official = _official_codes(rows)
    for row in rows:
        if row["geometry"] is not None:
            yield _feature(row, official)


def _official_codes(rows: Sequence[Mapping[str, Mapping[str, str]]]) -> frozenset[str]:
    """
    Return the codes that are a country's own.

    ISO 3166-1 reserves some codes without assigning them (IC for the Canary Islands, FX for
    metropolitan France); country-coder marks these as ``excRes``.
    """
    codes = {
        row["properties"]["iso1A2"]
        for row in rows
        if "iso1A2" in row["properties"] and "isoStatus" not in row["properties"]
    }
    return frozenset(codes | _USER_ASSIGNED)


def _feature(row: Mapping[str, Mapping[str, object]], official: frozenset[str]) -> _Feature:
    properties, geometry = row["properties"], row["geometry"]
    name, feature_id = str(properties["nameEn"]), str(properties["wikidata"])
    polygons = geometry["coordinates"]
    if geometry["type"] != "MultiPolygon" or not isinstance(polygons, list):
        msg = f"borders: {name} is a {geometry['type']}, not a MultiPolygon"
        raise SourceChangedError(msg)
    return _Feature(feature_id, name, _code(properties, official), polygons)


def _code(properties: Mapping[str, object], official: frozenset[str]) -> str | None:
    """Take the feature's own code, else its territory's (SJ for Svalbard), else its country's."""
    groups = properties.get("groups", [])
    if not isinstance(groups, list):
        msg = f"borders: groups of {properties['nameEn']} are no list"
        raise SourceChangedError(msg)
    # Groups before the country: an overseas territory has a code of its own, and its state's would
    # hide it.
    for code in (properties.get("iso1A2"), *groups, properties.get("country")):
        if code in official:
            return str(code)
    return None


def _line(feature: _Feature) -> str:
    return json.dumps(
        {
            "type": "Feature",
            "properties": {
                "feature_id": feature.feature_id,
                "name": feature.name,
                "country_code": feature.country_code,
            },
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [
                    [_rounded(ring) for ring in polygon] for polygon in feature.polygons
                ],
            },
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _rounded(ring: Ring) -> list[list[float]]:
    """Round, and drop a point that thereby falls on the one before it."""
    # Neighbours share their points, so the same rounding leaves no gap between them.
    points = [[round(value, COORDINATE_DECIMALS) for value in position[:2]] for position in ring]
    return [point for place, point in enumerate(points) if not place or point != points[place - 1]]

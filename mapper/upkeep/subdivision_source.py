"""
First and second level of administration of the world, for ``admin1`` and ``admin2``: made once.

The outlines are Natural Earth's "states and provinces" 1:10m (public domain), as the npm package
``@superset-ui/legacy-plugin-chart-country-map`` has them, one GeoJSON a country. Which code lies
within which, codes that replaced others, and English names are those of CLDR (npm packages
``cldr-core`` and ``cldr-subdivisions-full``).
"""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from mapper.errors import SourceFormatError
from mapper.resolve.admin_areas import AREA_FILE_END, geodesic_km2
from mapper.resolve.countries import Countries

_DECIMALS = 4
_SIMPLIFIED_DEG = 0.001
"""About 100 m, a tenth of the distance within which no area is told from its neighbour."""

_SHARE_INSIDE_MIN = 0.5
_GRID = 12
_LEFT_OUT = frozenset(
    {
        "india",  # not Natural Earth's: drawn after a file whose licence is not stated
        "usa",  # Alaska and Hawaii are moved; the Census Bureau's counties are used
        # Areas of before a reform, or drawn so that more than one in ten places of GeoNames lies
        # in another than GeoNames says (ORIGIN.md of the boundaries has the measure).
        "botswana",
        "djibouti",
        "kenya",
        "kuwait",
        "lesotho",
        "morocco",
        "nepal",
        "samoa",
        "singapore",
    }
)
_DISSOLVED = "_regions"
"""Ends the names of files that only join areas of another file."""

_NAMELESS = "None"


@dataclass(frozen=True, slots=True)
class SubdivisionCodes:
    """
    What CLDR says of the codes of ISO 3166-2.

    Attributes
    ----------
    parents
        Code (``GB-KEN``) -> the code that it lies in (``GB-ENG``); those right below a country
        are not among the keys.
    replaced
        A code of old -> the one that took its place.
    names
        Code -> English name, of the codes in use.
    """

    parents: Mapping[str, str]
    replaced: Mapping[str, str]
    names: Mapping[str, str]

    def in_use(self, written_code: str, written_name: str) -> str:
        """Return the code that an area has today, as far as its code or its name says it."""
        code = self.replaced.get(written_code, written_code)
        if code in self.names:
            return code
        namesakes = [
            each
            for each, name in self.names.items()
            # A town may be called as its county is.
            if name == written_name and each[:2] == code[:2] and each not in self.parents
        ]
        return namesakes[0] if len(namesakes) == 1 else code

    @classmethod
    def read(cls, containment: Path, aliases: Path, names: Path) -> "SubdivisionCodes":
        """
        Read ``subdivisionContainment.json``, ``aliases.json`` and ``en.json``.

        Raises
        ------
        SourceFormatError
            If one of the files is another.
        """
        try:
            within = _json(containment)["supplemental"]["subdivisionContainment"]
            metadata = _json(aliases)["supplemental"]["metadata"]["alias"]
            told = _json(names)["subdivisions"]["localeDisplayNames"]["subdivisions"]
            parents = {
                _iso(part): _iso(whole)
                for whole, parts in within.items()
                # A country is written in two capitals, a subdivision in small letters.
                if not whole.isupper()
                for part in parts["_contains"]
            }
            replaced = {
                _iso(code): _iso(alias["_replacement"])
                for code, alias in metadata["subdivisionAlias"].items()
                # Several for one, or a country for a subdivision: no one code took its place.
                if " " not in alias["_replacement"] and len(alias["_replacement"]) > len("us")
            }
            in_use = {_iso(part) for parts in within.values() for part in parts["_contains"]}
            told_names = {_iso(code): name for code, name in told.items()}
            # Some are named as countries, and those are drawn as countries too.
            named = sorted(in_use & told_names.keys())
            return cls(parents, replaced, {code: told_names[code] for code in named})
        except (KeyError, TypeError, AttributeError) as error:
            msg = f"{containment.name}, {aliases.name} or {names.name} is not CLDR's: {error!r}"
            raise SourceFormatError(msg) from error


@dataclass(frozen=True, slots=True)
class _Drawn:
    code: str
    name: str
    geometry: BaseGeometry
    parent: str | None


def convert_subdivisions(
    countries_dir: Path, codes: SubdivisionCodes, countries: Countries, out_dir: Path
) -> tuple[int, tuple[str, ...]]:
    """
    Write the bundled files of areas, one a country.

    Parameters
    ----------
    countries_dir
        ``lib/countries`` of the package.
    codes
        Where a code lies within another, that other is ``admin1``, and the area is ``admin2``.
    countries
        An area counts where at least half of it lies in its own country by these: the package
        moves islands beside their mainland, and countries draw the areas of others as their own.
    out_dir
        ``WORLD_DIR`` of the boundaries; files of areas that lie there are replaced or go.

    Returns
    -------
    tuple
        The number of areas written, and the codes of those left out, sorted.

    Raises
    ------
    SourceFormatError
        If a file is not such a GeoJSON.
    """
    lines: defaultdict[str, dict[str, str]] = defaultdict(dict)
    left_out: list[str] = []
    for path in sorted(countries_dir.glob("*.geojson")):
        if path.stem.endswith(_DISSOLVED) or path.stem in _LEFT_OUT:
            continue
        drawn = _joined(path, codes)
        inside = [
            area
            for area in drawn
            if area.name != _NAMELESS and _share_inside(area, countries) >= _SHARE_INSIDE_MIN
        ]
        left_out += sorted({area.code for area in drawn} - {area.code for area in inside})
        regions = path.with_name(f"{path.stem}{_DISSOLVED}{path.suffix}")
        higher = _joined(regions, codes) if regions.exists() else []
        home = _home(drawn)
        for area in _rounded(_with_parents(inside, higher, codes)):
            # Two countries draw Crimea; ground that stood twice would be counted twice.
            of_country = lines[area.code[:2]]
            if area.code not in of_country or area.code.startswith(home):
                of_country[area.code] = _line(area, codes)
    out_dir.mkdir(parents=True, exist_ok=True)
    for former in out_dir.glob(f"*{AREA_FILE_END}"):
        former.unlink()
    for country_code, features in sorted(lines.items()):
        text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(sorted(features.values()))
        path = out_dir / f"{country_code}{AREA_FILE_END}"
        path.write_bytes(gzip.compress((text + "\n]}\n").encode(), mtime=0))
    return sum(len(features) for features in lines.values()), tuple(sorted(left_out))


def _json(path: Path) -> Any:  # noqa: ANN401 - judged by the caller
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        msg = f"{path.name} cannot be read: {error}"
        raise SourceFormatError(msg) from error


def _iso(code: str) -> str:
    """Write CLDR's ``gbken`` as ISO does: ``GB-KEN``."""
    return f"{code[:2].upper()}-{code[2:].upper()}"


def _joined(path: Path, codes: SubdivisionCodes) -> list[_Drawn]:
    """Read the areas of a country; those that bear one code are one area."""
    parts: dict[str, list[tuple[str, BaseGeometry]]] = {}
    try:
        for feature in _json(path)["features"]:
            of = feature["properties"]
            name = str(of["NAME_1"]).strip()
            geometry = shapely.make_valid(shape(feature["geometry"]))
            parts.setdefault(codes.in_use(of["ISO"].strip(), name), []).append((name, geometry))
    except (KeyError, TypeError, AttributeError, ValueError, shapely.GEOSException) as error:
        msg = f"{path.name} is not a country of the package: {error!r}"
        raise SourceFormatError(msg) from error
    return [
        _Drawn(
            code,
            codes.names.get(code, min(name for name, _geometry in pieces)),
            shapely.union_all([geometry for _name, geometry in pieces]),
            codes.parents.get(code),
        )
        for code, pieces in sorted(parts.items())
    ]


def _home(areas: list[_Drawn]) -> str:
    """Return the country whose codes most areas of a file bear."""
    return Counter(area.code[:2] for area in areas).most_common(1)[0][0] if areas else ""


def _with_parents(
    areas: list[_Drawn], regions: list[_Drawn], codes: SubdivisionCodes
) -> list[_Drawn]:
    """
    Say in which region an area of a former code lies, in a country whose areas lie in regions.

    It is the region that is drawn around it, else that of the nearest area.
    """
    placed = [area for area in areas if area.parent is not None]
    if 2 * len(placed) <= len(areas):
        return areas
    around = shapely.STRtree([area.geometry for area in regions or placed])
    parents = [area.code if regions else area.parent for area in regions or placed]
    return [
        area
        if area.parent is not None or area.code in codes.names
        else replace(area, parent=parents[around.nearest(area.geometry.representative_point())])
        for area in areas
    ]


def _share_inside(area: _Drawn, countries: Countries) -> float:
    """Say how much of an area, by points of a grid, lies in its own country."""
    west, south, east, north = area.geometry.bounds
    steps = (np.arange(_GRID) + 0.5) / _GRID
    lon, lat = (
        grid.ravel()
        for grid in np.meshgrid(west + steps * (east - west), south + steps * (north - south))
    )
    is_within = shapely.contains_xy(area.geometry, lon, lat)
    if not is_within.any():
        middle = area.geometry.representative_point()
        lon, lat, is_within = np.array([middle.x]), np.array([middle.y]), np.array([True])
    place = countries.assign(lon[is_within], lat[is_within])
    return float(np.mean(place["country_code"] == area.code[:2]))


def _rounded(areas: list[_Drawn]) -> Iterator[_Drawn]:
    """Simplify and round; what has no ground left then is an islet, and stays as it was."""
    for area in areas:
        simple = shapely.make_valid(
            shapely.set_precision(area.geometry.simplify(_SIMPLIFIED_DEG), 10**-_DECIMALS)
        )
        yield area if simple.area == 0 else replace(area, geometry=simple)


def _line(area: _Drawn, codes: SubdivisionCodes) -> str:
    whole = area.parent
    first = (area.code, area.name) if whole is None else (whole, codes.names[whole])
    second = (None, None) if whole is None else (area.code, area.name)
    polygons = [piece for piece in shapely.get_parts(area.geometry) if piece.geom_type == "Polygon"]
    geometry = _short(mapping(shapely.multipolygons(polygons)))
    content = {
        "type": "Feature",
        "properties": {
            "admin1": first[0],
            "admin1_name": first[1],
            "admin2": second[0],
            "admin2_name": second[1],
            "area_km2": geodesic_km2(shape(geometry)),
        },
        "geometry": geometry,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _short(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """Round what set_precision left with a tail of nines."""
    return {
        "type": geometry["type"],
        "coordinates": [
            [[[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in ring] for ring in polygon]
            for polygon in geometry["coordinates"]
        ],
    }

"""Areas by the boundaries that the extract of the cameras holds whole."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapper.model.boundary_area import BoundaryArea
from mapper.model.enums import AdminMethod
from mapper.resolve.admin_areas import (
    AdminArea,
    admin_areas,
    assign_admin_areas,
    geodesic_km2,
)
from mapper.resolve.area_lookup import AreaLookup
from mapper.resolve.countries import Countries
from mapper.resolve.earth import Floats

_RIGHT_TO_M = 20.0
"""Boundaries are mapped after other sources, and simplified by 5 m."""

_LIKE_SHARE = 0.15
"""How far the size of a county may be from that of a bundled one which is the same."""

_LEVELS: Mapping[int, int] = {4: 1, 6: 2}
_US = "US"


@dataclass(frozen=True, slots=True)
class _Level:
    areas: tuple[AdminArea, ...]
    lookup: AreaLookup


@dataclass(frozen=True, slots=True)
class ExtractAreas:
    """
    Areas of an extract, by country and level.

    Attributes
    ----------
    levels
        Country code and level (1 or 2) -> the areas there. The United States are not among them:
        their counties have codes that other data are joined by, and those are bundled.
    told_of_bundled
        Level and id of such a county or state -> the extract's own, whose inhabitants and streets
        are told of it.
    """

    levels: Mapping[tuple[str, int], _Level]
    told_of_bundled: Mapping[tuple[int, str], BoundaryArea] = field(default_factory=dict)

    @classmethod
    def of(
        cls, boundaries: Iterable[BoundaryArea], countries: Countries, boundaries_dir: Path
    ) -> "ExtractAreas":
        """
        Prepare boundaries.

        Parameters
        ----------
        countries
            An area belongs to the country that a point inside of it lies in.
        boundaries_dir
            Of the bundled areas: one of the second level may lie in one of those.
        """
        drawn = sorted(boundaries, key=lambda each: (each.admin_level, each.area_ref))
        if not drawn:
            return cls({})
        outlines = [shapely.from_wkb(each.outline_wkb) for each in drawn]
        lon_deg, lat_deg = shapely.get_coordinates(shapely.point_on_surface(outlines)).T
        codes = countries.assign(lon_deg, lat_deg)["country_code"].to_numpy(object)
        placed = [
            (each, outline, str(code), level)
            for each, outline, code in zip(drawn, outlines, codes, strict=True)
            if (level := _level_of(each, code, boundaries_dir)) is not None
        ]
        first = cls(_grouped([row for row in placed if row[3] == 1], {}))
        around = first.assigned(lon_deg, lat_deg, codes, boundaries_dir)["admin1"]
        regions = {
            each.area_ref: str(region)
            for each, region in zip(drawn, around, strict=True)
            if isinstance(region, str)
        }
        second = _grouped([row for row in placed if row[3] == 2], regions)  # noqa: PLR2004 - a level
        in_us = np.flatnonzero(codes == _US)
        bundled = assign_admin_areas(lon_deg[in_us], lat_deg[in_us], codes[in_us], boundaries_dir)
        same = (
            _same_of(
                [(drawn[row], outlines[row]) for row in in_us], bundled, _sizes(boundaries_dir)
            )
            if len(in_us)
            else {}
        )
        return cls({**first.levels, **second}, same)

    def assigned(
        self,
        lon_deg: Floats,
        lat_deg: Floats,
        country_code: npt.NDArray[np.object_],
        boundaries_dir: Path,
    ) -> pd.DataFrame:
        """Look up positions as ``assign_admin_areas`` does; what the extract tells comes first."""
        answers = assign_admin_areas(lon_deg, lat_deg, country_code, boundaries_dir)
        for (code, level), told in self.levels.items():
            rows = np.flatnonzero(np.asarray(country_code, dtype=object) == code)
            ids = told.lookup.ids_at(np.asarray(lon_deg)[rows], np.asarray(lat_deg)[rows])
            is_told = ~pd.isna(ids)
            answers.loc[rows[is_told], f"admin{level}"] = ids[is_told]
            answers.loc[rows[is_told], f"admin{level}_method"] = AdminMethod.OPENSTREETMAP.value
        return answers

    def areas_of(self, boundaries_dir: Path, country_codes: Iterable[str]) -> Iterator[AdminArea]:
        """Yield every area of countries, those of the extract in the place of bundled ones."""
        codes = set(country_codes)
        own = {
            (area.level, area.area_id): area
            for (code, _level), told in self.levels.items()
            if code in codes
            for area in told.areas
        }
        bundled = {(area.level, area.area_id): area for area in admin_areas(boundaries_dir, codes)}
        both = {key: self._told(area) for key, area in bundled.items()} | own
        yield from sorted(
            both.values(), key=lambda area: (area.country_code, area.level, area.area_id)
        )

    def _told(self, area: AdminArea) -> AdminArea:
        own = self.told_of_bundled.get((area.level, area.area_id))
        if own is None:
            return area
        return replace(
            area,
            population=own.population,
            population_on=own.population_on,
            street_m=own.street_m,
        )


_Placed = tuple[BoundaryArea, shapely.Geometry, str, int]


def _sizes(boundaries_dir: Path) -> dict[tuple[int, str], float]:
    return {
        (area.level, area.area_id): area.area_km2 for area in admin_areas(boundaries_dir, [_US])
    }


def _same_of(
    drawn: Sequence[tuple[BoundaryArea, shapely.Geometry]],
    bundled: pd.DataFrame,
    size_km2: Mapping[tuple[int, str], float],
) -> dict[tuple[int, str], BoundaryArea]:
    """Pair boundaries with the bundled areas around a point inside, where they are as large."""
    same: dict[tuple[int, str], BoundaryArea] = {}
    for (boundary, outline), row in zip(drawn, bundled.to_dict("records"), strict=True):
        level = _LEVELS.get(boundary.admin_level)
        area_id = None if level is None else row[f"admin{level}"]
        if level is None or not isinstance(area_id, str):
            continue
        # A city within a county lies in it and is no county.
        if abs(geodesic_km2(outline) / size_km2[level, area_id] - 1) < _LIKE_SHARE:
            same[level, area_id] = boundary
    return same


def _level_of(boundary: BoundaryArea, country_code: object, boundaries_dir: Path) -> int | None:
    """Return the level that an area is told of as; None where it is not told of."""
    if not isinstance(country_code, str) or country_code == _US:
        return None
    if boundary.admin_level in _LEVELS:
        return _LEVELS[boundary.admin_level]
    # Of a country without bundled areas the code of ISO is the first level, however deep its
    # mappers write it: the wards of Monaco have level 10.
    is_first = boundary.iso_code.startswith(f"{country_code}-")
    return (
        1 if is_first and next(admin_areas(boundaries_dir, [country_code]), None) is None else None
    )


def _grouped(
    placed: Sequence[_Placed], regions: Mapping[str, str]
) -> dict[tuple[str, int], _Level]:
    groups: defaultdict[tuple[str, int], list[tuple[AdminArea, shapely.Geometry]]]
    groups = defaultdict(list)
    # Of two boundaries with one code nobody knows which the code means, and one count would stand
    # beside the size of the other.
    bearers = Counter((code, level, each.iso_code) for each, _outline, code, level in placed)
    for boundary, outline, code, level in placed:
        has_code = (
            boundary.iso_code.startswith(f"{code}-")
            and bearers[code, level, boundary.iso_code] == 1
        )
        area = AdminArea(
            boundary.iso_code if has_code else f"osm:{boundary.area_ref}",
            level,
            boundary.name,
            regions.get(boundary.area_ref, ""),
            geodesic_km2(outline),
            code,
            AdminMethod.OPENSTREETMAP,
            boundary.population,
            boundary.population_on,
            boundary.street_m,
        )
        groups[code, level].append((area, outline))
    return {
        key: _Level(
            tuple(area for area, _outline in members),
            AreaLookup.of(
                [outline for _area, outline in members],
                [area.area_id for area, _outline in members],
                right_to_m=_RIGHT_TO_M,
            ),
        )
        for key, members in sorted(groups.items())
    }

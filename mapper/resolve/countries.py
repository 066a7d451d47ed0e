"""The country of a position, from polygons, with nothing on land left out."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry import shape

from mapper.model.enums import AreaStatus, Confidence
from mapper.resolve.borders import BorderLines
from mapper.resolve.disputed import DisputedArea, Feature, read_disputed_areas
from mapper.resolve.earth import Floats, points
from mapper.resolve.grid_cells import GridCells

COUNTRIES_FILE = "countries.geojson.gz"
"""The boundaries as the folder of bundled files has them."""

PLACE_COLUMNS = ("country_code", "country_confidence", "area_status", "administered_by")
"""The columns of ``Countries.assign``."""


@dataclass(frozen=True, slots=True)
class Countries:
    """
    Country polygons and disputed areas, ready to look up positions.

    Attributes
    ----------
    polygons, codes
        Parts of the boundary source's features and the country code of each.
    areas
        The disputed areas, the first one counting where two touch.
    borders
        The lines near which a country has low confidence.
    """

    polygons: npt.NDArray[np.object_]
    codes: npt.NDArray[np.object_]
    areas: tuple[DisputedArea, ...]
    borders: BorderLines

    @classmethod
    def load(cls, boundaries_dir: Path) -> "Countries":
        """
        Read the bundled files.

        Parameters
        ----------
        boundaries_dir
            ``Settings.boundaries_dir``.

        Raises
        ------
        GateError
            If the table of disputed areas does not fit the boundaries.
        """
        features = _read_features(boundaries_dir / COUNTRIES_FILE)
        areas = read_disputed_areas(boundaries_dir, features)
        codes = {feature_id: feature.country_code for feature_id, feature in features.items()}
        for area in areas:
            # A disputed feature that the table knows takes the table's code, not the boundary
            # source's.
            codes |= dict.fromkeys(area.whole_features, area.country_code)
        whole = np.array([feature.geometry for feature in features.values()], dtype=np.object_)
        polygons, owners = shapely.get_parts(whole, return_index=True)
        part_codes = np.array(list(codes.values()), dtype=np.object_)[owners]
        borders = BorderLines.between(polygons, list(part_codes), areas)
        return cls(polygons, part_codes, areas, borders)

    def assign(self, lon_deg: Floats, lat_deg: Floats) -> pd.DataFrame:
        """
        Look up positions.

        Parameters
        ----------
        lon_deg, lat_deg
            Decimal degrees, WGS 84, equally long.

        Returns
        -------
        DataFrame
            One row per position in the order given, columns ``PLACE_COLUMNS``: ``country_code``
            (None on the high seas), ``country_confidence`` (``low`` within 1 km of a border
            line, near an edge drawn less exactly, and outside every polygon), ``area_status``
            and ``administered_by`` (None where the area is not disputed).
        """
        lon_deg, lat_deg = np.asarray(lon_deg, np.float64), np.asarray(lat_deg, np.float64)
        cells = GridCells.of(lon_deg, lat_deg)
        is_alike = self._are_alike(cells)
        rows, answer_of = cells.asked(is_alike)
        answers = self._of_each(lon_deg[rows], lat_deg[rows])
        return pd.DataFrame(
            {name: values[answer_of] for name, values in answers.items()},
            columns=list(PLACE_COLUMNS),
            dtype=object,
        )

    def _are_alike(self, cells: GridCells) -> npt.NDArray[np.bool_]:
        """Say of each cell whether all its positions have one answer."""
        if not len(cells.boxes):
            return np.zeros(0, dtype=np.bool_)
        areas = np.array([area.geometry for area in self.areas], dtype=np.object_)
        return cells.are_whole(self.polygons) & cells.are_whole(areas) & self.borders.are_far(cells)

    def _of_each(self, lon_deg: Floats, lat_deg: Floats) -> dict[str, npt.NDArray[np.object_]]:
        """Look up each position by itself; texts are shared, and not made anew for each."""
        tree = shapely.STRtree(points(lon_deg, lat_deg))
        # The tree holds the points and is asked by polygon: there are far fewer of these than of
        # those.
        code = _spread(tree, self.polygons, self.codes, len(lon_deg))
        place = _spread(
            tree,
            np.array([area.geometry for area in self.areas], dtype=np.object_),
            np.array(self.areas, dtype=np.object_),
            len(lon_deg),
        )
        in_area = np.flatnonzero(~pd.isna(place))
        code[in_area] = [area.country_code for area in place[in_area]]
        administered_by = np.full(len(lon_deg), None, dtype=np.object_)
        administered_by[in_area] = [area.administered_by for area in place[in_area]]
        # Outside every polygon is the high sea, or a coast drawn less exactly than the camera
        # stands.
        is_low = self.borders.are_near(lon_deg, lat_deg) | pd.isna(code)
        is_disputed = ~pd.isna(place)
        # Taken by number, for `np.where` of two texts gives each position a text of its own.
        confidence = np.array([Confidence.HIGH.value, Confidence.LOW.value], dtype=np.object_)
        status = np.array(
            [AreaStatus.UNDISPUTED.value, AreaStatus.DISPUTED.value], dtype=np.object_
        )
        return {
            "country_code": code,
            "country_confidence": confidence[is_low.astype(np.int8)],
            "area_status": status[is_disputed.astype(np.int8)],
            "administered_by": administered_by,
        }


def _read_features(path: Path) -> dict[str, Feature]:
    collection = json.loads(gzip.decompress(path.read_bytes()))
    return {
        feature["properties"]["feature_id"]: Feature(
            feature["properties"]["country_code"], shape(feature["geometry"])
        )
        for feature in collection["features"]
    }


def _spread(
    tree: shapely.STRtree,
    polygons: npt.NDArray[np.object_],
    values: npt.NDArray[np.object_],
    count: int,
) -> npt.NDArray[np.object_]:
    """Return each point of the tree the value of the first polygon that covers it, or None."""
    owners, covered_points = tree.query(polygons, predicate="covers")
    # By point, then by polygon in file order: where two cover a point the first counts, every time.
    order = np.lexsort((owners, covered_points))
    covered, first = np.unique(covered_points[order], return_index=True)
    spread = np.full(count, None, dtype=np.object_)
    spread[covered] = values[owners[order][first]]
    return spread

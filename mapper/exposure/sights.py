"""Where each camera looks: a sector where its direction is written, else the whole disc."""

from dataclasses import dataclass, field
from typing import Final, TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.resolve.earth import Floats, mercator, stretch

Ints: TypeAlias = npt.NDArray[np.int64]
Truths: TypeAlias = npt.NDArray[np.bool_]

ALL_ROUND_DEG: Final = 360.0
INDOOR: Final = "indoor"
# A sector of more than half a turn is no intersection of two half-planes, so it is cut in two.
_CONVEX_HALF_DEG: Final = 90.0


@dataclass(frozen=True, slots=True)
class Assumptions:
    """
    What no source states, and a reader may state otherwise.

    Attributes
    ----------
    reach_m
        How far a camera tells anything of a person.
    view_angle_deg
        How wide a camera looks where its source gives a direction alone.
    speed_kmh
        How fast the route is travelled.
    """

    reach_m: float = 30.0
    view_angle_deg: float = 60.0
    speed_kmh: float = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Sights:
    """
    The views of cameras, one row for each convex sector.

    Attributes
    ----------
    camera
        Row of the camera that a view belongs to.
    xy
        Shape (n, 2): position in ``resolve.earth.mercator``.
    stretch
        Metres of that plane for a metre on the ground, at the camera.
    heading_deg, half_deg
        Middle of the view, clockwise from true north, and half its width; 180 is a whole disc.
    is_facing
        Whether the source says where the camera looks and stands; without that, a camera may see
        what is in reach, and nobody can say so.
    """

    camera: Ints
    xy: Floats
    stretch: Floats
    heading_deg: Floats
    half_deg: Floats
    is_facing: Truths

    def __len__(self) -> int:
        """Count the views."""
        return len(self.camera)

    def only(self, wanted: Truths) -> "Sights":
        """Return the views that are wanted."""
        return Sights(
            self.camera[wanted],
            self.xy[wanted],
            self.stretch[wanted],
            self.heading_deg[wanted],
            self.half_deg[wanted],
            self.is_facing[wanted],
        )


@dataclass(slots=True)
class _Rows:
    """Views as they are collected."""

    camera: list[int] = field(default_factory=list)
    heading_deg: list[float] = field(default_factory=list)
    half_deg: list[float] = field(default_factory=list)
    is_facing: list[bool] = field(default_factory=list)

    def add(self, camera: int, heading_deg: float, half_deg: float, *, is_facing: bool) -> None:
        self.camera.append(camera)
        self.heading_deg.append(heading_deg)
        self.half_deg.append(half_deg)
        self.is_facing.append(is_facing)


def sights_of(
    cameras: gpd.GeoDataFrame, assumptions: Assumptions, *, middle_lon_deg: float | None = None
) -> Sights:
    """
    Turn cameras into views.

    Parameters
    ----------
    cameras
        Columns ``directions_deg``, ``view_angle_deg``, ``location_precision_m``; Point geometry in
        EPSG:4326.
    middle_lon_deg
        Where the lines lie that are looked at: longitudes are taken within half a turn of it, so
        that a route across 180 degrees is one line.
    """
    rows = _Rows()
    angles_deg = pd.to_numeric(cameras["view_angle_deg"]).to_numpy(dtype=float, na_value=np.nan)
    precisions_m = pd.to_numeric(cameras["location_precision_m"]).to_numpy(
        dtype=float, na_value=np.nan
    )
    for camera, written in enumerate(cameras["directions_deg"]):
        # An empty list comes back from Parquet as None, and from a joined frame as NaN.
        directions_deg = written if isinstance(written, list | np.ndarray) else []
        is_all_round = angles_deg[camera] == ALL_ROUND_DEG
        # A point that is less precise than the reach says nothing of what lies before the camera.
        is_placed = not precisions_m[camera] > assumptions.reach_m
        if not is_placed or not (is_all_round or len(directions_deg)):
            rows.add(camera, 0.0, 180.0, is_facing=False)
        elif is_all_round:
            rows.add(camera, 0.0, 180.0, is_facing=True)
        else:
            known_deg = angles_deg[camera]
            half_deg = (assumptions.view_angle_deg if np.isnan(known_deg) else known_deg) / 2
            for heading_deg in directions_deg:
                _add_sectors(rows, camera, float(heading_deg), float(half_deg))
    lon_deg = np.asarray(cameras.geometry.x, dtype=np.float64)
    if middle_lon_deg is not None:
        lon_deg = lon_deg - 360.0 * np.rint((lon_deg - middle_lon_deg) / 360.0)
    lat_deg = np.asarray(cameras.geometry.y, dtype=np.float64)
    at = np.array(rows.camera, dtype=np.int64)
    return Sights(
        at,
        mercator(np.column_stack([lon_deg, lat_deg]))[at],
        stretch(lat_deg)[at],
        np.array(rows.heading_deg, dtype=np.float64),
        np.array(rows.half_deg, dtype=np.float64),
        np.array(rows.is_facing, dtype=np.bool_),
    )


def _add_sectors(rows: _Rows, camera: int, heading_deg: float, half_deg: float) -> None:
    if half_deg <= _CONVEX_HALF_DEG:
        rows.add(camera, heading_deg, half_deg, is_facing=True)
        return
    for side in (-1, 1):
        rows.add(camera, heading_deg + side * half_deg / 2, half_deg / 2, is_facing=True)

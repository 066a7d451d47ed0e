"""What of a route lies in the view of cameras: metres, minutes, by maker and by operator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from mapper.exposure.sights import INDOOR, Assumptions, Sights, Truths, sights_of
from mapper.exposure.watched_lines import Lines, Stretches, stretches_in_view
from mapper.resolve.standing import standing

NOT_KNOWN = ""
"""The name of a maker or an operator that no source gives, or that is withheld."""


@dataclass(frozen=True, slots=True)
class SharedExposure:
    """
    What the cameras of one maker or one operator have of a route.

    Attributes
    ----------
    name
        ``NOT_KNOWN`` where no source gives it.
    cameras_facing, cameras_perhaps
        How many look at the route, and how many in reach of it have no known direction.
    in_view_m, perhaps_m
        Metres that the first look at; metres in reach of the second that the first do not look at.
    """

    name: str
    cameras_facing: int
    cameras_perhaps: int
    in_view_m: float
    perhaps_m: float


@dataclass(frozen=True, slots=True)
class CameraExposure:
    """
    What one camera has of a route.

    Attributes
    ----------
    is_facing
        Whether its direction is known; without, ``in_view_m`` are the metres in its reach.
    """

    camera_id: str
    device_type: str
    maker: str
    operator: str
    lon_deg: float
    lat_deg: float
    is_facing: bool
    in_view_m: float


@dataclass(frozen=True, slots=True)
class RouteExposure:
    """
    The answer for a route.

    Attributes
    ----------
    total
        Over all makers; its name is ``NOT_KNOWN``.
    by_maker, by_operator
        The most cameras first, then by name. A metre in view of two makers' cameras counts for
        both.
    indoors
        Cameras in reach that stand indoors by their source's word; they are in no other count.
    """

    length_m: float
    assumptions: Assumptions
    total: SharedExposure
    by_maker: tuple[SharedExposure, ...]
    by_operator: tuple[SharedExposure, ...]
    cameras: tuple[CameraExposure, ...]
    indoors: int

    def minutes(self, metres: float) -> float:
        """Return how long it takes to travel so far."""
        return metres * 60 / (self.assumptions.speed_kmh * 1000)


def route_exposure(
    route: Lines,
    cameras: gpd.GeoDataFrame,
    assumptions: Assumptions,
    maker_names: Mapping[str, str],
) -> RouteExposure:
    """
    Measure a route against cameras.

    Parameters
    ----------
    cameras
        Columns ``model.columns.CAMERA``, Point geometry in EPSG:4326. Planned and ended ones are
        not looked at; those indoors are only counted.
    maker_names
        Names of organisations by id; an id that is not in it stands for itself.
    """
    stand = standing(cameras)
    is_indoors = (stand["visibility"] == INDOOR).to_numpy(dtype=bool)
    outdoors = stand[~is_indoors]
    seen = _looked_at(route, outdoors, assumptions)
    names = {
        "maker": [
            NOT_KNOWN if not isinstance(org_id, str) else maker_names.get(org_id, org_id)
            for org_id in outdoors["vendor_id"]
        ],
        "operator": [
            name if isinstance(name, str) else NOT_KNOWN for name in outdoors["operator_name"]
        ],
    }
    inside = _looked_at(route, stand[is_indoors], assumptions)
    everyone = [NOT_KNOWN] * len(outdoors)
    (total,) = _shared(seen, everyone) or (SharedExposure(NOT_KNOWN, 0, 0, 0.0, 0.0),)
    return RouteExposure(
        length_m=float(route.lengths_m().sum()),
        assumptions=assumptions,
        total=total,
        by_maker=_shared(seen, names["maker"]),
        by_operator=_shared(seen, names["operator"]),
        cameras=_each(seen, outdoors, names["maker"], names["operator"]),
        indoors=len(np.unique(inside.sights.camera[inside.stretches.sight])),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _LookedAt:
    """Views, and the stretches of the route in them."""

    sights: Sights
    stretches: Stretches

    def cameras(self) -> list[int]:
        """Return the rows of the cameras that have any of the route."""
        rows: list[int] = np.unique(self.sights.camera[self.stretches.sight]).tolist()
        return rows

    def of(self, wanted: Truths) -> Stretches:
        """Return the stretches in the views of some cameras, a truth for each row of them."""
        return self.stretches.only(wanted[self.sights.camera[self.stretches.sight]])


def _looked_at(route: Lines, cameras: gpd.GeoDataFrame, assumptions: Assumptions) -> _LookedAt:
    middle = float(route.start_deg[:, 0].mean()) if len(route) else 0.0
    sights = sights_of(cameras, assumptions, middle_lon_deg=middle)
    return _LookedAt(sights, stretches_in_view(route, sights, reach_m=assumptions.reach_m))


def _shared(seen: _LookedAt, names: Sequence[str]) -> tuple[SharedExposure, ...]:
    column = np.asarray(names, dtype=object)
    with_any = seen.cameras()
    rows = []
    for name in sorted({names[camera] for camera in with_any}):
        of_name = seen.of(column == name)
        is_facing = seen.sights.is_facing[of_name.sight]
        camera = seen.sights.camera[of_name.sight]
        in_view_m = of_name.only(is_facing).union_m()
        rows.append(
            SharedExposure(
                name,
                len(np.unique(camera[is_facing])),
                len(np.unique(camera[~is_facing])),
                in_view_m,
                # What both kinds cover is in view; only the rest is perhaps.
                of_name.union_m() - in_view_m,
            )
        )
    return tuple(sorted(rows, key=lambda row: -(row.cameras_facing + row.cameras_perhaps)))


def _each(
    seen: _LookedAt,
    cameras: gpd.GeoDataFrame,
    makers: Sequence[str],
    operators: Sequence[str],
) -> tuple[CameraExposure, ...]:
    rows = []
    for camera in seen.cameras():
        wanted = np.zeros(len(cameras), dtype=np.bool_)
        wanted[camera] = True
        stretches = seen.of(wanted)
        record = cameras.iloc[camera]
        rows.append(
            CameraExposure(
                camera_id=str(record["camera_id"]),
                device_type=str(record["device_type"]),
                maker=makers[camera],
                operator=operators[camera],
                lon_deg=float(record.geometry.x),
                lat_deg=float(record.geometry.y),
                is_facing=bool(seen.sights.is_facing[stretches.sight[0]]),
                in_view_m=stretches.union_m(),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.camera_id))

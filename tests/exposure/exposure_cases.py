"""
Routes and cameras, with the metres that Python and the page's script must both come to.

``python -m tests.exposure.exposure_cases`` writes the expected numbers anew, after a change of the
definition; the cases themselves are written by hand here.
"""

import json
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from mapper.exposure.route_exposure import RouteExposure, SharedExposure, route_exposure
from mapper.exposure.route_file import unrolled
from mapper.exposure.sights import Assumptions
from mapper.exposure.watched_lines import Lines

PATH: Final = Path(__file__).parents[1] / "fixtures" / "exposure" / "expected.json"

_ALONG: Final = [[[24.94, 60.17], [24.943, 60.17], [24.943, 60.1715]]]


def _camera(lon: float, lat: float, **known: object) -> dict[str, Any]:
    return {
        "lon": lon,
        "lat": lat,
        "directions": [],
        "angle": None,
        "precision": None,
        "maker": "",
        "operator": "",
        **known,
    }


CASES: Final[dict[str, dict[str, Any]]] = {
    "a camera that looks at the street and one that looks away": {
        "route": _ALONG,
        "cameras": [
            _camera(24.941, 60.1701, directions=[180], maker="Axis", operator="Town"),
            _camera(24.9415, 60.1701, directions=[0], maker="Bosch"),
        ],
    },
    "one that nobody knows the direction of, over one that is known": {
        "route": _ALONG,
        "cameras": [
            _camera(24.941, 60.17005),
            _camera(24.9412, 60.17005, directions=[90, 270], maker="Axis"),
        ],
    },
    "a wide view, a round view and a narrow one at the corner": {
        "route": _ALONG,
        "cameras": [
            _camera(24.943, 60.17, directions=[300.5], angle=250, operator="Town"),
            _camera(24.9431, 60.1704, angle=360, operator="Harbour"),
            _camera(24.9429, 60.1708, directions=[90], angle=12, operator="Town"),
        ],
    },
    "a point that is less precise than the reach": {
        "route": _ALONG,
        "cameras": [_camera(24.942, 60.17, directions=[10], precision=50, maker="Axis")],
    },
    "a route across 180 degrees, in two parts": {
        "route": [
            [[179.9995, -17.0], [-179.9995, -17.0]],
            [[-179.9992, -17.0], [-179.999, -16.9995]],
        ],
        "cameras": [
            _camera(-180.0, -17.0001, directions=[0], maker="Axis"),
            _camera(179.9996, -17.0001, maker="Bosch"),
            _camera(-179.9991, -16.9998, angle=360),
        ],
    },
    "a route that comes back, and a step on the spot": {
        "route": [[[8.54, 47.37], [8.541, 47.37], [8.541, 47.37], [8.54, 47.37]]],
        "cameras": [_camera(8.5405, 47.37, directions=[90], angle=180, maker="Axis")],
    },
    "a long reach far in the north": {
        "route": [[[15.6, 78.2], [15.7, 78.22]]],
        "cameras": [_camera(15.65, 78.211, directions=[200, 20], angle=90)],
        "reach": 400,
        "viewAngle": 45,
    },
    "nobody near": {"route": _ALONG, "cameras": [_camera(25.0, 60.0, directions=[0])]},
}


def frame_of(cameras: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return cameras of a case as the released columns that the exposure asks for."""
    rows = {
        "camera_id": [str(number) for number in range(len(cameras))],
        "device_type": ["camera"] * len(cameras),
        "lifecycle": ["in_use"] * len(cameras),
        "visibility": ["public"] * len(cameras),
        "directions_deg": [camera["directions"] for camera in cameras],
        "view_angle_deg": [camera["angle"] for camera in cameras],
        "location_precision_m": [camera["precision"] for camera in cameras],
        "vendor_id": [camera["maker"] or None for camera in cameras],
        "operator_name": [camera["operator"] or None for camera in cameras],
    }
    points = gpd.points_from_xy(
        [camera["lon"] for camera in cameras], [camera["lat"] for camera in cameras]
    )
    return gpd.GeoDataFrame(pd.DataFrame(rows), geometry=points, crs="EPSG:4326")


def assumptions_of(case: dict[str, Any]) -> Assumptions:
    """Return what a case assumes; the defaults where it says nothing."""
    usual = Assumptions()
    return Assumptions(
        case.get("reach", usual.reach_m), case.get("viewAngle", usual.view_angle_deg)
    )


def measured(case: dict[str, Any]) -> RouteExposure:
    """Measure a case with Python."""
    lines = Lines.of_parts([unrolled(part) for part in case["route"]])
    return route_exposure(lines, frame_of(case["cameras"]), assumptions_of(case), {})


def as_script_has_it(exposure: RouteExposure) -> dict[str, Any]:
    """Return an answer in the words of the page's script."""
    return {
        "length": exposure.length_m,
        "total": _row(exposure.total),
        "byMaker": [_row(row) for row in exposure.by_maker],
        "byOperator": [_row(row) for row in exposure.by_operator],
        "cameras": [
            {"id": row.camera_id, "isFacing": row.is_facing, "metres": row.in_view_m}
            for row in exposure.cameras
        ],
    }


def _row(row: SharedExposure) -> dict[str, Any]:
    return {
        "name": row.name,
        "facing": row.cameras_facing,
        "perhaps": row.cameras_perhaps,
        "inView": row.in_view_m,
        "perhapsMetres": row.perhaps_m,
    }


def rounded(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return the same with every number to a tenth of a millimetre."""
    if isinstance(value, dict):
        return {name: rounded(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    return round(value, 4) + 0.0 if isinstance(value, float) else value


def _write() -> None:
    expected = {name: rounded(as_script_has_it(measured(case))) for name, case in CASES.items()}
    PATH.write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write()

"""The exposure of a route in words, as a table and as JSON; what is assumed stands beside it."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from mapper.exposure.route_exposure import NOT_KNOWN, RouteExposure, SharedExposure
from mapper.exposure.sights import Assumptions

Cell: TypeAlias = str | float | bool | None
_SHOWN: Final = 12

CSV_HEADER: Final = (
    "camera_id",
    "device_type",
    "maker",
    "operator",
    "direction_known",
    "in_view_m",
    "in_view_minutes",
    "lon_deg",
    "lat_deg",
)


def definition(assumptions: Assumptions) -> str:
    """Say what is counted, what is assumed and what is not looked at."""
    return (
        f"Counted as in view: what lies within {assumptions.reach_m:g} m of a camera and inside "
        f"its written direction, {assumptions.view_angle_deg:g} degrees wide where its source "
        "gives no width. Reach and width are assumptions: no source states them for these "
        "cameras. Perhaps in view: within that reach of a camera whose direction nobody has "
        "written down, or that is placed less precisely. Walls, height, trees and darkness are "
        "not looked at; cameras indoors, planned or ended are left out. What is not mapped is not "
        "counted: absence of a camera here is not proof."
    )


def exposure_text(exposure: RouteExposure, name: str) -> str:
    """Return the answer for a person at a terminal."""
    total, minutes = exposure.total, exposure.minutes
    speed = f"{exposure.assumptions.speed_kmh:g} km/h"
    facing = f"{_cameras(total.cameras_facing)} facing it"
    unknown = f"{_cameras(total.cameras_perhaps)} in reach, direction not known"
    told = [
        f"{name}: {_m(exposure.length_m)}, {minutes(exposure.length_m):.1f} minutes at {speed}",
        f"in view:         {_part(total.in_view_m, exposure)}  {facing}",
        f"perhaps in view: {_part(total.perhaps_m, exposure)}  {unknown}",
    ]
    if exposure.indoors:
        told.append(f"left out: {_cameras(exposure.indoors)} indoors in reach")
    for title, rows in (("maker", exposure.by_maker), ("operator", exposure.by_operator)):
        if rows:
            told += ["", *_table(title, rows, exposure)]
    return "\n".join([*told, "", definition(exposure.assumptions)])


def _table(title: str, rows: Sequence[SharedExposure], exposure: RouteExposure) -> list[str]:
    lines = [f"by {title}: cameras facing, metres, minutes; perhaps: cameras, metres, minutes"]
    for row in rows[:_SHOWN]:
        seen = exposure.minutes(row.in_view_m)
        perhaps = exposure.minutes(row.perhaps_m)
        lines.append(
            f"  {row.cameras_facing:>4} {_m(row.in_view_m):>9} {seen:6.1f}"
            f"  {row.cameras_perhaps:>4} {_m(row.perhaps_m):>9} {perhaps:6.1f}"
            f"  {row.name or 'not known'}"
        )
    if len(rows) > _SHOWN:
        lines.append(f"  {len(rows) - _SHOWN} more: --csv or --json lists all")
    return lines


def exposure_json(exposure: RouteExposure, name: str) -> dict[str, Any]:
    """Return the answer for programs; metres and minutes to a tenth."""
    assumptions = exposure.assumptions
    return {
        "route": name,
        "length_m": round(exposure.length_m, 1),
        "minutes": round(exposure.minutes(exposure.length_m), 1),
        "assumptions": {
            "reach_m": assumptions.reach_m,
            "view_angle_deg": assumptions.view_angle_deg,
            "speed_kmh": assumptions.speed_kmh,
        },
        "total": _row_json(exposure.total, exposure, with_name=False),
        "cameras_indoors_left_out": exposure.indoors,
        "by_maker": [_row_json(row, exposure) for row in exposure.by_maker],
        "by_operator": [_row_json(row, exposure) for row in exposure.by_operator],
        "cameras": [dict(zip(CSV_HEADER, row, strict=True)) for row in _camera_rows(exposure)],
        "definition": definition(assumptions),
    }


def exposure_lines(exposure: RouteExposure) -> list[list[str]]:
    """Return a header and one line for each camera that has any of the route."""
    return [list(CSV_HEADER), *([_cell(value) for value in row] for row in _camera_rows(exposure))]


def _camera_rows(exposure: RouteExposure) -> Iterable[tuple[Cell, ...]]:
    for camera in exposure.cameras:
        yield (
            camera.camera_id,
            camera.device_type,
            camera.maker or None,
            camera.operator or None,
            camera.is_facing,
            round(camera.in_view_m, 1),
            round(exposure.minutes(camera.in_view_m), 1),
            camera.lon_deg,
            camera.lat_deg,
        )


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _row_json(
    row: SharedExposure, exposure: RouteExposure, *, with_name: bool = True
) -> dict[str, Any]:
    name = {"name": None if row.name == NOT_KNOWN else row.name} if with_name else {}
    return {
        **name,
        "cameras_facing": row.cameras_facing,
        "in_view_m": round(row.in_view_m, 1),
        "in_view_minutes": round(exposure.minutes(row.in_view_m), 1),
        "cameras_perhaps": row.cameras_perhaps,
        "perhaps_m": round(row.perhaps_m, 1),
        "perhaps_minutes": round(exposure.minutes(row.perhaps_m), 1),
    }


def _m(metres: float) -> str:
    return f"{metres:,.0f} m"


def _part(metres: float, exposure: RouteExposure) -> str:
    share = _share(metres, exposure.length_m)
    return f"{_m(metres):>9}  {exposure.minutes(metres):5.1f} minutes  {share}"


def _share(metres: float, whole_m: float) -> str:
    return f"{100 * metres / whole_m:4.1f} %" if whole_m else " 0.0 %"


def _cameras(count: int) -> str:
    return f"{count:,} camera" if count == 1 else f"{count:,} cameras"

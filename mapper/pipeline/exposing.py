"""How exposed a route is to the cameras of a release."""

import json
from pathlib import Path

import numpy as np

from mapper.errors import UsageError
from mapper.export.formula_guard import lines_text
from mapper.exposure.route_exposure import route_exposure
from mapper.exposure.route_file import read_route
from mapper.exposure.sights import Assumptions
from mapper.exposure.told_exposure import exposure_json, exposure_lines, exposure_text
from mapper.exposure.watched_lines import Lines
from mapper.pipeline.answer_form import Form
from mapper.pipeline.asking import registry_read
from mapper.registry.registry import Registry
from mapper.release.camera_frames import CameraWish, load_cameras

# A degree of latitude; the margin around a route only has to be large enough.
_METRES_PER_DEGREE = 111_195.0
_COS_MIN = 0.01


def exposure(route_path: Path, *, place: Path, assumptions: Assumptions, form: Form) -> str:
    """
    Measure a route against the cameras of a release.

    Parameters
    ----------
    place
        A release, the folder of releases, or the output folder.

    Raises
    ------
    UsageError
        If there is no release or no such file, or an assumption is out of range.
    SourceFormatError
        If the route cannot be read.
    """
    require_sensible(assumptions)
    route = read_route(route_path)
    # Straight from the release: a route needs no row that is far from it.
    cameras = load_cameras(
        place, wish=CameraWish(bbox=box_around(route.lines, assumptions.reach_m))
    )
    answer = route_exposure(route.lines, cameras, assumptions, maker_names(registry_read()))
    if form is Form.CSV:
        return lines_text(exposure_lines(answer)).rstrip("\n")
    if form is Form.JSON:
        body = exposure_json(answer, route.name)
        return json.dumps({**body, "shapes_left_out": route.left_out}, ensure_ascii=False, indent=2)
    told = exposure_text(answer, route.name)
    if route.left_out:
        told += f"\nThe file holds {route.left_out:,} points or areas beside; they are no route."
    return told


def require_sensible(assumptions: Assumptions) -> None:
    """
    Refuse assumptions that no camera and no traveller fits.

    Raises
    ------
    UsageError
        If one is out of range; the message says which and what is allowed.
    """
    for option, value, least, most in (
        ("--reach-m", assumptions.reach_m, 1, 1_000),
        ("--view-angle-deg", assumptions.view_angle_deg, 1, 359),
        ("--speed-kmh", assumptions.speed_kmh, 0.5, 300),
    ):
        if not least <= value <= most:
            msg = f"{option} {value:g} is outside {least:g} to {most:g}"
            raise UsageError(msg, next_step="leave it out for the default.")


def maker_names(registry: Registry) -> dict[str, str]:
    """Return the names of organisations by id."""
    return {row.org_id: row.name for row in registry.organisations}


def box_around(lines: Lines, reach_m: float) -> tuple[float, float, float, float]:
    """Return west, south, east, north around lines, with room for views; west may pass east."""
    positions = np.concatenate([lines.start_deg, lines.end_deg])
    (west, south), (east, north) = positions.min(axis=0), positions.max(axis=0)
    margin = 2 * reach_m / _METRES_PER_DEGREE
    widest = np.cos(np.radians(min(90.0, max(abs(south), abs(north)) + margin)))
    wide = margin / max(float(widest), _COS_MIN)
    if east - west + 2 * wide >= 360:  # noqa: PLR2004 - the whole way round
        return -180.0, float(south - margin), 180.0, float(north + margin)
    return (
        _turned(float(west - wide)),
        float(south - margin),
        _turned(float(east + wide)),
        float(north + margin),
    )


def _turned(lon_deg: float) -> float:
    return (lon_deg + 180.0) % 360.0 - 180.0

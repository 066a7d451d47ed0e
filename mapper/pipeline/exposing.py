"""How exposed a route is to the cameras of a release."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mapper.clean.coordinates import checked_lonlat
from mapper.clean.gazetteer import find
from mapper.errors import CoordinateError, UsageError
from mapper.export.formula_guard import lines_text
from mapper.exposure.cordon import Town, cordon
from mapper.exposure.route_exposure import route_exposure
from mapper.exposure.route_file import read_route
from mapper.exposure.sights import Assumptions
from mapper.exposure.told_cordon import cordon_json, cordon_text
from mapper.exposure.told_exposure import exposure_json, exposure_lines, exposure_text
from mapper.exposure.watched_lines import Lines
from mapper.partitions.partition_addresses import readable
from mapper.pipeline.answer_form import Form
from mapper.pipeline.asking import or_else, registry_read
from mapper.registry.registry import Registry
from mapper.release.camera_frames import CameraWish, load_cameras

# A degree of latitude; the margin around a route only has to be large enough.
_METRES_PER_DEGREE = 111_195.0
_COS_MIN = 0.01
# A release without any camera so near to a route hardly covers it: its zeros would mislead.
_COVERED_M = 5_000.0


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
    cameras = load_cameras(place, wish=CameraWish(bbox=box_around(route.lines, _COVERED_M)))
    answer = route_exposure(route.lines, cameras, assumptions, maker_names(registry_read()))
    if form is Form.CSV:
        return lines_text(exposure_lines(answer)).rstrip("\n")
    if form is Form.JSON:
        body = exposure_json(answer, route.name)
        beside = {"shapes_left_out": route.left_out, "cameras_around": len(cameras)}
        return json.dumps({**body, **beside}, ensure_ascii=False, indent=2)
    told = exposure_text(answer, route.name)
    if cameras.empty:
        told += (
            f"\nThe release holds no camera within {_COVERED_M / 1000:g} km of the route: most "
            "likely it is of another place, and the zeros above say nothing."
        )
    if route.left_out:
        told += f"\nThe file holds {route.left_out:,} points or areas beside; they are no route."
    return told


@dataclass(frozen=True, slots=True)
class TownAsked:
    """
    A town as the command line names it.

    Attributes
    ----------
    name
        That the gazetteer knows; with ``at`` only what the place is called.
    at
        Latitude and longitude of the middle, in degrees.
    """

    name: str
    at: tuple[float, float] | None
    radius_km: float


def cordon_of(
    extract: str, asked: TownAsked, *, place: Path, assumptions: Assumptions, as_json: bool
) -> str:
    """
    Say which of the roads into a town pass a plate reader of a release.

    Raises
    ------
    UsageError
        If the town is not known, a number is out of range, or there is no release or file.
    SourceFormatError
        If the extract cannot be read, or has no larger road there.
    """
    require_sensible(assumptions)
    circle = _town(asked)
    cameras = load_cameras(place, wish=CameraWish(bbox=_box(circle)))
    if cameras.empty:
        msg = f"the release holds no camera within {asked.radius_km:g} km of {circle.name}"
        raise UsageError(msg, next_step="build one of this extract, and name it with --release.")
    with readable(extract) as path:
        names = maker_names(registry_read())
        answer = cordon(path, circle, cameras, assumptions, names)
    if as_json:
        return json.dumps(cordon_json(answer), ensure_ascii=False, indent=2)
    return cordon_text(answer)


def _town(asked: TownAsked) -> Town:
    if not 0.1 <= asked.radius_km <= 100:  # noqa: PLR2004 - a village, and the largest cities
        msg = f"--radius-km {asked.radius_km:g} is outside 0.1 to 100"
        raise UsageError(msg, next_step="a town reaches 2 to 15 km.")
    if asked.at is None:
        with or_else("give the middle as --at LAT LON."):
            place = find(asked.name)
        return Town(str(place), place.lon_deg, place.lat_deg, asked.radius_km * 1000)
    lat_deg, lon_deg = asked.at
    _require_on_earth(lat_deg, lon_deg)
    return Town(asked.name, lon_deg, lat_deg, asked.radius_km * 1000)


def _box(town: Town) -> tuple[float, float, float, float]:
    middle = np.array([[town.lon_deg, town.lat_deg]])
    return box_around(Lines(middle, middle), town.radius_m)


def _require_on_earth(lat_deg: float, lon_deg: float) -> None:
    try:
        checked_lonlat(lon_deg, lat_deg)
    except CoordinateError as error:
        msg = f"--at: {error}"
        raise UsageError(msg, next_step="latitude first: --at 41.15 -8.61.") from error


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

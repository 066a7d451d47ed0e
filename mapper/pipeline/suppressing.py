"""Leave a camera out of every later release: one command, two hashes in a file of one's own."""

import math
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from mapper.errors import UsageError
from mapper.pipeline.local_rows import folders_of
from mapper.release.concluded_again import read_rows
from mapper.settings import Settings
from mapper.validate.contact_patterns import holds_contact
from mapper.validate.suppression import (
    Suppression,
    add_entries,
    entries_of,
    read_suppressions,
)

_SALT_BYTES = 16
_REASON_MAX = 80
_LON_MAX, _LAT_MAX = 180, 90


@dataclass(frozen=True, slots=True)
class Place:
    """A position in degrees, WGS 84."""

    lon_deg: float
    lat_deg: float


def suppress(
    camera_id: str, *, settings: Settings, at: Place | None = None, reason: str = ""
) -> str:
    """
    Add a camera to the suppression list of this folder, by its id and by its place.

    Parameters
    ----------
    camera_id
        The published id: source and reference, ``osm:node/123``.
    at
        Where it stands; None looks it up in the latest release.
    reason
        For whoever keeps the list; it stands in the file as written.

    Returns
    -------
    str
        What was added, for the person.

    Raises
    ------
    UsageError
        If it is no id, its place is not known, or the reason says who somebody is.
    """
    source_id, colon, source_ref = camera_id.strip().partition(":")
    if not (source_id and colon and source_ref):
        msg = f"{camera_id!r} is no id of a camera: it is a source and its reference, osm:node/123"
        raise UsageError(msg, next_step="copy it from the foot of the camera's panel on the map.")
    _require_plain(reason)
    place = at or _place_of(camera_id.strip(), settings)
    path = settings.own_suppression_path
    suppression = read_suppressions(settings.suppression_paths)
    again = "The next `mapper build` leaves it out; a release that stands keeps it."
    if _is_listed(suppression, source_id, source_ref, place):
        return f"{camera_id} is on the list already ({len(suppression):,} entries). {again}"
    salt = min(suppression.hashes_by_salt, default=secrets.token_hex(_SALT_BYTES))
    entries = entries_of(salt, source_id, source_ref, place.lon_deg, place.lat_deg)
    add_entries(path, salt, entries, datetime.now(UTC).date().isoformat(), reason)
    count = len(read_suppressions(settings.suppression_paths))
    return (
        f"{path}: 2 entries added, of the id and of the place; the list has {count:,} now.\n"
        f"{again} Within 25 to 71 m of it other cameras are left out too, in every source."
    )


def place_of_text(text: str) -> Place:
    """
    Read a position as the map shows it, latitude first: ``60.16990, 24.93840``.

    Raises
    ------
    UsageError
        If it is none.
    """
    lat, _, lon = text.partition(",")
    try:
        place = Place(lon_deg=float(lon), lat_deg=float(lat))
    except ValueError:
        place = Place(math.nan, math.nan)
    if not (abs(place.lon_deg) <= _LON_MAX and abs(place.lat_deg) <= _LAT_MAX):
        msg = f"--at {text}: no latitude and longitude in degrees"
        raise UsageError(msg, next_step="write it as the map does: --at 60.16990,24.93840")
    return place


def _require_plain(reason: str) -> None:
    if len(reason) > _REASON_MAX or not reason.isprintable() or holds_contact("", reason):
        msg = f"--reason takes one plain line of up to {_REASON_MAX} characters, no contact data"
        raise UsageError(msg, next_step="say no more than `asked by the owner`; none is needed.")


def _place_of(camera_id: str, settings: Settings) -> Place:
    step = "say where it stands: --at LAT,LON, as the camera's panel on the map gives it."
    try:
        folders = folders_of(settings.out_dir)
    except UsageError as error:
        msg = f"{settings.out_dir} holds no release in which to look {camera_id} up"
        raise UsageError(msg, next_step=step) from error
    rows = [
        of_camera
        for folder in folders
        if (of_camera := read_rows(folder, camera_id).get(camera_id))
    ]
    if not rows:
        msg = f"the latest release in {settings.out_dir} has no camera {camera_id}"
        raise UsageError(msg, next_step=step)
    row = rows[0]
    lon_deg, lat_deg = row["geometry"]
    return Place(lon_deg, lat_deg)


def _is_listed(suppression: Suppression, source_id: str, source_ref: str, place: Place) -> bool:
    """Whether both the reference and the very cell of the place are on the list."""
    return all(
        (
            suppression.suppressed(source_id, [source_ref])[0],
            suppression.suppressed_places(np.array([place.lon_deg]), np.array([place.lat_deg]))[0],
        )
    )

"""The list that says without a script what the map shows: every camera, where they are few."""

from typing import Any

from mapper.resolve.chosen_rows import CameraColumns
from mapper.telling import words
from mapper.website.map import frame_columns
from mapper.website.pages.addresses import map_at

LISTED_MAX = 1_000
"""Cameras; a page of more is slow to open and no longer read by a person."""

_ZOOM = 18


_COLUMNS = (
    "camera_id",
    "device_type",
    "vendor_id",
    "vendor_rung",
    "operator_name",
    "nearest_place",
    "country_code",
    "source_url",
)


def camera_rows(cameras: CameraColumns) -> list[dict[str, Any]]:
    """
    Return every camera as a line, by country, place and id; none where there are too many.

    Parameters
    ----------
    cameras
        Columns ``model.columns.CAMERA``, geometry Point in EPSG:4326.

    Returns
    -------
    list of dict
        The columns of the frame as texts, None where not known, and ``country`` (its name),
        ``lon_deg``, ``lat_deg`` and ``on_map`` (the address of the map with it chosen).
    """
    if len(cameras) > LISTED_MAX:
        return []
    columns = [frame_columns.texts(cameras, name) for name in _COLUMNS]
    lon_deg, lat_deg = frame_columns.positions(cameras)
    rows: list[dict[str, Any]] = []
    for lon, lat, *texts in zip(lon_deg.tolist(), lat_deg.tolist(), *columns, strict=True):
        row = dict(zip(_COLUMNS, texts, strict=True))
        chosen = f"camera={row['camera_id']}"
        rows.append(
            {
                **row,
                "country": words.country(row["country_code"]),
                "lon_deg": lon,
                "lat_deg": lat,
                "on_map": map_at(lon, lat, _ZOOM, chosen),
            }
        )
    return sorted(
        rows, key=lambda row: (row["country"], row["nearest_place"] or "", row["camera_id"])
    )

"""The list that says without a script what the map shows: every camera, where they are few."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd

from mapper.website.map import frame_columns
from mapper.website.pages import page_words as words
from mapper.website.pages.addresses import map_at
from mapper.website.pages.statements import Ref

LISTED_MAX = 1_000
"""Cameras; a page of more is slow to open and no longer read by a person."""

_ZOOM = 18


@dataclass(frozen=True, slots=True)
class CameraRow:
    """
    A camera as a line of text; empty texts are not known.

    Attributes
    ----------
    on_map
        The address of the map where it is chosen.
    """

    camera_id: str
    kind: str
    maker: Ref | None
    rung: str
    operator: str
    place: str
    country: str
    position: str
    on_map: str
    source_url: str


def camera_rows(cameras: gpd.GeoDataFrame, makers: Mapping[str, Ref]) -> tuple[CameraRow, ...]:
    """
    Return every camera as a line, by country, place and id; none where there are too many.

    Parameters
    ----------
    makers
        Maker -> its name and page.
    """
    if len(cameras) > LISTED_MAX:
        return ()
    columns = {
        name: frame_columns.texts(cameras, name)
        for name in (
            "camera_id",
            "device_type",
            "vendor_id",
            "vendor_rung",
            "operator_name",
            "nearest_place",
            "country_code",
            "source_url",
        )
    }
    lon_deg, lat_deg = frame_columns.positions(cameras)
    found = []
    for row in range(len(cameras)):
        of = {name: values[row] for name, values in columns.items()}
        found.append(
            CameraRow(
                camera_id=of["camera_id"] or "",
                kind=words.KINDS[of["device_type"] or ""][0],
                maker=makers[of["vendor_id"]] if of["vendor_id"] else None,
                rung=of["vendor_rung"] or "",
                operator=of["operator_name"] or "",
                place=of["nearest_place"] or "",
                country=words.country(of["country_code"]),
                position=f"{lat_deg[row]:.5f}, {lon_deg[row]:.5f}",
                on_map=map_at(
                    float(lon_deg[row]), float(lat_deg[row]), _ZOOM, f"camera={of['camera_id']}"
                ),
                source_url=of["source_url"] or "",
            )
        )
    return tuple(sorted(found, key=lambda one: (one.country, one.place, one.camera_id)))

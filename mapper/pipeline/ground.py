"""The ground around the cameras of a build: streets, water, built areas of the same inputs."""

from collections.abc import Sequence

import geopandas as gpd

from mapper.model.basemap import Basemap, RoadsState
from mapper.model.enums import DeviceType
from mapper.model.progress import Progress
from mapper.pipeline.inputs import Input
from mapper.resolve.standing import standing
from mapper.sources.osm.basemap_objects import ALL_KINDS, read_basemap
from mapper.sources.osm.road_collector import holds_whole_roads
from mapper.website.map.basemap_choice import STREET_KINDS, BasemapChoice, Chosen


def read_basemap_of(
    inputs: Sequence[Input], cameras: gpd.GeoDataFrame, *, chosen: Chosen, progress: Progress
) -> Basemap | None:
    """
    Read the ground around the cameras from the first input that holds any.

    Parameters
    ----------
    cameras
        Point geometry in EPSG:4326.
    """
    grounds = [taken.ground_path for taken in inputs if taken.ground_path is not None]
    if chosen.choice is BasemapChoice.NONE or not grounds or cameras.empty:
        return None
    points = cameras.geometry
    # The roads into a town are asked for their plate readers: without any there is no question.
    is_reader = cameras["device_type"] == DeviceType.PLATE_READER
    has_reader = not standing(cameras[is_reader.to_numpy(dtype=bool)]).empty
    basemap = read_basemap(
        grounds[0],
        lon_deg=points.x.to_list(),
        lat_deg=points.y.to_list(),
        kinds=STREET_KINDS if chosen.choice is BasemapChoice.STREETS else ALL_KINDS,
        with_roads=has_reader and holds_whole_roads(grounds[0]),
        progress=progress,
    )
    if not has_reader:
        basemap.roads = RoadsState.NO_READER
    return basemap

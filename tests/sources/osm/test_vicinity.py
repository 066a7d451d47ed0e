"""What lies near a camera is the same whichever is looked for among the other."""

import numpy as np
import shapely

from mapper.sources.osm.vicinity import Vicinity

WEST_SOUTH, EAST_NORTH = (24.9, 60.1), (25.1, 60.3)


def test_shapes_are_near_together_or_one_by_one_and_with_few_cameras_or_many() -> None:
    chance = np.random.default_rng(7)
    starts = chance.uniform(WEST_SOUTH, EAST_NORTH, (200, 1, 2))
    lines = np.asarray(shapely.linestrings(starts + chance.normal(0, 0.004, (200, 4, 2))))
    for camera_count in (5, 500):
        lon_deg, lat_deg = chance.uniform(WEST_SOUTH, EAST_NORTH, (camera_count, 2)).T.tolist()
        vicinity = Vicinity(lon_deg, lat_deg, radius_m=300, line_reach_m=450, area_reach_m=1000)
        for tells in (vicinity.is_near, vicinity.is_reached):
            together = tells(lines).tolist()
            assert together == [bool(tells(lines[[row]])[0]) for row in range(len(lines))]
            assert any(together)
        assert camera_count > len(lines) or not vicinity.is_reached(lines).all()

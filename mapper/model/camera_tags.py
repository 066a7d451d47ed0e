"""What a list of one kind of camera says of every row, in OpenStreetMap's own words."""

from types import MappingProxyType
from typing import Final

PUBLIC_CAMERA: Final = MappingProxyType(
    {"man_made": "surveillance", "surveillance": "public", "surveillance:type": "camera"}
)
"""A camera that watches a public place."""

TRAFFIC_CAMERA: Final = MappingProxyType({**PUBLIC_CAMERA, "surveillance:zone": "traffic"})
"""A camera that watches a road and fines nobody."""

SPEED_CAMERA: Final = MappingProxyType({"highway": "speed_camera", "enforcement": "maxspeed"})
AVERAGE_SPEED_CAMERA: Final = MappingProxyType(
    {"highway": "speed_camera", "enforcement": "average_speed"}
)
RED_LIGHT_CAMERA: Final = MappingProxyType(
    {"man_made": "surveillance", "enforcement": "traffic_signals"}
)

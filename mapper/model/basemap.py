"""The ground around cameras: streets, water and buildings from the same extract."""

from array import array
from dataclasses import dataclass, field
from enum import StrEnum


class BasemapKind(StrEnum):
    """What a context shape is; streets by their weight on the map."""

    STREET_MAJOR = "street_major"
    STREET_MINOR = "street_minor"
    PATH = "path"
    RAIL = "rail"
    WATER_AREA = "water_area"
    WATER_LINE = "water_line"
    GREEN = "green"
    BUILDING = "building"


# Python 3.11 cannot index `array` when it runs; the quotes leave that to the type checker.
@dataclass(slots=True)
class Basemap:
    """
    Basemap shapes as flat columns, in the order read.

    Attributes
    ----------
    kinds, names
        One per shape; an empty name where it has none.
    offsets
        Where each shape begins in ``lonlat_deg``, counted in positions; one more entry than
        there are shapes.
    lonlat_deg
        Longitude, latitude, longitude, ... in decimal degrees, WGS 84. Areas are closed rings;
        inner rings are separate shapes of the surrounding kind and are left out.
    """

    kinds: list[BasemapKind] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    # Flat arrays, for a city has millions of corners, and a Python object for each would take
    # many times the room.
    offsets: "array[int]" = field(default_factory=lambda: array("Q", [0]))
    lonlat_deg: "array[float]" = field(default_factory=lambda: array("d"))

    def append(self, kind: BasemapKind, name: str, lonlat_deg: "array[float]") -> None:
        """Add one shape, given as longitude, latitude, longitude, ... in degrees."""
        self.kinds.append(kind)
        self.names.append(name)
        self.lonlat_deg.extend(lonlat_deg)
        self.offsets.append(len(self.lonlat_deg) // 2)

    def __len__(self) -> int:
        """Count the shapes."""
        return len(self.kinds)

"""The ground around cameras: streets, water and buildings from the same extract."""

from array import array
from dataclasses import dataclass, field
from enum import StrEnum

ROAD_CLASSES = ("motorway", "trunk", "primary", "secondary", "tertiary")
"""OpenStreetMap's words for the larger roads, the largest first."""


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


class RoadsState(StrEnum):
    """Whether a build has the larger roads whole, and why not."""

    WHOLE = "whole"
    NO_STREETS = "no_streets"
    NO_READER = "no_reader"
    NOT_WHOLE = "not_whole"
    TOO_MANY = "too_many"


# Python 3.11 cannot index `array` when it runs; the quotes leave that to the type checker.
@dataclass(slots=True)
class Roads:
    """
    The larger roads of an extract, whole, in the order read.

    Attributes
    ----------
    classes, names
        One per road: one of ``ROAD_CLASSES``; empty where it has no name.
    offsets, lonlat_deg
        As of ``Basemap``, every corner where it is: roads that meet have one in common.
    covered_deg
        West, south, east, north of the box that the file says it covers; None where it says none.
    """

    covered_deg: tuple[float, float, float, float] | None = None
    classes: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    offsets: "array[int]" = field(default_factory=lambda: array("Q", [0]))
    lonlat_deg: "array[float]" = field(default_factory=lambda: array("d"))

    def append(self, road_class: str, name: str, lonlat_deg: "array[float]") -> None:
        """Add one road, given as longitude, latitude, longitude, ... in degrees."""
        self.classes.append(road_class)
        self.names.append(name)
        self.lonlat_deg.extend(lonlat_deg)
        self.offsets.append(len(self.lonlat_deg) // 2)

    def __len__(self) -> int:
        """Count the roads."""
        return len(self.classes)


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
    roads
        The larger roads of the whole file, near a camera or not, or why they are not there.
    """

    kinds: list[BasemapKind] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    # Flat arrays, for a city has millions of corners, and a Python object for each would take
    # many times the room.
    offsets: "array[int]" = field(default_factory=lambda: array("Q", [0]))
    lonlat_deg: "array[float]" = field(default_factory=lambda: array("d"))
    roads: Roads | RoadsState = RoadsState.NOT_WHOLE

    def append(self, kind: BasemapKind, name: str, lonlat_deg: "array[float]") -> None:
        """Add one shape, given as longitude, latitude, longitude, ... in degrees."""
        self.kinds.append(kind)
        self.names.append(name)
        self.lonlat_deg.extend(lonlat_deg)
        self.offsets.append(len(self.lonlat_deg) // 2)

    def __len__(self) -> int:
        """Count the shapes."""
        return len(self.kinds)

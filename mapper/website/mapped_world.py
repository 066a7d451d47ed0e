"""
How many cameras volunteers had mapped in the world on a day: figures beside a release.

``data/overview`` holds them as counts, by cell of a coarse grid and by country. They are context
for a release of one city, never a part of it, and are told apart from it wherever they are shown.
"""

import csv
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from mapper.errors import SourceChangedError, StorageError

GRID_BITS = 9
"""The grid of the cells: 512 x 512 over Web Mercator, 78 km wide at the equator."""

UNKNOWN = "unknown"
"""Stands in the files for a maker that is not known."""

CELLS_FILE = "cells_z9.csv"
COUNTRIES_FILE = "countries.csv"
ABOUT_FILE = "about.json"
HOLES_FILE = "holes.csv"

CELL_COLUMNS = ("cell_x", "cell_y", "device_type", "vendor_id", "cameras")
COUNTRY_COLUMNS = ("country_code", "device_type", "vendor_id", "cameras")

_WORLD_SHARE = 0.5
"""A release that holds so large a part of the counted cameras is of the world itself."""


class WorldCell(NamedTuple):
    """The cameras of one kind and maker in one cell of the grid."""

    cell_x: int
    cell_y: int
    device_type: str
    vendor_id: str
    cameras: int


@dataclass(frozen=True, slots=True)
class WorldHole:
    """
    A part of the world that the counts lack.

    Attributes
    ----------
    box_deg
        West, south, east, north, WGS 84; None where its place is not recorded.
    """

    box_deg: tuple[float, float, float, float] | None
    why: str


@dataclass(frozen=True, slots=True)
class MappedCountry:
    """What is mapped in one country: cameras by kind, and by maker as an organisation's id."""

    by_kind: Counter[str] = field(default_factory=Counter)
    by_maker: Counter[str] = field(default_factory=Counter)

    @property
    def cameras(self) -> int:
        """All of them."""
        return self.by_kind.total()

    @property
    def named(self) -> int:
        """Those with a maker's name."""
        return self.cameras - self.by_maker[UNKNOWN]

    def ranked_makers(self) -> list[tuple[str, int]]:
        """Return the makers and their cameras, most first; the unknown ones are left out."""
        makers = [row for row in self.by_maker.items() if row[0] != UNKNOWN]
        return sorted(makers, key=lambda row: (-row[1], row[0]))


@dataclass(frozen=True, slots=True)
class MappedWorld:
    """
    The counts of one day.

    Attributes
    ----------
    data_on
        ISO day of the data.
    cells
        By column and row of the grid, then kind and maker.
    countries
        ISO 3166-1 alpha-2 code (empty: in no country) -> what is mapped there, by code.
    whole
        All countries together.
    """

    data_on: str
    attribution: str
    license_id: str
    cells: tuple[WorldCell, ...]
    countries: Mapping[str, MappedCountry]
    whole: MappedCountry
    holes: tuple[WorldHole, ...]


def read_mapped_world(folder: Path) -> MappedWorld:
    """
    Read the counts.

    Parameters
    ----------
    folder
        ``Settings.overview_dir``.

    Raises
    ------
    StorageError
        If a file is missing.
    SourceChangedError
        If the two files do not add up to the same number.
    """
    about = json.loads(_text(folder / ABOUT_FILE))
    cells = tuple(
        WorldCell(
            int(row["cell_x"]),
            int(row["cell_y"]),
            row["device_type"],
            row["vendor_id"],
            int(row["cameras"]),
        )
        for row in _rows(folder / CELLS_FILE)
    )
    countries: dict[str, MappedCountry] = {}
    whole = MappedCountry()
    for row in _rows(folder / COUNTRIES_FILE):
        count = int(row["cameras"])
        for mapped in (whole, countries.setdefault(row["country_code"], MappedCountry())):
            mapped.by_kind[row["device_type"]] += count
            mapped.by_maker[row["vendor_id"]] += count
    sums = {whole.cameras, sum(cell.cameras for cell in cells), about["cameras"]}
    if len(sums) != 1:
        msg = f"{folder}: the files add up to {', '.join(map(str, sorted(sums)))} cameras"
        raise SourceChangedError(msg, next_step="Write them anew with `mapper overview`.")
    return MappedWorld(
        data_on=about["data_on"],
        attribution=about["attribution"],
        license_id=about["license_id"],
        cells=cells,
        countries=dict(sorted(countries.items())),
        whole=whole,
        holes=tuple(_hole(row) for row in _rows(folder / HOLES_FILE)),
    )


def is_of_world(camera_count: int, folder: Path) -> bool:
    """Whether so many cameras are those of the world itself; see `world_beside`."""
    about = json.loads(_text(folder / ABOUT_FILE))
    return bool(camera_count >= about["cameras"] * _WORLD_SHARE)


def world_beside(camera_count: int, folder: Path) -> MappedWorld | None:
    """
    Return the counts as context for a release; None where the release is of the world itself.

    Parameters
    ----------
    camera_count
        Cameras of the release.
    """
    return None if is_of_world(camera_count, folder) else read_mapped_world(folder)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        msg = f"The counts of the world are missing: there is no {path}."
        raise StorageError(msg, next_step="Install the package again.") from error


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(path).splitlines()))


def _hole(row: Mapping[str, str]) -> WorldHole:
    edges = [row[f"{edge}_deg"] for edge in ("west", "south", "east", "north")]
    if not any(edges):
        return WorldHole(None, row["why"])
    west, south, east, north = (float(edge) for edge in edges)
    return WorldHole((west, south, east, north), row["why"])

"""Positions as whole numbers: Web Mercator on a grid of 2^bits cells, and its Z-order."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

GRID_BITS = 25
"""The grid of single cameras: a cell is 1.19 m wide at the equator and narrower elsewhere."""

_LAT_LIMIT_DEG = 85.05112877980659
"""Where Web Mercator's square ends (EPSG:3857)."""

_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)
"""Shift and mask of each halving step that spreads 32 bits over the even bits of 64."""

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]


def world_position(lon_deg: Floats, lat_deg: Floats) -> tuple[Floats, Floats]:
    """
    Return positions in the unit square of Web Mercator.

    Parameters
    ----------
    lon_deg, lat_deg
        Decimal degrees, WGS 84; latitudes beyond 85.05 degrees are moved onto that line.

    Returns
    -------
    x, y
        0 to 1, from 180 degrees west eastward and from 85.05 degrees north southward.
    """
    sine = np.sin(np.radians(np.clip(lat_deg, -_LAT_LIMIT_DEG, _LAT_LIMIT_DEG)))
    x = np.asarray(lon_deg, dtype=np.float64) / 360 + 0.5
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    return x, np.clip(y, 0.0, 1.0)


def grid_cells(lon_deg: Floats, lat_deg: Floats, bits: int = GRID_BITS) -> tuple[Ints, Ints]:
    """Return the column and row of the cell that each position lies in, on 2^bits cells."""
    size = 1 << bits
    x, y = world_position(lon_deg, lat_deg)
    last = size - 1
    return (
        np.clip(np.floor(x * size), 0, last).astype(np.int64),
        np.clip(np.floor(y * size), 0, last).astype(np.int64),
    )


def grid_corners(lon_deg: Floats, lat_deg: Floats, bits: int) -> tuple[Ints, Ints]:
    """Return the nearest cell corner of each position: 0 up to and including 2^bits."""
    size = 1 << bits
    x, y = world_position(lon_deg, lat_deg)
    return np.rint(x * size).astype(np.int64), np.rint(y * size).astype(np.int64)


def z_order(x: Ints, y: Ints) -> Ints:
    """
    Interleave columns and rows: bit 2i of the code is bit i of x, bit 2i+1 is bit i of y.

    Neighbours on the ground are mostly neighbours in this order, so differences are small:
    2.65 bytes a position after gzip on 192,514 real cameras, where differences of x and y
    kept apart take 2.92.
    """
    return (_spread(x) | (_spread(y) << np.uint64(1))).astype(np.int64)


def _spread(value: Ints) -> NDArray[np.uint64]:
    spread = value.astype(np.uint64)
    for shift, mask in _SPREAD:
        spread = (spread | (spread << np.uint64(shift))) & np.uint64(mask)
    return spread

"""Where a country's cameras can stand: near one of its places."""

import math
from collections.abc import Callable
from functools import cache

import numpy as np

from mapper.clean.gazetteer import places

Inside = Callable[[float, float], bool]


@cache
def near_places_of(country_codes: frozenset[str]) -> Inside:
    """
    Return a test for the neighbourhood of countries' towns: cells of a degree, and those beside.

    Coarse on purpose: it finds swapped and mangled positions, and never argues about a border.

    Parameters
    ----------
    country_codes
        ISO 3166-1 alpha-2; none of them stands for the world.

    Returns
    -------
    Callable
        From a longitude and a latitude, in degrees, WGS 84.

    Raises
    ------
    ValueError
        If a code is no country's.
    """
    if not country_codes:
        return lambda _lon_deg, _lat_deg: True
    all_places = places()
    unknown = sorted(country_codes - set(np.unique(all_places.country_codes).tolist()))
    if unknown:
        msg = f"{', '.join(map(repr, unknown))} is no ISO 3166-1 alpha-2 code"
        raise ValueError(msg)
    of_country = np.isin(all_places.country_codes, sorted(country_codes))
    columns = np.floor(all_places.lon_deg[of_country]).astype(int)
    rows = np.floor(all_places.lat_deg[of_country]).astype(int)
    cells = set(zip(columns.tolist(), rows.tolist(), strict=True))
    # Neighbouring cells too: a camera may stand up to a degree from the nearest town. Cells are not
    # joined across 180 degrees of longitude.
    near = {(x + dx, y + dy) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    return lambda lon_deg, lat_deg: (math.floor(lon_deg), math.floor(lat_deg)) in near

"""The nearest place of the gazetteer: not the municipality a camera lies in, and called so."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from mapper.clean.gazetteer import Places
from mapper.resolve.earth import Floats, arc_m, xyz_m

_KM_DECIMALS = 2


def nearest_places(
    lon_deg: Floats,
    lat_deg: Floats,
    *,
    country_code: npt.NDArray[np.object_],
    is_disputed: npt.NDArray[np.bool_],
    places: Places,
) -> pd.DataFrame:
    """
    Find the nearest place of the same country for each position.

    GeoNames has its own view of disputed areas; there the nearest place of any country is taken.

    Parameters
    ----------
    lon_deg, lat_deg
        Decimal degrees, WGS 84, equally long.
    country_code, is_disputed
        Of each position, from ``Countries.assign``.
    places
        The gazetteer.

    Returns
    -------
    DataFrame
        One row per position in the order given: ``nearest_place`` (None where the country is
        None or has no place) and ``nearest_place_km`` (NaN there), on the sphere, to 10 m.
    """
    # In space a straight line orders places as the way along the ground does, poles and 180 degrees
    # included.
    here, there = xyz_m(lon_deg, lat_deg), xyz_m(places.lon_deg, places.lat_deg)
    # A place code that no country has, so that disputed positions form a group of their own.
    groups = np.where(is_disputed, "", np.where(pd.isna(country_code), "--", country_code))
    nearest = np.full(len(here), -1, dtype=np.int64)
    chord_m = np.full(len(here), np.nan)
    by_code = _rows_by_code(places.country_codes)
    for code, members in _rows_by_code(groups.astype(np.str_)).items():
        among = np.arange(len(there)) if not code else by_code.get(code)
        if among is None:
            continue
        # Unbalanced trees are built faster, and each is asked once.
        chord_m[members], nearest_row = cKDTree(there[among], balanced_tree=False).query(
            here[members]
        )
        nearest[members] = among[nearest_row]
    names = {int(place): places.name(int(place)) for place in np.unique(nearest) if place >= 0}
    return pd.DataFrame(
        {
            "nearest_place": pd.Series(
                [names.get(place) for place in nearest.tolist()], dtype=object
            ),
            "nearest_place_km": np.round(arc_m(chord_m) / 1000, _KM_DECIMALS),
        }
    )


def _rows_by_code(codes: npt.NDArray[np.str_]) -> dict[str, npt.NDArray[np.int64]]:
    order = np.argsort(codes, kind="stable")
    distinct, starts = np.unique(codes[order], return_index=True)
    return dict(zip(distinct.tolist(), np.split(order, starts[1:]), strict=True))

"""The documented systems of the place a camera stands in, by the circle that its source allows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from mapper.registry.codes import SubjectKind
from mapper.registry.registry import Registry
from mapper.resolve.earth import EARTH_RADIUS_M, Floats, xyz_m

_MOST_M = 2 * EARTH_RADIUS_M * np.pi / 4
"""A quarter of the way around; no stated circle is larger."""


@dataclass(frozen=True, slots=True, eq=False)
class PlaceSystems:
    """
    Deployments with a stated position and radius, by id.

    Attributes
    ----------
    xyz_m
        Shape (n, 3): where they are, as ``earth.xyz_m`` gives it.
    chord_m
        Their radius as a straight line through the earth.
    """

    deployment_ids: tuple[str, ...]
    country_codes: tuple[str, ...]
    xyz_m: Floats
    chord_m: Floats

    @classmethod
    def of_registry(cls, registry: Registry) -> "PlaceSystems":
        """
        Take the deployments that stand and state where they are, and how exactly.

        A country-wide system has no point and is at no place; without a stated radius nothing
        says how far a place reaches.
        """
        placed = [
            (row.deployment_id, row.country_code, row.lon_deg, row.lat_deg, radius_m)
            for row in sorted(registry.deployments, key=lambda row: row.deployment_id)
            if (radius_m := row.location_precision_m) is not None
            and row.lon_deg is not None
            and row.lat_deg is not None
            and registry.retraction(SubjectKind.DEPLOYMENT, row.deployment_id) is None
        ]
        lon_deg, lat_deg, radii_m = (
            np.array([float(row[at]) for row in placed], dtype=np.float64) for at in (2, 3, 4)
        )
        arc = np.minimum(radii_m, _MOST_M) / (2 * EARTH_RADIUS_M)
        return cls(
            tuple(row[0] for row in placed),
            tuple(row[1] for row in placed),
            xyz_m(lon_deg, lat_deg),
            2 * EARTH_RADIUS_M * np.sin(arc),
        )

    def around(
        self, lon_deg: Floats, lat_deg: Floats, country_codes: npt.NDArray[np.object_]
    ) -> list[list[str] | None]:
        """
        Return the systems whose circle holds each position, in the same country alone.

        Parameters
        ----------
        lon_deg, lat_deg
            Decimal degrees, WGS 84, equally long.
        country_codes
            Of each position, from ``Countries.assign``; None is in no country.

        Returns
        -------
        list
            For each position the ``deployment_id`` of each system, sorted; None where there is
            none.
        """
        ids_by_row: list[list[str] | None] = [None] * len(lon_deg)
        if not self.deployment_ids or not len(lon_deg):
            return ids_by_row
        tree = cKDTree(xyz_m(lon_deg, lat_deg), balanced_tree=False)
        inside = tree.query_ball_point(self.xyz_m, self.chord_m)
        named = zip(self.deployment_ids, self.country_codes, inside, strict=True)
        for deployment_id, country_code, rows in named:
            for row in rows:
                if country_codes[row] == country_code:
                    ids_by_row[row] = [*(ids_by_row[row] or ()), deployment_id]
        return ids_by_row

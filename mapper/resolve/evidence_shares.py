"""How far evidence reaches: makers, suppliers of operators, systems of places, by country."""

from dataclasses import dataclass

import geopandas as gpd

_ASKED = {
    "with_maker": "vendor_ids",
    "with_suppliers": "operator_supplier_ids",
    "with_systems": "place_deployment_ids",
}


@dataclass(frozen=True, slots=True)
class EvidenceShare:
    """
    The cameras of a country of which something is documented; three counts, never added up.

    Attributes
    ----------
    country_code
        None for all cameras together.
    with_maker
        The source names one or several makers.
    with_suppliers
        A supply to the operator is documented.
    with_systems
        The position lies in the stated circle of a documented system.
    """

    country_code: str | None
    cameras: int
    with_maker: int
    with_suppliers: int
    with_systems: int


def evidence_shares(cameras: gpd.GeoDataFrame) -> tuple[EvidenceShare, ...]:
    """
    Count by country, after all cameras together; the most cameras first, then by code.

    Parameters
    ----------
    cameras
        Columns ``model.columns.CAMERA``. Those in no country are counted in the whole alone.
    """
    said = {name: cameras[column].notna().astype(int) for name, column in _ASKED.items()}
    flags = cameras[["country_code"]].astype(object).assign(cameras=1, **said)
    totals = flags.groupby("country_code", sort=True).sum(numeric_only=True)
    by_country = [
        EvidenceShare(str(code), **{str(name): int(count) for name, count in row.items()})
        for code, row in totals.iterrows()
    ]
    counts = {name: int(column.sum()) for name, column in said.items()}
    whole = EvidenceShare(None, len(cameras), **counts)
    return (whole, *sorted(by_country, key=lambda one: (-one.cameras, one.country_code or "")))

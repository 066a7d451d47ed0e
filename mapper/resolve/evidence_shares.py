"""How far evidence reaches: makers, suppliers of operators, systems of places, by country."""

from mapper.model.release import EvidenceShare
from mapper.resolve.chosen_rows import CameraColumns

_ASKED = {
    "with_maker": "vendor_ids",
    "with_suppliers": "operator_supplier_ids",
    "with_systems": "place_deployment_ids",
}


def evidence_shares(cameras: CameraColumns) -> tuple[EvidenceShare, ...]:
    """
    Count by country, after all cameras together; the most cameras first, then by code.

    Parameters
    ----------
    cameras
        Columns ``model.columns.CAMERA``. Those in no country are counted in the whole alone.
    """
    said = {name: cameras[column].notna().astype(int) for name, column in _ASKED.items()}
    flags = (
        cameras["country_code"].astype(object).to_frame("country_code").assign(cameras=1, **said)
    )
    totals = flags.groupby("country_code", sort=True).sum(numeric_only=True)
    by_country = [
        EvidenceShare(str(code), **{str(name): int(count) for name, count in row.items()})
        for code, row in totals.iterrows()
    ]
    counts = {name: int(column.sum()) for name, column in said.items()}
    whole = EvidenceShare(None, len(cameras), **counts)
    return (whole, *sorted(by_country, key=lambda one: (-one.cameras, one.country_code or "")))

"""Whom a release credits for a snapshot."""

from collections.abc import Mapping

from mapper.model.observation import Reading
from mapper.model.release import SourceCredit
from mapper.model.source import SourceInfo


def credit_of(reading: Reading, sources: Mapping[str, SourceInfo]) -> SourceCredit:
    """Return the credit for the snapshot that a reading was made of."""
    snapshot = reading.snapshot
    info = sources[snapshot.source_id]
    return SourceCredit(
        source_id=snapshot.source_id,
        title=info.title,
        license_id=snapshot.license_id,
        attribution=snapshot.attribution,
        url=snapshot.url or info.landing_page,
        data_at_utc=snapshot.data_at_utc,
        retrieved_at_utc=snapshot.retrieved_at_utc,
        snapshot_sha256=snapshot.sha256,
        file_name=snapshot.file_name,
        completeness=snapshot.completeness,
        completeness_basis=snapshot.completeness_basis,
        publishes_vendor=info.publishes_vendor,
    )

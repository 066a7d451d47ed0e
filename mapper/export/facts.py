"""What the manifest says of a build, gathered from the rooms below."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain

import pandas as pd

from mapper.model.observation import Reading, Reject
from mapper.model.release import ReleaseInfo
from mapper.release.manifest import ReleaseFacts, count_flags, count_words
from mapper.resolve.chosen_rows import ChosenRows
from mapper.resolve.standing import stands
from mapper.validate.privacy import Published


def input_key(readings: Sequence[Reading]) -> str:
    """
    Name the input of a build, so that only builds of the same input are compared.

    The source ids with their file names, digits left out: the file of next week is the same
    input, another city's is not. What was collected has a name of its own, kept as it is.
    """
    names = {
        reading.snapshot.source_id
        + ":"
        + (
            reading.snapshot.input_name
            or "".join(sign for sign in reading.snapshot.file_name if not sign.isdigit())
        )
        for reading in readings
    }
    return " ".join(sorted(names))


def release_facts(
    published: Published,
    readings: Sequence[Reading],
    info: ReleaseInfo,
    *,
    superseded: Sequence[Reject] = (),
    accepted_change: str = "",
    remarks: Sequence[str] = (),
) -> ReleaseFacts:
    """
    Gather the facts of a release for ``release.store.publish``.

    The order in which readings and remarks are given leaves no trace.
    """
    cameras = ChosenRows.of(published.cameras, stands(published.cameras))
    kinds = [cameras["device_type"], published.other_devices["device_type"]]
    return ReleaseFacts(
        data_on=info.data_on,
        evidence_on=info.evidence_on,
        code_version=info.code_version,
        input_key=input_key(readings),
        credits=tuple(
            sorted(info.credits, key=lambda credit: (credit.source_id, credit.snapshot_sha256))
        ),
        counts=info.counts,
        withheld_by_country=published.withheld_by_country,
        withheld_elsewhere=published.withheld_elsewhere,
        withheld_by_reason=published.withheld_by_reason,
        operators_withheld=published.operators_withheld,
        values_withheld=published.values_withheld,
        rejected_by_reason=count_words(
            reject.reason
            for reject in chain(superseded, *(reading.rejects for reading in readings))
        ),
        flags=count_flags(published.cameras["flags"]),
        by_country=_counted(cameras["country_code"]),
        by_vendor=_counted(cameras["vendor_id"]),
        by_source=_counted(cameras["source_id"]),
        by_kind=_counted(*kinds),
        accepted_change=accepted_change,
        remarks=tuple(sorted(remarks)),
    )


def _counted(*columns: pd.Series) -> dict[str, int]:
    """Count the texts of columns together as `count_words` does, without looking at each row."""
    counts: Counter[str] = Counter()
    for column in columns:
        counts.update({str(word): int(count) for word, count in column.value_counts().items()})
    # A column of categories tells of those that no row has.
    return dict(sorted((+counts).items()))

"""What a row takes from its snapshot and its source: licence, days, whose inventory it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class Provenance(Protocol):
    """What a row takes from its snapshot and its source; ``model.SourceCredit`` has it."""

    @property
    def license_id(self) -> str:
        """The licence of the rows."""

    @property
    def retrieved_at_utc(self) -> str | None:
        """When the snapshot was collected; None for a local file."""

    @property
    def data_at_utc(self) -> str | None:
        """The data's own time, ISO; None where it is not known."""

    @property
    def publishes_vendor(self) -> bool:
        """Whether the source is its publisher's own inventory, which names makers (rung A)."""


Provenances = Mapping[tuple[str, str], Provenance]
"""By ``source_id`` and ``snapshot_sha256``: one file may be taken in under two licences."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The provenance of rows that are not released yet."""

    license_id: str
    retrieved_at_utc: str | None
    data_at_utc: str | None
    publishes_vendor: bool

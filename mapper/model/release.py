"""What a release says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from mapper.model.enums import Completeness


@dataclass(frozen=True, slots=True)
class SourceCredit:
    """
    A source as the release and the page credit it.

    Attributes
    ----------
    publishes_vendor
        Whether it is the publisher's own inventory, as its description said at the build. A
        release carries it, so that its makers can be concluded again wherever it is read.
    """

    source_id: str
    title: str
    license_id: str
    attribution: str
    url: str
    data_at_utc: str | None
    retrieved_at_utc: str | None
    snapshot_sha256: str
    file_name: str
    completeness: Completeness
    completeness_basis: str
    publishes_vendor: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How the objects read were divided; ``read`` is the sum of the other four."""

    read: int
    cameras: int
    other_devices: int
    withheld: int
    rejected: int

    @property
    def adds_up(self) -> bool:
        """Whether nothing was lost on the way."""
        return self.read == self.cameras + self.other_devices + self.withheld + self.rejected


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """
    A release as the page and the summary show it.

    Attributes
    ----------
    release_id
        ``YYYY-MM-DD.n``.
    data_on
        ISO day of the data.
    code_version
        The version of this package.
    local_titles
        Lists without a stated licence: shown on this machine's map, in no release.
    """

    release_id: str
    data_on: str
    code_version: str
    counts: Counts
    credits: tuple[SourceCredit, ...]
    local_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastRelease:
    """
    What the drop gate asks of the last release of the same input.

    Attributes
    ----------
    cameras
        How many it published.
    by_country, by_vendor
        These by ISO country and by vendor id; rows without one are left out.
    """

    release_id: str
    cameras: int
    by_country: Mapping[str, int]
    by_vendor: Mapping[str, int]

"""What a release says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mapper.model.enums import Completeness

SUPPRESSED: Final = "on the suppression list"
"""The reason of a device that somebody asked to be left out."""


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
    """
    How the objects read were divided.

    Attributes
    ----------
    read
        The sum of the next four and ``not_standing``.
    cameras
        Published rows of cameras that stand, or of which nothing says that they do not.
    not_standing
        Published rows of cameras that are planned or have ended; no other total counts them.
    sites, site_cameras
        Of ``cameras``, the rows that are a place whose cameras the source counts, and how many
        cameras it counts there; such a row is one in ``cameras``.
    """

    read: int
    cameras: int
    other_devices: int
    withheld: int
    rejected: int
    not_standing: int = 0
    sites: int = 0
    site_cameras: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether nothing was lost on the way."""
        published = self.cameras + self.not_standing + self.other_devices
        return self.read == published + self.withheld + self.rejected


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """
    A release as the page and the summary show it.

    Attributes
    ----------
    release_id
        ``YYYY-MM-DD.n``.
    data_on
        ISO day of the cameras.
    code_version
        The version of this package.
    counts, credits
        Of the release alone: its rows, its files and its citation are these.
    local_counts, local_credits
        Of lists that may not be passed on: shown on this machine's map, in no release.
    evidence_on
        ISO day of the evidence registry, which has a date of its own; empty where it has none.
    withheld_by_country
        As the release states it, see `validate.privacy.Published`; None where there is no release.
    """

    release_id: str
    data_on: str
    code_version: str
    counts: Counts
    credits: tuple[SourceCredit, ...]
    local_counts: Counts = Counts(0, 0, 0, 0, 0)
    local_credits: tuple[SourceCredit, ...] = ()
    evidence_on: str = ""
    withheld_by_country: Mapping[str, int] | None = None

    @property
    def local_titles(self) -> tuple[str, ...]:
        """The titles of the lists that are shown on this machine alone."""
        return tuple(credit.title for credit in self.local_credits)

    @property
    def sites(self) -> tuple[int, int]:
        """
        How many rows of all that is shown are sites with several cameras, and their cameras.

        The second number is what the sources count there.
        """
        shown = (self.counts, self.local_counts)
        return sum(part.sites for part in shown), sum(part.site_cameras for part in shown)

    @property
    def told(self) -> Counts:
        """The counts that pages speak of: of the release, or of the lists where none was made."""
        return self.local_counts if self.local_credits and not self.credits else self.counts

    @property
    def dates(self) -> str:
        """Of when the release is, in words: the cameras and the evidence each by its own day."""
        evidence = f", evidence as of {self.evidence_on}" if self.evidence_on else ""
        return f"cameras of {self.data_on}{evidence}"


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


WHOLE = "whole"
"""The group that all cameras are in."""

Groups = Mapping[str, Mapping[str, int]]
"""Kind of group (whole, source, country, kind, vendor) -> its name -> how many."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """
    The middle of several releases of one input.

    Attributes
    ----------
    medians
        As `Groups`, of the releases that say it.
    releases
        How many they are.
    since_id
        The oldest of them.
    """

    medians: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    releases: int = 0
    since_id: str = ""


@dataclass(frozen=True, slots=True)
class LastRelease:
    """
    What the drop gate asks of the last release of the same input.

    Attributes
    ----------
    cameras
        How many it published.
    suppression_entries
        How long its suppression list was.
    by_country, by_vendor, by_source, by_kind
        These by ISO country, vendor id, source id and type of device; rows without one are
        left out. A release of before schema 1.2 does not say the last two.
    earlier
        The middle of the releases up to it, since the last change that was accepted.
    """

    release_id: str
    cameras: int
    by_country: Mapping[str, int]
    by_vendor: Mapping[str, int]
    suppression_entries: int = 0
    by_source: Mapping[str, int] = field(default_factory=dict)
    by_kind: Mapping[str, int] = field(default_factory=dict)
    earlier: Earlier = field(default_factory=Earlier)

    def groups(self) -> Groups:
        """Return its counts by kind of group."""
        return {
            # The whole is a group among the groups, so that one rule of falling numbers serves all
            # of them.
            WHOLE: {WHOLE: self.cameras},
            "source": self.by_source,
            "country": self.by_country,
            "kind": self.by_kind,
            "vendor": self.by_vendor,
        }

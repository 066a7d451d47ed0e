"""What a build did, for the person and for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mapper.model.release import SUPPRESSED, Counts, EvidenceShare
from mapper.settings import Settings

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """
    The closing summary of a build.

    Attributes
    ----------
    is_new
        False where the same bytes were published before.
    counts, with_vendor, vendor_unknown, countries
        Of the release alone; of the lists on this machine where there is no release.
    suppression_entries
        Length of the suppression list; how many objects it left out stands among the reasons.
    evidence
        How far evidence reaches the cameras: the whole, then by country.
    local_cameras
        On the map beside the release, on this machine alone.
    local_withheld
        Withheld from the lists of these.
    dates
        The day of the cameras and that of the evidence, in words.
    context
        Which ground the page draws around the cameras, in words.
    remarks
        What a reader of the data should know.
    """

    release_id: str
    is_new: bool
    data_on: str
    dates: str
    counts: Counts
    with_vendor: int
    vendor_unknown: int
    countries: int
    deployments: int
    evidence: tuple[EvidenceShare, ...]
    suppression_entries: int
    local_cameras: int
    local_withheld: int
    rejected_by_reason: Mapping[str, int]
    withheld_by_reason: Mapping[str, int]
    values_withheld: Mapping[str, Mapping[str, int]]
    context: str
    remarks: tuple[str, ...]
    release_dir: Path | None
    index_path: Path
    site_mb: float

    def text(self) -> str:
        """Write it for a person: what was read, what became of it, where it lies."""
        counts = self.counts
        state = "" if self.is_new else " (the same bytes as before; nothing was added)"
        lines = [
            "",
            f"release {self.release_id}, {self.dates}{state}",
            f"  {counts.read:>9,} objects read",
            f"  {counts.cameras:>9,} {_cameras(counts)} in {_countries(self.countries)}",
            *_beside(counts.not_standing, "planned or ended: published, in no total"),
            f"  {counts.other_devices:>9,} other devices (guards, detectors, sensors)",
            f"  {counts.withheld:>9,} withheld{_reasons(self.withheld_by_reason)}",
            (
                f"  suppression list: {self.suppression_entries:,} entries, "
                f"{self.withheld_by_reason.get(SUPPRESSED, 0):,} objects left out by them"
            ),
            *_values(self.values_withheld),
            f"  {counts.rejected:>9,} rejected{_reasons(self.rejected_by_reason)}",
            f"  {self.with_vendor:>9,} cameras with a vendor, {self.vendor_unknown:,} unknown",
            *_evidence(self.evidence),
            *_beside(self.local_cameras, "more on this machine alone: on the map, in no release"),
            *_beside(self.local_withheld, "withheld from the lists on this machine alone"),
            f"  {self.deployments:>9,} deployments in the evidence registry",
            f"  ground: {self.context}",
            *(f"  note: {remark}" for remark in self.remarks),
            f"  data: {self.release_dir or 'nothing was released'}",
            f"  map:  {self.index_path} ({self.site_mb:.1f} MB)",
            (
                "open the map in a browser, or run `mapper serve`; "
                "`mapper verify` proves the data whole."
            ),
        ]
        return "\n".join(lines)


def as_kept(summary: BuildSummary) -> dict[str, Any]:
    """Return a summary as JSON has it, without the places of this machine."""
    kept = asdict(summary)
    del kept["index_path"]
    return kept | {"release_dir": None, "has_release": summary.release_dir is not None}


def summary_of(kept: Mapping[str, Any], settings: Settings) -> BuildSummary:
    """
    Return the summary of a build that was kept, for a run that added nothing to it.

    Parameters
    ----------
    kept
        As `as_kept` gave it.

    Raises
    ------
    KeyError, TypeError
        If it is none.
    """
    fields = dict(kept)
    has_release = bool(fields.pop("has_release"))
    changed: dict[str, Any] = {
        "is_new": not has_release,
        "counts": Counts(**kept["counts"]),
        "evidence": tuple(EvidenceShare(**share) for share in kept["evidence"]),
        "remarks": tuple(kept["remarks"]),
        # The folder may have been moved, or may be called otherwise today.
        "release_dir": settings.release_root / fields["release_id"] if has_release else None,
        "index_path": settings.site_dir / "index.html",
    }
    return BuildSummary(**{**fields, **changed})


def _cameras(counts: Counts) -> str:
    """Say what the total counts: cameras, or places with more than one."""
    if not counts.sites:
        return "cameras"
    single = counts.cameras - counts.sites
    sites = f"{counts.sites:,} sites, where their sources count {counts.site_cameras:,} cameras"
    return f"rows ({sites})" if not single else f"rows ({single:,} single cameras; {sites})"


def _beside(count: int, what: str) -> list[str]:
    return [f"  {count:>9,} {what}"] if count else []


def _evidence(shares: Sequence[EvidenceShare]) -> list[str]:
    """Say of how many cameras something beside their maker is documented, and where most are."""
    whole, *by_country = shares
    return [
        _reached(whole.with_suppliers, "whose operator's suppliers are documented", by_country, 0),
        _reached(whole.with_systems, "at the place of a documented system", by_country, 1),
    ]


def _reached(count: int, what: str, by_country: Sequence[EvidenceShare], column: int) -> str:
    asked = [((one.with_suppliers, one.with_systems)[column], one) for one in by_country]
    most = sorted((pair for pair in asked if pair[0]), key=lambda pair: -pair[0])[:_SHOWN]
    where = ", ".join(f"{one.country_code} {n:,} of {one.cameras:,}" for n, one in most)
    return f"  {count:>9,} {what}" + (f": {where}" if where else "")


def _countries(number: int) -> str:
    return "1 country" if number == 1 else f"{number} countries"


def _values(withheld: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Say how many single values of published rows were left out, by reason and by key."""
    if not withheld:
        return []
    by_reason: dict[str, dict[str, int]] = {}
    for key, reasons in withheld.items():
        for reason, count in reasons.items():
            by_reason.setdefault(reason, {})[key] = count
    total = sum(count for keys in by_reason.values() for count in keys.values())
    lines = [f"  {total:>9,} single values left blank in published rows"]
    for reason, keys in sorted(by_reason.items()):
        said = ", ".join(f"{key} {count:,}" for key, count in sorted(keys.items()))
        lines.append(f"            {reason}: {said}")
    return lines


def _reasons(reasons: Mapping[str, int]) -> str:
    if not reasons:
        return ""
    return ": " + ", ".join(f"{reason} {count:,}" for reason, count in reasons.items())

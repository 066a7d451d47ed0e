"""
The drop gate: a sudden fall or rise against earlier releases of the same input.

What stands is counted as a whole and by source, country, kind and maker. Each number is held
against the last release, and against the median of the releases before, so that a fall in small
steps is seen like a fall at once. The bounds lie in ``data/release_bounds.csv``, to be reviewed
like any evidence. Whoever knows the reason of a change gives it: it is written into the manifest,
and the medians start anew from that release.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from mapper.model.release import WHOLE, Earlier, LastRelease
from mapper.resolve.standing import standing
from mapper.settings import bundled_root
from mapper.validate.findings import Finding, Material

_LARGEST: Final = 20
BOUNDS_PATH: Final = Path("data") / "release_bounds.csv"


@dataclass(frozen=True, slots=True)
class Bound:
    """
    How much a number may change from one release to the next.

    Attributes
    ----------
    least_share, most_share
        What must be left of it, and what it may grow to, as shares of what it was.
    from_size
        A number that was smaller may change freely.
    largest_from_size
        The same of the 20 largest groups. In a city's release all groups are small, and these are
        what it is made of; of fewer than five, one camera is a fifth.
    """

    least_share: float
    most_share: float
    from_size: int
    largest_from_size: int

    def groups_held(self, sizes: Mapping[str, float]) -> list[tuple[str, float]]:
        """Return the groups that may not change freely, with their sizes, by name."""
        # Of equal size the first by name, so that the same release is held alike every time.
        largest = sorted(sizes, key=lambda name: (-sizes[name], name))[:_LARGEST]
        return [
            (name, size)
            for name, size in sorted(sizes.items())
            if size >= (self.largest_from_size if name in largest else self.from_size)
        ]


@cache
def bounds() -> Mapping[str, Bound]:
    """Read the bounds by kind of group: whole, source, country, kind, vendor."""
    with (bundled_root() / BOUNDS_PATH).open(encoding="utf-8", newline="") as file:
        return {
            row["group"]: Bound(
                float(row["least_share"]),
                float(row["most_share"]),
                int(row["from_size"]),
                int(row["largest_from_size"]),
            )
            for row in csv.DictReader(file)
        }


def drop(material: Material) -> list[Finding]:
    """Compare with earlier releases of the same input; with a reason given, only remark."""
    last = material.previous
    if last is None:
        return []
    now = _counted(material)
    findings = _suppression(last.suppression_entries, len(material.suppression))
    for word, before in last.groups().items():
        findings += _changes(word, before, now[word], last)
    for word, middle in last.earlier.medians.items():
        # A group that fell since the last release is not told a second time for its median.
        told = {finding.text.partition(":")[0] for finding in findings}
        findings += [
            finding
            for finding in _slides(word, middle, now[word], last.earlier)
            if finding.text.partition(":")[0] not in told
        ]
    if material.accept_change:
        return [replace(finding, blocks=False) for finding in findings]
    return findings


def _counted(material: Material) -> dict[str, Mapping[str, int]]:
    # What ended did not fall out of the data; what stands is compared with what stood.
    cameras = standing(material.published.cameras)
    others = material.published.other_devices
    # Guards and sensors too: a kind that turns into another is a change of a rule.
    kinds = pd.concat([cameras["device_type"], others["device_type"]])
    return {
        WHOLE: {WHOLE: len(cameras)},
        "source": _count(cameras["source_id"]),
        "country": _count(cameras["country_code"]),
        "kind": _count(kinds),
        "vendor": _count(cameras["vendor_id"]),
    }


def _count(cells: pd.Series) -> Mapping[str, int]:
    # A column of categories tells of those that no row has.
    return {str(name): int(count) for name, count in cells.value_counts().items() if count}


def _suppression(before: int, now: int) -> list[Finding]:
    """Ask about a list that became shorter: what is lost from it would be published again."""
    # Only the length is known, for the entries are hashes; one exchanged for another is not seen.
    if now >= before:
        return []
    text = f"the suppression list has {now} entries, {before} in the last release"
    return [Finding("drop", text)]


def _changes(
    word: str, before: Mapping[str, int], now: Mapping[str, int], last: LastRelease
) -> Iterator[Finding]:
    """Hold each group against the last release; a group that grows by far is a remark."""
    bound = bounds()[word]
    # Small groups change by chance; there a bound would cry every month until nobody listens.
    for name, count in bound.groups_held(before):
        left = now.get(name, 0)
        is_fall = left < count * bound.least_share
        if is_fall or left > count * bound.most_share:
            change = f"{_change(count, left)} against {count:g} in release {last.release_id}"
            text = f"{_named(word, name)}: {_noun(word, left)}, {change}"
            # Growth of one group is usually news; growth of the whole is usually a doubled input.
            yield Finding("drop", text, blocks=is_fall or word == WHOLE)


def _slides(
    word: str, before: Mapping[str, float], now: Mapping[str, int], earlier: Earlier
) -> Iterator[Finding]:
    """Hold each group against its median, below which it may have slid in small steps."""
    bound = bounds()[word]
    for name, middle in bound.groups_held(before):
        left = now.get(name, 0)
        if left < middle * bound.least_share:
            releases = f"the median of {earlier.releases} releases since {earlier.since_id}"
            change = f"{_change(middle, left)} against {middle:g}, {releases}"
            yield Finding("drop", f"{_named(word, name)}: {_noun(word, left)}, {change}")


def _named(word: str, name: str) -> str:
    return "the whole" if word == WHOLE else f"{word} {name}"


def _noun(word: str, count: int) -> str:
    return f"{count} {'devices' if word == 'kind' else 'cameras'}"


def _change(before: float, now: int) -> str:
    return f"{(now - before) / before:+.0%}" if before else "new"

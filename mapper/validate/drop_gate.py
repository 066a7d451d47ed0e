"""
The drop gate: a sudden fall or rise against the last release of the same input.

The bounds: the whole may fall by a fifth and no more, and not more than double. A country or a
vendor of 30 cameras or more may fall by 15 %; smaller ones change by mapping alone. A rise of a
group is a remark. Whoever knows the reason gives it, and it is written into the manifest.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from mapper.resolve.standing import standing
from mapper.validate.findings import Finding, Material

TOTAL_MIN: Final = 0.80
TOTAL_MAX: Final = 2.00
GROUP_MIN: Final = 0.85
GROUP_MAX: Final = 2.00
GROUP_SIZE: Final = 30


def drop(material: Material) -> list[Finding]:
    """Compare with the last release of the same input; with a reason given, only remark."""
    last = material.previous
    if last is None:
        return []
    # What ended did not fall out of the data; what stands is compared with what stood.
    cameras = standing(material.published.cameras)
    findings = _total(last.cameras, len(cameras), last.release_id)
    findings += _suppression(last.suppression_entries, len(material.suppression))
    for word, before, column in (
        ("country", last.by_country, "country_code"),
        ("vendor", last.by_vendor, "vendor_id"),
    ):
        findings += _groups(word, before, cameras[column], last.release_id)
    if material.accept_change:
        return [replace(finding, blocks=False) for finding in findings]
    return findings


def _suppression(before: int, now: int) -> list[Finding]:
    """Ask about a list that became shorter: what is lost from it would be published again."""
    if now >= before:
        return []
    text = f"the suppression list has {now} entries, {before} in the last release"
    return [Finding("drop", text)]


def _total(before: int, now: int, release_id: str) -> list[Finding]:
    if now < before * TOTAL_MIN or now > before * TOTAL_MAX:
        text = f"{now} cameras, {_change(before, now)} against {before} in release {release_id}"
        return [Finding("drop", text)]
    return []


def _groups(
    word: str, before: Mapping[str, int], cells: pd.Series, release_id: str
) -> list[Finding]:
    after = cells.astype(object).value_counts()
    findings = []
    for name, count in sorted(before.items()):
        if count < GROUP_SIZE:
            continue
        now = int(after.get(name, 0))
        if now < count * GROUP_MIN or now > count * GROUP_MAX:
            change = f"{_change(count, now)} against {count} in release {release_id}"
            text = f"{word} {name}: {now} cameras, {change}"
            findings.append(Finding("drop", text, blocks=now < count))
    return findings


def _change(before: int, now: int) -> str:
    return f"{(now - before) / before:+.0%}" if before else "new"

"""
The privacy gate: looks at what would be published with other eyes than ``withhold``.

It shares no pattern with the rules that left things out, so that a slip in one is caught by the
other. What it finds stops the release.
"""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from mapper.model.columns import CAMERA, ColumnType
from mapper.model.tags import PRIVACY_TAGS, PUBLISHED_TAGS
from mapper.validate.findings import Finding, Mask, Material, by_mask
from mapper.validate.privacy import OBSERVATION_NAMES, camera_ids
from mapper.validate.values_asked import by_value

_IDS: Final = {"camera_id", "pole_id", "source_id", "source_ref", "source_url", "snapshot_sha256"}
_TEXTS: Final = tuple(
    column.name
    for column in CAMERA
    if column.column_type in {ColumnType.TEXT, ColumnType.DAY, ColumnType.INSTANT}
    and column.name not in _IDS
)
NUMERIC: Final = {"direction", "camera:direction", "camera:angle", "directions_as_written"}
CONTACT: Final = {
    "an e-mail address": re.compile(r"\S@\S+\.\w\w"),
    "a web or stream address": re.compile(r"://"),
    "a telephone number": re.compile(r"\+\d(?: ?\d){8}"),
}
LONG_NUMBER: Final = re.compile(r"\b\d{10}")
BELL: Final = re.compile(r"door.?bell|doorphone|^door$", re.IGNORECASE)
HOME_MAKER: Final = re.compile(r"^(ring|nest|arlo|blink|reolink|wyze|eufy)\b", re.IGNORECASE)
_PRIVATE: Final = re.compile(r"\bprivate\b", re.IGNORECASE)
_NOBODY: Final = re.compile(r"individual", re.IGNORECASE)


def privacy(material: Material) -> list[Finding]:
    """Check columns, contact data, homes, operators and the suppression list."""
    findings = []
    for source_id, frame in material.published.observations.items():
        index = camera_ids(source_id, frame)
        findings += _observation_columns(source_id, frame)
        if not findings:
            findings += _contacts(frame, index, PUBLISHED_TAGS) + _homes(frame, index)
        lon_deg, lat_deg = frame["lon_deg"].to_numpy(float), frame["lat_deg"].to_numpy(float)
        listed = np.array(
            material.suppression.leaves_out(source_id, frame["source_ref"], lon_deg, lat_deg),
            dtype=bool,
        )
        findings += by_mask("privacy", "on the suppression list", index, listed)
    for frame in material.frames.values():
        findings += _contacts(frame, frame.index, _TEXTS)
        findings += _operators(frame)
    return findings + _small_counts(material)


def _observation_columns(source_id: str, frame: pd.DataFrame) -> list[Finding]:
    """Only listed columns may be published; the privacy tags are not among them."""
    names = set(frame.columns)
    if names == set(OBSERVATION_NAMES) and names.isdisjoint(PRIVACY_TAGS):
        return []
    odd = sorted(names ^ set(OBSERVATION_NAMES))
    return [Finding("privacy", f"observations of {source_id}: columns {odd}")]


def _contacts(frame: pd.DataFrame, index: pd.Index, names: Sequence[str]) -> list[Finding]:
    """Search texts for contact data; each distinct text once for everything together."""
    findings = []
    for name in names:
        patterns = dict(CONTACT)
        if name not in NUMERIC:
            patterns["a long number"] = LONG_NUMBER
        together = re.compile("|".join(pattern.pattern for pattern in patterns.values()))
        if _search(frame[name], together).any():
            for what, pattern in patterns.items():
                mask = _search(frame[name], pattern)
                findings += by_mask("privacy", f"{name} holds {what}", index, mask)
    return findings


def _homes(frame: pd.DataFrame, index: pd.Index) -> list[Finding]:
    bell = _search(frame["camera:mount"], BELL) | _search(frame["camera:type"], BELL)
    maker = _search(frame["manufacturer"], HOME_MAKER) | _search(frame["brand"], HOME_MAKER)
    nameless = frame[["operator", "operator:wikidata"]].isna().all(axis="columns").to_numpy(bool)
    private = _search(frame["surveillance"], _PRIVATE) & nameless
    return [
        *by_mask("privacy", "a doorbell", index, bell),
        *by_mask("privacy", "made for homes", index, maker),
        *by_mask("privacy", "private ground without an organisation", index, private),
        *by_mask(
            "privacy",
            "operated by a private person",
            index,
            _search(frame["operator:type"], _NOBODY),
        ),
    ]


def _operators(frame: pd.DataFrame) -> list[Finding]:
    """Check that a withheld operator leaves no name and no id."""
    withheld = frame["operator_withheld"].eq(other=True).to_numpy(bool)
    named = (frame["operator_name"].notna() | frame["operator_id"].notna()).to_numpy(bool)
    return by_mask("privacy", "the operator is withheld and named", frame.index, withheld & named)


def _small_counts(material: Material) -> list[Finding]:
    small = {code: n for code, n in material.published.withheld_by_country.items() if n < 10}  # noqa: PLR2004 - k, docs/decisions/0202
    return (
        [Finding("privacy", f"withheld counts that single out: {sorted(small)}")] if small else []
    )


def _search(cells: pd.Series, pattern: re.Pattern[str]) -> Mask:
    return by_value(cells, lambda text: pattern.search(text) is not None)

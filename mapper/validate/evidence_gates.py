"""Gates over what stands behind the rows: evidence, licences, counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from mapper.model.columns import CAMERA, Column, ColumnType
from mapper.resolve.standing import stands
from mapper.validate.findings import Finding, Mask, Material, by_mask
from mapper.validate.observed_tags import camera_ids

LICENSES: Final = frozenset(
    {
        "CC-BY-3.0",
        "CC-BY-3.0-AU",
        "CC-BY-4.0",
        "CC0-1.0",
        "DL-DE-BY-2.0",
        "Licence-Ouverte",
        "ODbL-1.0",
        "OGL-Toronto",
        "OGL-UK-3.0",
        "Public-Domain",
        "etalab-2.0",
    }
)
"""
Licences under which rows may be passed on, each with its notice in ``LICENSES/``.

What is not here stays with the person who fetched it: no licence stated, or a licence that
forbids commercial use (CC BY-NC) or passing on.
"""

CAMERA_VALUES: Final = tuple(
    column for column in CAMERA if column.column_type is not ColumnType.POINT
)
"""The columns whose evidence is asked for; a position is its own."""
_FIELDS_ALWAYS_THERE: Final = frozenset({"source_id", "source_ref"})


def evidence(material: Material) -> list[Finding]:
    """
    Check that each value has something written behind it.

    A value counts as evidenced where one of the keys its rule reads is not empty in the row's
    own observation, or was withheld there. False, `unknown` and an empty list claim nothing.
    """
    findings = []
    observed = _Observed.of(material)
    has_row = np.zeros(len(observed.ids), dtype=bool)
    for name, frame in material.frames.items():
        rows = observed.ids.get_indexer(_as_objects(frame.index))
        # Rows without any observation are told once, and not again for every column.
        lost = rows < 0
        has_row[rows[~lost]] = True
        findings += by_mask("evidence", f"no observation behind a row of {name}", frame.index, lost)
        for column in CAMERA_VALUES:
            # What rests on the source or its reference is evidenced by the row's being there.
            if not _FIELDS_ALWAYS_THERE.isdisjoint(column.keys):
                continue
            claims = _claims(frame[column.name], column)
            if claims.any():
                bare = claims & ~lost & ~observed.is_evidenced(column)[rows]
                text = f"{column.name} has a value, but none of {', '.join(column.keys)} is written"
                findings += by_mask("evidence", text, frame.index, bare)
    return findings + by_mask(
        "evidence", "an observation without a published row", observed.ids, ~has_row
    )


def _as_objects(index: pd.Index) -> pd.Index:
    """Return an index of plain objects: ids of one kind are looked up without being converted."""
    plain: pd.Index = pd.Index(index.to_numpy(dtype=object), dtype=object)
    return plain


@dataclass(frozen=True, slots=True)
class _Observed:
    """
    Which keys are written in which observations of all sources.

    Truths are kept of the cells, since a copy of the whole table would weigh more than all else.

    Attributes
    ----------
    ids
        The ``camera_id`` of each observation.
    is_written
        By key, whether it is written in each observation.
    withheld
        By key, whether its value was left out of each observation.
    """

    ids: pd.Index
    is_written: Mapping[str, Mask]
    withheld: Mapping[str, Mask]

    @classmethod
    def of(cls, material: Material) -> "_Observed":
        """Ask the observations of all sources."""
        tables = material.published.observations
        ids = [camera_ids(source_id, frame) for source_id, frame in tables.items()]
        ends = np.cumsum([0, *map(len, ids)])
        is_written: dict[str, Mask] = {}
        withheld: dict[str, Mask] = {}
        for begin, frame in zip(ends, tables.values(), strict=False):
            rows = slice(begin, begin + len(frame))
            for key, cells in frame.items():
                _mask_of(is_written, str(key), ends[-1])[rows] = cells.notna()
            codes, distinct = pd.factorize(frame["withheld_keys"])
            for code, text in enumerate(distinct):
                for key in str(text).split(";"):
                    _mask_of(withheld, key, ends[-1])[rows] |= codes == code
        together = pd.Index(np.concatenate([[], *ids]), dtype=object)
        return cls(together, is_written, withheld)

    def is_evidenced(self, column: Column) -> Mask:
        """
        Mark the observations in which one of the column's keys is written or was withheld.

        One more follows that is never marked: a row without an observation, -1, finds it.
        """
        keys = {"snapshot_sha256" if key == "snapshot" else key for key in column.keys}
        marked = np.zeros(len(self.ids) + 1, dtype=bool)
        # A withheld value was read: that it may not be shown does not make the conclusion bare.
        for masks in (self.is_written, self.withheld):
            for key in keys & masks.keys():
                marked[:-1] |= masks[key]
        return marked


def _mask_of(masks: dict[str, Mask], key: str, count: int) -> Mask:
    return masks.setdefault(key, np.zeros(count, dtype=bool))


def _claims(cells: pd.Series, column: Column) -> Mask:
    """Mark the cells that say something."""
    there: Mask = cells.notna().to_numpy(bool)
    if column.column_type is ColumnType.TRUTH:
        # False is what a column says where nobody wrote anything.
        return there & cells.eq(other=True).to_numpy(bool)
    if column.column_type is ColumnType.TEXTS:
        return np.fromiter(map(bool, cells), bool, len(cells))
    if column.name == "vendor_rung":
        return there & cells.ne("unknown").to_numpy(bool)
    return there


def licenses(material: Material) -> list[Finding]:
    """Check that each source has a licence that may be passed on, and that its rows carry it."""
    findings = []
    by_source = {credit.source_id: credit for credit in material.credits}
    for source_id, credit in sorted(by_source.items()):
        if credit.license_id not in LICENSES:
            stated = credit.license_id or "none"
            findings.append(
                Finding("licences", f"{source_id} may not be passed on: its licence is {stated}")
            )
        if not credit.attribution:
            findings.append(Finding("licences", f"{source_id} has no attribution"))
    for frame in material.frames.values():
        expected = frame["source_id"].map(
            {key: credit.license_id for key, credit in by_source.items()}
        )
        odd = (frame["license_id"].astype(object) != expected.astype(object)).to_numpy(bool)
        findings += by_mask("licences", "the row's licence is not its source's", frame.index, odd)
    return findings


def counts(material: Material) -> list[Finding]:
    """Check that the objects read are the sum of what became of them, as published."""
    stated, published = material.counts, material.published
    cameras = int(stands(published.cameras).sum())
    ended = len(published.cameras) - cameras
    actual = (cameras, ended, len(published.other_devices), published.withheld)
    findings = []
    if (
        stated.cameras,
        stated.not_standing,
        stated.other_devices,
        stated.withheld,
    ) != actual:
        findings.append(Finding("counts", f"stated {stated}, but published are {actual}"))
    if not stated.adds_up:
        findings.append(
            Finding("counts", f"read {stated.read} is not the sum of its parts: {stated}")
        )
    parts = sum(published.withheld_by_country.values()) + published.withheld_elsewhere
    if (
        parts != published.withheld
        or sum(published.withheld_by_reason.values()) != published.withheld
    ):
        findings.append(
            Finding("counts", "withheld devices do not add up over countries or reasons")
        )
    # An empty release would replace a good one without any bound being broken the first time.
    if not any(actual[:3]):
        findings.append(Finding("counts", "nothing is left to publish"))
    return findings

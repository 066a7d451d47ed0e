"""Gates over what stands behind the rows: evidence, licences, counts."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from mapper.model.columns import CAMERA, Column, ColumnType
from mapper.resolve.standing import standing
from mapper.validate.findings import Finding, Mask, Material, by_mask
from mapper.validate.privacy import camera_ids

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
    observed = _observed(material)
    for name, frame in material.frames.items():
        # Rows without any observation are told once, and not again for every column.
        lost = ~frame.index.isin(observed.index)
        findings += by_mask("evidence", f"no observation behind a row of {name}", frame.index, lost)
        aligned = observed.reindex(frame.index)
        has_value = {str(key): cells.notna().to_numpy(bool) for key, cells in aligned.items()}
        for column in CAMERA_VALUES:
            claims = _claims(frame[column.name], column)
            # What rests on the source or its reference is evidenced by the row's being there.
            if _FIELDS_ALWAYS_THERE.isdisjoint(column.keys) and claims.any():
                bare = claims & ~lost & ~_evidenced(has_value, aligned["withheld_keys"], column)
                text = f"{column.name} has a value, but none of {', '.join(column.keys)} is written"
                findings += by_mask("evidence", text, frame.index, bare)
    published = set(material.published.cameras.index) | set(material.published.other_devices.index)
    extra = ~observed.index.isin(published)
    return findings + by_mask(
        "evidence", "an observation without a published row", observed.index, extra
    )


def _observed(material: Material) -> pd.DataFrame:
    """Gather the observations of all sources, index ``camera_id``."""
    frames = [
        frame.set_axis(camera_ids(source_id, frame), axis="index").astype(object)
        for source_id, frame in material.published.observations.items()
    ]
    return pd.concat(frames) if frames else pd.DataFrame(columns=["withheld_keys"])


def _claims(cells: pd.Series, column: Column) -> Mask:
    """Mark the cells that say something."""
    there: Mask = cells.notna().to_numpy(bool)
    if column.column_type is ColumnType.TRUTH:
        # False is what a column says where nobody wrote anything.
        return there & cells.eq(other=True).to_numpy(bool)
    if column.column_type is ColumnType.TEXTS:
        return np.fromiter((bool(cell) for cell in cells), bool, len(cells))
    if column.name == "vendor_rung":
        return there & cells.ne("unknown").to_numpy(bool)
    return there


def _evidenced(has_value: Mapping[str, Mask], withheld: pd.Series, column: Column) -> Mask:
    """Mark the rows in which one of the column's keys is written or was withheld."""
    keys = ["snapshot_sha256" if key == "snapshot" else key for key in column.keys]
    is_written = np.zeros(len(withheld), dtype=bool)
    for key in keys:
        if key in has_value:
            is_written |= has_value[key]
    some = has_value["withheld_keys"]
    if some.any():
        # A withheld value was read: that it may not be shown does not make the conclusion bare.
        is_written[some] |= [not set(text.split(";")).isdisjoint(keys) for text in withheld[some]]
    return is_written


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
    cameras = len(standing(published.cameras))
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

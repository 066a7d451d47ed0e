"""Why a released value is what it is: the written values, the snapshot, the rule, the date."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from mapper.errors import UsageError
from mapper.model.columns import CAMERA, Column
from mapper.model.release import SourceCredit
from mapper.release.area_outlines import read_outlines
from mapper.release.concluded_again import (
    DECIDED_LATER,
    Recompute,
    concluded_rows,
    credits_of,
    read_dating,
    read_observations,
    read_rows,
    unlike,
    without_neighbours,
)
from mapper.release.manifest import read_manifest

EXPLANATION_VERSION: Final = 1
"""The version of the JSON form."""
_WITHHELD: Final = "withheld: it may name a private person or hold contact data"


@dataclass(frozen=True, slots=True)
class ValueExplained:
    """
    One published value.

    Attributes
    ----------
    values_as_written
        What the observation says under the keys that the rule reads; empty keys are left out.
    withheld_keys
        Keys of the rule that are written in the source and left out of the release.
    remark
        What a reader should know of the value; empty where there is nothing.
    reproduced
        Whether the rule, run again on the published observation, gives the same value; None
        where it was not run or needs the row's neighbours.
    """

    column: str
    value: Any
    unit: str
    rule_id: str
    values_as_written: Mapping[str, Any]
    withheld_keys: tuple[str, ...]
    remark: str
    reproduced: bool | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    Everything a release knows of one device, and how.

    Attributes
    ----------
    edited_on, version
        The publisher's last edit of the object (ISO day, UTC) and its number.
    data_on
        ISO day of the release's data.
    values
        One per column that has a value, in released order, and the withheld ones.
    unknown
        Columns that are empty.
    """

    camera_id: str
    release_id: str
    data_on: str
    code_version: str
    rules_version: str
    credit: SourceCredit
    edited_on: str | None
    version: int | None
    values: tuple[ValueExplained, ...]
    unknown: tuple[str, ...]

    def as_json(self) -> str:
        """Return the explanation as JSON text; ``format_version`` tells its shape."""
        content = asdict(self) | {"format_version": EXPLANATION_VERSION}
        return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)

    def as_text(self) -> str:
        """Lay the explanation out for a reader, one value and its evidence after the other."""
        edit = f"version {self.version}, " if self.version is not None else ""
        edited = f"{edit}edited {self.edited_on or 'on a day not known'}"
        lines = [
            f"{self.camera_id}, release {self.release_id}, data of {self.data_on}",
            f"source    {self.credit.title} ({self.credit.license_id}), {edited}",
            f"snapshot  {self.credit.file_name}, sha256 {self.credit.snapshot_sha256}",
            f"retrieved {self.credit.retrieved_at_utc or 'from a local file'}",
            f"rules     version {self.rules_version}, code {self.code_version}",
            "",
        ]
        for value in self.values:
            lines += _value_lines(value)
        lines += ["", f"not known: {', '.join(self.unknown)}"]
        return "\n".join(lines)


def _value_lines(value: ValueExplained) -> list[str]:
    cells = ", ".join(f"{key}={cell!r}" for key, cell in value.values_as_written.items())
    shown = json.dumps(value.value, ensure_ascii=False)
    lines = [f"{value.column}: {shown}", f"    rule {value.rule_id}, from {cells or 'nothing'}"]
    if value.remark:
        lines.append(f"    {value.remark}")
    if value.reproduced is False:
        lines.append("    NOT REPRODUCED: the rule gives another value today")
    return lines


def explain(folder: Path, camera_id: str, *, recompute: Recompute | None = None) -> Explanation:
    """
    Explain every published value of one camera or other device.

    Parameters
    ----------
    folder
        One release; see ``store.find_release``.
    recompute
        Where given, each rule is run again on the published observation.

    Raises
    ------
    UsageError
        If the release has no such row.
    """
    manifest = read_manifest(folder)
    rows = read_rows(folder, camera_id)
    if camera_id not in rows:
        msg = f"{camera_id!r} is not in release {manifest['release_id']}."
        step = (
            "Ids look like osm:node/123. Private homes are left out of every release, and so are "
            "lists that may not be passed on: they are on this machine's map alone."
        )
        raise UsageError(msg, next_step=step)
    row = rows[camera_id]
    observations = read_observations(folder, row["source_id"], row["source_ref"])
    # NaN and None both stand for missing in pandas; a reader is shown one.
    cells = observations.astype(object).where(observations.notna(), None).iloc[0]
    observed = {str(name): cell for name, cell in cells.items()}
    by_snapshot = credits_of(manifest)
    again = None
    if recompute is not None:
        # The day of a node is interpolated between all others of its source.
        dating = read_dating(folder, row["source_id"])
        by_source = {row["source_id"]: observations}
        concluded = recompute(by_source, by_snapshot, dating, read_outlines(folder))
        again = concluded_rows(concluded)[camera_id]
    shown = [column for column in CAMERA if _has_something_to_say(row, column)]
    return Explanation(
        camera_id=camera_id,
        release_id=manifest["release_id"],
        data_on=manifest["data_on"],
        code_version=manifest["code_version"],
        rules_version=manifest["rules_version"],
        credit=by_snapshot[row["source_id"], observed["snapshot_sha256"]],
        edited_on=observed["edited_on"],
        version=observed["version"],
        values=tuple(_explain_value(column, row, observed, again) for column in shown),
        unknown=tuple(column.name for column in CAMERA if column not in shown),
    )


def _has_something_to_say(row: Mapping[str, Any], column: Column) -> bool:
    if column.name == "operator_name" and row["operator_withheld"]:
        return True
    return row[column.name] is not None and row[column.name] != []


def _explain_value(
    column: Column,
    row: Mapping[str, Any],
    observed: Mapping[str, Any],
    again: Mapping[str, Any] | None,
) -> ValueExplained:
    # Columns name what they read in the words of the method page; the table calls the snapshot by
    # its hash.
    keys = dict.fromkeys("snapshot_sha256" if key == "snapshot" else key for key in column.keys)
    left_out = frozenset((observed["withheld_keys"] or "").split(";")) - {""}
    # Which source it is decides some rules, and is no column of the observations.
    here = {"source_id": row["source_id"]} | dict(observed)
    return ValueExplained(
        column=column.name,
        value=row[column.name],
        unit=column.unit,
        rule_id=column.rule_id,
        values_as_written={key: here[key] for key in keys if here[key] is not None},
        withheld_keys=tuple(key for key in keys if key in left_out),
        remark=_WITHHELD if any(key in left_out for key in keys) else "",
        reproduced=_reproduced(column, row, again, left_out),
    )


def _reproduced(
    column: Column,
    row: Mapping[str, Any],
    again: Mapping[str, Any] | None,
    left_out: frozenset[str],
) -> bool | None:
    """Say whether the rule gives the value again; None where it cannot be asked."""
    # A pole is told by its neighbours, and only this row was concluded again.
    if again is None or column.name == "pole_id" or column.name in DECIDED_LATER:
        return None
    if not left_out.isdisjoint(column.keys):
        return None
    return not unlike(column, without_neighbours(row), without_neighbours(again), left_out)

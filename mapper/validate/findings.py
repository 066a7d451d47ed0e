"""What a gate says, and the material that every gate looks at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapper.model.release import Counts, LastRelease, SourceCredit
from mapper.validate.privacy import Published
from mapper.validate.suppression import Suppression

Mask = npt.NDArray[np.bool_]
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One thing that is wrong.

    Attributes
    ----------
    gate
        Which gate says so.
    text
        What is wrong, in one sentence.
    rows
        How many rows.
    examples
        A few camera ids.
    blocks
        Whether it stops the release; else it is a remark.
    """

    gate: str
    text: str
    rows: int = 0
    examples: tuple[str, ...] = ()
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Material:
    """
    Everything the gates look at.

    Attributes
    ----------
    previous
        The last release of the same input; None where there is none.
    accept_change
        The user's reason to publish in spite of the drop gate; empty refuses.
    """

    published: Published
    credits: tuple[SourceCredit, ...]
    counts: Counts
    suppression: Suppression
    previous: LastRelease | None = None
    accept_change: str = ""

    @property
    def frames(self) -> Mapping[str, gpd.GeoDataFrame]:
        """The two device frames by name."""
        return {
            "cameras": self.published.cameras,
            "other_devices": self.published.other_devices,
        }

    @property
    def row_count(self) -> int:
        """How many rows the gates look at."""
        return sum(map(len, self.frames.values()))


def by_mask(gate: str, text: str, index: pd.Index, mask: Mask) -> list[Finding]:
    """Make a finding of the rows that a mask marks; none where it marks none."""
    # A few ids lead whoever looks into it to the rows; thousands would hide the other findings.
    ids = index[mask]
    if not len(ids):
        return []
    return [Finding(gate, text, len(ids), tuple(str(name) for name in ids[:_SHOWN]))]


def report_text(findings: Iterable[Finding]) -> str:
    """Lay out findings for a reader: the blocking ones first."""
    lines = []
    for finding in sorted(findings, key=lambda each: (not each.blocks, each.gate, each.text)):
        mark = "BLOCKED" if finding.blocks else "remark"
        rows = f" ({finding.rows} rows)" if finding.rows else ""
        lines.append(f"{mark}  {finding.gate}: {finding.text}{rows}")
        if finding.examples:
            lines.append(f"         for example {', '.join(finding.examples)}")
    return "\n".join(lines) + ("\n" if lines else "")

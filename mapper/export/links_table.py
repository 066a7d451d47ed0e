"""
``links_<source>`` and ``bridge``: which rows of two layers are probably one camera.

A table of links is made by comparing positions of OpenStreetMap with a list, and refers to both.
It therefore stands under the licence that OpenStreetMap asks for what is made of it, and the list
is credited beside it; docs/method-links.md says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from mapper.export.csv_text import guarded
from mapper.model.release import ReleaseInfo
from mapper.release.manifest import WrittenFile
from mapper.resolve.bridge import BRIDGE_COLUMNS
from mapper.resolve.links import LINK_COLUMNS

LICENSE_ID: Final = "ODbL-1.0"
BRIDGE: Final = "bridge"
"""The stem of the bridge's files."""

LINK_MEANINGS: Final = (
    ("official_id", "text", "`camera_id` in the list's layer."),
    ("osm_id", "text", "`camera_id` in `cameras_osm`."),
    ("distance_m", "number", "Metres between the two published positions."),
    ("score", "number", "0 to 1: the pair's share of the odds of all pairings of its two ends."),
    ("certainty", "text", "`sure`, or `one of several`."),
    ("reason", "text", "What speaks for and against the pair, in words."),
)
"""The columns of ``links_<source>``: name, type, meaning."""
BRIDGE_MEANINGS: Final = (
    ("site_id", "text", "One camera that several sources describe; kept from build to build."),
    ("member_id", "text", "A `camera_id` that belongs or belonged to it."),
    ("first_build", "text", "The release in which the member joined."),
    ("last_build", "text", "The last release in which it belonged; empty while it does."),
    ("replaced_by", "text", "The site that took an ended one's place; empty if there is none."),
)
"""The columns of ``bridge``: name, type, meaning."""
_NUMBERS: Final = frozenset({"distance_m", "score"})


@dataclass(frozen=True, slots=True, eq=False)
class LinkTables:
    """
    The links of a release.

    Attributes
    ----------
    by_source
        By the ``source_id`` of each list: columns ``LINK_COLUMNS``; empty where none was found.
    bridge
        Columns ``BRIDGE_COLUMNS``.
    """

    by_source: Mapping[str, pd.DataFrame]
    bridge: pd.DataFrame


def name_of(source_id: str) -> str:
    """Return the stem of the files that hold a list's links."""
    return f"links_{source_id}"


def write(tables: LinkTables, stage_dir: Path, info: ReleaseInfo) -> list[WrittenFile]:
    """
    Write the links of each list and the bridge, each as Parquet and as CSV.

    Parameters
    ----------
    stage_dir
        The folder of the release in the making.
    info
        Whose credits are named in the files.
    """
    files = []
    for source_id, links in sorted(tables.by_source.items()):
        table = _arrow(links, LINK_COLUMNS)
        files += _write(table, name_of(source_id), stage_dir, _credit(info, [source_id]))
    table = _arrow(tables.bridge, BRIDGE_COLUMNS)
    return files + _write(table, BRIDGE, stage_dir, _credit(info, sorted(tables.by_source)))


def attribution_lines(tables: LinkTables, info: ReleaseInfo) -> list[str]:
    """Say under which licence the files stand and whom to name, for ``ATTRIBUTION.txt``."""
    lines = []
    for source_id in sorted(tables.by_source):
        lines += _said(name_of(source_id), _credit(info, [source_id]))
    return lines + _said(BRIDGE, _credit(info, sorted(tables.by_source)))


def _said(name: str, attribution: str) -> list[str]:
    return [f"{name}.*", f"  licence      {LICENSE_ID}", f"  attribution  {attribution}", ""]


def _credit(info: ReleaseInfo, source_ids: list[str]) -> str:
    """Name OpenStreetMap's contributors and the lists that were compared with it, each once."""
    attributions = {credit.source_id: credit.attribution for credit in info.credits}
    named = [attributions[source_id] for source_id in ("osm", *source_ids)]
    return "; ".join(dict.fromkeys(named))


def _arrow(frame: pd.DataFrame, names: tuple[str, ...]) -> pa.Table:
    arrays = [
        pa.array(
            frame[name].astype(object),
            type=pa.float64() if name in _NUMBERS else pa.string(),
            from_pandas=True,
        )
        for name in names
    ]
    return pa.table(arrays, names=list(names))


def _write(table: pa.Table, name: str, stage_dir: Path, attribution: str) -> list[WrittenFile]:
    described = table.replace_schema_metadata({"license": LICENSE_ID, "attribution": attribution})
    pq.write_table(
        described, stage_dir / f"{name}.parquet", compression="zstd", write_page_checksum=True
    )
    pyarrow.csv.write_csv(guarded(table), stage_dir / f"{name}.csv")
    return [
        WrittenFile(f"{name}.{suffix}", suffix, LICENSE_ID, name, len(table))
        for suffix in ("parquet", "csv")
    ]

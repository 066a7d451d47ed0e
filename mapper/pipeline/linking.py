"""Links between OpenStreetMap and the lists of a build: made, carried on, kept, and told."""

import csv
import io
import json
import shutil
from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from mapper.clean.file_digests import sha256_of
from mapper.errors import UsageError, VerificationError
from mapper.export.formula_guard import guard
from mapper.export.links_table import BRIDGE, LinkTables, name_of
from mapper.release.concluded_again import read_table
from mapper.release.manifest import read_manifest
from mapper.release.storage import storage_errors
from mapper.release.store import find_release, latest_id, next_id, release_ids
from mapper.resolve.bridge import LastBridge, bridge
from mapper.resolve.links import LINK_COLUMNS, links
from mapper.resolve.standing import stands
from mapper.settings import Settings
from mapper.sources import osm
from mapper.validate.suppression import Suppression

Links = Mapping[str, pd.DataFrame]
"""By the ``source_id`` of a list: its links with OpenStreetMap, columns ``LINK_COLUMNS``."""

_LINKED_COLUMNS = ["directions_deg", "device_type", "vendor_id", "geometry"]
_PREFIX, _SUFFIX = name_of(""), ".parquet"


@dataclass(frozen=True, slots=True)
class BuildFacts:
    """What the bridge asks of a build: its data date, its input, what it may not name."""

    data_on: str
    input_key: str
    withheld_ids: Container[str]
    suppression: Suppression


def links_of(lists: gpd.GeoDataFrame, mapped: gpd.GeoDataFrame) -> dict[str, pd.DataFrame]:
    """
    Link what stands of each list with OpenStreetMap.

    A camera that was taken down is published with its end, but not linked: its post may hold
    another.

    Parameters
    ----------
    lists
        Cameras; those of OpenStreetMap among them are passed over.
    mapped
        Cameras; only those of OpenStreetMap are looked at.

    Returns
    -------
    dict
        As ``Links``; nothing where one side is missing.
    """
    # Most builds have no list, and their cameras need not be copied to find that out.
    list_ids = sorted(set(lists["source_id"].unique()) - {osm.INFO.source_id})
    of_osm = _standing_of(mapped, osm.INFO.source_id) if list_ids else mapped[:0]
    if of_osm.empty:
        return {}
    devices = of_osm[_LINKED_COLUMNS].sort_index()
    each = {source_id: _standing_of(lists, source_id) for source_id in list_ids}
    return {source_id: links(own, devices) for source_id, own in each.items() if len(own)}


def _standing_of(cameras: gpd.GeoDataFrame, source_id: str) -> gpd.GeoDataFrame:
    rows: gpd.GeoDataFrame = cameras[
        stands(cameras) & (cameras["source_id"] == source_id).to_numpy(bool)
    ]
    return rows


def released_links(
    links_by_source: Links, build: BuildFacts, settings: Settings
) -> LinkTables | None:
    """
    Return the links of a release with their bridge; None where there is no list beside OSM.

    The bridge goes on from the last release of the same input whose data are not newer; where
    there is none, from the last one that has one of the lists.

    Raises
    ------
    VerificationError
        If the bridge of that release is damaged.
    """
    if not links_by_source:
        return None
    last = _last_bridge(settings.release_root, links_by_source.keys(), build)
    pairs = [
        (str(one), str(other))
        for frame in links_by_source.values()
        for one, other in zip(frame["official_id"], frame["osm_id"], strict=True)
    ]
    members = [] if last is None else list(dict.fromkeys(last.rows["member_id"].tolist()))
    forgotten = {member for member in members if _must_not_be_named(str(member), build)}
    build_id = next_id(settings.release_root, build.data_on)
    return LinkTables(links_by_source, bridge(pairs, last, build_id, forgotten=forgotten))


def _must_not_be_named(member: str, build: BuildFacts) -> bool:
    source_id, _, ref = member.partition(":")
    return member in build.withheld_ids or any(build.suppression.suppressed(source_id, [ref]))


def _last_bridge(root: Path, lists: Container[str], build: BuildFacts) -> LastBridge | None:
    """Find the bridge to go on from, and leave out the members of sources that are not here."""
    related = None
    for release_id in reversed(release_ids(root)):
        # A build of older data must not take over ids that only a later day made.
        if release_id.rpartition(".")[0] > build.data_on:
            continue
        manifest = read_manifest(root / release_id)
        digests = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
        if f"{BRIDGE}{_SUFFIX}" not in digests:
            continue
        if manifest["input_key"] == build.input_key:
            return _read_bridge(root / release_id, digests, lists)
        if related is None and any(one["source_id"] in lists for one in manifest["sources"]):
            related = (root / release_id, digests)
    return None if related is None else _read_bridge(*related, lists)


def _read_bridge(folder: Path, digests: Mapping[str, str], lists: Container[str]) -> LastBridge:
    path = folder / f"{BRIDGE}{_SUFFIX}"
    if not path.is_file() or sha256_of(path) != digests[path.name]:
        msg = f"{path.name} of release {folder.name} is damaged; the ids of links rest on it."
        step = f"Run mapper verify on {folder.name}; fetch it again, or move the folder away."
        raise VerificationError(msg, next_step=step)
    rows = pd.DataFrame(read_table(path).to_pydict(), dtype=object)
    source_ids = [str(member).partition(":")[0] for member in rows["member_id"]]
    here = [source_id == osm.INFO.source_id or source_id in lists for source_id in source_ids]
    # By .loc: an empty list in plain brackets would choose no columns in place of no rows.
    return LastBridge(folder.name, rows.loc[here])


def keep_local(links_by_source: Links, settings: Settings) -> None:
    """
    Keep the links of lists without a licence beside the releases, on this machine alone.

    What an earlier build kept there goes.
    """
    folder = _local_dir(settings.out_dir)
    with storage_errors(folder):
        if folder.exists():
            shutil.rmtree(folder)
        if not links_by_source:
            return
        folder.mkdir(parents=True)
        for source_id, frame in sorted(links_by_source.items()):
            frame.to_parquet(folder / f"{name_of(source_id)}{_SUFFIX}", index=False)


def _local_dir(out_dir: Path) -> Path:
    return out_dir / "local"


def told(out_dir: Path, *, source_id: str | None, as_json: bool) -> str:
    """
    List the links of the latest release, and those that are kept on this machine alone.

    Parameters
    ----------
    source_id
        Only the links of this list.
    as_json
        A list of objects with ``source_id``, ``is_local`` and ``LINK_COLUMNS``; else CSV of the
        same columns.

    Raises
    ------
    UsageError
        If nothing was built, or the list is not among what was.
    """
    rows: list[dict[str, Any]] = []
    linked_sources = set()
    for folder, is_local in _folders(out_dir):
        for path in sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}")):
            linked_source = path.name.removeprefix(_PREFIX).removesuffix(_SUFFIX)
            linked_sources.add(linked_source)
            if source_id in {None, linked_source}:
                rows += [
                    {"source_id": linked_source, "is_local": is_local} | row
                    for row in read_table(path).to_pylist()
                ]
    if source_id is not None and source_id not in linked_sources:
        msg = f"{source_id!r} was not linked in {out_dir}"
        there = (
            ", ".join(sorted(linked_sources)) or "none; build OpenStreetMap together with a list"
        )
        raise UsageError(msg, next_step=f"the lists that were: {there}.")
    if as_json:
        return json.dumps(rows, ensure_ascii=False, indent=2)
    text = io.StringIO()
    writer = csv.DictWriter(text, ["source_id", "is_local", *LINK_COLUMNS], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue().rstrip("\n")


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return guard(value) if isinstance(value, str) else value


def _folders(out_dir: Path) -> list[tuple[Path, bool]]:
    """Return the folders that may hold links, and whether what lies there is local."""
    local = _local_dir(out_dir)
    # Lists that may not be passed on make a map and no release, and are linked all the same.
    is_built = local.is_dir() or Settings(out_dir=out_dir).local_root.is_dir()
    if is_built and latest_id(out_dir / "release") is None:
        return [(local, True)]
    return [(find_release(out_dir), False), (local, True)]

"""Same inputs, same bytes: whatever the hash seed, time zone, locale, folder and order."""

import json
import random
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from mapper.pipeline.last_build import NOTE_NAME
from mapper.settings import PAGE_STORE_VARIABLE
from tests.cli.command import ROOT, Door, Told, run

TOWN = ROOT / "tests" / "fixtures" / "town" / "town.osm.json"
RELEASE = "2025-06-01.1"
# The snapshot's own hash stands in these, and in what is derived from them.
WITH_SNAPSHOT = {
    *("observations_osm.parquet", "datapackage.json", "manifest.json", "SHA256SUMS"),
}
# Pages that another build kept would prove nothing: each is made here.
CLEAN: Any = {PAGE_STORE_VARIABLE: ""}


@pytest.fixture(scope="module")
def town(door: Door, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the town once; give the folder."""
    place = tmp_path_factory.mktemp("town")
    shutil.copy(TOWN, place / TOWN.name)
    require_done(door.run("build", "-q", TOWN.name, cwd=place, **CLEAN))
    return place


def require_done(told: Told) -> None:
    """Hold a build to its exit code."""
    assert told.code == 0, told


def bytes_below(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(one: Path, other: Path) -> set[str]:
    """Name the files that differ; both folders hold the same names."""
    ours, theirs = bytes_below(one), bytes_below(other)
    assert ours.keys() == theirs.keys()
    return {name for name, body in ours.items() if theirs[name] != body}


def test_neither_seed_nor_zone_nor_locale_nor_folder_leaves_a_trace(
    town: Path, tmp_path: Path
) -> None:
    place = tmp_path / "another folder"
    place.mkdir()
    shutil.copy(TOWN, place / TOWN.name)
    told = run(
        "build", "-q", TOWN.name, "--out", "../elsewhere", cwd=place,
        PYTHONHASHSEED="20260301", TZ="Asia/Kathmandu", LC_ALL="C", PYTHONUTF8="0", **CLEAN,
    )  # fmt: skip
    require_done(told)
    assert differing(town / "build", tmp_path / "elsewhere") == set()
    # Nothing of the machine either: neither its folders nor the time of the build.
    for name, body in bytes_below(tmp_path / "elsewhere").items():
        assert str(tmp_path).encode() not in body, name


def test_the_order_of_the_elements_shows_only_in_the_hash_of_the_file(
    town: Path, door: Door, tmp_path: Path
) -> None:
    document = json.loads(TOWN.read_text("utf-8"))
    random.Random(20260301).shuffle(  # noqa: S311 - an order, not a secret
        document["elements"]
    )
    (tmp_path / TOWN.name).write_text(json.dumps(document), "utf-8")
    require_done(door.run("build", "-q", TOWN.name, cwd=tmp_path))
    ours, theirs = town / "build", tmp_path / "build"
    assert differing(ours / "release" / RELEASE, theirs / "release" / RELEASE) == WITH_SNAPSHOT
    assert observations(ours) == observations(theirs)
    written = dict(zip(hashes(ours), hashes(theirs), strict=True))
    for name in differing(ours / "site", theirs / "site"):
        text = (ours / "site" / name).read_text("utf-8")
        for our_hash, their_hash in written.items():
            text = text.replace(our_hash, their_hash)
        assert text == (theirs / "site" / name).read_text("utf-8"), name


def test_the_same_input_again_adds_no_release(town: Path, door: Door) -> None:
    # Without the note of the last build everything is made again.
    (town / "build" / NOTE_NAME).unlink()
    told = door.run("build", TOWN.name, cwd=town)
    require_done(told)
    assert "the same bytes as before" in told.stderr
    assert [path.name for path in (town / "build" / "release").glob("2*")] == [RELEASE]


def observations(build: Path) -> list[dict[str, Any]]:
    """Return the released evidence without the hash of the snapshot."""
    table = pq.read_table(build / "release" / RELEASE / "observations_osm.parquet")
    return list(table.drop_columns(["snapshot_sha256"]).to_pylist())


def hashes(build: Path) -> list[str]:
    """Return the hash of the snapshot, and of the files that rest on it."""
    manifest = json.loads((build / "release" / RELEASE / "manifest.json").read_text("utf-8"))
    (snapshot,) = manifest["sources"]
    of_files = [one["sha256"] for one in manifest["files"] if one["path"] in WITH_SNAPSHOT]
    return [snapshot["snapshot_sha256"], *of_files]

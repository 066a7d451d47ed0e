"""
Objects of the world give one release, whichever way they come.

That all 192,514 are read alike from both files is shown in ``test_osm_readers``; what is made of
a reading is shown here, of every 38th of them.
"""

import gzip
import json
import warnings
from pathlib import Path
from typing import Any

import osmium
import pyarrow.parquet as pq
import pytest

from tests.cli.command import run

WORLD = Path(__file__).parents[3] / "shared" / "real" / "osm_world_202511"
DAY = "2025-11-15"
RELEASE = f"{DAY}.1"
EVERY = 38
COUNT = 5_067
# Equal but for the hash of the snapshot, and what is made of it.
WITH_SNAPSHOT = {"observations_osm.parquet", "manifest.json", "datapackage.json", "SHA256SUMS"}

pytestmark = [pytest.mark.real, pytest.mark.filterwarnings("default:real data")]


def test_the_pbf_and_the_overpass_answer_make_equal_releases(tmp_path: Path) -> None:
    inputs = {"pbf": WORLD / "dev.osm.pbf", "answer": WORLD / "overpass_dev.json.gz"}
    if not all(path.exists() for path in inputs.values()):
        warnings.warn("real data: the world's files are not there; nothing tested", stacklevel=1)
        return
    for name, path in cut(inputs, tmp_path).items():
        told = run(
            "build", str(path), "-q", "--as-of", DAY, "--no-streets", "--out", name,
            cwd=tmp_path, timeout_s=600,
        )  # fmt: skip
        assert told.code == 0, told
    pbf, answer = (tmp_path / name / "release" / RELEASE for name in inputs)
    names = sorted(path.relative_to(pbf).as_posix() for path in pbf.rglob("*") if path.is_file())
    assert names == sorted(
        path.relative_to(answer).as_posix() for path in answer.rglob("*") if path.is_file()
    )
    differ = {name for name in names if (pbf / name).read_bytes() != (answer / name).read_bytes()}
    assert differ == WITH_SNAPSHOT
    assert observations(pbf).equals(observations(answer))
    assert counts(pbf) == counts(answer)
    assert counts(pbf)["read"] == COUNT
    told = run("verify", "pbf", "--deep", cwd=tmp_path, timeout_s=600)
    assert told.code == 0, told
    assert "is whole" in told.stdout


def cut(inputs: dict[str, Path], folder: Path) -> dict[str, Path]:
    """Write every 38th object of both files, the same ones, and return where."""
    answer = json.loads(gzip.decompress(inputs["answer"].read_bytes()))
    answer["elements"] = answer["elements"][::EVERY]
    taken = {element["id"] for element in answer["elements"]}
    cuts = {"pbf": folder / "cut.osm.pbf", "answer": folder / "cut.json.gz"}
    cuts["answer"].write_bytes(gzip.compress(json.dumps(answer).encode(), 1))
    with osmium.SimpleWriter(cuts["pbf"]) as writer:
        for node in osmium.FileProcessor(inputs["pbf"]):
            if node.id in taken:
                writer.add(node)
    return cuts


def observations(release: Path) -> Any:  # noqa: ANN401 - pyarrow publishes no types
    """Read the released evidence without the hash of the snapshot and the time of retrieval."""
    table = pq.read_table(release / "observations_osm.parquet")
    gone = {"snapshot_sha256", "retrieved_at_utc"} & set(table.column_names)
    return table.drop_columns(sorted(gone))


def counts(release: Path) -> dict[str, int]:
    """Return the counts of the manifest."""
    manifest = json.loads((release / "manifest.json").read_text("utf-8"))
    found: dict[str, int] = manifest["counts"]
    return found

"""Same rows, same bytes: under any hash seed, time zone, row order, and day of the clock."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = """
import random, sys
from pathlib import Path
from tests.release.small_release import release, tags_of_twenty, twenty
rows = twenty()
for number in (3, 4):
    rows[number]["geometry"] = rows[5]["geometry"]
random.Random(int(sys.argv[2])).shuffle(rows)
print(release(Path(sys.argv[1]), rows, tags_of_twenty()).folder)
"""


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def build(out_dir: Path, order: int, **environment: str) -> dict[str, str]:
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", BUILD, str(out_dir), str(order)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return digests(Path(done.stdout.strip()))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return build(tmp_path_factory.mktemp("first"), 1, PYTHONHASHSEED="1", TZ="UTC")


@pytest.mark.parametrize(
    ("order", "environment"),
    [
        (2, {"PYTHONHASHSEED": "1", "TZ": "UTC"}),
        (1, {"PYTHONHASHSEED": "77", "TZ": "UTC"}),
        (3, {"PYTHONHASHSEED": "5", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}),
    ],
    ids=["order", "hash seed", "everything"],
)
def test_the_same_rows_give_the_same_bytes(
    tmp_path: Path, first: dict[str, str], order: int, environment: dict[str, str]
) -> None:
    assert build(tmp_path, order, **environment) == first
    assert "cameras_osm.gpkg" in first

"""Counts of a release by cell and country: the same cameras, and nobody can be told from them."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from mapper.errors import SourceChangedError, StorageError
from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.release.camera_frames import load_cameras
from mapper.settings import Settings
from mapper.upkeep.world_counts import count_release
from mapper.website.mapped_world import read_mapped_world, world_beside

TOWN = Path(__file__).parents[1] / "fixtures" / "town" / "town.osm.json"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out_dir = tmp_path_factory.mktemp("town")
    build([str(TOWN)], settings=Settings(out_dir=out_dir), progress=NoProgress())
    return out_dir


def _sum_by(path: Path, column: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            counts[row[column]] += int(row["cameras"])
    return counts


def test_the_counts_are_those_of_the_release(built: Path, tmp_path: Path) -> None:
    said = count_release(built, tmp_path)

    cameras = load_cameras(built)
    stand = cameras[cameras["lifecycle"].isin(["in_use", "unknown"])]
    world = read_mapped_world(tmp_path)
    assert world.whole.cameras == len(stand) == 59
    assert f"{len(stand)} cameras" in said
    assert world.whole.by_kind == Counter(stand["device_type"].astype(str))
    for name in ("cells_z9.csv", "countries.csv"):
        assert _sum_by(tmp_path / name, "device_type") == world.whole.by_kind


def test_an_unconfirmed_maker_is_counted_as_not_known(built: Path, tmp_path: Path) -> None:
    count_release(built, tmp_path)

    cameras = load_cameras(built)
    sure = cameras[cameras["vendor_rung"].isin(["A", "B"])]
    unsure = cameras[cameras["vendor_rung"] == "C"]
    world = read_mapped_world(tmp_path)
    assert len(unsure) > 0
    assert world.whole.named == len(sure)


def test_what_is_kept_by_hand_is_not_written_over(built: Path, tmp_path: Path) -> None:
    (tmp_path / "holes.csv").write_text(
        "west_deg,south_deg,east_deg,north_deg,why\n5,45,11,48,Exland was not asked for\n", "utf-8"
    )

    count_release(built, tmp_path)

    (hole,) = read_mapped_world(tmp_path).holes
    assert hole.box_deg == (5.0, 45.0, 11.0, 48.0)
    assert hole.why == "Exland was not asked for"


def test_the_same_release_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    count_release(built, tmp_path / "a")
    count_release(built, tmp_path / "b")

    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_counts_that_do_not_add_up_are_refused(built: Path, tmp_path: Path) -> None:
    count_release(built, tmp_path)
    about = json.loads((tmp_path / "about.json").read_text("utf-8"))
    (tmp_path / "about.json").write_text(json.dumps({**about, "cameras": 58}), "utf-8")

    with pytest.raises(SourceChangedError, match="add up to 58, 59"):
        read_mapped_world(tmp_path)


def test_counts_that_are_not_there_are_said(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"about\.json"):
        read_mapped_world(tmp_path)


def test_a_release_of_the_world_needs_no_world_beside_it() -> None:
    folder = Settings().overview_dir
    world = read_mapped_world(folder)

    assert world.whole.cameras == 228_270
    assert world_beside(223, folder) == world
    assert world_beside(188_046, folder) is None


def test_every_maker_of_the_bundled_counts_has_a_page() -> None:
    registry = Settings().registry_dir / "organisations.csv"
    with registry.open(encoding="utf-8", newline="") as file:
        known = {row["org_id"] for row in csv.DictReader(file)}

    makers = {
        maker for maker, _ in read_mapped_world(Settings().overview_dir).whole.ranked_makers()
    }
    assert makers <= known

"""The coast a build takes along: near what the page shows, or all of it."""

import json
from pathlib import Path

import numpy as np

from mapper.settings import Settings
from mapper.website.map.coast_cells import Nearness, write_coast
from mapper.website.map.coast_nearness import coast_near
from tests.website.frames import camera, frame
from tests.website.unpack import read_payload, unzipped

FOLDER = Settings().boundaries_dir


def _point(lon_deg: float, lat_deg: float, reach: float) -> Nearness:
    return Nearness(np.array([lon_deg]), np.array([lat_deg]), reach)


def _files(site: Path) -> set[str]:
    return {path.stem for path in (site / "data" / "coast").iterdir()} - {"index"}


def test_a_city_takes_the_cells_around_it_and_says_which_are_left_out(tmp_path: Path) -> None:
    # Helsinki: column 36 (22.5 to 28.1 degrees east), row 18.
    count = write_coast(tmp_path, FOLDER, [_point(24.95, 60.17, 0.5)])
    assert _files(tmp_path) == {"6-35-18", "6-36-18", "6-35-19", "6-36-19"}
    assert count == 4
    marks = read_payload(tmp_path, "coast/index")["cells"]
    assert marks[18][36] == "f"
    # Hong Kong's cell has a coast, which this page does not have.
    assert marks[27][52] == "-"
    # What is all land or all sea needs no file.
    assert "l" in "".join(marks)


def test_every_cell_named_in_the_index_is_there_and_holds_rings(tmp_path: Path) -> None:
    write_coast(tmp_path, FOLDER, [_point(114.17, 22.3, 0.5), _point(-179.9, 52.0, 0.5)])
    marks = read_payload(tmp_path, "coast/index")["cells"]
    named = {f"6-{x}-{y}" for y, row in enumerate(marks) for x, m in enumerate(row) if m == "f"}
    assert named == _files(tmp_path)
    # The Aleutians lie on both sides of the antimeridian.
    assert {name.split("-")[1] for name in named} >= {"0", "63"}
    for name in named:
        body = json.loads(unzipped(read_payload(tmp_path, f"coast/{name}")))
        assert min(map(len, body["rings"])) >= 6


def test_a_page_of_the_world_takes_every_cell(tmp_path: Path) -> None:
    count = write_coast(tmp_path, FOLDER)
    committed = json.loads((FOLDER / "coast" / "index.json").read_bytes())
    assert read_payload(tmp_path, "coast/index") == committed
    assert count == len(_files(tmp_path)) == "".join(committed["cells"]).count("f")
    assert max(path.stat().st_size for path in (tmp_path / "data" / "coast").iterdir()) < 500_000


def test_a_system_without_a_place_asks_for_no_coast() -> None:
    systems: list[dict[str, float | None]] = [
        {"lat_deg": None, "lon_deg": None},
        {"lat_deg": -22.9, "lon_deg": -43.2},
    ]
    near_cameras, near_systems = coast_near(frame([camera(1, 24.9, 60.1)]), systems)
    assert near_cameras.lon_deg.tolist() == [24.9]
    assert near_systems.lon_deg.tolist() == [-43.2]
    assert near_systems.lat_deg.tolist() == [-22.9]


def test_a_page_without_cameras_takes_the_index_alone(tmp_path: Path) -> None:
    assert write_coast(tmp_path, FOLDER, [Nearness(np.zeros(0), np.zeros(0), 0.5)]) == 0
    assert _files(tmp_path) == set()

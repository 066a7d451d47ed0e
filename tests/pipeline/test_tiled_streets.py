"""Streets by tile and by area: what two extracts share counts once, whoever does the work."""

import csv
from io import StringIO
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest

from mapper.errors import SourceFormatError, UsageError
from mapper.exposure.sights import Assumptions
from mapper.exposure.street_exposure import street_sights
from mapper.exposure.street_tiles import sights_within, tile_parts
from mapper.model.progress import NoProgress
from mapper.pipeline.partitioned import Workers, streets
from mapper.pipeline.tiled_streets import streets_by
from mapper.settings import Settings
from tests.exposure.exposure_cases import frame_of
from tests.osm_fixtures import MakePbf, pbf_maker

__all__ = ["pbf_maker"]
SAMPLE = Settings().sample_dir / "helsinki.osm.pbf"
_EDGE_LON = 360 * 36 / 64 - 180  # degrees: 22.5 east, where two tiles of zoom 6 meet
_LAT = 60.17
_REACH_M = 30.0
_SHARED = {"type": "way", "id": 5, "nodes": [1, 2, 3], "tags": {"highway": "primary"}}


def _node(number: int, east_deg: float, north_deg: float = 0.0) -> dict[str, object]:
    return {"type": "node", "id": number, "lon": _EDGE_LON + east_deg, "lat": _LAT + north_deg}


@pytest.fixture(name="extracts")
def two_that_overlap(make_pbf: MakePbf) -> list[str]:
    """Write two extracts that share a way over the edge of a tile; the second has its end alone."""
    west = [
        _node(1, -0.004), _node(2, -0.001), _node(3, 0.003), _node(4, -0.006),
        _SHARED,
        {"type": "way", "id": 6, "nodes": [4, 1], "tags": {"highway": "footway"}},
    ]  # fmt: skip
    east = [
        _node(2, -0.001), _node(3, 0.003), _node(9, 0.005),
        _SHARED,
        {"type": "way", "id": 7, "nodes": [3, 9, 3], "tags": {"highway": "primary"}},
    ]  # fmt: skip
    return [
        str(make_pbf(west, name="a-west.osm.pbf")),
        str(make_pbf(east, name="b-east.osm.pbf")),
    ]


@pytest.fixture(name="town")
def town_over_two_tiles(make_pbf: MakePbf) -> str:
    """Write an extract with an area over the edge of a tile, and a street that leaves it."""
    corners = [(-0.01, -0.01), (0.01, -0.01), (0.01, 0.01), (-0.01, 0.01)]
    nodes = [_node(20 + number, *corner) for number, corner in enumerate(corners)]
    boundary = {"boundary": "administrative", "admin_level": "6", "name": "=Riverton"}
    return str(make_pbf(
        [
            _node(1, -0.004), _node(2, -0.001), _node(3, 0.003), _node(4, 0.02), *nodes,
            _SHARED,
            {"type": "way", "id": 6, "nodes": [3, 4], "tags": {"highway": "primary"}},
            {"type": "way", "id": 8, "nodes": [20, 21, 22, 23, 20], "tags": {}},
            {"type": "relation", "id": 1, "tags": {"type": "boundary", **boundary},
             "members": [{"type": "way", "ref": 8, "role": "outer"}]},
        ],
        name="whole.osm.pbf", box=(_EDGE_LON - 0.1, _LAT - 0.1, _EDGE_LON + 0.1, _LAT + 0.1),
    ))  # fmt: skip


@pytest.fixture(autouse=True)
def released_cameras(monkeypatch: pytest.MonkeyPatch) -> gpd.GeoDataFrame:
    """Let the release hold a camera on either side of the edge, and one far away."""
    silent = {"angle": None, "precision": None, "maker": "", "operator": ""}
    frame = frame_of(
        [
            {"lon": _EDGE_LON - 0.0001, "lat": _LAT + 0.0001, "directions": [180], **silent},
            {"lon": _EDGE_LON + 0.0001, "lat": _LAT, "directions": [], **silent},
            {"lon": 24.94, "lat": 60.17, "directions": [90], **silent},
        ]
    )
    monkeypatch.setattr("mapper.pipeline.partitioned.load_cameras", lambda _place: frame)
    return frame


def _told(extracts: list[str], by: str, workers: Workers, tiles: str = "") -> str:
    return streets_by(
        extracts,
        by=by,
        tiles=tiles,
        place=Path(),
        assumptions=Assumptions(_REACH_M),
        workers=workers,
        progress=NoProgress(),
    )


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_a_way_of_two_extracts_counts_once(extracts: list[str]) -> None:
    rows = {(row["tile"], row["kind"]): row for row in _rows(_told(extracts, "tile", Workers()))}
    per_degree_m = 111_195 * np.cos(np.radians(_LAT))
    lengths = {key: float(row["street_m"]) / per_degree_m for key, row in rows.items()}
    assert lengths == {
        ("6/35/18", "path"): pytest.approx(0.002, rel=0.01),
        ("6/35/18", "street_major"): pytest.approx(0.003, rel=0.01),
        # Of the shared way once, and twice of the one that runs there and back.
        ("6/36/18", "street_major"): pytest.approx(0.004 + 2 * 0.002, rel=0.01),
    }
    # The camera to the west of the edge sees the piece whose middle lies to the east of it.
    east = rows["6/36/18", "street_major"]
    assert float(east["in_view_m"]) == pytest.approx(12.8, abs=0.1)
    assert float(east["perhaps_m"]) == pytest.approx(60 - 12.8, abs=0.2)


def test_tiles_of_one_extract_add_up_to_what_the_extract_has() -> None:
    one = _rows(_told([str(SAMPLE)], "extract", Workers()))
    tiled = _rows(_told([str(SAMPLE)], "tile", Workers()))
    assert [(row["tile"], row["kind"]) for row in one] == [
        (row["tile"], row["kind"]) for row in tiled
    ]
    for before, after in zip(one, tiled, strict=True):
        for name in ("street_m", "in_view_m", "perhaps_m"):
            assert float(after[name]) == pytest.approx(float(before[name]), abs=0.11)


def test_one_process_and_two_give_the_same_bytes_in_any_order(
    extracts: list[str], town: str, tmp_path: Path
) -> None:
    files = [*extracts, town]
    for by in ("tile", "area"):
        alone = _told(files, by, Workers(), str(tmp_path / f"{by}-1"))
        assert _told(files[::-1], by, Workers(2), str(tmp_path / f"{by}-2")) == alone
        assert len(_rows(alone)) == {"tile": 3, "area": 1}[by]
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}
        for folder in (tmp_path / "tile-1", tmp_path / "tile-2")
    )
    assert first == second
    assert [str(path) for path in first][:2] == [
        "6-35-18/a-west.osm.pbf.parquet",
        "6-35-18/whole.osm.pbf.parquet",
    ]


def test_a_tile_is_handed_the_cameras_around_it_and_no_other(
    extracts: list[str], released_cameras: gpd.GeoDataFrame
) -> None:
    sights = street_sights(released_cameras, Assumptions(_REACH_M))
    parts = {part.tile: part for part in tile_parts(Path(extracts[0]))}
    near = sights_within(sights, [parts["6-36-18"].bounds_xy], reach_m=_REACH_M)
    assert near.camera.tolist() == [0, 1]
    far = sights_within(sights, [parts["6-35-18"].bounds_xy], reach_m=_REACH_M)
    assert far.camera.tolist() == []


def test_areas_have_the_streets_of_all_their_tiles(town: str) -> None:
    (row,) = _rows(_told([town], "area", Workers()))
    assert (row["area_ref"], row["admin_level"]) == ("relation/1", "6")
    assert row["name"] == "'=Riverton"
    per_degree_m = 111_195 * np.cos(np.radians(_LAT))
    # The way that leaves the area has its middle outside.
    assert float(row["street_m"]) == pytest.approx(0.007 * per_degree_m, rel=0.01)
    assert float(row["in_view_m"]) == pytest.approx(12.8, abs=0.1)


def test_what_cannot_be_asked_is_said(extracts: list[str], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--by town is none of extract, tile, area"):
        _told(extracts, "town", Workers())
    with pytest.raises(UsageError, match="a place in common"):
        _told(extracts, "tile", Workers(scheduler="tcp://127.0.0.1:9"))
    broken = tmp_path / "x.osm.pbf"
    broken.write_bytes(b"no PBF")
    with pytest.raises(SourceFormatError, match=r"x\.osm\.pbf"):
        _told([*extracts, str(broken)], "tile", Workers())


def test_the_table_of_extracts_is_the_one_it_was(extracts: list[str]) -> None:
    text = _told(extracts, "extract", Workers())
    assert text == streets(
        extracts,
        place=Path(),
        assumptions=Assumptions(_REACH_M),
        workers=Workers(),
        progress=NoProgress(),
    )

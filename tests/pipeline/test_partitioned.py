"""Streets in view and cuts of many extracts: the same bytes however many do the work."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from mapper.errors import SourceFormatError, UsageError
from mapper.exposure.sights import Assumptions
from mapper.exposure.street_exposure import street_exposure, street_sights
from mapper.model.basemap import BasemapKind
from mapper.model.progress import NoProgress
from mapper.partitions.running import partitions_of
from mapper.pipeline.partitioned import Workers, cut, cut_of, streets, streets_of
from mapper.settings import Settings
from mapper.sources.osm.reading import read
from tests.exposure.exposure_cases import frame_of
from tests.osm_fixtures import MakePbf, pbf_maker

__all__ = ["pbf_maker"]
SAMPLE = Settings().sample_dir / "helsinki.osm.pbf"
_LON, _LAT = 24.94, 60.17


def _streets(shift: float = 0.0) -> list[dict[str, object]]:
    """Return a street of 167 m, a path that ends at it, and a building that is none."""
    corners = [(_LON, _LAT), (_LON + 0.003, _LAT), (_LON + 0.0015, _LAT - 0.001)]
    nodes = [
        {"type": "node", "id": number + 1, "lon": lon + shift, "lat": lat}
        for number, (lon, lat) in enumerate(corners)
    ]
    ways = [
        {"type": "way", "id": 1, "nodes": [1, 2], "tags": {"highway": "primary"}},
        {"type": "way", "id": 2, "nodes": [3, 2], "tags": {"highway": "footway"}},
        {"type": "way", "id": 3, "nodes": [1, 2, 3, 1], "tags": {"building": "yes"}},
    ]
    return [*nodes, *ways]


def _cameras() -> gpd.GeoDataFrame:
    known = {"angle": None, "precision": None, "maker": "", "operator": ""}
    rows: list[dict[str, Any]] = [
        {"lon": _LON + 0.001, "lat": _LAT + 0.0001, "directions": [180], **known},
        {"lon": _LON + 0.0011, "lat": _LAT, "directions": [], **known},
        {"lon": 0.0, "lat": 0.1, "directions": [], **known},
    ]
    return frame_of(rows)


def test_streets_are_measured_by_kind_and_what_is_no_street_is_not(make_pbf: MakePbf) -> None:
    sights = street_sights(_cameras(), Assumptions())
    rows = {row.kind: row for row in street_exposure(make_pbf(_streets()), sights, reach_m=30)}
    assert set(rows) == {BasemapKind.STREET_MAJOR, BasemapKind.PATH}
    major = rows[BasemapKind.STREET_MAJOR]
    assert major.tile == "6/36/18"
    assert major.street_m == pytest.approx(166, abs=1)
    # 11.1 m before the camera a view of 60 degrees is 12.8 m wide; the disc beside it has 60 m.
    assert major.in_view_m == pytest.approx(12.84, abs=0.02)
    assert major.perhaps_m == pytest.approx(60 - 12.84, abs=0.1)
    assert rows[BasemapKind.PATH].in_view_m == 0


def test_a_street_over_the_edge_of_a_tile_is_shared_by_its_pieces(make_pbf: MakePbf) -> None:
    edge = 360 * 36 / 64 - 180  # degrees: 22.5 east
    elements = _streets(edge - _LON - 0.0015)
    rows = street_exposure(make_pbf(elements), street_sights(_cameras(), Assumptions()), reach_m=30)
    assert {row.tile for row in rows} <= {"6/35/18", "6/36/18"}
    total = sum(row.street_m for row in rows if row.kind is BasemapKind.STREET_MAJOR)
    assert total == pytest.approx(166, abs=1)


def test_one_process_and_two_give_the_same_bytes(
    make_pbf: MakePbf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapper.pipeline.partitioned.load_cameras", lambda _place: _cameras())
    extracts = [str(SAMPLE), str(make_pbf(_streets(), name="small.osm.pbf"))]
    told, files = [], []
    for count in (1, 2):
        workers = Workers(count)
        told.append(
            streets(
                extracts,
                place=tmp_path,
                assumptions=Assumptions(),
                workers=workers,
                progress=NoProgress(),
            )
        )
        folder = tmp_path / str(count)
        cut(extracts, to=str(folder), workers=workers, progress=NoProgress())
        files.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert told[0] == told[1]
    assert files[0] == files[1]
    assert list(files[0]) == ["helsinki.cameras.osm.pbf", "small.cameras.osm.pbf"]
    lines = list(csv.DictReader(StringIO(told[0])))
    assert [line["extract"] for line in lines] == sorted(line["extract"] for line in lines)
    assert {line["extract"] for line in lines} == {"helsinki.osm.pbf", "small.osm.pbf"}


def test_a_cut_reads_as_the_extract_it_was_cut_from(tmp_path: Path) -> None:
    (part,) = partitions_of([str(SAMPLE)])
    made = cut_of(part, to=str(tmp_path))
    whole, small = (read(path, progress=NoProgress()) for path in (SAMPLE, Path(made.address)))
    assert made.cameras == len(small.observations) > 100
    assert small.observations == whole.observations
    assert made.size_bytes == Path(made.address).stat().st_size < SAMPLE.stat().st_size / 10


def test_no_cut_takes_the_place_of_another(make_pbf: MakePbf, tmp_path: Path) -> None:
    names = ("us.north.osm.pbf", "us.south.osm.pbf")
    extracts = [str(make_pbf(_streets(), name=name)) for name in names]
    folder = tmp_path / "cuts"
    cut(extracts, to=str(folder), workers=Workers(), progress=NoProgress())
    assert sorted(path.name for path in folder.iterdir()) == [
        "us.north.cameras.osm.pbf",
        "us.south.cameras.osm.pbf",
    ]
    with pytest.raises(UsageError, match=r"a\.osm\.pbf and a\.pbf would both"):
        cut(["a.pbf", "a.osm.pbf"], to=str(folder), workers=Workers(), progress=NoProgress())


def test_what_is_no_pbf_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"elements": []}', encoding="utf-8")
    (part,) = partitions_of([str(path)])
    with pytest.raises(SourceFormatError, match=r"x\.json"):
        cut_of(part, to=str(tmp_path))
    sights = street_sights(_cameras(), Assumptions())
    with pytest.raises(SourceFormatError, match=r"x\.json"):
        streets_of(part, sights=sights, reach_m=30)
    (gone,) = partitions_of([str(tmp_path / "none.osm.pbf")])
    with pytest.raises(UsageError, match="there is no file"):
        cut_of(gone, to=str(tmp_path))


def test_no_camera_at_all_leaves_every_street_unseen(make_pbf: MakePbf) -> None:
    empty = frame_of([])
    rows = street_exposure(make_pbf(_streets()), street_sights(empty, Assumptions()), reach_m=30)
    assert {(row.in_view_m, row.perhaps_m) for row in rows} == {(0.0, 0.0)}

"""A million cameras are copies of real ones that lie near them, and what is linear has ratio 1."""

import math
from pathlib import Path

import osmium
import pytest

from mapper.settings import Settings
from tests.bench.million import rows, stages, write_copies
from tests.bench.staged_run import Stage, StagedRun
from tests.osm_fixtures import write_pbf

SAMPLE = Settings().sample_dir / "helsinki.osm.pbf"


def _nodes(path: Path) -> list[tuple[int, float, float, dict[str, str]]]:
    return [
        (node.id, node.lon, node.lat, dict(node.tags))
        for node in osmium.FileProcessor(str(path), osmium.osm.NODE)
        if isinstance(node, osmium.osm.Node)
    ]


def _near_and_far(tmp_path: Path) -> Path:
    """Write three cameras: two with ids that follow each other, and one beside a pole."""
    rows_of = [
        {"type": "node", "id": ref, "lat": lat, "lon": lon, "tags": {"name": name}}
        for ref, lon, lat, name in (
            (7, 24.9, 60.1, "a"),
            (8, 179.9999, -17.0, "b"),
            (1_000, 0.0, 89.9999, "c"),
        )
    ]
    return write_pbf(tmp_path / "near.osm.pbf", rows_of)


def test_copies_have_the_tags_and_ids_of_their_own_and_lie_some_hundred_metres_away(
    tmp_path: Path,
) -> None:
    to = tmp_path / "copies.osm.pbf"
    write_copies(_near_and_far(tmp_path), to, 31)
    written = _nodes(to)
    ids = [ref for ref, *_ in written]
    assert ids == sorted(set(ids))
    assert (len(ids), ids[0], ids[-1]) == (31, 7, 1_010)
    names = [tags["name"] for *_, tags in written]
    assert [names.count(name) for name in "abc"] == [10, 10, 11]
    away_m = [
        math.hypot((lon - 24.9) * math.cos(math.radians(60.1)), lat - 60.1) * 111_320
        for _, lon, lat, tags in written
        if tags["name"] == "a"
    ]
    assert away_m[0] == pytest.approx(0, abs=0.1)
    assert all(99 <= metres <= 501 for metres in away_m[1:])
    assert len({round(metres) for metres in away_m}) == 10
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for _, lon, lat, _ in written)
    assert osmium.io.Reader(str(to)).header().get("sorting") == "Type_then_ID"


def test_every_fifth_is_a_fifth_of_the_places_with_as_many_copies_each(tmp_path: Path) -> None:
    taken = tmp_path / "fifth.osm.pbf"
    originals = [lon for _, lon, *_ in _nodes(SAMPLE)][::5]
    write_copies(SAMPLE, taken, len(originals) * 5, every=5)
    assert [lon for _, lon, *_ in _nodes(taken)][::5] == originals


def test_what_grows_with_the_objects_has_ratio_one_and_what_grows_faster_has_more() -> None:
    small = StagedRun(wall_s=10.0, cpu_s=20.0, stages=[Stage("a", 4.0, 300.0), Stage("b", 0.1)])
    large = StagedRun(wall_s=50.0, cpu_s=120.0, stages=[Stage("a", 40.0, 2100.0), Stage("b", 0.2)])
    processor, by_processor, _, by_wait, memory = rows([large], [small])
    assert (processor.value, processor.peer_value) == (12.0, 10.0)
    assert [by_processor.value, by_wait.value] == pytest.approx([1.2, 1.0])
    assert (by_processor.bar, by_wait.bar) == (1.1, None)
    assert "MISSED" in by_processor.text()
    assert (memory.value, memory.bar) == (2100.0, 2000)
    (line,) = stages(large, small)
    assert line.endswith("4.0 s of the fifth   2.00")

"""History files as partitions: the same tables however many read, each version once."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from mapper.errors import UsageError
from mapper.model.progress import NoProgress
from mapper.pipeline.history import history
from mapper.pipeline.partitioned import Workers
from mapper.settings import Settings
from tests.osm_fixtures import MakePbf, pbf_maker

__all__ = ["pbf_maker"]

_PLAIN = {"man_made": "surveillance", "surveillance:type": "camera"}
_FLOCK = {**_PLAIN, "manufacturer": "Flock Safety"}
_HOME = {**_PLAIN, "surveillance:type": "doorbell", "manufacturer": "Ring"}


def _node(osm_id: int, number: int, tags: dict[str, str] | None, lon: float = 2.35) -> Any:  # noqa: ANN401 - an element
    return {
        "type": "node", "id": osm_id, "version": number, "tags": tags or {},
        "timestamp": f"20{10 + number}-03-01T12:00:00Z", "lon": lon, "lat": 48.85,
        "visible": tags is not None,
    }  # fmt: skip


def _way(nodes: list[int]) -> Any:  # noqa: ANN401 - as above
    return {
        "type": "way", "id": 7, "version": 1, "timestamp": "2015-01-01T00:00:00Z",
        "tags": _PLAIN, "nodes": nodes,
    }  # fmt: skip


@pytest.fixture(name="regions")
def two_regions(make_pbf: MakePbf) -> list[str]:
    """Write two regions that overlap: node 2 and way 7 are in both, the way in part in one."""
    shared = [_node(2, 1, _PLAIN), _node(2, 2, _FLOCK)]
    west = [_node(1, 1, _PLAIN), _node(1, 2, None), *shared, _node(9, 1, {}), _way([9])]
    east = [*shared, _node(2, 3, None), _node(3, 1, _FLOCK, 13.4), _node(9, 1, {}),
            _node(10, 1, {}, 2.36), _way([9, 10])]  # fmt: skip
    return [
        str(make_pbf(west, name="a-west.osh.pbf", history=True)),
        str(make_pbf(east, name="b-east.osh.pbf", history=True)),
    ]


def _tables(files: list[str], folder: Path, workers: Workers) -> dict[str, bytes]:
    settings = Settings(out_dir=folder)
    history(files, settings=settings, workers=workers, progress=NoProgress())
    return {path.name: path.read_bytes() for path in sorted(settings.history_dir.iterdir())}


def test_one_process_and_two_give_the_same_bytes_in_any_order(
    regions: list[str], tmp_path: Path
) -> None:
    alone = _tables(regions, tmp_path / "a", Workers())
    assert _tables(regions[::-1], tmp_path / "b", Workers(2)) == alone
    assert len(alone) == 8


def test_what_two_files_hold_is_told_once(regions: list[str], tmp_path: Path) -> None:
    settings = Settings(out_dir=tmp_path)
    said = history(regions, settings=settings, workers=Workers(), progress=NoProgress())
    rows = pq.read_table(settings.history_dir / "events.parquet").to_pylist()
    assert [(row["camera_id"], row["event"]) for row in rows] == [
        ("osm:node/1", "came"), ("osm:node/1", "ended"),
        ("osm:node/2", "came"), ("osm:node/2", "maker"), ("osm:node/2", "ended"),
        ("osm:node/3", "came"),
        ("osm:way/7", "came"),
    ]  # fmt: skip
    assert "1 versions differ between two files" in said
    parts = json.loads((settings.history_dir / "origin.json").read_text("utf-8"))["parts"]
    assert [(part["file_name"], part["versions"]) for part in parts] == [
        ("a-west.osh.pbf", 5),
        ("b-east.osh.pbf", 5),
    ]


def test_what_is_withheld_in_one_file_is_left_out_of_all(make_pbf: MakePbf, tmp_path: Path) -> None:
    old = make_pbf([_node(5, 1, _PLAIN)], name="old.osh.pbf", history=True)
    new = make_pbf(
        [_node(5, 1, _PLAIN), _node(5, 2, _HOME), _node(6, 1, _PLAIN)],
        name="new.osh.pbf", history=True,
    )  # fmt: skip
    settings = Settings(out_dir=tmp_path)
    history([str(old), str(new)], settings=settings, workers=Workers(), progress=NoProgress())
    rows = pq.read_table(settings.history_dir / "events.parquet").to_pylist()
    assert {row["camera_id"] for row in rows} == {"osm:node/6"}
    parts = json.loads((settings.history_dir / "origin.json").read_text("utf-8"))["parts"]
    assert [part["objects_withheld"] for part in parts] == [1, 1]


def test_a_file_that_is_no_history_fails_the_whole(
    make_pbf: MakePbf, regions: list[str], tmp_path: Path
) -> None:
    now = str(make_pbf([_node(1, 1, _PLAIN)], name="now.osm.pbf"))
    with pytest.raises(UsageError, match="extract of one moment"):
        _tables([*regions, now], tmp_path, Workers(2))
    assert not (tmp_path / "history").exists()

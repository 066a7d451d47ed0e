"""A sample gives the same cameras and ground as its source, and carries nothing else."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import osmium
import pytest

from mapper.errors import SourceFormatError, StorageError
from mapper.model.progress import NoProgress
from mapper.sources.osm import read, read_basemap
from mapper.upkeep.sample import cut_sample

Make = Callable[..., Path]

# Beside the camera of the town at 10.0001, 50.0001; 0.1 of a degree is kilometres away.
GROUND: list[dict[str, object]] = [
    {"type": "node", "id": 501, "lat": 50.0000, "lon": 10.0000, "user": "Riverton Mapper"},
    {"type": "node", "id": 502, "lat": 50.0000, "lon": 10.0010, "uid": 880000001},
    {"type": "node", "id": 503, "lat": 50.1000, "lon": 10.1000},
    {"type": "node", "id": 504, "lat": 50.1000, "lon": 10.1010},
    {
        "type": "way",
        "id": 601,
        "version": 5,
        "timestamp": "2021-01-01T00:00:00Z",
        "nodes": [501, 502],
        "tags": {"highway": "residential", "name": "Near Street", "note": "ask at number 5"},
    },
    {
        "type": "way",
        "id": 602,
        "nodes": [503, 504],
        "tags": {"highway": "residential", "name": "Far Street"},
    },
]


@pytest.fixture(name="source")
def town_with_ground(riverton: Path, make_pbf: Make) -> Path:
    elements = json.loads(riverton.read_text(encoding="utf-8"))["elements"] + GROUND
    order = {"node": 0, "way": 1, "relation": 2}
    elements.sort(key=lambda each: (order[each["type"]], each["id"]))
    return make_pbf(elements, name="town.osm.pbf", box=(9.9, 49.9, 10.2, 50.2))


def test_the_cut_gives_the_same_cameras_as_its_source(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "sample.osm.pbf"
    cut_sample(source, out, progress=NoProgress())
    expected = read(source, progress=NoProgress()).observations
    assert read(out, progress=NoProgress()).observations == expected
    assert len(expected) == 7


def test_the_cut_gives_the_same_ground_as_its_source(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "sample.osm.pbf"
    cut_sample(source, out, progress=NoProgress())
    places = read(source, progress=NoProgress()).observations
    lon, lat = [each.lon_deg for each in places], [each.lat_deg for each in places]
    ground = read_basemap(source, lon_deg=lon, lat_deg=lat, progress=NoProgress())
    assert sorted(ground.names) == ["Mill Road", "Near Street"]
    assert read_basemap(out, lon_deg=lon, lat_deg=lat, progress=NoProgress()) == ground


def test_no_mapper_changeset_or_unread_tag_is_written(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "sample.osm.pbf"
    cut_sample(source, out, progress=NoProgress())
    before, after = facts(source), facts(out)
    assert {"Riverton Mapper", "770000001", "880000001", "phone", "note"} <= before
    assert after.isdisjoint({"Riverton Mapper", "770000001", "770000002", "880000001"})
    assert after.isdisjoint({"description", "phone", "contact:webcam", "note", "amenity"})


def test_only_cameras_keep_version_and_time_stamp(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "sample.osm.pbf"
    cut_sample(source, out, progress=NoProgress())
    objects: Any = osmium.FileProcessor(str(out))
    stamped = {f"{each.type_str()}{each.id}" for each in objects if each.version}
    assert stamped == {"n101", "n102", "n103", "n106", "w301", "r403"}


def test_the_same_source_gives_the_same_bytes(source: Path, tmp_path: Path) -> None:
    cuts = [cut_sample(source, tmp_path / name, progress=NoProgress()) for name in ("one", "two")]
    assert cuts[0] == cuts[1]
    body = (tmp_path / "one").read_bytes()
    assert body == (tmp_path / "two").read_bytes()
    assert cuts[0].sha256 == hashlib.sha256(body).hexdigest()
    assert cuts[0].size_bytes == len(body)
    assert cuts[0].source_sha256 == hashlib.sha256(source.read_bytes()).hexdigest()


def test_a_sample_that_cannot_be_written_leaves_nothing(source: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        cut_sample(source, tmp_path / "no folder" / "sample.osm.pbf", progress=NoProgress())
    assert [path.name for path in tmp_path.iterdir()] == ["town.osm.pbf"]


def test_a_sample_is_cut_from_a_pbf_only(riverton: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceFormatError, match="cut from a PBF"):
        cut_sample(riverton, tmp_path / "sample.osm.pbf", progress=NoProgress())


def facts(path: Path) -> set[str]:
    """Return all tag keys, user names, user ids and changesets of a file."""
    found: set[str] = set()
    objects: Any = osmium.FileProcessor(str(path))
    for each in objects:
        found |= {each.user, str(each.uid), str(each.changeset), *(tag.k for tag in each.tags)}
    return found

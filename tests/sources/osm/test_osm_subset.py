"""What is kept of an extract gives what the extract gives, and is cut the same from itself."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from mapper.fetch.archive import Archive
from mapper.fetch.http import Client, Limits
from mapper.fetch.json_pages import FetchContext
from mapper.model.progress import NoProgress
from mapper.pipeline.collecting_extract import collect_extract
from mapper.sources.osm import read, read_basemap
from mapper.sources.osm.subset_file import cut, is_subset, write_subset
from tests.cli.faults import SAMPLE, mirror
from tests.fetch.raw_server import serving

Make = Callable[..., Path]


@pytest.fixture(name="subset")
def subset_of_sample(tmp_path: Path) -> Path:
    out = tmp_path / "subset.osm.pbf"
    write_subset(cut(SAMPLE), out)
    return out


def test_the_cameras_of_a_subset_are_those_of_its_extract(subset: Path) -> None:
    expected = read(SAMPLE, progress=NoProgress())
    reading = read(subset, progress=NoProgress())
    assert len(reading.observations) == 223
    assert reading.observations == expected.observations
    assert reading.rejects == expected.rejects
    assert reading.snapshot.data_at_utc == expected.snapshot.data_at_utc
    assert subset.stat().st_size * 4 < SAMPLE.stat().st_size


def test_a_subset_of_a_subset_has_the_same_bytes(subset: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.osm.pbf"
    write_subset(cut(subset), again)
    assert again.read_bytes() == subset.read_bytes()
    assert is_subset(subset)
    assert not is_subset(SAMPLE)


def test_a_relation_of_cameras_keeps_its_ways_and_their_nodes(
    make_pbf: Make, tmp_path: Path
) -> None:
    corners = [(1, 9.0, 49.0), (2, 9.2, 49.0), (3, 9.2, 49.2)]
    source = make_pbf(
        [
            *({"type": "node", "id": n, "lon": lon, "lat": lat} for n, lon, lat in corners),
            {"type": "node", "id": 4, "lon": 9.5, "lat": 49.5, "tags": {"highway": "street_lamp"}},
            {"type": "node", "id": 5, "lon": 9.6, "lat": 49.6, "tags": {"highway": "crossing"}},
            {"type": "way", "id": 10, "nodes": [1, 2, 3]},
            {"type": "way", "id": 11, "nodes": [1, 3], "tags": {"highway": "residential"}},
            {
                "type": "relation", "id": 20, "tags": {"man_made": "surveillance"},
                "members": [{"type": "way", "ref": 10, "role": "outer"}],
            },
            {
                "type": "relation", "id": 21, "tags": {"type": "enforcement"},
                "members": [
                    {"type": "node", "ref": 4, "role": "device"},
                    {"type": "node", "ref": 5, "role": "from"},
                    {"type": "way", "ref": 11, "role": "to"},
                    {"type": "node", "ref": 99, "role": "device"},
                ],
            },
        ],
        name="region.osm.pbf",
    )  # fmt: skip
    subset = cut(source)
    nodes, ways = [("n", n) for n in (1, 2, 3, 4)], [("w", 10)]
    assert sorted(subset.objects) == [*nodes, ("r", 20), ("r", 21), *ways]
    assert subset.absent == {("n", 99)}
    out = tmp_path / "subset.osm.pbf"
    write_subset(subset, out)
    expected = read(source, progress=NoProgress())
    reading = read(out, progress=NoProgress())
    assert reading.observations == expected.observations
    assert reading.rejects == expected.rejects
    assert len(reading.observations) == 2
    assert len(reading.rejects) == 1


def test_the_ground_that_is_kept_is_that_of_the_extract(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "raw")
    body = SAMPLE.read_bytes()
    md5 = hashlib.md5(body, usedforsecurity=False).hexdigest()
    with serving(mirror(body, md5)) as server:
        limits = Limits(total_s=60, attempts=1, pause_s=0)
        client = Client(limits=limits, named=frozenset({server.target}))
        ground, cameras = collect_extract(
            f"{server.url}/helsinki.osm.pbf",
            FetchContext(client, archive, NoProgress()),
            with_streets=True,
            keeps_whole=False,
            is_old_allowed=True,
        )
    assert "with the sha256" in cameras.proof
    places = read(archive.body_path(cameras.sha256), progress=NoProgress()).observations
    kept, expected = (
        read_basemap(
            path,
            lon_deg=[each.lon_deg for each in places],
            lat_deg=[each.lat_deg for each in places],
            progress=NoProgress(),
        )
        for path in (archive.body_path(ground.sha256), SAMPLE)
    )
    assert kept == expected
    assert not list((tmp_path / "raw" / "parts").glob("*.osm.pbf"))

"""Boundaries go along with the cameras of an extract, or are said to have stayed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import osmium
import pytest

from mapper.fetch.archive_ids import BOUNDARIES_ID
from mapper.fetch.guard import Target
from mapper.fetch.json_pages import FetchContext
from mapper.model.progress import Progress
from mapper.pipeline import updating_osm
from mapper.sources.osm.boundary_cut import STREET_KEY, write_boundaries
from mapper.sources.osm.boundary_subset import read_boundary_subset, write_boundary_subset
from mapper.sources.osm.subset import Replication
from tests.changing_world import Thing, World
from tests.fetch.raw_server import serving
from tests.pipeline.test_update import Base

Make = Callable[..., Path]
AREA = {"type": "boundary", "boundary": "administrative", "admin_level": "6", "name": "Riverton"}
AROUND = (("w", 900, "outer"),)


@pytest.fixture(name="base")
def changing_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Base]:
    world = World(12, tmp_path, with_boundaries=True)
    with serving(world.answer) as server:
        world.base_url = f"{server.url}/updates/"
        base = Base(world, server, tmp_path)

        def context(_: frozenset[Target], __: object, ___: Progress) -> FetchContext:
            return base.context()

        monkeypatch.setattr(updating_osm, "extract_context", context)
        yield base


def kept(base: Base) -> bytes:
    """Return the boundaries that a build would take."""
    newest = base.archive.require(BOUNDARIES_ID, f"boundaries {base.url}")
    assert newest.retrieved_at_utc <= base.archive.require("osm", base.url).retrieved_at_utc
    return base.archive.body_path(newest.sha256).read_bytes()


def fresh(base: Base) -> bytes:
    """Return the boundaries of the extract of this moment."""
    whole, out = base.folder / "whole.osm.pbf", base.folder / "fresh-boundaries.osm.pbf"
    whole.write_bytes(base.world.extract())
    assert write_boundaries(whole, out)
    return out.read_bytes()


def test_after_each_update_of_500_random_steps_boundaries_are_fresh_or_said_to_have_stayed(
    base: Base,
) -> None:
    base.collect()
    followed = stayed = changed = 0
    for number in range(1, 501):
        base.world.step()
        if number % 3 == 0:
            base.world.publish()
        if number % 5 == 0:
            base.world.publish()
            before = kept(base)
            said = base.update()
            base.require_as_fresh()
            if "boundaries as collected on" in said:
                stayed += 1
                assert kept(base) == before
                base.collect()
            followed += "boundaries followed" in said
            changed += "boundaries followed" in said and kept(base) != before
            assert kept(base) == fresh(base), number
    assert followed > 30
    assert changed > 20
    assert stayed > 5


def test_boundaries_that_stayed_stay_until_they_are_collected_anew(base: Base) -> None:
    world = base.world
    for osm_id in (9001, 9002):
        world.put(("n", osm_id), Thing(place=(10.0 + osm_id / 1e5, 50.0)))
    world.put(("w", 900), Thing(refs=(9001, 9002)))
    world.put(("r", 900), Thing(tags=AREA))
    world.publish()
    base.collect()
    before = kept(base)
    world.put(("r", 900), Thing(tags=AREA, members=AROUND))
    world.publish()
    said = base.update()
    day = f"{base.world.now_utc:%Y-%m-%d}"
    assert f"boundaries as collected on {day}, for way/900 is part of a boundary now" in said
    base.require_as_fresh()
    world.put(("r", 900), Thing(tags={**AREA, "name": "Riverton West"}))
    world.publish()
    # The change file alone would tell it, but not what came between.
    assert "for they stayed behind before" in base.update()
    assert kept(base) == before
    world.now_utc += timedelta(days=91)
    world.publish()
    said = base.update()
    assert "its boundaries were collected 91 days ago, and 90 are the most; collected anew" in said
    assert kept(base) == fresh(base) != before
    base.require_as_fresh()


def test_an_update_that_is_killed_between_boundaries_and_cameras_strands_neither(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = base.world
    for osm_id in (9001, 9002):
        world.put(("n", osm_id), Thing(place=(10.0 + osm_id / 1e5, 50.0)))
    world.put(("w", 900), Thing(refs=(9001, 9002)))
    world.put(("r", 900), Thing(tags=AREA, members=AROUND))
    world.publish()
    base.collect()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    world.put(("r", 900), Thing(tags={**AREA, "name": "Riverton West"}, members=AROUND))
    world.now_utc += timedelta(hours=1)
    world.publish()
    with monkeypatch.context() as patch:
        patch.setattr(updating_osm, "write_subset", killed)
        with pytest.raises(KeyboardInterrupt):
            base.update()
    cameras = base.archive.require("osm", base.url)
    ahead = base.archive.require(BOUNDARIES_ID, f"boundaries {base.url}")
    assert ahead.retrieved_at_utc > cameras.retrieved_at_utc
    world.put(("r", 900), Thing(tags={**AREA, "name": "Riverton East"}, members=AROUND))
    world.publish()
    assert "boundaries followed with them" in base.update()
    base.require_as_fresh()
    assert kept(base) == fresh(base)
    # And once more: what the killed run left ahead is behind by now.
    world.put(("r", 900), Thing(tags={**AREA, "name": "Riverton North"}, members=AROUND))
    world.publish()
    assert "boundaries followed with them" in base.update()
    assert kept(base) == fresh(base)


def test_streets_that_are_too_old_are_collected_anew(base: Base) -> None:
    base.collect(keeps_whole=True)
    base.world.now_utc += timedelta(days=89)
    base.world.publish()
    said = base.update()
    assert "streets as collected on 2026-03-01" in said
    assert "collected anew" not in said
    base.world.now_utc += timedelta(days=2)
    base.world.publish()
    assert "its streets were collected 91 days ago" in base.update()
    ground = base.archive.require("osm", f"streets {base.url}")
    assert base.archive.body_path(ground.sha256).read_bytes() == base.world.extract()


def test_metres_of_street_stay_with_the_areas_whose_ring_is_the_same(
    make_pbf: Make, tmp_path: Path
) -> None:
    nodes = [{"type": "node", "id": n, "lon": 10 + n / 100, "lat": 50.0} for n in range(1, 7)]
    ways = [
        {"type": "way", "id": 1, "nodes": [1, 2, 3]},
        {"type": "way", "id": 2, "nodes": [4, 5, 6]},
    ]
    relations = [
        {
            "type": "relation", "id": n, "tags": AREA,
            "members": [{"type": "way", "ref": n, "role": "outer"}],
        }
        for n in (1, 2)
    ]  # fmt: skip
    collected = tmp_path / "collected.osm.pbf"
    source = make_pbf([*nodes, *ways, *relations])
    write_boundaries(source, collected, {"relation/1": 1200.0, "relation/2": 3400.0})
    before = read_boundary_subset(collected, Replication("", 1, ""))
    node = before.objects["n", 5]
    # Touched, but as it was; and moved.
    objects = {
        **before.objects,
        ("n", 2): before.objects["n", 2]._replace(version=7),
        ("n", 5): node._replace(place=(11.0, 51.0)),
    }
    out = tmp_path / "after.osm.pbf"
    assert write_boundary_subset(replace(before, objects=objects), before, out) == 2
    areas = osmium.FileProcessor(str(out), osmium.osm.RELATION)
    assert {area.id: area.tags.get(STREET_KEY) for area in areas} == {1: "1200", 2: None}
    assert not list(tmp_path.glob("*.whole"))

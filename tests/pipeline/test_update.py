"""An update gives what a fresh collection gives, whatever happened in between."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import osmium
import pytest

from mapper.errors import FetchError, SourceError, UsageError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.guard import Target
from mapper.fetch.http import Client, Limits
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.replication import ChangeServer
from mapper.model.progress import NoProgress, Progress
from mapper.pipeline import updating_osm
from mapper.pipeline.collecting_extract import collect_extract
from mapper.pipeline.updating_osm import update_osm
from mapper.settings import Settings
from mapper.sources import osm
from mapper.sources.osm.change_file import apply_changes
from mapper.sources.osm.subset_file import cut, write_subset
from tests.changing_world import Thing, World
from tests.fetch.raw_server import RawServer, serving

CAMERA = {"man_made": "surveillance"}


class Base:
    """A world, its server, and what was collected of it."""

    def __init__(self, world: World, server: RawServer, folder: Path) -> None:
        self.world = world
        self.server = server
        self.folder = folder
        self.archive = Archive(folder / "raw")
        self.url = f"{server.url}/x.osm.pbf"

    def context(self) -> FetchContext:
        """Return a context that does not wait, on the day of the world."""
        limits = Limits(connect_s=5, read_s=5, total_s=60, attempts=1, pause_s=0)
        client = Client(limits=limits, named=frozenset({self.server.target}), sleep=lambda _: None)
        return FetchContext(client, self.archive, NoProgress(), lambda: self.world.now_utc)

    def collect(self, *, keeps_whole: bool = False) -> Collected:
        """Collect the extract, and return what of its cameras is kept."""
        kept = collect_extract(
            self.url, self.context(), with_streets=False, keeps_whole=keeps_whole,
            is_old_allowed=True,
        )  # fmt: skip
        return list(kept)[-1]

    def update(self) -> str:
        """Bring it up to date, and say how."""
        settings = Settings(raw_dir=self.archive.root)
        return update_osm(settings=settings, progress=NoProgress(), is_old_allowed=True)

    def kept(self) -> Path:
        """Return the newest body of cameras."""
        return self.archive.body_path(self.archive.require("osm", self.url).sha256)

    def require_as_fresh(self) -> None:
        """Hold what is kept to what the extract of this moment gives."""
        whole, fresh = self.folder / "whole.osm.pbf", self.folder / "fresh.osm.pbf"
        whole.write_bytes(self.world.extract())
        write_subset(cut(whole), fresh)
        assert self.kept().read_bytes() == fresh.read_bytes()
        expected = osm.read(whole, progress=NoProgress())
        reading = osm.read(self.kept(), progress=NoProgress())
        assert reading.observations == expected.observations
        assert reading.rejects == expected.rejects
        assert reading.notes == expected.notes
        assert reading.snapshot.data_at_utc == expected.snapshot.data_at_utc


@pytest.fixture(name="base")
def changing_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Base]:
    world = World(11, tmp_path)
    with serving(world.answer) as server:
        world.base_url = f"{server.url}/updates/"
        base = Base(world, server, tmp_path)

        def context(_: frozenset[Target], __: Archive, ___: Progress) -> FetchContext:
            return base.context()

        monkeypatch.setattr(updating_osm, "extract_context", context)
        yield base


def test_after_each_update_of_500_random_steps_it_is_as_if_collected_fresh(base: Base) -> None:
    base.collect()
    base.require_as_fresh()
    followed = anew = 0
    for number in range(1, 501):
        base.world.step()
        if number % 3 == 0:
            base.world.publish()
        if number % 5 == 0:
            base.world.publish()
            said = base.update()
            anew += "collected anew" in said
            followed += "by the change files" in said
            base.require_as_fresh()
    assert base.world.sequence > 250
    assert followed + anew == 100
    assert followed > 50
    assert anew > 5


def test_a_moved_corner_a_lost_tag_and_a_deletion_are_followed(base: Base) -> None:
    world = base.world
    for osm_id in (9001, 9002):
        world.put(("n", osm_id), Thing(place=(10.0 + osm_id / 1e5, 50.0)))
    world.put(("w", 900), Thing(tags=CAMERA, refs=(9001, 9002)))
    world.put(("n", 9003), Thing(tags=CAMERA))
    world.put(("n", 9004), Thing(tags=CAMERA))
    world.publish()
    base.collect()
    world.put(("n", 9002), Thing(place=(10.5, 50.5)))
    world.put(("n", 9003), Thing(tags={"highway": "street_lamp"}))
    world.remove(("n", 9004))
    world.publish()
    assert "0 came, 2 went, 1 changed" in base.update()
    base.require_as_fresh()


@pytest.mark.parametrize("cause", [KeyboardInterrupt(), FetchError("gone", next_step="again.")])
def test_an_interrupted_update_goes_on_where_it_stopped(
    base: Base, monkeypatch: pytest.MonkeyPatch, cause: BaseException
) -> None:
    base.collect()
    for number in (9003, 9004, 9005):
        base.world.put(("n", number), Thing(tags=CAMERA))
        base.world.publish()
    *_, before, last = sorted(base.world.changes)
    step = updating_osm._step  # noqa: SLF001 - the one place where it can be broken off

    def broken_off(reached: Any, server: ChangeServer, sequence: int) -> Any:  # noqa: ANN401 - handed through
        if sequence == last:
            raise cause
        return step(reached, server, sequence)

    with monkeypatch.context() as interrupted:
        interrupted.setattr(updating_osm, "_step", broken_off)
        with pytest.raises(type(cause)):
            base.update()
    asked_before = len(base.server.requests)
    assert f"by the change files {last} to {last}" in base.update()
    asked = b"".join(base.server.requests[asked_before:])
    assert f"{last:03}.osc.gz".encode() in asked
    assert f"{before:03}.osc.gz".encode() not in asked
    base.require_as_fresh()


def test_an_update_says_how_old_the_streets_around_are(base: Base) -> None:
    base.collect(keeps_whole=True)
    base.world.put(("n", 9003), Thing(tags=CAMERA))
    base.world.publish()
    assert f"streets as collected on {base.world.now_utc:%Y-%m-%d}" in base.update()


def test_a_camera_that_loses_its_tag_in_the_file_that_brings_it_is_none(base: Base) -> None:
    base.collect()
    base.world.put(("n", 9005), Thing(tags=CAMERA))
    base.world.put(("n", 9005), Thing(tags={}))
    base.world.publish()
    assert "0 came, 0 went" in base.update()
    base.require_as_fresh()


def test_what_is_up_to_date_is_said_to_be(base: Base) -> None:
    base.collect()
    before = base.archive.answers("osm")
    assert "is up to date (sequence 1)" in base.update()
    assert base.archive.answers("osm") == before


def test_a_base_that_the_server_no_longer_reaches_is_collected_anew_and_said_so(base: Base) -> None:
    base.collect()
    for _ in range(4):
        base.world.step()
        base.world.publish()
    del base.world.changes[2]
    said = base.update()
    assert "the server does not reach back that far; collected anew" in said
    base.require_as_fresh()


def test_a_server_that_is_gone_is_collected_anew_and_said_so(base: Base) -> None:
    base.world.base_url = f"{base.server.url}/updates/of/old/"
    base.collect()
    base.world.base_url = f"{base.server.url}/updates/"
    base.world.step()
    base.world.publish()
    assert "collected anew" in base.update()
    base.require_as_fresh()


def test_too_many_missing_files_are_not_asked_for(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating_osm, "_CHANGES_MAX", 2)
    base.collect()
    for _ in range(3):
        base.world.step()
        base.world.publish()
    assert "3 change files are missing, and 2 are the most" in base.update()
    asked = [request.split()[1] for request in base.server.requests]
    assert not [path for path in asked if path.endswith(b".osc.gz")]
    base.require_as_fresh()


@pytest.mark.parametrize("harm", ["cut", "foreign", "other state", "not yet there", "no state"])
def test_what_did_not_come_whole_leaves_what_was_kept(base: Base, harm: str) -> None:
    base.collect()
    before = base.archive.answers("osm")
    base.world.step()
    base.world.publish()
    world = base.world
    if harm == "cut":
        world.changes[2] = world.changes[2][:-20]
    elif harm == "foreign":
        world.changes[2] = b"\x1f\x8bnothing of the kind"
    elif harm == "other state":
        world.states[2] = world.state_text(7)
        world.changes.update(dict.fromkeys(range(3, 8), world.changes[2]))
    elif harm == "not yet there":
        world.sequence = 3
        world.states[3] = world.state_text(3)
        world.states[2] = world.state_text(3)
    else:
        world.states[2] = "<html>busy</html>"
    with pytest.raises(SourceError):
        base.update()
    assert base.archive.answers("osm") == before
    assert not list((base.archive.root / "parts").glob("*.osc*"))


def test_an_interrupted_update_leaves_what_was_kept_and_the_next_one_ends_it(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.collect()
    before = base.archive.answers("osm")
    for _ in range(3):
        base.world.step()
        base.world.publish()
    seen = []

    def interrupted(*words: object) -> object:
        seen.append(words)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return apply_changes(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(updating_osm, "apply_changes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        base.update()
    # The first step is a whole state, and kept.
    assert base.archive.answers("osm")[:-1] == before
    base.update()
    base.require_as_fresh()


def test_a_stale_server_is_an_error(base: Base) -> None:
    base.world.publish()
    base.collect()
    base.world.sequence = 1
    with pytest.raises(FetchError, match="is at 1, and 2 was reached before"):
        base.update()


def test_an_extract_that_was_kept_whole_stays_the_ground(base: Base) -> None:
    base.collect(keeps_whole=True)
    ground = base.archive.require("osm", f"streets {base.url}")
    assert base.archive.body_path(ground.sha256).read_bytes() == base.world.extract()
    base.world.step()
    base.world.publish()
    base.update()
    base.require_as_fresh()
    assert base.archive.require("osm", f"streets {base.url}") == ground


def test_the_changes_of_the_planet_are_not_taken_into_an_extract(base: Base) -> None:
    base.world.base_url = "https://planet.openstreetmap.org/replication/day/"
    base.collect()
    base.world.step()
    base.world.publish()
    assert "the changes of the whole planet" in base.update()
    base.require_as_fresh()


def test_who_mapped_is_in_nothing_that_is_kept(base: Base) -> None:
    base.collect()
    base.world.step()
    base.world.publish()
    base.update()
    plain = base.folder / "kept.osm"
    with osmium.SimpleWriter(str(plain), overwrite=True) as writer:
        for each in osmium.FileProcessor(osmium.io.File(str(base.kept()), "pbf")):
            writer.add(each)
    assert b"surveillance" in plain.read_bytes()
    assert b"Riverton Mapper" not in plain.read_bytes()
    assert b"880000001" not in plain.read_bytes()


def test_nothing_to_update_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="was collected into"):
        update_osm(settings=Settings(raw_dir=tmp_path / "raw"), progress=NoProgress())


def test_the_later_version_counts_in_whichever_order_a_file_has_them(base: Base) -> None:
    base.world.put(("n", 9006), Thing(tags={}))
    base.world.put(("n", 9007), Thing(tags=CAMERA))
    base.world.publish()
    base.collect()
    for osm_id, earlier, later in ((9006, CAMERA, {}), (9007, {}, CAMERA)):
        base.world.put(("n", osm_id), Thing(tags=earlier))
        base.world.put(("n", osm_id), Thing(tags=later))
    base.world.publish()
    text = gzip.decompress(base.world.changes[3]).decode()
    nodes = re.findall(r"<node [^>]*/>|<node .*?</node>", text, re.DOTALL)
    assert len(nodes) == 4
    # Sorted by version downwards, as no rule of the format forbids.
    body = f'<osmChange version="0.6"><modify>{"".join(reversed(nodes))}</modify></osmChange>'
    base.world.changes[3] = gzip.compress(body.encode(), mtime=0)
    assert "0 came, 0 went" in base.update()
    base.require_as_fresh()


def test_a_device_that_lay_beyond_the_edge_is_taken_when_it_comes(base: Base) -> None:
    world = base.world
    enforcement = {"type": "enforcement", "enforcement": "maxspeed"}
    world.put(("r", 900), Thing(tags=enforcement, members=(("n", 9008, "device"),)))
    world.publish()
    base.collect()
    world.put(("n", 9008), Thing(tags={"highway": "street_lamp"}))
    world.publish()
    said = base.update()
    assert "1 came, 0 went" in said
    assert "collected anew" not in said
    base.require_as_fresh()


def test_a_body_that_was_damaged_is_collected_anew_and_said_so(base: Base) -> None:
    base.collect()
    base.kept().write_bytes(b"harmed")
    base.world.step()
    base.world.publish()
    assert "what was kept is damaged; collected anew" in base.update()
    base.require_as_fresh()

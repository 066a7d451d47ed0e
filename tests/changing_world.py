"""A small world that changes at random, and a server of its extract and of its change files."""

import hashlib
import random
import socket
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import osmium

from tests.fetch.raw_server import ok, status

BEGIN_UTC = datetime(2026, 3, 1, tzinfo=UTC)
_KINDS = {
    "n": osmium.osm.mutable.Node,
    "w": osmium.osm.mutable.Way,
    "r": osmium.osm.mutable.Relation,
}
_ORDER = "nwr"
_CAMERAS: list[dict[str, str]] = [
    {"man_made": "surveillance"},
    {"man_made": "surveillance", "operator": "City of Riverton", "camera:direction": "90"},
    {"man_made": "mast;surveillance", "height": "12"},
    {"highway": "speed_camera", "maxspeed": "50"},
    {"disused:man_made": "surveillance"},
]
_OTHERS: list[dict[str, str]] = [{}, {"highway": "street_lamp"}, {"building": "yes"}]

_BOUNDARY = {"type": "boundary", "boundary": "administrative", "name": "Riverton"}
_BOUNDARY_SHARE = 0.4

Key = tuple[str, int]


@dataclass(frozen=True)
class Thing:
    """One object as the database holds it."""

    version: int = 1
    edited_at_utc: datetime = BEGIN_UTC
    tags: dict[str, str] = field(default_factory=dict)
    place: tuple[float, float] = (10.0, 50.0)
    refs: tuple[int, ...] = ()
    members: tuple[tuple[str, int, str], ...] = ()


class World:
    """
    Objects that change at random, and every change file about them.

    Parameters
    ----------
    seed
        The same seed gives the same history.
    folder
        Where extracts and change files are written.
    with_boundaries
        Whether there are administrative boundaries, which change too.
    """

    def __init__(
        self, seed: int, folder: Path, *, base_url: str = "", with_boundaries: bool = False
    ) -> None:
        self.base_url = base_url
        self.sequence = 0
        self.now_utc = BEGIN_UTC
        self.things: dict[Key, Thing] = {}
        self.changes: dict[int, bytes] = {}
        self.states: dict[int, str] = {}
        self._random = random.Random(seed)  # noqa: S311 - a history, no secret
        self._folder = folder
        self._away: dict[Key, Thing] = {}
        self._edits: list[tuple[Key, Thing | None, int]] = []
        for _ in range(60):
            self._make_node()
        for _ in range(12):
            self._make_way()
        self._boundary_edits: list[Any] = []
        if with_boundaries:
            self._make_boundary()
            self._boundary_edits = [
                *(self._make_boundary, self._redraw, self._redraw_with_new, self._split),
                *(self._rename, self._move_corner, self._move_corner, self._move_corner),
            ]
        self.publish()

    def step(self) -> None:
        """Make one random edit."""
        self.now_utc += timedelta(minutes=7)
        if self._boundary_edits and self._random.random() < _BOUNDARY_SHARE:
            self._random.choice(self._boundary_edits)()
            return
        edit = self._random.choices(
            [
                *(self._make_node, self._make_way, self._make_relation),
                *(self._retag, self._move, self._rewire, self._delete, self._leave, self._return),
            ],
            weights=[16, 6, 6, 26, 26, 8, 12, 6, 6],
        )[0]
        edit()

    def publish(self) -> None:
        """Write what was edited since the last time as the next change file."""
        self.sequence += 1
        path = self._folder / "next.osc.gz"
        path.unlink(missing_ok=True)
        # By type, id and version, as publishers sort them; each edit stands in the file.
        ordered = sorted(
            enumerate(self._edits),
            key=lambda each: (_ORDER.index(each[1][0][0]), each[1][0][1], each[0]),
        )
        with osmium.SimpleWriter(str(path)) as writer:
            for _, (key, thing, version) in ordered:
                _add(writer, key, thing, version)
        self.changes[self.sequence] = path.read_bytes()
        self.states[self.sequence] = self.state_text(self.sequence)
        self._edits.clear()

    def state_text(self, sequence: int) -> str:
        """Write the state file of a change file, as osmosis does."""
        instant = self.now_utc.strftime(r"%Y-%m-%dT%H\:%M\:%SZ")
        return f"#a comment\nsequenceNumber={sequence}\ntimestamp={instant}\n"

    def extract(self) -> bytes:
        """Write all objects as a PBF of this moment."""
        path = self._folder / "now.osm.pbf"
        header = osmium.io.Header()
        header.set("osmosis_replication_sequence_number", str(self.sequence))
        header.set("osmosis_replication_timestamp", self.now_utc.strftime("%Y-%m-%dT%H:%M:%SZ"))
        header.set("osmosis_replication_base_url", self.base_url)
        header.add_box(osmium.osm.Box(9.0, 49.0, 11.0, 51.0))
        with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
            for key in sorted(self.things, key=lambda key: (_ORDER.index(key[0]), key[1])):
                _add(writer, key, self.things[key], self.things[key].version)
        return path.read_bytes()

    def answer(self, request: bytes, connection: socket.socket) -> None:
        """Serve the extract, its checksum, and the change files with their states."""
        path = request.split()[1].decode()
        connection.sendall(self._answer(path))

    def _answer(self, path: str) -> bytes:
        if path == "/x.osm.pbf":
            return ok(self.extract(), media_type="application/octet-stream")
        if path == "/x.osm.pbf.md5":
            return ok(hashlib.md5(self.extract(), usedforsecurity=False).hexdigest().encode())
        if path == "/updates/state.txt":
            return ok(self.states[self.sequence].encode())
        digits = path.removeprefix("/updates/").partition(".")[0].replace("/", "")
        number = int(digits) if digits.isdigit() else 0
        if path.endswith(".state.txt") and number in self.states:
            return ok(self.states[number].encode())
        if path.endswith(".osc.gz") and number in self.changes:
            return ok(self.changes[number])
        return status(404)

    def put(self, key: Key, thing: Thing) -> None:
        """Create or change an object by hand."""
        before = self.things.get(key)
        version = before.version + 1 if before else 1
        self.things[key] = replace(thing, version=version, edited_at_utc=self.now_utc)
        self._edits.append((key, self.things[key], version))

    def remove(self, key: Key) -> None:
        """Delete an object by hand."""
        gone = self.things.pop(key)
        self._edits.append((key, None, gone.version + 1))

    def _fresh(self, letter: str) -> Key:
        taken = [osm_id for kind, osm_id in {**self.things, **self._away} if kind == letter]
        return letter, max(taken, default=0) + self._random.choice([1, 1, 7, 40_000])

    def _tags(self) -> dict[str, str]:
        return dict(self._random.choice(self._random.choice([_CAMERAS, _OTHERS])))

    def _place(self) -> tuple[float, float]:
        return round(self._random.uniform(9, 11), 7), round(self._random.uniform(49, 51), 7)

    def _keys(self, letters: str) -> list[Key]:
        return [key for key in sorted(self.things) if key[0] in letters]

    def _is_used(self, key: Key) -> bool:
        return any(key[0] == "n" and key[1] in thing.refs for thing in self.things.values())

    def _refs(self) -> tuple[int, ...]:
        nodes = [osm_id for _, osm_id in self._keys("n")]
        return tuple(self._random.sample(nodes, k=min(3, len(nodes))))

    def _members(self) -> tuple[tuple[str, int, str], ...]:
        keys = self._random.sample(self._keys("nw"), k=2)
        return tuple((*key, self._random.choice(["device", "from"])) for key in keys)

    def _make_node(self) -> None:
        self.put(self._fresh("n"), Thing(tags=self._tags(), place=self._place()))

    def _make_way(self) -> None:
        self.put(self._fresh("w"), Thing(tags=self._tags(), refs=self._refs()))

    def _make_relation(self) -> None:
        enforcement = {"type": "enforcement", "enforcement": "maxspeed"}
        tags = self._random.choice([enforcement, self._tags()])
        self.put(self._fresh("r"), Thing(tags=tags, members=self._members()))

    def _make_boundary(self) -> None:
        """Draw an area along ways of its own, and one that is there already."""
        ways = [self._make_ring_way() for _ in range(3)]
        tags = {**_BOUNDARY, "admin_level": self._random.choice(["4", "6", "6", "8"])}
        self.put(self._fresh("r"), Thing(tags=tags, members=tuple(("w", w, "outer") for w in ways)))

    def _make_ring_way(self) -> int:
        corners = []
        for _ in range(4):
            key = self._fresh("n")
            self.put(key, Thing(place=self._place()))
            corners.append(key[1])
        key = self._fresh("w")
        self.put(key, Thing(refs=tuple(corners)))
        return key[1]

    def _boundary(self) -> Key:
        kept = [key for key in self._keys("r") if "admin_level" in self.things[key].tags]
        if not kept:
            self._make_boundary()
            return self._boundary()
        return self._random.choice(kept)

    def _redraw(self) -> None:
        """Draw a boundary along a way that nobody touches for it."""
        key = self._boundary()
        _, way = self._random.choice(self._keys("w"))
        members = (*self.things[key].members[1:], ("w", way, "outer"))
        self.put(key, replace(self.things[key], members=members))

    def _redraw_with_new(self) -> None:
        key = self._boundary()
        members = (*self.things[key].members[1:], ("w", self._make_ring_way(), "inner"))
        self.put(key, replace(self.things[key], members=members))

    def _split(self) -> None:
        """Cut a way of a boundary in two, as mappers do all the time."""
        key = self._boundary()
        whole = [ref for _, ref, _ in self.things[key].members if ("w", ref) in self.things]
        if not whole:
            return
        way = self._random.choice(whole)
        refs = self.things["w", way].refs
        new = self._fresh("w")
        self.put(new, Thing(refs=refs[1:]))
        self.put(("w", way), replace(self.things["w", way], refs=refs[:2]))
        members = (*self.things[key].members, ("w", new[1], ""))
        self.put(key, replace(self.things[key], members=members))

    def _rename(self) -> None:
        key = self._boundary()
        level = self._random.choice(["4", "6", "6", "6", "8"])
        tags = {**_BOUNDARY, "admin_level": level, "name": f"Riverton {self.sequence}"}
        self.put(key, replace(self.things[key], tags=tags))

    def _move_corner(self) -> None:
        ways = [self.things.get(("w", ref)) for _, ref, _ in self.things[self._boundary()].members]
        nodes = [("n", ref) for way in ways if way for ref in way.refs]
        if nodes:
            key = self._random.choice(nodes)
            self.put(key, replace(self.things[key], place=self._place()))

    def _retag(self) -> None:
        key = self._random.choice(self._keys("nwr"))
        self.put(key, replace(self.things[key], tags=self._tags()))

    def _move(self) -> None:
        key = self._random.choice(self._keys("n"))
        self.put(key, replace(self.things[key], place=self._place()))

    def _rewire(self) -> None:
        key = self._random.choice(self._keys("wr") or self._keys("n"))
        thing = self.things[key]
        if key[0] == "w":
            self.put(key, replace(thing, refs=self._refs()))
        elif key[0] == "r":
            self.put(key, replace(thing, members=self._members()))

    def _delete(self) -> None:
        key = self._random.choice(self._keys("nwr"))
        if not self._is_used(key):
            self.remove(key)

    def _leave(self) -> None:
        """Let an object leave the area: its publisher says deleted, in a version of its own."""
        key = self._random.choice(self._keys("nw"))
        if not self._is_used(key):
            self._away[key] = self.things[key]
            self.remove(key)

    def _return(self) -> None:
        """Let an object come back as it was, with the version that it had."""
        back = [
            key for key, thing in self._away.items()
            if key not in self.things and all(("n", ref) in self.things for ref in thing.refs)
        ]  # fmt: skip
        # In one file with its going it would be an edit that no database knows.
        if back and not self._edits:
            key = self._random.choice(sorted(back))
            self.things[key] = self._away.pop(key)
            self._edits.append((key, self.things[key], self.things[key].version))


def _add(writer: Any, key: Key, thing: Thing | None, version: int) -> None:  # noqa: ANN401 - pyosmium's
    letter, osm_id = key
    if thing is None:
        gone = _KINDS[letter](id=osm_id, version=version, visible=False)
        writer.add(gone)
        return
    said: dict[str, Any] = {
        "id": osm_id, "version": version, "timestamp": thing.edited_at_utc, "tags": thing.tags,
        "user": "Riverton Mapper", "uid": 880000001, "changeset": 7,
    }  # fmt: skip
    parts: dict[str, dict[str, Any]] = {
        "n": {"location": thing.place},
        "w": {"nodes": list(thing.refs)},
        "r": {"members": list(thing.members)},
    }
    writer.add(_KINDS[letter](**said, **parts[letter]))

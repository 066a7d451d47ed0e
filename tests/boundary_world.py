"""Hand-made boundaries and cameras as an extract: squares of a tenth of a degree in Germany."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import osmium

WEST_DEG, SOUTH_DEG, STEP_DEG = 11.0, 48.0, 0.1


@dataclass(frozen=True)
class Border:
    """
    A boundary relation.

    Attributes
    ----------
    rings
        Role, and the corners of a ring as columns and rows of the grid; a ring that is not
        closed stays open.
    """

    relation_id: int
    rings: Sequence[tuple[str, Sequence[tuple[float, float]]]]
    tags: dict[str, str]


def place(column: float, row: float) -> tuple[float, float]:
    """Return longitude and latitude of a corner of the grid."""
    return round(WEST_DEG + column * STEP_DEG, 7), round(SOUTH_DEG + row * STEP_DEG, 7)


def box(
    column: float, row: float, width: float = 1, height: float = 1
) -> list[tuple[float, float]]:
    """Return the closed ring of a box of the grid."""
    east, north = column + width, row + height
    return [(column, row), (east, row), (east, north), (column, north), (column, row)]


def tags(level: str, name: str, **more: str) -> dict[str, str]:
    """Return the tags of an administrative boundary."""
    return {
        "type": "boundary", "boundary": "administrative", "admin_level": level, "name": name, **more
    }  # fmt: skip


def write(
    path: Path,
    borders: Sequence[Border],
    cameras: Sequence[tuple[float, float]] = (),
    *,
    lost_ways: frozenset[int] = frozenset(),
    streets: Sequence[Sequence[tuple[float, float]]] = (),
    covers: tuple[tuple[float, float], tuple[float, float]] | None = None,
) -> None:
    """
    Write an extract: cameras are the nodes 1, 2, 3; each ring is two ways where it closes.

    Parameters
    ----------
    lost_ways
        Ways that relations name and the file lacks, by their number from 1.
    covers
        Two corners of the box that the header says the file covers.
    """
    nodes: dict[tuple[float, float], int] = {}
    ways: list[list[int]] = []
    members: dict[int, list[tuple[str, int, str]]] = {}
    for border in borders:
        for role, corners in border.rings:
            refs = [nodes.setdefault(place(*corner), 1001 + len(nodes)) for corner in corners]
            half = len(refs) // 2
            for piece in (refs[: half + 1], refs[half:]):
                ways.append(piece)
                members.setdefault(border.relation_id, []).append(("w", len(ways), role))
    first_street = len(ways) + 1
    ways += [
        [nodes.setdefault(place(*each), 1001 + len(nodes)) for each in line] for line in streets
    ]
    header = osmium.io.Header()
    if covers:
        header.add_box(osmium.osm.Box(*(osmium.osm.Location(*place(*each)) for each in covers)))
    with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
        for number, camera in enumerate(cameras, start=1):
            writer.add_node(
                osmium.osm.mutable.Node(
                    id=number, version=1, timestamp="2024-01-02T03:04:05Z", location=place(*camera),
                    tags={"man_made": "surveillance", "surveillance": "public"},
                )
            )  # fmt: skip
        for location, ref in nodes.items():
            writer.add_node(osmium.osm.mutable.Node(id=ref, location=location))
        for number, refs in enumerate(ways, start=1):
            if number not in lost_ways:
                kind = {"highway": "residential"} if number >= first_street else {}
                writer.add_way(osmium.osm.mutable.Way(id=number, nodes=refs, tags=kind))
        for border in borders:
            writer.add_relation(
                osmium.osm.mutable.Relation(
                    id=border.relation_id, members=members[border.relation_id], tags=border.tags
                )
            )

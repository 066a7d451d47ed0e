"""What is read: the sample, the real objects of the world, and a PBF of 200 MB."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.large_pbf import EXTRACTS, write_large_pbf
from tests.bench.pairs import Figure, Pair
from tests.bench.peers import Peers
from tests.bench.world import WORLD

_PYTHON = sys.executable
_OUR_READER = f"""
from pathlib import Path
from mapper.model.progress import NoProgress
from mapper.sources.osm.reading import read
assert read(Path({str(WORLD)!r}), progress=NoProgress()).observations
"""
# Only the objects that ours reads too; what is done with them is the difference.
_PYOSMIUM = f"""
import osmium
tags = osmium.filter.TagFilter(("man_made", "surveillance"), ("highway", "speed_camera"))
assert sum(len(dict(each.tags)) for each in osmium.FileProcessor({str(WORLD)!r}).with_filter(tags))
"""
# All load the same modules, so that the difference is the reading.
_LARGE = """
import sys, zlib
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
import osmium
from mapper.sources.osm.block_reader import BlockReader
from mapper.sources.osm.pbf_wire import next_block, once_each
path = Path(sys.argv[1])
"""
_OUR_WALK = _LARGE + "assert sum(1 for _ in BlockReader(path).cameras())"
_TAG_FILTER = (
    _LARGE
    + """
tags = osmium.filter.TagFilter(("man_made", "surveillance"), ("highway", "speed_camera"))
assert sum(1 for _ in osmium.FileProcessor(str(path)).with_filter(tags))
"""
)
_INFLATED = (
    _LARGE
    + """
with path.open("rb") as file:
    while (block := next_block(file)) is not None:
        zlib.decompress(once_each(block.blob)[3])
"""
)
_INFLATED_IN_TWO = (
    _LARGE
    + """
inflate = lambda block: zlib.decompress(once_each(block.blob)[3])
with path.open("rb") as file, ThreadPoolExecutor(2) as threads:
    blocks = iter(lambda: next_block(file), None)
    while some := list(islice(blocks, 64)):
        list(threads.map(inflate, some))
"""
)


def pairs(folder: Path, _: Peers) -> Iterator[Pair]:
    """Yield a build of nothing new, the reading of the world, and the search of a large PBF."""
    out = folder / "build"

    def clean(is_ours: bool) -> None:  # noqa: FBT001 - the two sides of a pair
        # The peer of a second build is the first one, which finds nothing kept.
        if not is_ours:
            shutil.rmtree(out, ignore_errors=True)

    build = (_PYTHON, "-m", "mapper", "build", "--quiet", "--out", str(out))
    yield Pair(
        "the sample built again", build, "the first build of it", build, before=clean, turns=3
    )
    yield Pair(
        "192,514 objects read, cleaned and kept with their evidence",
        (_PYTHON, "-c", _OUR_READER),
        "pyosmium, which filters and counts their tags",
        (_PYTHON, "-c", _PYOSMIUM),
    )
    path = folder / "large.osm.pbf"
    lacking = "".join(f"{extract} is not there" for extract in EXTRACTS if not extract.exists())
    if not lacking:
        write_large_pbf(path)
    for peer_name, peer, ratio_max in (
        ("pyosmium's TagFilter", _TAG_FILTER, 1 / 1.8),
        ("inflating its blocks by zlib", _INFLATED, 1 / 0.9),
        ("inflating its blocks by zlib in two threads", _INFLATED_IN_TWO, None),
    ):
        yield Pair(
            "a PBF of 200 MB searched for cameras",
            (_PYTHON, "-c", _OUR_WALK, str(path)),
            peer_name,
            (_PYTHON, "-c", peer, str(path)),
            # The bars are of speed, with both cores.
            figure=Figure.WAIT,
            told_too=[Figure.PROCESSOR],
            ratio_max=ratio_max,
            memory_max_mb=150,
            lacking=lacking,
        )

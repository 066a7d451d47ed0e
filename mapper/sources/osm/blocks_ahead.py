"""
Blocks of a PBF, looked at in threads before they are asked for.

Unpacking lets go of the interpreter, so that two threads keep two cores busy. They are given rounds
of blocks, for to hand over each block alone takes a tenth of the time of all.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import zip_longest

from mapper.sources.osm.block_contents import Block, Wanted, look_at
from mapper.sources.osm.pbf_wire import MalformedError, PackedBlock

_THREADS = 2
_ROUND_BYTES = 512 * 1024
_ROUNDS_AHEAD_MAX = 2
# A block may unpack to 32 MB, and a crafted file may have thousands of such in one round. What is
# left of a round after so many bytes waits until somebody comes to it.
_ROUND_UNPACKED_BYTES_MAX = 16 * 1024 * 1024


def looked_at_ahead(
    packed_blocks: Iterable[PackedBlock], wanted: Wanted
) -> Iterator[tuple[PackedBlock, Block | None]]:
    """
    Yield each block with what was seen of it, in their order.

    Yields
    ------
    packed, block
        ``None`` for a block that is broken, and for those behind it or behind much in its round;
        ``look_at`` tells what it is, and raises where the caller knows the place in the file.
    """
    waiting: deque[tuple[list[PackedBlock], Future[list[Block]]]] = deque()
    with ThreadPoolExecutor(_THREADS) as threads:
        for each_round in _rounds(packed_blocks):
            waiting.append((each_round, threads.submit(_look_at_each, each_round, wanted)))
            if len(waiting) > _ROUNDS_AHEAD_MAX:
                yield from _in_pairs(*waiting.popleft())
        for each_round, blocks in waiting:
            yield from _in_pairs(each_round, blocks)


def _rounds(packed_blocks: Iterable[PackedBlock]) -> Iterator[list[PackedBlock]]:
    each_round: list[PackedBlock] = []
    size = 0
    for packed in packed_blocks:
        each_round.append(packed)
        size += packed.size
        if size >= _ROUND_BYTES:
            yield each_round
            each_round, size = [], 0
    if each_round:
        yield each_round


def _look_at_each(packed_blocks: list[PackedBlock], wanted: Wanted) -> list[Block]:
    """Look at blocks up to one that is broken, or until they have unpacked to much."""
    blocks: list[Block] = []
    size = 0
    for packed in packed_blocks:
        try:
            block = look_at(packed, wanted)
        except MalformedError:
            break
        blocks.append(block)
        size += len(block.data)
        if size >= _ROUND_UNPACKED_BYTES_MAX:
            break
    return blocks


def _in_pairs(
    packed_blocks: list[PackedBlock], blocks: "Future[list[Block]]"
) -> Iterator[tuple[PackedBlock, Block | None]]:
    return zip_longest(packed_blocks, blocks.result())

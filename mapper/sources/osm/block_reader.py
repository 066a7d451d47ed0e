"""
The objects of a PBF, from the few of its blocks that can hold what is asked for.

Nine blocks of ten hold no camera. A block keeps every key and value of its objects in one table
of strings, so that a search for bytes in the table tells which blocks need not be decoded. The
others go to libosmium, unpacked and in the order of the file: it decodes and filters what it
would have read from the file, and gives the same objects.

The same walk holds every block, decoded or not, to the format and to its caps, before libosmium
sees it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import osmium

from mapper.errors import SourceFormatError
from mapper.sources.osm.block_contents import (
    Block,
    Key,
    Tag,
    Wanted,
    check_parts,
    check_spellings,
    fits_opl,
    look_at,
)
from mapper.sources.osm.blocks_ahead import looked_at_ahead
from mapper.sources.osm.id_batches import id_batches
from mapper.sources.osm.pbf_wire import (
    DATA,
    HEADER,
    MalformedError,
    PackedBlock,
    fields_of,
    next_block,
    raw_block,
    unpacked,
)

# mypy sees no types in pyosmium, and its objects are valid only while they are looked at.
OsmObject = Any

_REQUIRED_FEATURES = 4
_FEATURES = frozenset({b"OsmSchema-V0.6", b"DenseNodes", b"HistoricalInformation"})
_ENTITIES = {"n": osmium.osm.NODE, "w": osmium.osm.WAY, "r": osmium.osm.RELATION}
_ORDER_OF_LETTER = {letter: order for order, letter in enumerate(_ENTITIES)}

EXPANSION_MAX = 100
"""Highest ratio of unpacked to packed bytes; real extracts unpack to three times their size."""

_RATIO_COUNTS_FROM_BYTES = 64 * 1024 * 1024

# What is handed to libosmium at once; it keeps some three times as much in memory.
_HANDED_BYTES = 1024 * 1024
# Of ids that are asked for at once, 4 MB each: few where a batch costs its blocks alone, many
# where each batch is a pass over the whole file.
_STRETCHES_OF_BLOCKS, _STRETCHES = 10, 100


@dataclass(slots=True)
class _Index:
    """By which object each block begins, for a file in order of type and id."""

    firsts: list[Key] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    is_in_order: bool = True

    def add(self, block: Block, begin: int) -> None:
        """Add the next block of the file."""
        if block.first is None or (self.firsts and block.first < self.firsts[-1]):
            self.is_in_order = False
            return
        self.firsts.append(block.first)
        self.begins.append(begin)

    def begins_of(self, keys: Iterable[Key]) -> list[int]:
        """Return where the blocks begin that can hold objects, in the order of the file."""
        numbers: set[int] = set()
        for key in keys:
            # Versions of one object may go on in the next blocks.
            before = max(bisect_left(self.firsts, key) - 1, 0)
            numbers.update(range(before, bisect_right(self.firsts, key)))
        return [self.begins[number] for number in sorted(numbers)]


class BlockReader:
    """
    Reads one PBF, the first time from its begin to its end.

    Parameters
    ----------
    path
        The file; its header is read at once.

    Raises
    ------
    SourceFormatError
        If the header is broken, or asks for what is not read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._index: _Index | None = None
        self._pool = osmium.io.ThreadPool()
        with path.open("rb") as file, self._place_told(0):
            self._header = _header_block(next_block(file))
        with broken_file_refused(path):
            self.header = osmium.io.Reader(self._buffer([]), osmium.osm.NOTHING).header()

    def check(self) -> int:
        """
        Walk all blocks, and return how many there are, the header among them.

        Raises
        ------
        SourceFormatError
            If the file ends within a block, a block is not built as the format says, is packed in
            another way than zlib, holds a string with a NUL byte or more parts than a block can
            need, or if the file unpacks to more than ``EXPANSION_MAX`` times its size.
        """
        return 1 + sum(1 for _ in self._walk(Wanted(is_every_block=True)))

    def cameras(self, *more_tags: tuple[str, str]) -> Iterator[OsmObject]:
        """
        Yield the objects that may be cameras by their tags, in the order of the file.

        Parameters
        ----------
        more_tags
            Tags of objects that are yielded as well.

        Raises
        ------
        SourceFormatError
            As ``check``, and if what libosmium reads is broken.
        """
        for blocks in self.camera_blocks(*more_tags):
            yield from blocks.objects()

    def camera_blocks(self, *more_tags: tuple[str, str]) -> Iterator["CameraBlocks"]:
        """
        Yield the blocks that can hold such objects, some at a time, in the order of the file.

        Raises
        ------
        SourceFormatError
            As ``check``.
        """
        wanted = Wanted(more_tags, with_cameras=True)
        for blocks in _handfuls(block for block in self._walk(wanted) if block.tags):
            yield CameraBlocks(self, blocks)

    def by_id(self, letter: str, ids: set[int]) -> Iterator[OsmObject]:
        """
        Yield the objects of a type that have one of the ids.

        A file that says it is in order, and was walked and seen to be, is read in the blocks that
        can hold them; any other is read whole.

        Parameters
        ----------
        letter
            ``n``, ``w`` or ``r``.

        Raises
        ------
        SourceFormatError
            If an id is none that a database gives, they are more scattered than any are, or what
            libosmium reads is broken.
        """
        entities, order = _ENTITIES[letter], _ORDER_OF_LETTER[letter]
        index = self._index if self._index and self._index.is_in_order else None
        for batch in id_batches(self.path, ids, _STRETCHES_OF_BLOCKS if index else _STRETCHES):
            id_filter = osmium.filter.IdFilter(batch)
            if index is None:
                with broken_file_refused(self.path):
                    yield from processor(self.path, entities, id_filter)
                continue
            begins = index.begins_of((order, ref) for ref in batch)
            for blocks in _handfuls(self._blocks_at(begins)):
                yield from self.objects(blocks, entities, id_filter)

    def _walk(self, wanted: Wanted) -> Iterator[Block]:
        """Look at every block behind the header; say which tags its strings can make."""
        index = _Index(is_in_order=self.header.get("sorting") == "Type_then_ID")
        packed_bytes = unpacked_bytes = parts_walked = 0
        spellings: set[str] = set()
        with self.path.open("rb") as file:
            for packed, looked_at in looked_at_ahead(self._packed_blocks(file), wanted):
                with self._place_told(packed.begin):
                    block = looked_at or look_at(packed, wanted)
                    packed_bytes += packed.size
                    unpacked_bytes += len(block.data)
                    parts_walked += block.parts_walked
                    spellings |= block.spellings
                    _check_caps(packed_bytes, unpacked_bytes, parts_walked)
                    check_spellings(spellings)
                index.add(block, packed.begin)
                yield block
        self._index = index

    def _packed_blocks(self, file: BinaryIO) -> Iterator[PackedBlock]:
        next_block(file)
        while True:
            with self._place_told(file.tell()):
                packed = next_block(file)
            if packed is None:
                return
            yield packed

    def _blocks_at(self, begins: Iterable[int]) -> Iterator[Block]:
        with self.path.open("rb") as file:
            for begin in begins:
                file.seek(begin)
                with self._place_told(begin):
                    packed = next_block(file)
                    if packed is None:
                        msg = "the file has become shorter"
                        raise MalformedError(msg)
                    block = look_at(packed, Wanted(is_every_block=True))
                yield block

    def objects(
        self, blocks: list[Block], entities: OsmObject, each_filter: OsmObject
    ) -> Iterator[OsmObject]:
        """Yield the objects of blocks that pass a filter; see ``cameras``."""
        with broken_file_refused(self.path):
            source = osmium.FileProcessor(self._buffer(blocks), entities, self._pool)
            yield from source.with_filter(each_filter)

    def write(
        self, blocks: list[Block], entities: OsmObject, each_filter: OsmObject, to: OsmObject
    ) -> None:
        """
        Write the objects of blocks that pass a filter into another file.

        Raises
        ------
        RuntimeError, ValueError, OSError
            Those of libosmium, where an object is broken or the disk is full.
        """
        buffer = self._buffer(blocks)
        with (
            osmium.io.Reader(buffer, entities, thread_pool=self._pool) as reader,
            osmium.SimpleWriter(to, thread_pool=self._pool) as writer,
        ):
            osmium.apply(reader, each_filter, writer)

    def _buffer(self, blocks: list[Block]) -> OsmObject:
        """Return blocks behind the header of the file as a file in memory."""
        parts = [
            raw_block(HEADER, self._header),
            *(raw_block(DATA, block.data) for block in blocks),
        ]
        return osmium.io.FileBuffer(b"".join(parts), "pbf")

    @contextmanager
    def _place_told(self, begin: int) -> Iterator[None]:
        try:
            yield
        except MalformedError as error:
            msg = f"{self.path}: the PBF is broken or cut in the block at byte {begin:,}: {error}"
            raise SourceFormatError(msg, next_step=error.next_step) from error


class CameraBlocks:
    """Some blocks that may hold cameras, and the tags by which libosmium looks for them."""

    def __init__(self, reader: BlockReader, blocks: list[Block]) -> None:
        self._reader, self._blocks = reader, blocks
        tags = frozenset[Tag]().union(*(block.tags for block in blocks))
        self._filter = osmium.filter.TagFilter(*tags)

    def fit_opl(self) -> bool:
        """Tell whether OPL has all their strings as they are."""
        return all(fits_opl(block.data) for block in self._blocks)

    def objects(self, entities: OsmObject = osmium.osm.ALL) -> Iterator[OsmObject]:
        """
        Yield the objects with one of the tags, all or those of some types.

        Raises
        ------
        SourceFormatError
            If what libosmium reads is broken.
        """
        return self._reader.objects(self._blocks, entities, self._filter)

    def write_nodes(self, to: OsmObject) -> None:
        """Write the nodes with one of the tags into a file; raises what libosmium does."""
        self._reader.write(self._blocks, osmium.osm.NODE, self._filter, to)


def check_blocks(path: Path) -> int:
    """
    Walk all blocks of a file, and return how many there are.

    Raises
    ------
    SourceFormatError
        As ``BlockReader.check``.
    """
    return BlockReader(path).check()


@contextmanager
def broken_file_refused(path: Path) -> Iterator[None]:
    """Turn what pyosmium raises on a broken file into an error for the reader."""
    try:
        yield
    # pyosmium has no error of its own: libosmium's io and format errors arrive as these.
    except (RuntimeError, ValueError, OverflowError, MemoryError) as error:
        msg = f"{path}: the PBF data is broken or cut: {error}"
        raise SourceFormatError(msg, next_step="Download the file again.") from error


def processor(path: Path, entities: OsmObject, *filters: OsmObject) -> OsmObject:
    """Open a file as PBF whatever its name, behind the filters given."""
    # An absolute path, because libosmium hands a name that begins like a URL to a program.
    source = osmium.FileProcessor(osmium.io.File(str(path.resolve()), "pbf"), entities)
    for each in filters:
        source.with_filter(each)
    return source


def _header_block(packed: PackedBlock | None) -> bytes:
    """Return the data of the header, whose required features are all read."""
    if packed is None or packed.kind != HEADER:
        msg = "it is no header"
        raise MalformedError(msg)
    data = unpacked(packed.blob)
    for number, feature in fields_of(memoryview(data)):
        if number != _REQUIRED_FEATURES or not isinstance(feature, memoryview):
            continue
        if bytes(feature) not in _FEATURES:
            name = bytes(feature[:40]).decode("utf-8", "replace")
            msg = f"the file asks for the feature {name}, which is not read"
            raise MalformedError(msg)
    return data


def _check_caps(packed_bytes: int, unpacked_bytes: int, parts_walked: int) -> None:
    check_parts(parts_walked)
    if unpacked_bytes > max(_RATIO_COUNTS_FROM_BYTES, EXPANSION_MAX * packed_bytes):
        msg = f"it unpacks to more than {EXPANSION_MAX} times its size"
        raise MalformedError(msg)


def _handfuls(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Yield blocks in lists that are small enough to be handed over."""
    handful: list[Block] = []
    size = 0
    for block in blocks:
        handful.append(block)
        size += len(block.data)
        if size >= _HANDED_BYTES:
            yield handful
            handful, size = [], 0
    if handful:
        yield handful

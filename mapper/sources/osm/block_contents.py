"""
What is seen of one block of a PBF without decoding its objects.

libosmium ends a string at its first NUL byte. A NUL within a string therefore makes it read past
the tags of an object, and crash. No OpenStreetMap database can hold one, so a file that does is
refused.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from mapper.sources.osm.pbf_wire import (
    DATA,
    MalformedError,
    PackedBlock,
    fields_of,
    unpacked,
    varint,
    written_field,
)
from mapper.sources.osm.tag_reading import camera_filters, camera_word

_BLOCK_STRINGS, _BLOCK_GROUP = 1, 2
_BEGINS_PLANE_16 = b"\xf4"
"""In UTF-8, where nothing else is written with this byte (RFC 3629, section 4)."""
_STRING, _STRING_KEY = 1, 0x0A
# A length from here on takes more than a byte.
_LONG = 0x80
_DENSE_NODES = 2
_ORDER_OF_MESSAGE = {1: 0, _DENSE_NODES: 0, 3: 1, 4: 2}
_ID = 1
_EMPTY_STRING = b"\x0a\x00"
_EMPTY_STRINGS = re.compile(rb"(?:\x0a\x00)+")

CAMERA_WORDS = (b"surveillance", b"speed_camera")
_ANY_CAMERA_WORD = re.compile(b"|".join(CAMERA_WORDS))
# What stands beside a camera's word within a longer one, as in ``surveillance:type``.
_WITHIN_WORDS = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789:_-=")
# A value of OpenStreetMap has 255 characters at most.
_VALUE_BYTES_MAX = 1020

# The world has some dozens.
_SPELLINGS_MAX = 1_000
PARTS_WALKED_MAX = 20_000_000
"""Walking them takes about ten seconds; real blocks have ten, and only odd tables are walked."""

Key = tuple[int, int]
"""Order of type (node, way, relation) and id."""


Tag = tuple[str, str]


class Wanted:
    """
    The tags that objects are asked for by.

    Parameters
    ----------
    with_cameras
        Whether every tag that can make a camera is one of them.
    more_tags
        Others; in lower case.
    is_every_block
        Whether every block is going to be decoded, whatever its strings are.
    """

    def __init__(
        self,
        more_tags: Collection[Tag] = (),
        *,
        with_cameras: bool = False,
        is_every_block: bool = False,
    ) -> None:
        self.is_every_block = is_every_block
        camera_tags = camera_filters(frozenset()) if with_cameras else []
        self._camera_keys = {_entry(key): key for key, _ in camera_tags}
        # One that is found hides none behind it: a line feed is in no key, and as a length of ten
        # it would have to stand before a length, where a letter of the key does.
        ends = b"|".join(re.escape(entry[1:]) for entry in sorted(self._camera_keys))
        self._any_camera_key = re.compile(b"\n(?:" + ends + b")")
        self._camera_words = {
            word: _entry(word) for word in sorted({word for _, word in camera_tags})
        }
        self._more_tags = {(key, value): (_entry(key), _entry(value)) for key, value in more_tags}
        values = {*CAMERA_WORDS, *(value.encode() for _, value in more_tags)}
        # All at once, for nearly every table has none of them, and one search for many words takes
        # no longer than a search for one.
        self._values = re.compile(b"|".join(map(re.escape, sorted(values))))

    def is_named_in(self, lowered: bytes) -> bool:
        """Whether a table in lower case has the value of a tag, be it within a longer word."""
        return self._values.search(lowered) is not None

    def tags_in(self, table: bytes, spellings: Iterable[str]) -> frozenset[Tag]:
        """
        Return the tags that strings can make.

        A filter compares each tag of each object with each of its own: two are four times as
        fast as all seventy, nearly all of which are in no block.

        Parameters
        ----------
        table
            Strings as a block writes them, lengths in the shortest way, in lower case.
        spellings
            Other values that name a camera.
        """
        tags = {tag for tag, parts in self._more_tags.items() if all(p in table for p in parts)}
        words = [word for word, entry in self._camera_words.items() if entry in table]
        if self._camera_keys and (words or spellings):
            keys = {self._camera_keys[entry] for entry in self._any_camera_key.findall(table)}
            tags.update(product(keys, (*words, *spellings)))
        return frozenset(tags)


@dataclass(frozen=True, slots=True)
class Block:
    """
    What was seen of a block.

    Attributes
    ----------
    data
        Its unpacked bytes.
    tags
        Those of the tags asked for that its strings can make; empty where it need not be decoded.
    first
        Order of type and id of its first object; None where it has none.
    spellings
        Strings that name a camera among other things (``mast;surveillance``): a filter of exact
        tags must know them.
    parts_walked
        What a cap is held against.
    """

    data: bytes
    tags: frozenset[Tag]
    first: Key | None
    spellings: frozenset[str]
    parts_walked: int


def look_at(packed: PackedBlock, wanted: Wanted) -> Block:
    """
    Unpack a block, and look into its tables of strings and at its first object.

    Raises
    ------
    MalformedError
        If it is not built as the format says, has more parts than a block can need, or is going to
        be decoded and a string of it holds a NUL byte.
    """
    if packed.kind != DATA:
        msg = f"it is no OSMData, but {packed.kind[:40].decode('utf-8', 'replace')}"
        raise MalformedError(msg)
    data = unpacked(packed.blob)
    first, parts_walked = None, 0
    tables: list[bytes] = []
    spellings: set[str] = set()
    for number, part in fields_of(memoryview(data)):
        parts_walked += 1
        check_parts(parts_walked)
        if not isinstance(part, memoryview):
            continue
        if number == _BLOCK_STRINGS:
            tables.append(_in_short_lengths(bytes(part)))
        elif number == _BLOCK_GROUP and first is None:
            first = _first_object(part)
    lowered = [table.lower() for table in tables]
    tags: frozenset[Tag] = frozenset()
    if any(map(wanted.is_named_in, lowered)):
        for table, low in zip(tables, lowered, strict=True):
            if any(_names_others(word, table, low) for word in CAMERA_WORDS):
                parts_walked += _add_spellings(table, spellings)
        tags = wanted.tags_in(b"".join(lowered), spellings)
    if tags or wanted.is_every_block:
        parts_walked += sum(_check_nul(table) for table in tables)
    return Block(data, tags, first, frozenset(spellings), parts_walked)


def _in_short_lengths(table: bytes) -> bytes:
    """
    Return the strings of a table with each length written in the shortest way.

    Only then can a string be searched for together with its length.
    """
    # A length that is written in a longer way ends with a zero byte; an empty string is one too,
    # and nearly every table has those alone, at its begin.
    if not _has_zero_behind_empty(table) or table.count(0) == table.count(_EMPTY_STRING):
        return table
    return b"".join(written_field(_STRING, string) for string in _strings(table))


def _has_zero_behind_empty(table: bytes) -> bool:
    """Whether a table has a zero byte behind the empty strings that it begins with."""
    begin = _EMPTY_STRINGS.match(table)
    return table.find(0, begin.end() if begin else 0) >= 0


def _check_nul(table: bytes) -> int:
    """Refuse a NUL byte within a string; return how many strings were walked for it."""
    if not _has_zero_behind_empty(table):
        return 0
    walked = 0
    for string in _strings(table):
        walked += 1
        if 0 in string:
            msg = "a string holds a NUL byte"
            raise MalformedError(msg)
    return walked


def _add_spellings(table: bytes, spellings: set[str]) -> int:
    """Gather what names a camera; return how many strings were walked for it."""
    walked = 0
    for string in _strings(table):
        walked += 1
        # Few strings hold a word at all, and to look for it takes a quarter of reading a value.
        if len(string) > _VALUE_BYTES_MAX or not _ANY_CAMERA_WORD.search(string.lower()):
            continue
        value = string.decode("utf-8", "replace")
        if camera_word(value):
            spellings.add(value)
            check_spellings(spellings)
    return walked


def fits_opl(data: bytes) -> bool:
    """
    Tell whether OPL has every string of a block as it is: UTF-8, and no sign of plane 16.

    Of signs above U+FFFFF libosmium leaves out a digit that is 0: U+101C00 stands there as 11c00,
    which is another sign (`append_min_4_hex_digits`).

    Parameters
    ----------
    data
        Of a block that was looked at.
    """
    return all(
        _fits_opl(bytes(part))
        for number, part in fields_of(memoryview(data))
        if number == _BLOCK_STRINGS and isinstance(part, memoryview)
    )


def _fits_opl(table: bytes) -> bool:
    # Where the whole is, each string is, for the last byte of a length and the key of the next
    # string are letters of their own. A string of more than 127 bytes has a length that is none.
    if _is_plain(table):
        return True
    return all(_is_plain(string) for string in _strings(table))


def _is_plain(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return _BEGINS_PLANE_16 not in data


def _entry(text: str) -> bytes:
    return written_field(_STRING, text.encode())


def _names_others(word: bytes, table: bytes, lowered: bytes) -> bool:
    """Whether a table may hold a camera's word in capitals, or beside a separator."""
    end = 0
    while (begin := lowered.find(word, end)) >= 0:
        end = begin + len(word)
        if table[begin:end] != word:
            return True
        after = lowered[end] if end < len(lowered) else _STRING_KEY
        # Before the first letter of a string stand the key of a string and its length.
        begins_string = table[begin - 2] == _STRING_KEY
        is_alone = begins_string and table[begin - 1] == len(word) and after == _STRING_KEY
        is_within = after in _WITHIN_WORDS or (
            not begins_string and lowered[begin - 1] in _WITHIN_WORDS
        )
        if not is_alone and not is_within:
            return True
    return False


def _strings(table: bytes) -> Iterator[bytes]:
    """Yield the strings of a table; as ``fields_of`` and, where they are short, much faster."""
    view, at, walked = memoryview(table), 0, 0
    while at < len(table):
        walked += 1
        check_parts(walked)
        if table[at] != _STRING_KEY:
            rest = (value for number, value in fields_of(view[at:]) if number == _STRING)
            yield from (bytes(value) for value in rest if isinstance(value, memoryview))
            return
        begin = at + 2
        size = table[at + 1] if begin <= len(table) else _LONG
        if size >= _LONG:
            size, begin = varint(view, at + 1)
        at = begin + size
        if at > len(table):
            msg = "a string is longer than its table"
            raise MalformedError(msg)
        yield table[begin:at]


def _first_object(group: memoryview) -> Key | None:
    """Return order and id of a group's first object, if its id is what it begins with."""
    number, message = next(fields_of(group), (0, 0))
    if number not in _ORDER_OF_MESSAGE or not isinstance(message, memoryview):
        return None
    field, value = next(fields_of(message), (0, 0))
    if isinstance(value, memoryview):
        # The ids of dense nodes are one packed list.
        value = varint(value, 0)[0] if value else 0
    if field != _ID or not value:
        return None
    order = _ORDER_OF_MESSAGE[number]
    # Ids of nodes are written with their sign in the lowest bit.
    return order, value if order else (value >> 1) ^ -(value & 1)


def check_parts(parts_walked: int) -> None:
    """
    Refuse what would take long to walk.

    Raises
    ------
    MalformedError
        If so many parts or strings were walked.
    """
    if parts_walked > PARTS_WALKED_MAX:
        msg = "it holds more strings or parts than map data needs"
        raise MalformedError(msg)


def check_spellings(spellings: Collection[str]) -> None:
    """
    Refuse more spellings than a filter can compare with.

    Raises
    ------
    MalformedError
        If there are so many.
    """
    if len(spellings) > _SPELLINGS_MAX:
        msg = f"cameras are spelled in more than {_SPELLINGS_MAX:,} ways"
        raise MalformedError(msg)

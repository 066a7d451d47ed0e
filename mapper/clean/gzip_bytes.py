"""Gzip that is the same bytes in every Python and on every system, for the same zlib."""

import gzip
from typing import Final

_SYSTEM_AT: Final = 9
_SYSTEM_UNKNOWN: Final = b"\xff"


def gzip_bytes(data: bytes, level: int = 9) -> bytes:
    """
    Return the bytes compressed, with no time, no name and no system in the header.

    Notes
    -----
    RFC 1952, section 2.3.1: byte 9 names the system. Python up to 3.12 leaves to zlib what stands
    there, 3 on Unix and 10 or 11 on Windows; Python 3.13 writes 255, unknown, as is done here.
    """
    packed = gzip.compress(data, level, mtime=0)
    return packed[:_SYSTEM_AT] + _SYSTEM_UNKNOWN + packed[_SYSTEM_AT + 1 :]

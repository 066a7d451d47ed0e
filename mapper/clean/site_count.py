"""How many cameras a source counts at one place."""

import re
from typing import Final

from mapper.errors import ValueRefusedError

COUNT_MAX: Final = 10_000
"""More at one place is a total of something larger, or a mangled cell."""

# Letters may surround the number ("3 cameras", "Anzahl: 3"), other numbers may not.
_COUNT: Final = re.compile(
    r"[^\W\d_ ]*[ :=]*([0-9]{1,6})(?:[.,]0+)?(?: ?[^\W\d_]+(?: [^\W\d_]+)?)?"
)


def site_camera_count(text: str) -> int:
    """
    Read a written count: ``3``, ``3.0``, ``3 cameras``, ``Cameras: 3``.

    Raises
    ------
    ValueRefusedError
        If it is no single whole number from 1 to ``COUNT_MAX``; none is guessed from a range or
        from words.
    """
    # The whole cell: "3 of 5" and "2-3" hold two numbers, and neither is the count.
    read = _COUNT.fullmatch(" ".join(text.split()))
    if read is None or not 1 <= int(read[1]) <= COUNT_MAX:
        msg = f"{text[:40]!r} is no count of cameras"
        raise ValueRefusedError(msg)
    return int(read[1])

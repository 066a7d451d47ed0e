"""
JSON from outside, read so that nothing doubled or foreign passes.

What ``json.loads`` alone would let through is refused: a key that stands twice in one object (the
last would win in silence), NaN and Infinity.
"""

import json
from typing import NoReturn


class RefusedJsonError(ValueError):
    """The text is no JSON, or holds what JSON forbids and Python reads."""

    def __init__(self, what: str, char: int | None = None) -> None:
        super().__init__(what)
        self.char = char
        """Where the text breaks, counted in characters; None where the place is not known."""


def load_strict(text: str) -> object:
    """
    Read a whole JSON text.

    Raises
    ------
    RefusedJsonError
        If the text is cut, no JSON, nested too deep, or holds a doubled key, NaN, or a number of
        thousands of digits.
    """
    try:
        return json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise RefusedJsonError(error.msg, error.pos) from error
    except RecursionError as error:
        msg = "it is nested deeper than any list"
        raise RefusedJsonError(msg) from error
    except RefusedJsonError:
        raise
    except ValueError as error:
        # int() refuses thousands of digits.
        raise RefusedJsonError(str(error)) from error


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    # Counting is cheap; the key is looked for only where one is doubled.
    if len(read) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                msg = f"the key {key[:80]!r} stands twice in one object"
                raise RefusedJsonError(msg)
            seen.add(key)
    return read


def _no_constant(name: str) -> NoReturn:
    msg = f"{name} is no JSON number"
    raise RefusedJsonError(msg)

"""
No cell that a spreadsheet reads begins a formula: single texts, and lines of cells.

Apart from the writer of layers, because the answers of the command line need no geometry library.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_MAY_BEGIN: Final = frozenset("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n '\u00a0\u3000")
_SEPARATORS: Final = frozenset(";\t\r\n")
_INSERT_AT: Final = re.compile(
    "(?:^|(?<=[;\\t\\r\\n]))(?=[ '\u00a0\u3000]*[=+\\-@\uff1d\uff0b\uff0d\uff20\\t\\r\\n])"
)
_REMOVE_AT: Final = re.compile(
    "(?:^|(?<=[;\\t\\r\\n]))'(?=[ '\u00a0\u3000]*[=+\\-@\uff1d\uff0b\uff0d\uff20\\t\\r\\n])"
)


def guard(text: str) -> str:
    """
    Put an apostrophe where a spreadsheet would begin a formula.

    That is before ``= + - @`` (their full-width forms too), tab and line breaks, at the
    beginning of the text and after each semicolon, tab or line break.

    Notes
    -----
    Source: OWASP ASVS 1.2.10. Reversible: see ``unguard``.
    """
    # Nearly every cell begins with a letter or a digit and has no separator: the pattern, which
    # looks at each place of a text, is for the others.
    if text[:1] not in _MAY_BEGIN and _SEPARATORS.isdisjoint(text):
        return text
    return _INSERT_AT.sub("'", text)


def unguard(text: str) -> str:
    """Take back what ``guard`` did; ``unguard(guard(text)) == text`` for every text."""
    return _REMOVE_AT.sub("", text)


def lines_text(lines: Iterable[Sequence[str]]) -> str:
    """Return lines of cells as CSV in which no cell begins a formula; numbers stay numbers."""
    into = StringIO()
    writer = csv.writer(into, lineterminator="\n")
    for line in lines:
        # A negative longitude is a number to a spreadsheet, and must stay one for the table.
        writer.writerow([cell if _NUMBER.fullmatch(cell) else guard(cell) for cell in line])
    return into.getvalue()

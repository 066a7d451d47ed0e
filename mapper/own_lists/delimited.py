"""Delimited text: its encoding is proven, stated or asked for; a torn line is one row's trouble."""

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from charset_normalizer import from_bytes

from mapper.clean.body_formats import delimited_lines
from mapper.errors import SourceFormatError, UsageError
from mapper.own_lists.headed_lines import Line, headed_table
from mapper.own_lists.table import CELLS_MAX, ROWS_MAX, BadLine, HowRead, Table, refused

_DELIMITERS: Final = ",;\t|"
# Excel writes and obeys a first line "sep=;".
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_SAMPLE_LINES: Final = 50
_DETECTED_BYTES: Final = 200_000
_SHOWN_VALUES: Final = 5
_SHOWN_ENCODINGS: Final = 4
_NO_TEXT: Final = "save it as CSV UTF-8."
# The detector ranks poorly on short lists, so these are shown beside its own finding.
_COMMON: Final = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "big5", "cp949", "cp932")


_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")
_UNCLOSED_MAX: Final = 20


def read_delimited(name: str, body: bytes, how: HowRead) -> Table:
    """
    Read CSV and its relatives.

    Raises
    ------
    UsageError
        If the encoding is not stated and is neither UTF-8 nor UTF-16: the message shows how its
        values read in the likely ones.
    SourceFormatError
        If it is no text, or most lines do not fit the header.
    """
    encoding = how.encoding or _known_encoding(name, body)
    text, bad_lines = _decoded(name, body, encoding)
    first, _, rest = text.partition("\n")
    sep_line = _SEP_LINE.fullmatch(first)
    if sep_line:
        # The line stays as a blank one, so that later line numbers are the file's own.
        text = "\n" + rest
    delimiter = how.delimiter or (sep_line[1] if sep_line else _likely_delimiter(text))
    if len(delimiter) != 1:
        msg = f"{name}: the mapping's delimiter {delimiter!r} is not one sign"
        raise UsageError(msg, next_step='for example delimiter = ";".')
    lines = list(_bounded_lines(name, text, delimiter))
    lines, unclosed = _without_unclosed(name, text, delimiter, lines)
    bad_lines = (*bad_lines, *unclosed)
    read = replace(how, encoding=encoding, delimiter=delimiter)
    table = headed_table(name, "CSV", lines, read)
    return replace(table, bad_lines=tuple(sorted({*table.bad_lines, *bad_lines}, key=_place)))


def _without_unclosed(
    name: str, text: str, delimiter: str, lines: list[Line]
) -> tuple[list[Line], list[BadLine]]:
    """
    Take out a quoted cell that never ends, and read the lines that it had swallowed.

    It ends with the text, so it can only be the last row, and then the last of those behind it.
    """
    physical = _LINE_BREAK.split(text)
    bad: list[BadLine] = []
    while lines:
        start = lines[-2].number if len(lines) > 1 else 0
        swallowed = physical[start : lines[-1].number]
        if len(swallowed) < 2 or "\n".join(swallowed).count('"') % 2 == 0:  # noqa: PLR2004
            break
        if len(bad) == _UNCLOSED_MAX:
            raise refused(name, "has many quoted cells that never end", "mend its quotation marks.")
        bad.append(BadLine(start + 1, "begins a quoted cell that never ends", swallowed[0][:200]))
        behind = _bounded_lines(name, "\n".join(physical[start + 1 :]), delimiter)
        more = [Line(start + 1 + line.number, line.cells) for line in behind]
        lines = [*lines[:-1], *more]
    return lines, bad


def _bounded_lines(name: str, text: str, delimiter: str) -> Iterator[Line]:
    """Yield the lines, and stop at more of them or of their cells than a list has."""
    cells_read = 0
    for count, (number, cells) in enumerate(delimited_lines(name, text, delimiter), start=1):
        cells_read += sum(map(bool, cells))
        if count > ROWS_MAX or cells_read > CELLS_MAX:
            what = f"has more than {ROWS_MAX:,} rows or {CELLS_MAX:,} cells"
            raise refused(name, what, "cut it into parts.")
        yield Line(number, cells)


def _place(line: BadLine) -> int:
    return line.number


def decoded_text(name: str, body: bytes, how: HowRead) -> tuple[str, str]:
    """
    Return the whole text of a body that is not cut into lines, and its encoding.

    Raises
    ------
    UsageError, SourceFormatError
        As ``read_delimited``; one bad byte refuses the whole.
    """
    encoding = how.encoding or _known_encoding(name, body)
    text, bad_lines = _decoded(name, body, encoding)
    if bad_lines:
        what = f"is no {encoding} in line {bad_lines[0].number:,}"
        raise refused(name, what, "get it again, or name its encoding in the mapping.")
    return text, encoding


def _known_encoding(name: str, body: bytes) -> str:
    """Return the encoding that the bytes prove, or ask."""
    # Before UTF-16: its mark is the first half of the one of UTF-32, little-endian.
    if body.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # UTF-16 without a mark: in text of Latin letters every other byte is zero, on one side only.
    zeros = [body[start:2000:2].count(0) for start in (0, 1)]
    if max(zeros) > len(body[:2000]) // 4 and min(zeros) == 0:
        return "utf-16-be" if zeros[0] else "utf-16-le"
    if b"\0" in body[:_DETECTED_BYTES]:
        raise refused(name, "is no text and no format known here", _NO_TEXT)
    try:
        body.decode("utf-8-sig")
    except UnicodeDecodeError:
        if _is_damaged_utf8(body):
            return "utf-8-sig"
        raise _asked(name, body) from None
    return "utf-8-sig"


def _is_damaged_utf8(body: bytes) -> bool:
    """Whether most signs beyond ASCII are right UTF-8, so that some bytes are merely broken."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    right = sum(1 for sign in text if sign > "\x7f" and sign != "\ufffd")
    return right > broken


def _decoded(name: str, body: bytes, encoding: str) -> tuple[str, tuple[BadLine, ...]]:
    """Decode, and set aside the lines that are not of this encoding."""
    try:
        return body.decode(encoding), ()
    except UnicodeDecodeError:
        if not encoding.startswith("utf-8"):
            text = body.decode(encoding, "replace")
        else:
            text = body.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    except (LookupError, ValueError, TypeError) as error:
        msg = f"{name}: there is no text encoding {encoding[:40]!r}"
        raise UsageError(msg, next_step='for example encoding = "windows-1252".') from error
    lines = text.split("\n")
    bad = tuple(
        BadLine(number, f"holds bytes that are no {encoding.removesuffix('-sig').upper()}", line)
        for number, line in enumerate(lines, start=1)
        if "\ufffd" in line
    )
    kept = "\n".join("" if "\ufffd" in line else line for line in lines)
    return kept, bad


def _asked(name: str, body: bytes) -> UsageError:
    """Say how the values read in the likely encodings, for the user to choose."""
    detected = [match.encoding for match in from_bytes(body[:_DETECTED_BYTES])]
    readings: dict[str, str] = {}
    for encoding in (*detected[:2], *_COMMON):
        values = ", ".join(_values_beyond_ascii(body, encoding))
        if values and "\ufffd" not in values:
            readings.setdefault(values, encoding)
    likely = sorted(readings, key=_oddness)[:_SHOWN_ENCODINGS]
    shown = "\n".join(f"  {readings[values]:<12} {values}" for values in likely)
    msg = f"{name} is no UTF-8, and a list does not say its encoding; its values read\n{shown}"
    step = 'write the one that reads rightly into the mapping: encoding = "...".'
    return UsageError(msg, next_step=step)


def _oddness(text: str) -> int:
    """Count the signs that words do not have: symbols, capitals within, mixed scripts."""
    odd = sum(unicodedata.category(sign)[0] in "SC" for sign in text)
    for word in re.findall(r"\w+", text):
        odd += sum(sign.isupper() for sign in word[1:]) if not word.isupper() else 0
        scripts = {unicodedata.name(sign, "?").split()[0] for sign in word if sign.isalpha()}
        odd += 3 * (len(scripts) - 1)
        # Whole words of accented capitals are another script, read as Western.
        odd += 2 * (len(word) > 1 and all("\xa1" <= sign < "\u0180" for sign in word))
        odd += sum("FORM" in unicodedata.name(sign, "") for sign in word)
        odd += sum("HALFWIDTH" in unicodedata.name(sign, "") for sign in word)
    return odd


def _values_beyond_ascii(body: bytes, encoding: str) -> Iterator[str]:
    shown: set[str] = set()
    for line in body[:_DETECTED_BYTES].splitlines():
        if line.isascii():
            continue
        for value in re.split(rf"[{_DELIMITERS}]", line.decode(encoding, "replace")):
            word = value.strip(' "')[:40]
            if not word.isascii() and word not in shown:
                shown.add(word)
                yield word
                if len(shown) == _SHOWN_VALUES:
                    return


def _likely_delimiter(text: str) -> str:
    """Return the sign that cuts most of the first lines into equally many cells."""
    sample = "\n".join(text[:100_000].split("\n")[:_SAMPLE_LINES])
    best, most = ",", (0, 0)
    for delimiter in _DELIMITERS:
        widths = Counter(
            len(cells) for _, cells in _lines_or_none(sample, delimiter) if len(cells) > 1
        )
        if widths:
            # The commonest width, and of two the wider: a comma within a sentence cuts few lines,
            # and unequally.
            width, lines = max(widths.items(), key=lambda item: (item[1], item[0]))
            if (lines, width) > most:
                best, most = delimiter, (lines, width)
    return best


def _lines_or_none(sample: str, delimiter: str) -> list[tuple[int, list[str]]]:
    try:
        return list(delimited_lines("", sample, delimiter))
    except SourceFormatError:
        return []

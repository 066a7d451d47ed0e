"""Reading the bytes of the archive: JSON whose numbers stay as written, and members by kind."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from mapper.clean import partial_date
from mapper.clean.partial_date import PartialDate
from mapper.errors import SourceChangedError, SourceFormatError, ValueRefusedError

# Bounded, for a Decimal of a million digits costs minutes to print.
_NUMBER = re.compile(r"[0-9]{1,18}(\.[0-9]{1,12})?([eE][+-]?[0-9]{1,2})?", re.ASCII)
# The forms of ISO 8601 that publishers write: with and without hyphens, an offset or a time behind.
_DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:$|[TZ+ -].*)", re.ASCII | re.DOTALL)


class WrittenNumber(Decimal):
    """A number of a JSON text that still knows how it was spelt: ``45000.00``, ``1e6``."""

    as_written: str

    def __new__(cls, text: str) -> Self:
        """Keep the spelling beside the value."""
        number = super().__new__(cls, text)
        number.as_written = text
        return number


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a publisher, and the name of the question."""

    asked: str
    content: Any


def answers(body: bytes) -> Iterator[Answer]:
    """
    Read the array of answers that `AnswerFile` keeps.

    Raises
    ------
    SourceFormatError
        If the body is no such array.
    """
    whole = numbers_as_written(body)
    if not isinstance(whole, list):
        msg = "the kept body is no list of answers"
        raise SourceFormatError(msg, next_step="collect it again, without --offline.")
    for page in whole:
        yield Answer(text_of(page, "asked"), page["answer"])


def numbers_as_written(body: bytes) -> Any:  # noqa: ANN401 - JSON of any shape
    """
    Read JSON; a number with a point or exponent becomes a `WrittenNumber`.

    Raises
    ------
    SourceFormatError
        If it is no JSON.
    """
    try:
        # 45000.00 and 45000 are the same number and not the same writing; the row keeps the
        # writing.
        return json.loads(body, parse_float=WrittenNumber)
    except (ValueError, RecursionError) as error:
        msg = f"the kept body is no JSON ({error})"
        raise SourceFormatError(msg, next_step="collect it again, without --offline.") from error


def object_of(value: object, where: str) -> dict[str, Any]:
    """
    Return a JSON object.

    Raises
    ------
    SourceChangedError
        If it is something else.
    """
    if not isinstance(value, dict):
        msg = f"{where}: expected an object, found {type(value).__name__}"
        raise SourceChangedError(msg)
    return value


def list_of(value: object, where: str) -> list[Any]:
    """
    Return a JSON list; null is an empty one.

    Raises
    ------
    SourceChangedError
        If it is something else.
    """
    if value is None:
        return []
    if not isinstance(value, list):
        msg = f"{where}: expected a list, found {type(value).__name__}"
        raise SourceChangedError(msg)
    return value


def text_of(holder: object, name: str, *, is_required: bool = True) -> str:
    """
    Return a text member, without spaces around it; empty where it may be absent and is.

    Raises
    ------
    SourceChangedError
        If it is missing though required, or no text.
    """
    value = object_of(holder, name).get(name)
    if isinstance(value, str):
        return value.strip()
    if value is None and not is_required:
        return ""
    msg = f"member `{name}`: expected a text, found {type(value).__name__}"
    raise SourceChangedError(msg)


def amount_as_written(value: object) -> str:
    """Return a number as the publisher spelt it; empty for anything that is no number."""
    if isinstance(value, WrittenNumber):
        return value.as_written
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def plain_number(number_as_written: str) -> str:
    """
    Return a number as the registry spells it: digits, and a point before decimals.

    Returns
    -------
    number
        Empty for a negative number, and for a spelling that could be read in two ways
        (``45.000,00``): the written form is shown instead.
    """
    if _NUMBER.fullmatch(number_as_written) is None:
        return ""
    whole, point, decimals = format(Decimal(number_as_written), "f").partition(".")
    return f"{whole.lstrip('0') or '0'}{point}{decimals}"


def day_in(text: str) -> PartialDate | None:
    """
    Return the calendar day a timestamp begins with; None where it begins with none.

    ``2016-11-23+01:00``, ``20260804`` and ``2025-03-01T09:00:00Z`` are read. The day is the
    publisher's own: an offset is part of how it was written and shifts nothing.
    """
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    try:
        return partial_date.parse(date(year, month, day).isoformat())
    except (ValueError, ValueRefusedError):
        return None

"""The three forms of an answer: text to read, JSON with everything, and a table."""

import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from mapper.errors import UsageError
from mapper.export.formula_guard import lines_text


class Form(StrEnum):
    """How an answer is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def form_of(*, as_json: bool, as_csv: bool) -> Form:
    """
    Return the form that two switches ask for.

    Raises
    ------
    UsageError
        If both are set.
    """
    if as_json and as_csv:
        msg = "--json and --csv were both given"
        raise UsageError(msg, next_step="choose one of them.")
    if as_json:
        return Form.JSON
    return Form.CSV if as_csv else Form.TEXT


def formed(
    form: Form,
    text: Callable[[], str],
    as_json: Callable[[], dict[str, Any]],
    rows: Callable[[], Iterable[list[str]]],
) -> str:
    """Write an answer in the form asked for, and make none of the others."""
    if form is Form.JSON:
        return json.dumps(as_json(), ensure_ascii=False, indent=2)
    return lines_text(rows()).rstrip("\n") if form is Form.CSV else text()

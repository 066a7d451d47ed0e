"""What a published column is: its type, its rule, what an empty value says."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ColumnType(StrEnum):
    """
    The type of a column.

    In formats without lists, ids stand one after the other with semicolons, which no id can hold;
    other lists are JSON text.
    """

    POINT = "point"
    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole number"
    TRUTH = "true or false"
    DAY = "partial ISO date"
    INSTANT = "ISO instant, UTC"
    NUMBERS = "list of numbers"
    TEXTS = "list of texts"
    IDS = "list of ids"


LIST_TYPES: frozenset[ColumnType] = frozenset(
    {ColumnType.NUMBERS, ColumnType.TEXTS, ColumnType.IDS}
)
"""The types whose cells hold several values."""

TEXT_TYPES: frozenset[ColumnType] = frozenset({ColumnType.TEXT, ColumnType.DAY, ColumnType.INSTANT})
"""The types whose cells hold a text."""

NEVER_EMPTY: Final = "never empty"
"""Says of a column that each row has a value; the gates let no other pass."""


@dataclass(frozen=True, slots=True)
class Column:
    """
    One published column.

    Attributes
    ----------
    rule_id
        The rule that makes the value.
    keys
        What the rule reads: tag keys, or the observation's own fields (``lon_deg``,
        ``source_ref``, ``version``, ``edited_on``, ``snapshot``).
    allowed
        The closed list of values, where there is one.
    null_means
        What an empty value says; a column that is never empty says so.
    """

    name: str
    column_type: ColumnType
    meaning: str
    rule_id: str
    keys: tuple[str, ...]
    unit: str = ""
    null_means: str = "not known"
    allowed: tuple[str, ...] = ()

    @property
    def is_never_empty(self) -> bool:
        """Whether each row has a value."""
        return self.null_means == NEVER_EMPTY


def words_of(values: type[StrEnum]) -> tuple[str, ...]:
    """Return a closed list of values as a column's ``allowed`` takes it."""
    return tuple(str(value) for value in values)

"""What every row of the registry is: frozen, strict, read from the cells of a CSV file."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, ClassVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, model_validator


def is_optional(annotation: Any) -> bool:  # noqa: ANN401 - an annotation has no type
    """Whether a column may be empty."""
    return get_origin(annotation) in {Union, UnionType} and NoneType in get_args(annotation)


def enum_of(annotation: Any) -> type[StrEnum] | None:  # noqa: ANN401 - as above
    """Return the closed list of words a column takes, or None where it takes no such list."""
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, StrEnum):
            return part
    return None


@cache
def _columns(model: type["Row"]) -> Mapping[str, tuple[bool, Mapping[str, StrEnum]]]:
    """Return, for each column, whether it may be empty, and its closed list of words."""
    return {
        name: (
            is_optional(field.annotation),
            {str(word): word for word in enum_of(field.annotation) or ()},
        )
        for name, field in model.model_fields.items()
    }


class Row(BaseModel):
    """
    A row of any table.

    ``KEY`` names the columns that are unique together; its first is the id where the table has
    one.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")
    KEY: ClassVar[tuple[str, ...]]

    @model_validator(mode="before")
    @classmethod
    def _read_cells(cls, cells: dict[str, Any]) -> dict[str, Any]:
        """Turn an empty cell of an optional column into None, and a known word into its enum."""
        columns = _columns(cls)
        read = dict(cells)
        for name, value in cells.items():
            if name not in columns or not isinstance(value, str):
                continue
            may_be_empty, words = columns[name]
            if value == "" and may_be_empty:
                read[name] = None
            elif words:
                read[name] = words.get(value, value)
        return read

    @property
    def key(self) -> tuple[str, ...]:
        """The values of the key columns as text; an empty cell is an empty text."""
        values = (getattr(self, name) for name in self.KEY)
        return tuple("" if value is None else str(value) for value in values)

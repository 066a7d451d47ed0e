"""What every row of the registry is: frozen, strict, read from the cells of a CSV file."""

from enum import StrEnum
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


def _cell(model: type["Row"], name: str, value: Any) -> Any:  # noqa: ANN401 - pydantic's input
    if name not in model.model_fields:
        return value
    annotation = model.model_fields[name].annotation
    if value == "" and is_optional(annotation):
        return None
    word = enum_of(annotation)
    return word(value) if word is not None and value in set(word) else value


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
        return {name: _cell(cls, name, value) for name, value in cells.items()}

    @property
    def key(self) -> tuple[str, ...]:
        """The values of the key columns as text; an empty cell is an empty text."""
        values = (getattr(self, name) for name in self.KEY)
        return tuple("" if value is None else str(value) for value in values)

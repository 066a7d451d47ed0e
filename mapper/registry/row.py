"""What every row of the registry is: frozen, strict, read from the cells of a CSV file."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Self, Union, cast, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic.fields import FieldInfo


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


def _of_text(field: FieldInfo) -> Callable[[str], Any] | None:
    """Return what makes the value of a column out of its text; None where the text is the value."""
    declared = [field.annotation, *get_args(field.annotation)]
    for part in declared:
        is_wrapped = get_origin(part) is Annotated
        kind = get_args(part)[0] if is_wrapped else part
        metadata = get_args(part)[1:] if is_wrapped else field.metadata
        for each in metadata:
            if isinstance(each, BeforeValidator):
                # The readers of text check it and hand it back as it is.
                return None if kind is str else cast("Callable[[str], Any]", each.func)
    word = enum_of(field.annotation)
    if word is None:
        msg = f"no way is declared to read {field.annotation} from text"
        raise TypeError(msg)
    return word


@cache
def _checked_readers(model: type["Row"]) -> Sequence[tuple[int, Callable[[str], Any]]]:
    """Return the places of the columns whose text is not their value, and what reads each."""
    readers = []
    for place, field in enumerate(model.model_fields.values()):
        of_text = _of_text(field)
        if is_optional(field.annotation):
            readers.append((place, cache(_or_none(of_text))))
        elif of_text is not None:
            # The same days and words come again and again.
            readers.append((place, cache(of_text)))
    return readers


def _or_none(of_text: Callable[[str], Any] | None) -> Callable[[str], Any]:
    """Read an empty cell as None."""
    if of_text is None:
        return lambda text: text or None
    return lambda text: of_text(text) if text else None


class Row(BaseModel):
    """
    A row of any table.

    ``KEY`` names the columns that are unique together; its first is the id where the table has
    one.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)
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

    @classmethod
    def of_checked(cls, cells: Sequence[str]) -> Self:
        """
        Return the row of cells that are known to follow every rule: nothing is asked of them.

        Parameters
        ----------
        cells
            One text a column, in the order of the columns.
        """
        values: list[Any] = list(cells)
        for place, read in _checked_readers(cls):
            values[place] = read(values[place])
        # What `model_construct` does, without its search for defaults and aliases, of which a row
        # has none: it took half the time of a table.
        row = cls.__new__(cls)
        put = object.__setattr__
        put(row, "__dict__", dict(zip(cls.model_fields, values, strict=True)))
        put(row, "__pydantic_fields_set__", set(cls.model_fields))
        put(row, "__pydantic_extra__", None)
        put(row, "__pydantic_private__", None)
        return row

    @property
    def key(self) -> tuple[str, ...]:
        """The values of the key columns as text; an empty cell is an empty text."""
        values = (getattr(self, name) for name in self.KEY)
        return tuple("" if value is None else str(value) for value in values)

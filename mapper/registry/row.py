"""What every row of the registry is: frozen, strict, read from the cells of a CSV file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import repeat
from operator import itemgetter
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


def _values(field: FieldInfo, cells: Sequence[str]) -> Iterable[Any]:
    """Return the values of a column whose cells are known to follow every rule."""
    of_text = _of_text(field)
    if of_text is None:
        return [text or None for text in cells] if is_optional(field.annotation) else cells
    # The same days and words come again and again.
    value_of: dict[str, Any] = {text: of_text(text) for text in set(cells) if text}
    if is_optional(field.annotation):
        value_of[""] = None
    return map(value_of.__getitem__, cells)


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
    def of_checked(cls, lines: Iterable[Sequence[str]]) -> tuple[Self, ...]:
        """
        Return the rows of lines that are known to follow every rule: nothing is asked of them.

        Parameters
        ----------
        lines
            One text a column, in the order of the columns.

        Returns
        -------
        tuple
            Sorted by their key.
        """
        fields = cls.model_fields
        names = tuple(fields)
        # The text of a key is what is written in its cells, see `key`.
        ordered = sorted(lines, key=itemgetter(*map(names.index, cls.KEY)))
        # A column at a time: a table of two thousand rows took four times as long by rows.
        columns = [
            _values(field, cells)
            for field, cells in zip(
                fields.values(), zip(*ordered, strict=True), strict=bool(ordered)
            )
        ]
        # What `model_construct` does, without its search for defaults and aliases, of which a row
        # has none. No row is ever changed, so that all of them may share which columns they have.
        named = set(names)
        put = object.__setattr__
        rows = tuple(map(cls.__new__, repeat(cls, len(ordered))))
        for row, values in zip(rows, zip(*columns, strict=True), strict=True):
            put(row, "__dict__", dict(zip(names, values, strict=True)))
            put(row, "__pydantic_fields_set__", named)
            put(row, "__pydantic_extra__", None)
            put(row, "__pydantic_private__", None)
        return rows

    @property
    def key(self) -> tuple[str, ...]:
        """The values of the key columns as text; an empty cell is an empty text."""
        values = (getattr(self, name) for name in self.KEY)
        return tuple("" if value is None else str(value) for value in values)

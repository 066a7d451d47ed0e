"""Which column refers to which table, and which day precedes which, as the fields declare."""

from collections.abc import Container, Iterator
from itertools import chain
from typing import Any, TypeVar, get_args

from pydantic.fields import FieldInfo

from mapper.registry.fields import NotBefore, Refers
from mapper.registry.registry import TABLES

_PartT = TypeVar("_PartT")


def reference_of(field: FieldInfo) -> str | None:
    """Return the table a column refers to, or None."""
    return next((part.table for part in _declared(field, Refers)), None)


def columns_that_name(target: str, *, but: Container[str] = ()) -> Iterator[tuple[str, str]]:
    """
    Yield each table and column that holds an id of a table, in the order of the tables.

    Parameters
    ----------
    target
        The table whose ids are meant.
    but
        Tables that are passed over.
    """
    for table, model in TABLES.items():
        if table in but:
            continue
        for column, field in model.model_fields.items():
            if reference_of(field) == target:
                yield table, column


def periods() -> Iterator[tuple[str, str, str]]:
    """Yield each table with two of its columns: a day, and one that must not come before it."""
    for table, model in TABLES.items():
        for column, field in model.model_fields.items():
            for declared in _declared(field, NotBefore):
                for earlier in declared.columns:
                    yield table, earlier, column


def _declared(field: FieldInfo, kind: type[_PartT]) -> Iterator[_PartT]:
    # Of "Date | None" pydantic leaves the declaration inside the union; so both places are
    # searched.
    parts: tuple[Any, ...] = (*field.metadata, *chain(*map(get_args, get_args(field.annotation))))
    return (part for part in parts if isinstance(part, kind))

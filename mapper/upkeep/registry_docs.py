"""The data dictionary of the registry, written from the row models."""

from inspect import cleandoc
from itertools import chain
from typing import Any, get_args

from pydantic.fields import FieldInfo

from mapper.registry import support
from mapper.registry.fields import Allows
from mapper.registry.references import reference_of
from mapper.registry.registry import TABLES
from mapper.registry.row import Row, enum_of, is_optional

_HEAD = """# The evidence registry: every table and column

Generated from the row models in `mapper/registry`; do not edit it by hand.

One CSV file a table in `data/registry`, UTF-8, the header exactly as below. `mapper registry
check` reads them all and names the file, line, column, value and what is allowed for everything
that is wrong. Dates are partial: `2022`, `2022-03`, `2022-03-05`, `before:2020` (a day before
the first day of 2020), `after:2019-06` (a day after its last day), `2016/2017` (a day from the
first day of one to the last day of the other). An empty cell says "not known" unless the column
says otherwise. Free text holds no address, e-mail, telephone number or name of a person.
"""


def describe() -> str:
    """
    Write the data dictionary.

    Returns
    -------
    str
        Markdown: for each table its meaning, its key and a row for every column, then the
        rule of what supports what. It ends with a newline.
    """
    parts = [_HEAD]
    for table, model in TABLES.items():
        parts.append(_table(table, model))
    rule = cleandoc(support.__doc__ or "").partition("\n\n")[2].replace("``", "`")
    parts.append(f"## What supports what\n\n{rule}\n")
    return "\n".join(parts)


def _table(table: str, model: type[Row]) -> str:
    meaning = cleandoc(model.__doc__ or "").replace("``", "`")
    lines = [
        f"## {table}.csv",
        "",
        meaning,
        "",
        f"Unique together: {', '.join(f'`{name}`' for name in model.KEY)}.",
        "",
        "| column | holds | may be empty | meaning |",
        "| --- | --- | --- | --- |",
    ]
    for name, field in model.model_fields.items():
        empty = "yes" if is_optional(field.annotation) else "no"
        lines.append(f"| `{name}` | {_holds(field)} | {empty} | {field.description} |")
    lines.append("")
    return "\n".join(lines)


def _holds(field: FieldInfo) -> str:
    target = reference_of(field)
    if target is not None:
        return f"id of [{target}](#{target}csv)"
    word = enum_of(field.annotation)
    if word is not None:
        return ", ".join(f"`{value}`" for value in word)
    parts: tuple[Any, ...] = (*field.metadata, *chain(*map(get_args, get_args(field.annotation))))
    # A field of free form must say what it allows; one that does not stops the page.
    return next(part.text for part in parts if isinstance(part, Allows))

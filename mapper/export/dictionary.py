"""The data dictionary, generated from ``model.columns``: a CSV table and a page."""

import csv
import io
from typing import Final

from mapper.export.area_table import COLUMNS as AREA_COLUMNS
from mapper.export.formats import FORMATS, REFERENCE
from mapper.export.links_table import BRIDGE_MEANINGS, LINK_MEANINGS
from mapper.export.table_format import Format
from mapper.model.columns import CAMERA, Column
from mapper.model.tags import PUBLISHED_TAGS

_HEADER: Final = ("column", "type", "unit", "meaning", "empty_means", "allowed", "rule", "reads")
_OBSERVATION: Final = (
    ("source_ref", "text", "The source's own reference."),
    ("lon_deg", "number", "Longitude, decimal degrees, WGS 84."),
    ("lat_deg", "number", "Latitude, decimal degrees, WGS 84."),
    ("geometry_kind", "text", "`point`, or `area` for the centre of a bounding box."),
    ("device_role", "text", "`tagged`, or `enforcement_device` for a member of a relation."),
    ("version", "whole number", "The publisher's version of the object."),
    ("edited_on", "ISO date", "Day (UTC) of the publisher's last edit."),
    ("location_precision_m", "number", "What the publisher says of its precision, in metres."),
    ("text_cleaned", "true or false", "Whether characters were removed from a value."),
    ("text_cut", "true or false", "Whether an over-long value was cut."),
    ("snapshot_sha256", "text", "The bytes that were read; the manifest names the file."),
    ("withheld_keys", "text", "Keys whose values were left out for privacy, by semicolons."),
)


def dictionary_rows() -> list[dict[str, str]]:
    """Return one row per published column of ``cameras`` and ``other_devices``."""
    return [
        dict(
            zip(
                _HEADER,
                (
                    column.name,
                    str(column.column_type),
                    column.unit,
                    column.meaning,
                    column.null_means,
                    ", ".join(column.allowed),
                    column.rule_id,
                    ", ".join(column.keys),
                ),
                strict=True,
            )
        )
        for column in CAMERA
    ]


def dictionary_csv() -> str:
    """Return the dictionary as CSV text with a header row."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerows(dictionary_rows())
    return text.getvalue()


def dictionary_markdown() -> str:
    """Return the dictionary as a page: formats, columns, their words, and the evidence."""
    parts = [
        _LAYERS,
        _table(
            ("format", "position", "lists", "missing value", "text"),
            [(f"`{form.suffix}` ({form.holds[0]})", *form.holds[1:]) for form in _formats()],
        ),
        _VALUES,
        "## Columns of `cameras_*` and `other_devices_*`\n",
        _table(("column", "type", "meaning", "empty means"), [_column_cells(c) for c in CAMERA]),
        "\n## Closed lists\n",
        _table(
            ("column", "words"),
            [(f"`{c.name}`", _codes(c.allowed)) for c in CAMERA if c.allowed],
        ),
        "\n## Rules\n\nWhich rule makes a column, and what it reads.\n",
        _table(
            ("column", "rule", "reads"),
            [(f"`{c.name}`", f"`{c.rule_id}`", _codes(c.keys)) for c in CAMERA],
        ),
        "\n## Columns of `observations_*`\n\nThe evidence, values as written.\n",
        _table(("column", "type", "meaning"), [(f"`{n}`", t, m) for n, t, m in _OBSERVATION]),
        f"\nBeside these, one text column for each of these tag keys: {_codes(PUBLISHED_TAGS)}.\n",
        "\n## Columns of `links_*`\n\nWhich camera of a list is probably which of OpenStreetMap.\n",
        _table(("column", "type", "meaning"), [(f"`{n}`", t, m) for n, t, m in LINK_MEANINGS]),
        _AREAS,
        _table(("column", "meaning"), [(f"`{name}`", m) for name, m in AREA_COLUMNS]),
        "\n## Columns of `bridge`\n\nIds of cameras in several sources, kept between releases.\n",
        _table(("column", "type", "meaning"), [(f"`{n}`", t, m) for n, t, m in BRIDGE_MEANINGS]),
    ]
    return "\n".join(parts)


_AREAS: Final = """
## Columns of `areas_*.csv`

Cameras by area, of each country that they stand in; `boundaries_osm.geojson` has the
outlines of the areas of OpenStreetMap.
"""

_LAYERS: Final = """\
# The released files

Every layer holds rows of one source under one licence. The formats hold the same rows and values:
a release has the first five, and the others where they were asked for (`mapper build
--format NAME`, `--by-country NAME`, or `build.formats` and `build.by_country` in `mapper.toml`).
"""

_VALUES: Final = """
A "list of ids" is `a;b` where the table says JSON text. Positions are rounded to 7 decimals,
about a centimetre. In CSV an apostrophe stands before
`=`, `+`, `-`, `@`, their full-width forms, tab and line break wherever a spreadsheet would begin
a formula with them: at the beginning of a text cell and after each semicolon, tab or line break
in it. Delete that apostrophe to get the text back. Numbers are never guarded. Dates may be
partial: `2022`, `2022-03`.

`.spreadsheet.csv` is the CSV with the mark by which Excel knows UTF-8. Where a spreadsheet takes
the semicolon for the separator and the comma for the decimal sign, as in much of Europe, load it by
*Data, From Text/CSV* with separator comma and language English. In PMTiles each zoom up to 13 has
the layer `counts` (`cameras` in a cell; a zoom adds up to all rows), zoom 14 has every row once.
In KML the column `visibility` is named `camera_visibility`, for KML has an element of that name.
Files of `by_country/` hold the rows of one `country_code`; rows without one are in none of them.
"""


def _formats() -> list[Format]:
    """Return the formats for a reader: the reference first, then the usual ones, by suffix."""
    return sorted(
        FORMATS, key=lambda form: (form is not REFERENCE, not form.is_default, form.suffix)
    )


def _column_cells(column: Column) -> tuple[str, str, str, str]:
    kind = f"{column.column_type}, {column.unit}" if column.unit else str(column.column_type)
    return f"`{column.name}`", kind, column.meaning, column.null_means


def _codes(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Lay out a Markdown table."""
    lines = [header, tuple("---" for _ in header), *rows]
    return (
        "\n".join(
            "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
        )
        + "\n"
    )

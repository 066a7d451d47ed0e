"""``registry/<table>.csv`` and ``.parquet``: the evidence, table by table."""

import csv
import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any, Final, get_args, get_origin

import pyarrow as pa
import pyarrow.parquet as pq

from mapper.export.formula_guard import guard
from mapper.registry.per_registry import per_registry
from mapper.registry.registry import TABLES, Registry, columns
from mapper.registry.tables import Row
from mapper.release.manifest import WrittenFile

FOLDER: Final = "registry"
LICENSE_ID: Final = "CC-BY-4.0"


def write_tables(registry: Registry, stage_dir: Path) -> list[WrittenFile]:
    """
    Write every table of the registry as CSV and as Parquet.

    The columns are those of ``data/registry``, the rows are sorted by their key, an empty table
    is written too, so that a reader finds the same files in every release. Both files of a table
    hold the same rows. The same registry gives the same bytes.

    Parameters
    ----------
    stage_dir
        The folder of the release in the making; ``registry/`` is made in it.

    Returns
    -------
    list of WrittenFile
        Two for each table, in table order.
    """
    folder = stage_dir / FOLDER
    folder.mkdir()
    files, texts = [], csv_texts(registry)
    for table in TABLES:
        rows: tuple[Row, ...] = getattr(registry, table)
        (folder / f"{table}.csv").write_bytes(texts[table].encode())
        _write_parquet(table, rows, folder / f"{table}.parquet")
        layer = f"{FOLDER}_{table}"
        files += [
            WrittenFile(f"{FOLDER}/{table}.csv", "csv", LICENSE_ID, layer, len(rows)),
            WrittenFile(f"{FOLDER}/{table}.parquet", "parquet", LICENSE_ID, layer, len(rows)),
        ]
    return files


@per_registry
def csv_texts(registry: Registry) -> Mapping[str, str]:
    """Return every table as CSV text, by its name; of the last registries they are at hand."""
    return {table: csv_of(table, getattr(registry, table)) for table in TABLES}


@per_registry
def registry_sha256(registry: Registry) -> str:
    """Hash all rows of the evidence, whatever files they stood in."""
    whole = hashlib.sha256()
    for table, text in csv_texts(registry).items():
        whole.update(f"{table}\n{text}\n".encode())
    return whole.hexdigest()


def csv_of(table: str, rows: Iterable[Row]) -> str:
    """
    Write a table as CSV text.

    Text cells are guarded against spreadsheet formulas; numbers keep every digit; partial dates
    are written as they were read; lists are joined by semicolons; nothing is an empty cell.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    names = columns(table)
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(getattr(row, name)) for name in names])
    return out.getvalue()


def arrow_of(table: str, rows: Iterable[Row]) -> pa.Table:
    """
    Build a table for Parquet.

    Numbers and degrees are float64, truths are booleans, lists are lists of text, everything
    else, partial dates among it, is text.
    """
    held = list(rows)
    names = columns(table)
    arrays = [
        pa.array([_plain(getattr(row, name)) for row in held], type=_arrow_type(table, name))
        for name in names
    ]
    return pa.table(arrays, names=list(names))


def _write_parquet(table: str, rows: tuple[Row, ...], path: Path) -> None:
    built = arrow_of(table, rows).replace_schema_metadata(
        {"title": f"Whose Cameras, evidence registry: {table}", "license": LICENSE_ID}
    )
    pq.write_table(built, path, compression="zstd", write_page_checksum=True)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal | float):
        return str(value)
    if isinstance(value, tuple):
        return ";".join(str(part) for part in value)
    return guard(str(value))


def _plain(value: object) -> Any:  # noqa: ANN401 - what pyarrow takes
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    return [str(part) for part in value] if isinstance(value, tuple) else str(value)


def _arrow_type(table: str, name: str) -> pa.DataType:
    annotation = TABLES[table].model_fields[name].annotation
    bases = {annotation, *(_base(part) for part in get_args(annotation))}
    if bases & {Decimal, float}:
        return pa.float64()
    if bool in bases:
        return pa.bool_()
    is_list = any(get_origin(base) is tuple for base in bases)
    return pa.list_(pa.string()) if is_list else pa.string()


def _base(part: Any) -> Any:  # noqa: ANN401 - an annotation has no type
    # An optional column is a union whose member still carries its validators.
    return get_args(part)[0] if get_args(part) else part

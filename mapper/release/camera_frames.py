"""Load the cameras of a release as a GeoDataFrame."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely
from rapidfuzz import process

from mapper.clean.country_names import country_called, plain_code
from mapper.errors import UsageError
from mapper.model.column_types import LIST_TYPES
from mapper.model.columns import CAMERA, CAMERA_NAMES, ColumnType
from mapper.release.concluded_again import read_table
from mapper.release.manifest import read_manifest
from mapper.release.store import find_release

_LISTS = [c.name for c in CAMERA if c.column_type in LIST_TYPES]
_LIKE_PCT = 60
_CODE = re.compile("[A-Z]{2}")
_COUNTS = [c.name for c in CAMERA if c.column_type is ColumnType.WHOLE]
# Of schema 1.3, and their methods of 1.4; releases of before are still read.
_AREA_COLUMNS = ("admin1", "admin2")
_LATER_COLUMNS = (*_AREA_COLUMNS, "admin1_method", "admin2_method")


@dataclass(frozen=True, slots=True)
class CameraWish:
    """
    Which rows and columns are wanted; None takes all.

    Attributes
    ----------
    country
        Country or countries, each a code of ISO 3166-1 or a name.
    admin
        A code or codes of ``admin1`` or ``admin2``.
    vendor
        Organisation id or ids that are among ``vendor_ids``.
    bbox
        West, south, east, north in degrees, WGS 84; west above east crosses 180 degrees.
    columns
        Names of ``model.columns.CAMERA``.
    """

    country: str | Sequence[str] | None = None
    admin: str | Sequence[str] | None = None
    vendor: str | Sequence[str] | None = None
    bbox: tuple[float, float, float, float] | None = None
    columns: Sequence[str] | None = None

    def names(self) -> list[str]:
        """
        Return the columns wanted in the order asked for, the position among them.

        Raises
        ------
        UsageError
            If one is no column.
        """
        if self.columns is None:
            return list(CAMERA_NAMES)
        for name in self.columns:
            if name not in CAMERA_NAMES:
                guess = _guess(name, CAMERA_NAMES)
                msg = f"there is no column {name}"
                raise UsageError(msg, next_step=f"{guess}docs/data-format.md lists them.")
        return [name for name in self.columns if name != "geometry"] + ["geometry"]


_EVERYTHING = CameraWish()


def load_cameras(
    path: Path | str = "build",
    *,
    release_id: str | None = None,
    layer: str = "cameras",
    wish: CameraWish = _EVERYTHING,
) -> gpd.GeoDataFrame:
    """
    Load cameras, or another layer, of a release.

    Parameters
    ----------
    path
        The output folder, its ``release`` folder, or one release.
    release_id
        Which release; None takes the latest.
    layer
        ``cameras`` or ``other_devices`` for the rows of all sources, or one file's stem,
        ``cameras_osm``.
    wish
        Which rows and columns.

    Returns
    -------
    cameras
        GeoDataFrame, one row per camera, the index its id (unique, sorted), columns
        ``model.columns.CAMERA`` or those wanted, geometry Point in EPSG:4326; list columns hold
        Python lists. ``license_id`` says under which licence each row stands.

    Raises
    ------
    UsageError
        If there is no release, or a wanted column, country, area or maker is none.
    """
    wanted = wish.names()
    folder = find_release(Path(path), release_id)
    _refuse_unknown_makers(folder, wish)
    _refuse_unknown_areas(folder, wish)
    names = [
        entry["layer"]
        for entry in read_manifest(folder)["files"]
        if entry["file_format"] == "geoparquet"
        and (entry["layer"] == layer or entry["layer"].startswith(f"{layer}_"))
    ]
    read = {*wanted, "camera_id", *(("vendor_ids",) if wish.vendor is not None else ())}
    tables = [_rows(folder / f"{name}.parquet", wish, read) for name in sorted(names)]
    return _frame(tables, wanted)


def _rows(path: Path, wish: CameraWish, columns: set[str]) -> pa.Table:
    """Read the wanted rows of a file; makers stand in lists, which no filter of a file knows."""
    there = set(pq.read_schema(path).names) if path.is_file() else columns
    if wish.admin is not None and not there.issuperset(_AREA_COLUMNS):
        # A release of before these columns has no row that could be meant.
        return read_table(path, filters=pc.scalar(False), columns=sorted(columns & there))  # noqa: FBT003
    table = read_table(path, filters=_condition(wish), columns=sorted(columns & there))
    if wish.vendor is None:
        return table
    makers = table["vendor_ids"].combine_chunks()
    is_meant = pc.is_in(pc.list_flatten(makers), value_set=pa.array(_words(wish.vendor)))
    rows = pc.unique(pc.list_parent_indices(makers).filter(is_meant))
    return table.take(rows)


def _refuse_unknown_makers(folder: Path, wish: CameraWish) -> None:
    """Say that a maker is unknown to a release: without a word it would be one with no camera."""
    registry = folder / "registry" / "organisations.parquet"
    # A release without evidence cannot tell.
    if wish.vendor is None or not registry.is_file():
        return
    org_ids = pq.read_table(registry, columns=["org_id"])["org_id"].to_pylist()
    for org_id in _words(wish.vendor):
        if org_id not in org_ids:
            guess = _guess(org_id, org_ids)
            msg = f"this release knows no organisation {org_id}"
            raise UsageError(msg, next_step=f"{guess}`mapper vendor NAME` tells the id of one.")


def _refuse_unknown_areas(folder: Path, wish: CameraWish) -> None:
    """Say that there is no such area: without a word it would be one with no camera."""
    if wish.admin is None:
        return
    ids_by_country: dict[str, set[str]] = {}
    # All areas of the countries that a release has cameras in, those without a camera too.
    for path in sorted(folder.glob("areas_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                ids_by_country.setdefault(row["country_code"], set()).add(row["area_id"])
    area_ids = set().union(*ids_by_country.values())
    for area_id in _words(wish.admin):
        # Of a country without a camera no area is listed, and none has a camera; a release of
        # before such tables cannot tell.
        country_code, hyphen, _ = area_id.partition("-")
        is_of_country = hyphen and _CODE.fullmatch(country_code)
        may_be = is_of_country and country_code not in ids_by_country
        if area_ids and area_id not in area_ids and not may_be:
            msg = f"this release knows no area {area_id}"
            step = f"{_guess(area_id, sorted(area_ids))}Its areas_*.csv list them, by name too."
            raise UsageError(msg, next_step=step)


def _guess(word: str, allowed: Iterable[str]) -> str:
    like = process.extractOne(word, allowed, score_cutoff=_LIKE_PCT)
    return f"did you mean {like[0]}? " if like else ""


def _words(wanted: str | Sequence[str]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else list(wanted)


def _country_code(word: str) -> str:
    """Return the code of a country; a name that is none would else be an empty country."""
    # A code that no list has today may be in an old release.
    is_old_code = _CODE.fullmatch(word) is not None and plain_code(word) is None
    return word if is_old_code else country_called(word)


def _condition(wish: CameraWish) -> pc.Expression | None:
    """Turn the wishes into one filter that the reader can push down."""
    condition = None
    if wish.country is not None:
        codes = [_country_code(word) for word in _words(wish.country)]
        condition = pc.field("country_code").isin(codes)
    if wish.admin is not None:
        codes = _words(wish.admin)
        condition = _both(
            condition, pc.field("admin1").isin(codes) | pc.field("admin2").isin(codes)
        )
    if wish.bbox is not None:
        west, south, east, north = wish.bbox
        # The covering column, so that whole row groups far away are never read.
        lon_deg, lat_deg = pc.field("bbox", "xmin"), pc.field("bbox", "ymin")
        inside = (lon_deg >= west) & (lon_deg <= east)
        if west > east:
            # West of 180 degrees or east of it: a box around Fiji begins at 177 and ends at -178.
            inside = (lon_deg >= west) | (lon_deg <= east)
        condition = _both(condition, inside & (lat_deg >= south) & (lat_deg <= north))
    return condition


def _both(first: pc.Expression | None, second: pc.Expression) -> pc.Expression:
    return second if first is None else first & second


def _frame(tables: Sequence[pa.Table], wanted: Sequence[str]) -> gpd.GeoDataFrame:
    """Join the tables of several sources and restore points and lists."""
    if not tables:
        empty = pd.DataFrame(columns=[name for name in wanted if name != "geometry"])
        frame = gpd.GeoDataFrame(empty, geometry=[], crs="EPSG:4326")
        return frame[list(wanted)]
    # Licence and title differ between sources; with them the tables would not join.
    plain = [_with_later_columns(table.replace_schema_metadata(None), wanted) for table in tables]
    table = pa.concat_tables(plain, promote_options="default")
    points = shapely.from_wkb(table["geometry"].to_numpy())
    lists = [name for name in _LISTS if name in table.column_names]
    columns = table.drop_columns(["geometry", *lists]).to_pandas()
    for name in lists:
        columns[name] = pd.Series(table[name].to_pylist(), index=columns.index, dtype=object)
    for name in _COUNTS:
        # Nullable whole numbers: pandas would make floats of a column with a gap.
        if name in table.column_names:
            columns[name] = pd.Series(table[name].to_pylist(), index=columns.index, dtype="Int64")
    frame = gpd.GeoDataFrame(columns, geometry=points, crs="EPSG:4326")
    frame.index = pd.Index(frame["camera_id"].astype(object), name=None)
    frame = frame.sort_index()
    return frame[list(wanted)]


def _with_later_columns(table: pa.Table, wanted: Sequence[str]) -> pa.Table:
    """Give a table of an earlier release the wanted columns that it did not have yet, empty."""
    for name in _LATER_COLUMNS:
        if name in wanted and name not in table.column_names:
            table = table.append_column(name, pa.nulls(len(table), pa.string()))
    return table

"""Gates over single values: columns, types, allowed words, ids, positions."""

import re
from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapper.clean.partial_date import parse
from mapper.errors import ValueRefusedError
from mapper.model.column_types import LIST_TYPES, TEXT_TYPES
from mapper.model.columns import CAMERA, CAMERA_NAMES, Column, ColumnType
from mapper.model.enums import CAMERA_TYPES
from mapper.validate.findings import Finding, Mask, Material, by_mask
from mapper.validate.values_asked import coded

_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+00:00)")
# Controls, lone surrogates, and marks that turn the writing direction of what follows.
_UNWANTED: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_LONGEST: Final = 2048
_LENGTHS: Final = frozenset(range(1, _LONGEST + 1))
_CODES: Final = {"country_code"}
_OF_ONE_ROW: Final = {"camera_id", "source_ref", "source_url"}


def columns(material: Material) -> list[Finding]:
    """Check that both frames have exactly the released columns, in order."""
    findings = []
    for name, frame in material.frames.items():
        if tuple(frame.columns) != CAMERA_NAMES:
            odd = sorted(set(frame.columns) ^ set(CAMERA_NAMES)) or "in another order"
            findings.append(Finding("columns", f"{name}: columns too many or too few: {odd}"))
    return findings


def values(material: Material) -> list[Finding]:
    """Check every column's type, its allowed words and whether it may be empty."""
    return [
        finding
        for frame in material.frames.values()
        for column in CAMERA
        if column.column_type is not ColumnType.POINT
        for finding in _column(frame, column)
    ]


def _column(frame: gpd.GeoDataFrame, column: Column) -> list[Finding]:
    cells = frame[column.name]
    empty = cells.isna().to_numpy()
    findings = []
    if column.is_never_empty or column.column_type is ColumnType.TEXTS:
        findings += by_mask("values", f"{column.name} is empty", frame.index, empty)
    wrong = ~empty & ~_well_formed(cells, column)
    return findings + by_mask(
        "values",
        f"{column.name} holds what a {column.column_type} may not hold",
        frame.index,
        wrong,
    )


def _well_formed(cells: pd.Series, column: Column) -> Mask:
    """Say for each cell whether it fits its column; empty cells may answer anything."""
    kind = column.column_type
    if kind in TEXT_TYPES:
        return _texts_fit(cells, column)
    if kind is ColumnType.TRUTH:
        if cells.dtype == np.bool_:
            return np.ones(len(cells), dtype=bool)
        return np.fromiter((isinstance(cell, bool | np.bool_) for cell in cells), bool, len(cells))
    if kind in LIST_TYPES:
        return _lists_fit(cells, column)
    numbers = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    fits: Mask = np.isfinite(numbers)
    if kind is ColumnType.WHOLE:
        # Every whole number of a row counts something that is there.
        fits &= (numbers >= 1) & (numbers == np.floor(numbers))
    if column.name == "view_angle_deg":
        fits &= (numbers > 0) & (numbers <= 360)  # noqa: PLR2004 - a full circle
    elif column.name in {"nearest_place_km", "location_precision_m"}:
        fits &= numbers >= 0
    return fits


def _texts_fit(cells: pd.Series, column: Column) -> Mask:
    """Ask each distinct cell once whether it is a text, and one that fits."""

    def fits(cell: object) -> bool:
        return isinstance(cell, str) and _text_fits(cell, column)

    # Ids and addresses are as many as there are rows, and never empty: they are looked at all
    # together, and one by one only where something is unusual.
    if column.name in _OF_ONE_ROW and _are_plain(cells.tolist()):
        return np.ones(len(cells), dtype=bool)
    try:
        # Each distinct text once; empty cells get code -1, which takes the last answer: it fits.
        codes, distinct = coded(cells)
    except TypeError:  # a cell that cannot be hashed is no text
        return np.fromiter(map(fits, cells), bool, len(cells))
    answers = np.array([*map(fits, distinct), True], dtype=bool)
    mask: Mask = answers[codes]
    return mask


def _are_plain(given: Sequence[Any]) -> bool:
    """Whether all are texts of printable ASCII, none of them empty or too long."""
    try:
        together = "".join(given)
    except TypeError:  # an empty cell, or what is no text
        return False
    lengths = set(map(len, given))
    return together.isascii() and together.isprintable() and lengths <= _LENGTHS


def _text_fits(text: str, column: Column) -> bool:
    if not text or len(text) > _LONGEST or _UNWANTED.search(text):
        return False
    if column.allowed:
        return text in column.allowed
    if column.column_type is ColumnType.DAY:
        return _is_partial_date(text)
    if column.column_type is ColumnType.INSTANT:
        return _INSTANT.fullmatch(text) is not None
    return column.name not in _CODES or _COUNTRY.fullmatch(text) is not None


def _is_partial_date(text: str) -> bool:
    try:
        return parse(text).text == text
    except ValueRefusedError:
        return False


def _lists_fit(cells: pd.Series, column: Column) -> Mask:
    """Ask each list once, which many rows share; most cells are empty, or hold a few flags."""
    fits = np.ones(len(cells), dtype=bool)
    rows = np.flatnonzero(cells.notna())
    lists = cells.to_numpy(dtype=object)[rows].tolist()
    # By what it is in memory, where the column holds it: equal lists are asked again, which costs
    # less than to compare them.
    places = list(map(id, lists))
    said = {
        place: _hashable_list_fits(cell, column)
        for place, cell in dict(zip(places, lists, strict=True)).items()
    }
    fits[rows] = list(map(said.__getitem__, places))
    return fits


def _hashable_list_fits(cell: object, column: Column) -> bool:
    try:
        return _list_fits(cell, column)
    except TypeError:
        return False


def _list_fits(cell: object, column: Column) -> bool:
    if not isinstance(cell, list):
        return not isinstance(cell, str) and pd.api.types.is_scalar(cell)
    if column.column_type is ColumnType.TEXTS:
        return all(item in column.allowed for item in cell) and len(set(cell)) == len(cell)
    if column.column_type is ColumnType.IDS:
        return bool(cell) and len(set(cell)) == len(cell) and all(map(_is_id, cell))
    # Directions: an empty list would be a second way to say that none is known.
    return bool(cell) and all(
        isinstance(item, int | float) and 0 <= item < 360  # noqa: PLR2004 - a full circle
        for item in cell
    )


def _is_id(item: object) -> bool:
    return isinstance(item, str) and _ID.fullmatch(item) is not None


def ids(material: Material) -> list[Finding]:
    """Check that ids are unique over both frames, follow from the source, and are the index."""
    findings = []
    every = pd.Index([]).append([frame.index for frame in material.frames.values()])
    findings += by_mask("ids", "camera_id stands twice", every, every.duplicated(keep=False))
    for frame in material.frames.values():
        expected = frame["source_id"].astype(object) + ":" + frame["source_ref"].astype(object)
        odd = (frame["camera_id"] != expected).to_numpy(bool) | (frame["camera_id"] != frame.index)
        findings += by_mask("ids", "camera_id is not its source and reference", frame.index, odd)
        poles = frame["pole_id"].dropna()
        lost = ~poles.isin(every).to_numpy()
        findings += by_mask(
            "ids", "pole_id names a device that is not published", poles.index, lost
        )
    return findings


def positions(material: Material) -> list[Finding]:
    """Check that every position is a finite point on the globe, and not the null island."""
    findings = []
    for name, frame in material.frames.items():
        if frame.crs is None or frame.crs.to_epsg() != 4326:  # noqa: PLR2004 - WGS 84
            findings.append(Finding("positions", f"{name} is not in EPSG:4326"))
        points = np.asarray(frame.geometry.array)
        is_empty = shapely.is_empty(points)
        if is_empty.any():
            # An empty point has no coordinates to ask for.
            points = np.array(points, dtype=object)
            points[is_empty] = None
        lon_deg, lat_deg = shapely.get_x(points), shapely.get_y(points)
        valid = (np.abs(lon_deg) <= 180) & (np.abs(lat_deg) <= 90)  # noqa: PLR2004 - the globe
        valid &= (lon_deg != 0) | (lat_deg != 0)
        findings += by_mask(
            "positions", "the position is missing or not on the globe", frame.index, ~valid
        )
    return findings


def kinds(material: Material) -> list[Finding]:
    """Check that only cameras stand among cameras, and none among the other devices."""
    words = {str(kind) for kind in CAMERA_TYPES}
    cameras, others = material.published.cameras, material.published.other_devices
    return [
        *by_mask(
            "kinds",
            "no camera, but among cameras",
            cameras.index,
            ~cameras["device_type"].isin(words).to_numpy(),
        ),
        *by_mask(
            "kinds",
            "a camera, but among other devices",
            others.index,
            others["device_type"].isin(words).to_numpy(),
        ),
    ]

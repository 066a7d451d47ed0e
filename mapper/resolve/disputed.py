"""
Areas whose sovereignty is disputed: the documented table and its outlines.

``data/boundaries/disputed_areas.csv`` says for each area which country the United Nations count
it to, or that they do not (``code_basis``), who administers it, and by which instrument; its
ORIGIN.md says where the outlines come from.
"""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import shape

from mapper.errors import GateError

TABLE_FILE = "disputed_areas.csv"
OUTLINES_FILE = "disputed_outlines.geojson"


@dataclass(frozen=True, slots=True)
class DisputedArea:
    """
    One area.

    Attributes
    ----------
    country_code
        ISO 3166-1 alpha-2 (XK for Kosovo).
    code_basis
        ``un``: the position of the instrument; ``treaty``: a boundary treaty; ``source``: the
        United Nations take no side, and the code is that of the boundary source.
    administered_by
        A country code or words.
    low_within_m
        Metres from the area's edge within which the country has low confidence, where the area
        changes the country.
    whole_features
        The features of the boundary source that the area covers whole; empty where it is cut
        out by an outline.
    changes_country
        Whether the code differs from the boundary source's.
    geometry
        Longitude and latitude in degrees, WGS 84, with the sea as far as the boundary source
        counts it to the same features.
    """

    area_id: str
    area: str
    country_code: str
    code_basis: str
    administered_by: str
    low_within_m: float
    instrument: str
    note: str
    whole_features: tuple[str, ...]
    changes_country: bool
    geometry: shapely.Geometry


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of the boundary source: its polygons and its own country code."""

    country_code: str | None
    geometry: shapely.Geometry


def read_disputed_areas(
    boundaries_dir: Path, features: Mapping[str, Feature]
) -> tuple[DisputedArea, ...]:
    """
    Read the table and cut its outlines out of the boundary source's features.

    Parameters
    ----------
    boundaries_dir
        Holds the table and the outlines.
    features
        The boundary source by ``feature_id``.

    Returns
    -------
    tuple[DisputedArea, ...]
        In the order of the table. Where two areas touch, the first one counts.

    Raises
    ------
    GateError
        If a row names a feature or an outline that is not there, or an area comes out empty.
    """
    outlines = _outlines(boundaries_dir / OUTLINES_FILE)
    return tuple(_area(row, features, outlines) for row in disputed_rows(boundaries_dir))


def disputed_rows(boundaries_dir: Path) -> tuple[Mapping[str, str], ...]:
    """Read the rows of the table, in its order, each by the names of its columns."""
    with (boundaries_dir / TABLE_FILE).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _outlines(path: Path) -> dict[str, shapely.Geometry]:
    collection = json.loads(path.read_text(encoding="utf-8"))
    return {
        feature["properties"]["outline"]: shape(feature["geometry"])
        for feature in collection["features"]
    }


def _area(
    row: Mapping[str, str],
    features: Mapping[str, Feature],
    outlines: Mapping[str, shapely.Geometry],
) -> DisputedArea:
    feature_ids = tuple(row["features"].split(";"))
    try:
        parts = [features[feature_id] for feature_id in feature_ids]
        outline = outlines[row["outline"]] if row["outline"] else None
    except KeyError as error:
        msg = f"{TABLE_FILE}: {row['area_id']} names {error}, which is not in the boundaries"
        raise GateError(msg) from error
    # The outline cuts out of whole features, so that the coast stays the boundary source's.
    geometry = shapely.union_all([part.geometry for part in parts])
    if outline is not None:
        geometry = shapely.intersection(geometry, outline)
    # An outline that misses its feature would silently mark nothing as disputed.
    if geometry.is_empty:
        msg = f"{TABLE_FILE}: {row['area_id']} has no ground"
        raise GateError(msg)
    return DisputedArea(
        area_id=row["area_id"],
        area=row["area"],
        country_code=row["country_code"],
        code_basis=row["code_basis"],
        administered_by=row["administered_by"],
        low_within_m=float(row["low_within_m"]),
        instrument=row["instrument"],
        note=row["note"],
        whole_features=() if row["outline"] else feature_ids,
        changes_country=any(part.country_code != row["country_code"] for part in parts),
        geometry=geometry,
    )

"""How many cameras each area of a country has: ``areas_osm.csv``, by source as the rows are."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pandas as pd

from mapper.export.formula_guard import guard
from mapper.model.enums import Rung
from mapper.resolve.admin_areas import AdminArea

_LARGE_KM2: Final = 10.0

COLUMNS: Final = (
    ("area_id", "The area, as `admin1` and `admin2` of the cameras have it."),
    ("level", "1 for a state or region, 2 for a county, department or Kreis."),
    ("country_code", "The country, ISO 3166-1."),
    ("name", "Its name, in English where CLDR has one."),
    ("within", "The area of level 1 that one of level 2 lies in; empty where it is not known."),
    ("method", "Whose boundaries it has, as `admin1_method` of the cameras."),
    ("area_km2", "Of its outline, on the ellipsoid, lakes counted."),
    ("cameras", "Cameras that stand in it; one too near a line is in no area."),
    ("cameras_per_km2", "Cameras by area."),
    ("population", "Inhabitants, where the boundary in the extract says how many and of when."),
    ("population_on", "Year, month or day of that count."),
    ("cameras_per_1000_people", "Cameras by inhabitants; empty where they are not known."),
    ("street_km", "Streets and paths in it, where the extract that was read has all of them."),
    ("cameras_per_street_km", "Cameras by kilometre of street; empty where that is not known."),
    ("with_maker", "Of these, cameras whose maker its source names."),
    ("with_maker_pct", "Their share, 0 to 100; empty where there is no camera."),
    ("last_checked_on", "The latest day on which somebody checked a camera there."),
)
"""Name and meaning of each column."""


COUNTED: Final = ("admin1", "admin2", "vendor_rung", "last_checked_on")
"""Columns of cameras that are asked."""


def areas_csv(cameras: pd.DataFrame, areas: Iterable[AdminArea]) -> str:
    """
    Return one line for each area of the countries that the cameras have areas of.

    Parameters
    ----------
    cameras
        Of one source, those that stand; columns ``COUNTED``.
    areas
        Every area that a camera can be in; one without cameras has a line that says 0.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([name for name, _meaning in COLUMNS])
    writer.writerows(_lines(cameras, areas))
    return text.getvalue()


def _lines(cameras: pd.DataFrame, areas: Iterable[AdminArea]) -> Iterator[list[object]]:
    has_maker = cameras["vendor_rung"] != str(Rung.UNKNOWN)
    # One in ten: pandas compares the texts of a column one by one, what is missing among them.
    checked_ones = cameras[cameras["last_checked_on"].notna()]
    by_level = {
        level: pd.DataFrame(
            {
                "cameras": cameras.groupby(cameras[column]).size(),
                "with_maker": has_maker.groupby(cameras[column]).sum(),
                # Of categories none is the largest.
                "last_checked_on": checked_ones["last_checked_on"]
                .astype(object)
                .groupby(checked_ones[column])
                .max(),
            }
        )
        for level, column in enumerate(("admin1", "admin2"), start=1)
    }
    counts_of: dict[int, dict[Any, dict[Any, Any]]] = {
        level: frame.to_dict("index") for level, frame in by_level.items()
    }
    for area in areas:
        counted = counts_of[area.level]
        head = [
            area.area_id,
            area.level,
            area.country_code,
            # Of an extract it is what a mapper wrote.
            guard(area.name),
            area.within,
            area.method.value,
            # A ward of Monaco has a fifth of a square kilometre, and Alaska 1.5 million.
            f"{area.area_km2:.{1 if area.area_km2 >= _LARGE_KM2 else 3}f}",
        ]
        if area.area_id not in counted:
            yield [*head, 0, "0.0000", *_by_people(area, 0), *_by_street(area, 0), 0, "", ""]
            continue
        row = counted[area.area_id]
        count, with_maker = int(row["cameras"]), int(row["with_maker"])
        checked = row["last_checked_on"]
        yield [
            *head,
            count,
            f"{count / area.area_km2:.4f}",
            *_by_people(area, count),
            *_by_street(area, count),
            with_maker,
            f"{100 * with_maker / count:.1f}",
            "" if pd.isna(checked) else checked,
        ]


def _by_people(area: AdminArea, count: int) -> list[object]:
    if not area.population:
        return ["", "", ""]
    return [area.population, area.population_on, f"{1000 * count / area.population:.4f}"]


def _by_street(area: AdminArea, count: int) -> list[object]:
    if not area.street_m:
        return ["", ""]
    street_km = area.street_m / 1000
    return [f"{street_km:.1f}", f"{count / street_km:.4f}"]

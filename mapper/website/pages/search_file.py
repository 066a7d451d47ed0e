"""
What the map's search knows by name: whatever has a page, and the places of the world.

Both files are loaded when a reader first enters the search box, so that the first picture does
not wait for them (docs/page-format.md, search and places).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from babel import Locale

from mapper.answers.rulings import rulings_on
from mapper.clean.gazetteer import Places, places
from mapper.clean.gazetteer_names import ALPHABETS, names_by_place
from mapper.model.basemap import Basemap
from mapper.registry.registry import Registry
from mapper.resolve.chosen_rows import CameraColumns
from mapper.telling import words
from mapper.telling.statements import Presenter
from mapper.telling.told_rulings import tell_rulings
from mapper.website.map import frame_columns
from mapper.website.map.street_file import streets_payload
from mapper.website.pages.addresses import PageIndex, pages_of

LEAST_POPULATION = 15_000
"""Of a place that is known without a camera; smaller ones are known where a camera is near."""

OPERATORS_MAX = 3_000
"""The commonest; what more would weigh helps nobody who searches."""

_NAME_LANGUAGES = ("fr", "de", "es", "ru", "ar", "zh")
_DEGREE_PARTS = 1_000
_OUTLYING_SHARE = 0.02
_HALF_TURN_DEG = 180.0
_NAMED_AT_ONCE = 10_000

_NamedPlace: TypeAlias = tuple[int, str, str]
"""Its row in the gazetteer, its name and the code of its country."""


def search_payload(
    registry: Registry,
    cameras: CameraColumns,
    mapped: Iterable[str] = (),
    context: Basemap | None = None,
) -> dict[str, Any]:
    """
    Return the payload of ``data/search.js``: one entry for every page that has a name.

    Parameters
    ----------
    cameras
        Columns ``model.columns.CAMERA``.
    mapped
        Countries in which the counts of the world have a camera.
    context
        The streets of the page.
    """
    index = pages_of(registry, cameras, mapped)
    counted = frame_columns.coded_texts(cameras, "country_code").counts()
    return {
        "schema": 1,
        "suppliers": _suppliers(registry, index),
        "deployments": [
            {
                "id": row.deployment_id,
                "name": row.name,
                "also": row.place or "",
                "code": row.country_code,
                "page": index.deployment(row.deployment_id),
            }
            for row in registry.deployments
        ],
        "countries": [
            {
                "code": code,
                "name": words.country(code),
                "also": _country_names(code),
                "page": index.place(code),
                "cameras": counted[code],
                "box": _box_of(code),
            }
            for code in sorted(index.country_codes)
        ],
        "operators": _operators(cameras),
        "streets": streets_payload(context),
        "rulings": _rulings(registry),
    }


@cache
def _country_names(code: str) -> str:
    """Name a country in each language of the map, as CLDR does, for who searches in their own."""
    names = (Locale.parse(lang).territories.get(code, "") for lang in _NAME_LANGUAGES)
    return " ".join(dict.fromkeys(filter(None, names)))


def _operators(cameras: CameraColumns) -> list[dict[str, Any]]:
    """Return who runs cameras, most cameras first, and the box that they lie in."""
    lon_deg, lat_deg = frame_columns.positions(cameras)
    column = frame_columns.coded_texts(cameras, "operator_name")
    counts, names = column.counts(), column.distinct
    ranked = sorted(range(len(names)), key=lambda code: (-counts[names[code]], names[code]))
    # Rows of one operator beside each other, and where each begins; those without one come first.
    rows = np.argsort(column.codes, kind="stable")
    starts = np.searchsorted(column.codes[rows], np.arange(len(names) + 1))
    operators = []
    for code in ranked[:OPERATORS_MAX]:
        own = rows[starts[code] : starts[code + 1]]
        edges = (lon_deg[own].min(), lat_deg[own].min(), lon_deg[own].max(), lat_deg[own].max())
        box = [round(float(edge), 4) for edge in edges]
        operators.append({"name": names[code], "cameras": counts[names[code]], "box": box})
    return operators


def _rulings(registry: Registry) -> list[dict[str, Any]]:
    """Return the rulings of each country in a line, with what became of them; newest first."""
    presenter = Presenter(registry)
    records = [record for record in rulings_on(registry) if record.ruling.country_code]
    told = tell_rulings(presenter, reversed(records))
    return [
        {
            "country": record.ruling.country_code,
            "deployment": record.ruling.deployment_id,
            "line": " ".join((ruling.headline, *ruling.reviewed)),
        }
        for record, ruling in zip(reversed(records), told, strict=True)
    ]


def place_payloads(cameras: CameraColumns, *, near_only: bool = False) -> dict[str, dict[str, Any]]:
    """
    Return the payload of ``data/places.js``.

    Parameters
    ----------
    cameras
        Columns ``model.columns.CAMERA``.
    near_only
        Only places in the countries of the cameras, for the site of one city, and with them the
        payloads of `name_payloads` for these.

    Returns
    -------
    dict
        Name of the file -> its payload; places of the world, the most populous first.
    """
    table = places()
    near = frame_columns.coded_together(cameras, ("nearest_place", "country_code")).counts()
    large, small = _by_size(table)
    near_codes = sorted({code for _, code in near if code is not None})
    # Of the 200,000 small places most lie in countries without a camera, and are not named at all.
    small = small[np.isin(table.country_codes[small], near_codes)]
    if near_only:
        large = large[np.isin(table.country_codes[large], near_codes)]
    everywhere = _largest(_named(table, large))
    kept = _largest([*everywhere, *(place for place in _named(table, small) if place[1:] in near)])
    payloads = {"places": _columns(table, kept, near)}
    return payloads | _other_names(table, everywhere) if near_only else payloads


def name_payloads() -> dict[str, dict[str, Any]]:
    """Return for each alphabet the other names of the places that are known without a camera."""
    table = places()
    return _other_names(table, _largest(_named(table, _by_size(table)[0])))


def _by_size(table: Places) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the places known without a camera, and all others, the most populous first."""
    order = np.argsort(-table.population, kind="stable")
    large_count = int(np.count_nonzero(table.population >= LEAST_POPULATION))
    return order[:large_count], order[large_count:]


def _largest(named: Iterable[_NamedPlace]) -> list[_NamedPlace]:
    """Keep of places of one name in a country the largest, which comes first."""
    first: dict[tuple[str, str], _NamedPlace] = {}
    for place in named:
        first.setdefault(place[1:], place)
    return list(first.values())


def _named(table: Places, order: npt.NDArray[np.intp]) -> Iterator[_NamedPlace]:
    """Yield places in an order, each with its name and country."""
    # A part at a time: few are kept, and the names of all 230,000 would take thirty megabytes.
    for start in range(0, len(order), _NAMED_AT_ONCE):
        rows = order[start : start + _NAMED_AT_ONCE]
        numbers = rows.tolist()
        yield from zip(
            numbers, table.names(numbers), table.country_codes[rows].tolist(), strict=True
        )


def _other_names(table: Places, of: list[_NamedPlace]) -> dict[str, dict[str, Any]]:
    """Return the other names of places by alphabet: row, then the names."""
    rows: dict[str, list[list[int | str]]] = {alphabet: [] for alphabet in ALPHABETS}
    names_of = names_by_place()
    for row, (number, name, code) in enumerate(of):
        key = (name, code, int(table.population[number]))
        for alphabet, names in names_of.get(key, {}).items():
            rows[alphabet].append([row, *names])
    return {f"names-{alphabet}": {"schema": 1, "rows": of_it} for alphabet, of_it in rows.items()}


def _columns(
    table: Places, kept: list[_NamedPlace], near: Counter[tuple[str | None, ...]]
) -> dict[str, Any]:
    places_kept = np.array([number for number, _, _ in kept], dtype=np.intp)
    codes = sorted({code for _, _, code in kept})
    numbers = {code: number for number, code in enumerate(codes)}
    return {
        "schema": 1,
        "countries": [[code, words.country(code)] for code in codes],
        "name": [name for _, name, _ in kept],
        "country": [numbers[code] for _, _, code in kept],
        "lat": _in_parts(table.lat_deg[places_kept]),
        "lon": _in_parts(table.lon_deg[places_kept]),
        "parts": _DEGREE_PARTS,
        "thousands": (table.population[places_kept] // 1000).tolist(),
        # Rows with cameras near them, and how many.
        "near": [
            [row, near[(name, code)]]
            for row, (_, name, code) in enumerate(kept)
            if near[(name, code)]
        ],
    }


def _in_parts(degrees: npt.NDArray[np.float64]) -> list[int]:
    parts: list[int] = np.rint(degrees * _DEGREE_PARTS).astype(np.int64).tolist()
    return parts


def _suppliers(registry: Registry, index: PageIndex) -> list[dict[str, Any]]:
    also: dict[str, list[str]] = {org_id: [] for org_id in index.org_ids}
    for name in registry.organisation_names:
        if name.org_id in also:
            also[name.org_id].append(name.name)
    for product in registry.products:
        if product.org_id in also:
            also[product.org_id].append(product.name)
    return [
        {
            "id": row.org_id,
            "name": row.name,
            "also": " ".join(dict.fromkeys(also[row.org_id])),
            "code": row.country_code or None,
            "page": index.org(row.org_id),
        }
        for row in registry.organisations
        if row.org_id in index.org_ids
    ]


def _box_of(country_code: str) -> list[float] | None:
    """Return west, south, east, north of where nearly all places of a country lie."""
    table, inside = places(), _rows_by_country().get(country_code)
    if inside is None:
        return None
    edges = [_OUTLYING_SHARE, 1 - _OUTLYING_SHARE]
    west, east = np.quantile(table.lon_deg[inside], edges)
    south, north = np.quantile(table.lat_deg[inside], edges)
    if east - west > _HALF_TURN_DEG:
        # Places on both sides of the antimeridian: the longer way round says nothing.
        west = east = float(np.median(table.lon_deg[inside]))
    return [round(float(edge), 2) for edge in (west, south, east, north)]


@cache
def _rows_by_country() -> Mapping[str, npt.NDArray[np.int64]]:
    """Return the rows of the gazetteer by country, in one pass over its 200,000 codes."""
    codes = places().country_codes
    order = np.argsort(codes, kind="stable")
    names, starts = np.unique(codes[order], return_index=True)
    return dict(zip(names.tolist(), np.split(order, starts[1:]), strict=True))

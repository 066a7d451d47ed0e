"""Where names stand on the map."""

import math

import numpy as np

from mapper.resolve.countries import Countries
from mapper.settings import Settings
from mapper.website.map.label_file import LEAST_POPULATION, country_views, labels_payload

FOLDER = Settings().boundaries_dir


def _degrees(x: int, y: int, bits: int) -> tuple[float, float]:
    size = 2**bits
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (y + 0.5) / size))))
    return (x + 0.5) / size * 360 - 180, lat


def test_a_country_s_name_stands_on_its_own_ground() -> None:
    payload = labels_payload(FOLDER)
    countries = payload["countries"]
    points = [
        _degrees(x, y, payload["q"]) for x, y in zip(countries["x"], countries["y"], strict=True)
    ]
    lon, lat = np.asarray(points).T
    there = Countries.load(FOLDER).assign(lon, lat)["country_code"].tolist()

    # A grid cell is 600 m: on the smallest islands the middle of it may lie beside the shore.
    wrong = [
        code
        for code, found, radius in zip(countries["code"], there, countries["radius"], strict=True)
        if code != found and radius > 1
    ]
    assert wrong == []
    assert len(countries["code"]) > 240
    assert countries["radius"] == sorted(countries["radius"], reverse=True)


def test_the_large_cities_are_named_the_largest_first() -> None:
    cities = labels_payload(FOLDER)["cities"]

    assert {"Helsinki", "Lagos", "Buenos Aires"} <= set(cities["name"])
    assert cities["thousands"] == sorted(cities["thousands"], reverse=True)
    assert cities["thousands"][-1] * 1000 >= LEAST_POPULATION


def test_the_map_opens_on_a_country_where_it_lies_and_close_enough() -> None:
    views = country_views(FOLDER)

    assert views["RU"][2] < views["FI"][2] < views["MC"][2]
    lon_deg, lat_deg, _ = views["FI"]
    assert 20 < lon_deg < 32
    assert 60 < lat_deg < 70

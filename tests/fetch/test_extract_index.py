"""Which extract is meant: by country, by region, or not at all; never a guess between two."""

import json
from pathlib import Path
from typing import Any

import pytest

from mapper.errors import SourceError, UsageError
from mapper.fetch.archive import Archive
from mapper.fetch.extract_index import Extract, choose, fetch_index
from mapper.fetch.http import Client, Limits
from mapper.fetch.json_pages import FetchContext
from mapper.model.progress import NoProgress
from tests.fetch.raw_server import RawServer, ok, sends, serving


def feature(extract_id: str, name: str, parent: str = "", **codes: list[str]) -> dict[str, Any]:
    """Write a feature as the publisher's index has it."""
    urls = {"pbf": f"https://extracts.example/{extract_id}-latest.osm.pbf"}
    iso = {f"iso3166-{key}": value for key, value in codes.items()}
    return {"properties": {"id": extract_id, "parent": parent, "name": name, "urls": urls, **iso}}


def country(extract_id: str, name: str, parent: str, *codes: str) -> dict[str, Any]:
    made = feature(extract_id, name, parent)
    made["properties"]["iso3166-1:alpha2"] = list(codes)
    return made


def region(extract_id: str, name: str, parent: str, *codes: str) -> dict[str, Any]:
    made = feature(extract_id, name, parent)
    made["properties"]["iso3166-2"] = list(codes)
    return made


STATE = region("us/georgia", "Georgia", "us", "US-GA")
STATE["properties"]["iso3166-1:alpha2"] = ["US"]
FEATURES = [
    feature("europe", "Europe"),
    country("france", "France", "europe", "FR"),
    region("ile-de-france", "Île-de-France", "france", "FR-IDF"),
    country("senegal-and-gambia", "Senegal and Gambia", "africa", "SN", "GM"),
    country("georgia", "Georgia (Eastern Europe)", "europe", "GE"),
    country("us", "United States of America", "north-america", "US"),
    STATE,
    region("north-rhine", "Rhine", "germany", "DE-NW"),
    region("south-rhine", "Rhine", "france", "FR-GES"),
]


def asked(server: RawServer, folder: Path) -> tuple[Extract, ...]:
    limits = Limits(connect_s=2, read_s=2, total_s=10, attempts=1, pause_s=0)
    client = Client(limits=limits, named=frozenset({server.target}))
    return fetch_index(FetchContext(client, Archive(folder), NoProgress()), f"{server.url}/index")


def index(features: object, folder: Path) -> tuple[Extract, ...]:
    body = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    with serving(sends(ok(body))) as server:
        return asked(server, folder)


@pytest.mark.parametrize(
    ("country_code", "name", "extract_id"),
    [
        ("FR", "", "france"),
        ("US", "", "us"),
        ("GM", "", "senegal-and-gambia"),
        ("", "Ile de France", "ile-de-france"),
        ("", "Île-de-France", "ile-de-france"),
        ("FR", "ile-de-france", "ile-de-france"),
        ("US", "Georgia", "us/georgia"),
        ("", "us/georgia", "us/georgia"),
        ("DE", "Rhine", "north-rhine"),
    ],
)
def test_the_extract_of_a_country_or_a_region_is_chosen(
    country_code: str, name: str, extract_id: str, tmp_path: Path
) -> None:
    chosen = choose(index(FEATURES, tmp_path), country_code=country_code, region=name)
    assert chosen.extract_id == extract_id
    assert chosen.pbf_url == f"https://extracts.example/{extract_id}-latest.osm.pbf"


@pytest.mark.parametrize(
    ("country_code", "name", "said"),
    [
        ("", "Rhine", "north-rhine, south-rhine"),
        ("", "Georgia", "georgia, us/georgia"),
        ("FR", "Georgia", "no extract"),
        ("ZZ", "", "no extract"),
        ("", "Atlantis", "no extract"),
    ],
)
def test_between_two_nothing_is_guessed(
    country_code: str, name: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=said):
        choose(index(FEATURES, tmp_path), country_code=country_code, region=name)


@pytest.mark.parametrize(
    "features",
    [None, 5, "x", {}, [None], [{}], [{"properties": None}], [{"properties": {}}],
     [{"properties": {"urls": None}}], [{"properties": {"urls": {"pbf": 5}}}],
     [{"properties": {"urls": {"pbf": "http://[::"}}}],
     [{"properties": {"id": "x", "name": "x", "urls": {"pbf": "file:///etc/passwd"}}}],
     [{"properties": {"id": "x", "name": "x", "iso3166-2": 5,
                      "urls": {"pbf": "https://extracts.example/"}}}]],
)  # fmt: skip
def test_an_index_of_another_shape_is_an_error_of_its_publisher(
    features: object, tmp_path: Path
) -> None:
    try:
        extracts = index(features, tmp_path)
    except SourceError:
        return
    assert extracts == ()


def test_parents_in_a_ring_end(tmp_path: Path) -> None:
    ring = [region("a", "A", "b", "FR-A"), region("b", "B", "a", "FR-B")]
    assert choose(index(ring, tmp_path), country_code="FR", region="A").extract_id == "a"

"""
Every source of a list, found by itself: its fixture against its golden, and its promises.

``tests/fixtures/sources/<source_id>/`` holds ``input.*`` in the shape in which a collected body is
kept, ``expected.jsonl`` and ``ORIGIN.md``, all written by hand.
"""

import csv
import io
import json
import pkgutil
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import mapper.sources
from mapper.errors import SourceChangedError, SourceError
from mapper.model.observation import Observation, Reject
from mapper.model.source import Download, PlatformQuery, SourceInfo
from mapper.model.tags import READ_TAGS
from mapper.resolve.countries import Countries
from mapper.settings import Settings
from mapper.validate.evidence_gates import LICENSES
from tests.new_source import leftovers

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests/fixtures/sources"
NOT_LISTS = {"osm", "own"}
SOURCE_IDS = sorted(
    module.name
    for module in pkgutil.iter_modules(mapper.sources.__path__)
    if module.name not in NOT_LISTS
)
HOSTILE: list[Any] = [
    None, True, -1, 1e400, "", "\0", "{{ 7*7 }}", "=cmd|' /C calc'!A0", "\u202etxet",
    "<script>alert(1)</script>", "9" * 4_000, "x" * 20_000, [[]], {"a": {}}, "NaN", "'; --",
]  # fmt: skip


def source(source_id: str) -> ModuleType:
    return import_module(f"mapper.sources.{source_id}")


def info(source_id: str) -> SourceInfo:
    found: SourceInfo = source(source_id).INFO
    return found


def body(source_id: str) -> bytes:
    (path,) = (FIXTURES / source_id).glob("input.*")
    return path.read_bytes()


def parsed(source_id: str, published: bytes) -> list[Observation | Reject]:
    return list(source(source_id).parse(published))


def observations(source_id: str) -> list[Observation]:
    rows = parsed(source_id, body(source_id))
    return [row for row in rows if isinstance(row, Observation)]


def as_line(row: Observation | Reject) -> dict[str, Any]:
    if isinstance(row, Reject):
        return {"rejected": row.source_ref, "reason": row.reason}
    return {
        "source_ref": row.source_ref,
        "lon_deg": row.lon_deg,
        "lat_deg": row.lat_deg,
        "tags": dict(row.tags),
    }


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_a_source_is_described_whole(source_id: str) -> None:
    described = info(source_id)
    assert described.source_id == source_id
    assert re.fullmatch(r"[a-z][a-z0-9_]*_[a-z]{2}", source_id), "<place>_<what>_<country>"
    assert described.title
    assert described.publisher
    assert described.attribution
    assert described.landing_page.startswith("https://")
    assert 0 < described.row_count_min < described.row_count_max
    assert described.country_codes
    assert isinstance(described.read_from, Download | PlatformQuery)
    if isinstance(described.read_from, Download):
        assert described.read_from.url.startswith("https://")
        assert described.read_from.body_format in {"csv", "geojson", "json", "kml"}
    else:
        assert described.read_from.base_url.startswith("https://")


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_a_source_may_be_passed_on_and_its_licence_has_a_notice(source_id: str) -> None:
    license_id = info(source_id).license_id
    assert license_id in LICENSES
    assert (ROOT / "LICENSES" / f"{license_id}.txt").is_file()


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_a_source_says_where_its_facts_were_read(source_id: str) -> None:
    origin = (FIXTURES / source_id / "ORIGIN.md").read_text("utf-8")
    for word in ("Address:", "Licence:", "Fields", "invented"):
        assert word in origin


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_nothing_of_the_template_is_left_in_a_source(source_id: str) -> None:
    assert leftovers(ROOT, source_id) == []


def test_half_of_the_sources_fit_on_a_screen() -> None:
    paths = [ROOT / f"mapper/sources/{source_id}.py" for source_id in SOURCE_IDS]
    assert median(len(path.read_text("utf-8").splitlines()) for path in paths) <= 50


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_a_source_names_only_keys_that_are_read(source_id: str) -> None:
    assert set(info(source_id).fields.values()) <= READ_TAGS
    if info(source_id).publishes_vendor:
        assert "manufacturer" in info(source_id).fields.values()


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_the_fixture_gives_what_a_person_reads_in_it(source_id: str) -> None:
    golden = (FIXTURES / source_id / "expected.jsonl").read_text("utf-8").splitlines()
    assert [as_line(row) for row in parsed(source_id, body(source_id))] == [
        json.loads(line) for line in golden
    ]


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_references_are_unique_and_tags_are_read(source_id: str) -> None:
    found = observations(source_id)
    assert found
    assert len({row.source_ref for row in found}) == len(found)
    assert {row.source_id for row in found} == {source_id}
    assert {key for row in found for key in row.tags} <= READ_TAGS


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_a_row_that_comes_twice_gives_no_reference_twice(source_id: str) -> None:
    once = parsed(source_id, body(source_id))
    twice = parsed(source_id, edited(source_id, lambda rows: rows + rows))
    refs = [row.source_ref for row in twice if isinstance(row, Observation)]
    assert len(refs) == len(set(refs))
    assert len(twice) == 2 * len(once)


@pytest.fixture(scope="module")
def countries() -> Countries:
    return Countries.load(Settings().boundaries_dir)


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_every_point_lies_in_the_stated_country(source_id: str, countries: Countries) -> None:
    found = observations(source_id)
    placed = countries.assign(
        np.array([row.lon_deg for row in found]), np.array([row.lat_deg for row in found])
    )
    assert set(placed["country_code"]) <= info(source_id).country_codes


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_a_new_field_stops_the_source_and_is_named(source_id: str) -> None:
    def add(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, "webcam_login": "x"} for row in rows]

    with pytest.raises(SourceChangedError, match="webcam_login"):
        parsed(source_id, edited(source_id, add))


def may_be_absent(source_id: str) -> frozenset[str]:
    module = source(source_id)
    optional: frozenset[str] = getattr(module, "OPTIONAL_FIELDS", frozenset())
    ignored: frozenset[str] = module.IGNORED_FIELDS
    return optional | ignored


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_a_lost_field_stops_the_source_and_is_named(source_id: str) -> None:
    prefixes = getattr(source(source_id), "IGNORED_PREFIXES", ())
    names = {name for row in read_rows(source_id) for name in row if name}
    needed = {name for name in names - may_be_absent(source_id) if not name.startswith(prefixes)}
    if not needed:
        bare = parsed(source_id, edited(source_id, keeping(source(source_id).IGNORED_FIELDS)))
        assert all(isinstance(row, Reject) for row in bare)
    for name in needed:
        with pytest.raises(SourceChangedError, match=re.escape(repr(name))):
            parsed(source_id, edited(source_id, dropping(name)))


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_what_is_ignored_or_optional_may_be_lost(source_id: str) -> None:
    before = len(parsed(source_id, body(source_id)))
    for name in may_be_absent(source_id):
        assert len(parsed(source_id, edited(source_id, dropping(name)))) == before


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_hostile_values_end_as_rows_rejects_or_a_stopped_source(source_id: str) -> None:
    names = {name for row in read_rows(source_id) for name in row if name}
    for name in sorted(names):
        for value in HOSTILE:
            published = edited(source_id, setting(name, value))
            try:
                rows = parsed(source_id, published)
            except SourceError:
                continue
            for row in rows:
                assert isinstance(row, Observation | Reject)
                if isinstance(row, Observation):
                    assert all("\u202e" not in text for text in row.tags.values())
                    assert all(len(text) <= 1_000 for text in row.tags.values())


@pytest.mark.parametrize("source_id", SOURCE_IDS)
@pytest.mark.parametrize(
    "published",
    [b"\xff\xfe\x00", b"<html><body>Too many requests</body></html>", b"{", b"[1, 2]", b'{"a": 1}'],
    ids=["bytes", "web page", "cut", "numbers", "object"],
)
def test_a_foreign_body_stops_the_source(source_id: str, published: bytes) -> None:
    with pytest.raises(SourceError):
        parsed(source_id, published)


@pytest.mark.parametrize("source_id", SOURCE_IDS)
def test_an_address_of_an_image_is_never_kept(source_id: str) -> None:
    kept = " ".join(json.dumps(as_line(row)) for row in parsed(source_id, body(source_id)))
    assert "http" not in kept
    assert ".jpg" not in kept


# A fixture is edited in its own format: rows are dicts whatever the format is.
Edit = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
GEOMETRY = "@geometry"


def dropping(name: str) -> Edit:
    return lambda rows: [{key: row[key] for key in row if key != name} for row in rows]


def keeping(names: frozenset[str]) -> Edit:
    return lambda rows: [{key: row[key] for key in row if key in names} for row in rows]


def setting(name: str, value: object) -> Edit:
    return lambda rows: [{**row, name: value} for row in rows]


def read_rows(source_id: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []

    def look(read: list[dict[str, Any]]) -> list[dict[str, Any]]:
        rows.extend(read)
        return read

    edited(source_id, look)
    return [{name: row[name] for name in row if name != GEOMETRY} for row in rows]


def edited(source_id: str, edit: Edit) -> bytes:
    (path,) = (FIXTURES / source_id).glob("input.*")
    if path.suffix == ".csv":
        return _edited_csv(source_id, path.read_bytes(), edit)
    if path.suffix == ".kml":
        return _edited_kml(path.read_text("utf-8"), edit)
    document = json.loads(path.read_text("utf-8"))
    features = document["features"] if isinstance(document, dict) else document
    if "geometry" in features[0] and features[0].get("type") == "Feature":
        rows = [_from_feature(feature) for feature in features]
        features = [_to_feature(row) for row in edit(rows)]
    else:
        features = edit(features)
    whole = {**document, "features": features} if isinstance(document, dict) else features
    return json.dumps(whole).encode()


def _from_feature(feature: Mapping[str, Any]) -> dict[str, Any]:
    number = {"@id": feature["id"]} if "id" in feature else {}
    return {**feature["properties"], **number, GEOMETRY: feature["geometry"]}


def _to_feature(row: Mapping[str, Any]) -> dict[str, Any]:
    number = {"id": row["@id"]} if "@id" in row else {}
    properties = {name: row[name] for name in row if name not in {"@id", GEOMETRY}}
    return {"type": "Feature", **number, "properties": properties, "geometry": row[GEOMETRY]}


def _edited_csv(source_id: str, published: bytes, edit: Edit) -> bytes:
    read_from = info(source_id).read_from
    assert isinstance(read_from, Download)
    encoding, delimiter = read_from.encoding, read_from.delimiter
    lines = csv.reader(io.StringIO(published.decode(encoding), newline=""), delimiter=delimiter)
    header = [name.strip() for name in next(lines)]
    rows = [dict(zip(header, cells, strict=True)) for cells in lines if any(cells)]
    rows = edit(rows)
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode(encoding, "replace")


_PLACEMARK = re.compile(r"<Placemark.*?</Placemark>", re.DOTALL)
_DIRECT = re.compile(r"<(name|description|styleUrl|webcam_login)>(.*?)</\1>", re.DOTALL)


def _edited_kml(published: str, edit: Edit) -> bytes:
    rows = [_from_placemark(placemark) for placemark in _PLACEMARK.findall(published)]
    head = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    return (
        head + "".join(_to_placemark(edit_row) for edit_row in edit(rows)) + "</Document></kml>"
    ).encode("utf-8", "replace")


def _from_placemark(placemark: str) -> dict[str, Any]:
    row: dict[str, Any] = {name: _plain(text) for name, text in _DIRECT.findall(placemark)}
    number = re.match(r'<Placemark id="(.*?)"', placemark)
    if number:
        row["@id"] = number[1]
    point = re.search(r"<coordinates>(.*?)</coordinates>", placemark)
    if point:
        row["@coordinates"] = point[1]
    return row


def _plain(text: str) -> str:
    return text.removeprefix("<![CDATA[").removesuffix("]]>")


def _to_placemark(row: Mapping[str, Any]) -> str:
    number = f' id="{_escaped(row["@id"])}"' if "@id" in row else ""
    children = "".join(_element(name, row[name]) for name in row if not name.startswith("@"))
    point = row.get("@coordinates")
    if "@coordinates" in row:
        children += f"<Point>{_element('coordinates', point)}</Point>"
    return f"<Placemark{number}>{children}</Placemark>"


def _element(name: str, value: object) -> str:
    return f"<{name}>{_escaped(value)}</{name}>"


def _escaped(value: object) -> str:
    text = str(value).replace("\0", "").replace("&", "&amp;").replace("<", "&lt;")
    return text.replace('"', "&quot;")


def test_there_are_twelve_lists_of_eight_countries_and_two_name_a_vendor() -> None:
    listed = [info(source_id) for source_id in SOURCE_IDS]
    confirmed = [one for one in listed if one.address_confirmed_on]
    assert len(confirmed) >= 12
    assert len({code for one in confirmed for code in one.country_codes}) >= 8
    assert sum(one.publishes_vendor for one in confirmed) >= 2


def test_every_fixture_belongs_to_a_source() -> None:
    assert sorted(_fixture_ids()) == SOURCE_IDS


def _fixture_ids() -> Iterator[str]:
    return (path.name for path in FIXTURES.iterdir() if path.is_dir() and path.name[0] != "_")

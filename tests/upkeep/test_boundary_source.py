"""The conversion of country-coder's borders, on a hand-made file in its shape."""

import gzip
import json
from pathlib import Path

import pytest

from mapper.errors import SourceChangedError, SourceFormatError
from mapper.resolve.countries import COUNTRIES_FILE
from mapper.settings import Settings
from mapper.upkeep.boundary_source import convert_borders


def _feature(wikidata: str, west: float | None, **properties: object) -> dict[str, object]:
    ring = [[west, 0.0], [west + 1.000041, 0.0], [west, 1.0], [west, 0.0]] if west else None
    return {
        "type": "Feature",
        "properties": {"wikidata": wikidata, "nameEn": f"Land {wikidata}", **properties},
        "geometry": ring and {"type": "MultiPolygon", "coordinates": [[ring]]},
    }


FEATURES = [
    _feature("Q9", 10.0, iso1A2="QA"),
    _feature("Q8", 20.0, country="QA"),
    _feature("Q7", 30.0, iso1A2="QX", isoStatus="excRes", country="QA", groups=["EU", "001"]),
    _feature("Q6", None, iso1A2="QT", country="QA"),
    _feature("Q5", 40.0, country="QA", groups=["QT", "UN"]),
    _feature("Q4", 50.0, iso1A2="XK", isoStatus="usrAssn"),
    _feature("Q3", 60.0, groups=["145"]),
]


def _write(folder: Path, features: object) -> Path:
    source = folder / "borders.json"
    source.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return source


def _convert(folder: Path, features: object) -> dict[str, dict[str, object]]:
    written = convert_borders(_write(folder, features), folder)
    collection = json.loads(gzip.decompress(written.read_bytes()))
    return {feature["properties"]["feature_id"]: feature for feature in collection["features"]}


@pytest.mark.parametrize(
    ("feature_id", "code"),
    [("Q9", "QA"), ("Q8", "QA"), ("Q7", "QA"), ("Q5", "QT"), ("Q4", "XK"), ("Q3", None)],
    ids=[
        "its own code",
        "its country's code",
        "not a reserved code",
        "its territory's code",
        "the user-assigned code of Kosovo",
        "no code",
    ],
)
def test_a_feature_gets_its_official_code(
    feature_id: str, code: str | None, tmp_path: Path
) -> None:
    properties = _convert(tmp_path, FEATURES)[feature_id]["properties"]
    assert isinstance(properties, dict)
    assert properties["country_code"] == code


def test_features_without_ground_are_left_out_and_the_rest_is_sorted(tmp_path: Path) -> None:
    assert list(_convert(tmp_path, FEATURES)) == ["Q3", "Q4", "Q5", "Q7", "Q8", "Q9"]


def test_coordinates_have_four_decimals(tmp_path: Path) -> None:
    geometry = _convert(tmp_path, FEATURES)["Q9"]["geometry"]
    assert geometry == {
        "type": "MultiPolygon",
        "coordinates": [[[[10.0, 0.0], [11.0, 0.0], [10.0, 1.0], [10.0, 0.0]]]],
    }


def test_the_same_borders_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    first = convert_borders(_write(tmp_path, FEATURES), tmp_path).read_bytes()
    (tmp_path / "again").mkdir()
    again = convert_borders(_write(tmp_path, FEATURES[::-1]), tmp_path / "again").read_bytes()
    assert first == again


@pytest.mark.parametrize("text", ["", "<html>", "[]", '{"type": "FeatureCollection"}'])
def test_a_file_of_another_kind_is_refused(text: str, tmp_path: Path) -> None:
    source = tmp_path / "borders.json"
    source.write_text(text)
    with pytest.raises(SourceFormatError, match=r"borders\.json"):
        convert_borders(source, tmp_path)


def test_a_missing_file_is_named_with_where_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(SourceFormatError, match=r"borders\.json") as raised:
        convert_borders(tmp_path / "borders.json", tmp_path)
    assert "country-coder" in raised.value.next_step


def test_a_feature_of_another_shape_stops_the_conversion(tmp_path: Path) -> None:
    point = {**FEATURES[0], "geometry": {"type": "Point", "coordinates": [0.0, 0.0]}}
    with pytest.raises(SourceChangedError, match="Land Q9 is a Point"):
        convert_borders(_write(tmp_path, [point]), tmp_path)


def test_the_carried_file_holds_every_country_of_the_world() -> None:
    path = Settings().boundaries_dir / COUNTRIES_FILE
    assert path.stat().st_size <= 500_000
    collection = json.loads(gzip.decompress(path.read_bytes()))
    codes = {feature["properties"]["country_code"] for feature in collection["features"]}
    # ISO 3166-1 assigns 249 codes; XK is Kosovo's; two features have none.
    assert len(codes - {None}) == 250
    assert "XK" in codes

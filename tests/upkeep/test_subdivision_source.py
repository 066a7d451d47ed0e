"""Areas of the world, converted from outlines by country and the codes of CLDR."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from mapper.errors import SourceFormatError
from mapper.resolve.countries import Countries
from mapper.settings import Settings
from mapper.upkeep.subdivision_source import SubdivisionCodes, convert_subdivisions

CODES = SubdivisionCodes(
    parents={"FR-77": "FR-IDF", "FR-78": "FR-IDF", "FR-02": "FR-HDF", "FR-999": "FR-IDF"},
    replaced={"FR-00A": "FR-77"},
    names={
        "FR-IDF": "Île-de-France",
        "FR-HDF": "Upper France",
        "FR-77": "Seine-et-Marne",
        "FR-78": "Yvelines",
        "FR-02": "Aisne",
        "FR-999": "Paris",
        "DE-BY": "Bavaria",
    },
)
COUNTRIES = Countries.load(Settings().boundaries_dir)


def square(lon_deg: float, lat_deg: float, half_deg: float = 0.2) -> BaseGeometry:
    return shapely.box(
        lon_deg - half_deg, lat_deg - half_deg, lon_deg + half_deg, lat_deg + half_deg
    )


def country(folder: Path, name: str, *areas: tuple[str, str, BaseGeometry]) -> None:
    features = [
        {"properties": {"ISO": code, "NAME_1": title}, "geometry": mapping(outline)}
        for code, title, outline in areas
    ]
    (folder / f"{name}.geojson").write_text(json.dumps({"features": features}), "utf-8")


def converted(folder: Path) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    count, left_out = convert_subdivisions(folder, CODES, COUNTRIES, folder / "areas")
    features: list[dict[str, Any]] = []
    for path in sorted((folder / "areas").iterdir()):
        own = json.loads(gzip.decompress(path.read_bytes()))["features"]
        assert {each["properties"]["admin1"][:2] for each in own} == {path.name[:2]}
        features += own
    assert count == len(features)
    return features, left_out


def named(feature: dict[str, Any]) -> dict[str, Any]:
    """Return the properties of an area but its size."""
    return {name: value for name, value in feature["properties"].items() if name != "area_km2"}


def test_an_area_lies_in_its_region_and_takes_the_code_and_name_of_today(tmp_path: Path) -> None:
    country(tmp_path, "france", ("FR-00A", "Old name", square(3.0, 48.6)))
    ((feature,), left_out) = converted(tmp_path)
    # A degree of latitude is 111.2 km there, one of longitude 73.7.
    assert feature["properties"]["area_km2"] == pytest.approx(0.4 * 111.2 * 0.4 * 73.7, rel=0.005)
    assert named(feature) == {
        "admin1": "FR-IDF",
        "admin1_name": "Île-de-France",
        "admin2": "FR-77",
        "admin2_name": "Seine-et-Marne",
    }
    assert shapely.hausdorff_distance(shape(feature["geometry"]), square(3.0, 48.6)) < 1e-9
    assert left_out == ()


def test_a_country_without_regions_has_one_level_and_a_code_is_found_by_its_name(
    tmp_path: Path,
) -> None:
    country(tmp_path, "germany", ("DE-X1", "Bavaria", square(11.5, 48.2)))
    ((feature,), _left_out) = converted(tmp_path)
    assert named(feature) == {
        "admin1": "DE-BY",
        "admin1_name": "Bavaria",
        "admin2": None,
        "admin2_name": None,
    }


def test_what_was_moved_out_of_its_country_or_has_no_name_is_left_out(tmp_path: Path) -> None:
    country(
        tmp_path,
        "france",
        ("FR-77", "Seine-et-Marne", square(3.0, 48.6)),
        ("FR-RE", "La Réunion", square(-8.0, 43.0)),
        ("FR-X01~", "None", square(2.0, 47.0)),
    )
    features, left_out = converted(tmp_path)
    assert [feature["properties"]["admin2"] for feature in features] == ["FR-77"]
    assert left_out == ("FR-RE", "FR-X01~")


def test_a_code_of_before_takes_the_region_drawn_around_it_else_that_of_its_neighbour(
    tmp_path: Path,
) -> None:
    areas = (
        ("FR-77", "Seine-et-Marne", square(3.0, 48.6)),
        ("FR-02", "Aisne", square(3.5, 49.5)),
        ("FR-75", "Paris", square(2.35, 48.86, 0.05)),
    )
    country(tmp_path, "france", *areas)
    features, _left_out = converted(tmp_path)
    # A town that bears the name is another thing.
    paris = {"admin1": "FR-IDF", "admin1_name": "Île-de-France", "admin2": "FR-75"}
    assert [named(each) for each in features if each["properties"]["admin2"] == "FR-75"] == [
        paris | {"admin2_name": "Paris"}
    ]
    # Where a region is drawn, it holds, however near another is.
    country(
        tmp_path,
        "france_regions",
        ("FR-HDF", "", square(2.35, 48.86, 0.2)),
        ("FR-IDF", "", square(3.0, 48.6)),
    )
    features, _left_out = converted(tmp_path)
    within = {each["properties"]["admin2"]: each["properties"]["admin1"] for each in features}
    assert within == {"FR-77": "FR-IDF", "FR-02": "FR-HDF", "FR-75": "FR-HDF"}


def test_pieces_that_bear_one_code_are_one_area_and_equal_input_gives_equal_bytes(
    tmp_path: Path,
) -> None:
    pieces = (("DE-BY", "Bavaria", square(11.5, 48.2)), ("DE-BY", "B", square(12.5, 48.2)))
    country(tmp_path, "germany", *pieces)
    features, _left_out = converted(tmp_path)
    assert len(features) == 1
    before = (tmp_path / "areas" / "DE.geojson.gz").read_bytes()
    country(tmp_path, "germany", *reversed(pieces))
    converted(tmp_path)
    assert (tmp_path / "areas" / "DE.geojson.gz").read_bytes() == before


def test_each_country_has_its_file_and_one_without_areas_loses_it(tmp_path: Path) -> None:
    country(tmp_path, "germany", ("DE-BY", "Bavaria", square(11.5, 48.2)))
    country(tmp_path, "france", ("FR-77", "Seine-et-Marne", square(3.0, 48.6)))
    converted(tmp_path)
    assert sorted(path.name for path in (tmp_path / "areas").iterdir()) == [
        "DE.geojson.gz",
        "FR.geojson.gz",
    ]
    (tmp_path / "germany.geojson").unlink()
    converted(tmp_path)
    assert [path.name for path in (tmp_path / "areas").iterdir()] == ["FR.geojson.gz"]


def test_no_bundled_file_of_boundaries_is_too_large_to_review() -> None:
    sizes = {
        path.name: path.stat().st_size
        for path in Settings().boundaries_dir.rglob("*")
        if path.is_file()
    }
    assert len(sizes) > 184
    assert {name for name, size in sizes.items() if size > 500 * 1024} == set()


def test_another_file_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "france.geojson").write_text('{"features": [{"properties": {}}]}', "utf-8")
    with pytest.raises(SourceFormatError, match=r"france\.geojson is not a country"):
        converted(tmp_path)


def test_codes_of_cldr_are_read_as_iso_writes_them(tmp_path: Path) -> None:
    files = {
        "subdivisionContainment.json": {
            "supplemental": {
                "subdivisionContainment": {
                    "GB": {"_contains": ["gbeng"]},
                    "gbeng": {"_contains": ["gbken"]},
                }
            }
        },
        "aliases.json": {
            "supplemental": {
                "metadata": {
                    "alias": {
                        "subdivisionAlias": {
                            "gbold": {"_replacement": "gbken"},
                            "gbtwo": {"_replacement": "gbken gbeng"},
                            "usas": {"_replacement": "AS"},
                        }
                    }
                }
            }
        },
        "en.json": {
            "subdivisions": {
                "localeDisplayNames": {
                    "subdivisions": {"gbeng": "England", "gbken": "Kent", "gbgone": "Gone"}
                }
            }
        },
    }
    for name, content in files.items():
        (tmp_path / name).write_text(json.dumps(content), "utf-8")
    paths = [tmp_path / name for name in files]
    codes = SubdivisionCodes.read(*paths)
    assert codes == SubdivisionCodes(
        parents={"GB-KEN": "GB-ENG"},
        replaced={"GB-OLD": "GB-KEN"},
        names={"GB-ENG": "England", "GB-KEN": "Kent"},
    )
    with pytest.raises(SourceFormatError, match="is not CLDR's"):
        SubdivisionCodes.read(paths[1], paths[0], paths[2])


def test_ground_that_two_countries_draw_stands_once_as_its_own_country_draws_it(
    tmp_path: Path,
) -> None:
    own, others = square(2.6, 48.6), square(2.6, 48.6, 0.19)
    for first, second in (("a", "b"), ("b", "a")):
        folder = tmp_path / first
        folder.mkdir()
        country(folder, first, ("FR-77", "Seine", own), ("FR-02", "Aisne", square(3.5, 49.5)))
        country(
            folder,
            second,
            ("FR-77", "Seine", others),
            ("DE-BY", "Bayern", square(11.5, 48.5)),
            ("DE-HE", "Hessen", square(9.0, 50.5)),
        )

        features, _ = converted(folder)

        (seine,) = (each for each in features if each["properties"]["admin2"] == "FR-77")
        assert shape(seine["geometry"]).area == pytest.approx(own.area)

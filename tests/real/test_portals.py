"""Seven real lists of different shape, each taken in as a user would, with its counts explained."""

import warnings
from collections import Counter
from pathlib import Path

import pytest

from mapper.errors import UsageError
from mapper.own_lists import Mapping, completed, counts_by_place, read_table
from mapper.own_lists.kept_lists import own_sources
from mapper.pipeline.own_lists import NONE_STATED, ImportRequest, import_list
from mapper.registry import checked
from mapper.resolve.vendors.ladder import VendorResolver
from mapper.settings import Settings

PORTALS = Path(__file__).parents[3] / "shared" / "real" / "portals"
pytestmark = pytest.mark.real

AUSTIN = """
country = "US"
own_inventory = true
[columns]
check_date = ""
[tags]
operator = "City of Austin"
# 95 wished for, 3 removed, 1 void: 99 rows that are no camera that stands.
[[when]]
column = "Camera Status"
values = ["DESIRED", "REMOVED", "VOID"]
left_out = "does not exist"
"""
PERTH = """
country = "AU"
[columns]
"camera:type" = ""
"camera:direction" = "coverage"
[[when]]
column = "type"
values = ["Red-Light Speed", "Fixed Speed", "AI Camera", "Point-to-Point"]
precision_m = 50
[when.tags]
highway = "speed_camera"
"""


def there(name: str) -> Path | None:
    path = PORTALS / name
    if path.exists():
        return path
    warnings.warn(f"{name} is not beside the checkout; nothing was tested", stacklevel=2)
    return None


def take_in(name: str, folder: Path, mapping: str = "") -> str:
    toml = folder / "mapping.toml"
    toml.write_text(mapping, "utf-8")
    request = ImportRequest(
        path=PORTALS / name,
        publisher="the publisher",
        date="2018",
        license_id=NONE_STATED,
        source_id="mine",
        mapping_path=toml,
    )
    return import_list(request, settings=Settings(raw_dir=folder / "raw"))


@pytest.mark.parametrize(
    ("name", "mapping", "kept", "rejected"),
    [
        ("austin_traffic_cameras_2018.csv", AUSTIN, 413, {"does not exist": 99}),
        ("toronto_red_light_2018.csv", 'country = "CA"', 154, {}),
        ("toronto_red_light_2018.geojson", 'country = "CA"', 154, {}),
        ("perth_2025.json", PERTH, 762, {}),
        ("cambridge_anpr_2017.kml", 'country = "GB"', 91, {}),
        ("new_orleans_2022.csv", 'country = "US"', 432, {}),
        ("rotterdam_survey_2025.geojson", 'country = "NL"', 187, {}),
    ],
)
def test_a_real_list_is_kept_and_rejected_row_by_row(
    name: str, mapping: str, kept: int, rejected: dict[str, int], tmp_path: Path
) -> None:
    path = there(name)
    if path is None:
        return
    told = take_in(name, tmp_path, mapping)
    assert f"{kept:,} rows kept" in told
    for reason, count in rejected.items():
        assert f"{count:,} rejected: {reason}" in told
    assert told.count("rejected: ") == len(rejected)
    assert own_sources(tmp_path / "raw")["mine"].parse(path.read_bytes())


def test_austin_names_its_makers_by_their_product_lines_at_rung_a(tmp_path: Path) -> None:
    path = there("austin_traffic_cameras_2018.csv")
    if path is None:
        return
    take_in(path.name, tmp_path, AUSTIN)
    source = own_sources(tmp_path / "raw")["mine"]
    assert source.info.publishes_vendor
    registry = checked.load(Settings().registry_dir)
    resolver = VendorResolver(
        organisations=registry.organisations,
        organisation_names=registry.organisation_names,
        products=registry.products,
        footprints=registry.footprints,
        organisation_links=registry.organisation_links,
    )
    answers: Counter[tuple[str | None, str]] = Counter()
    for row in source.parse(path.read_bytes()):
        tags = getattr(row, "tags", None)
        if tags is None:
            continue
        answer = resolver.resolve_one(
            tags, device_type="camera", country_code="US", publishes_vendor=True
        )
        answers[answer.vendor_id, str(answer.vendor_rung)] += 1
    # Counted in the list by hand: 255 Sarix and 99 Spectra Enhanced are lines of Pelco.
    assert answers == {
        ("pelco", "A"): 255 + 99,
        ("advidia", "A"): 52,
        ("axis-communications", "A"): 7,
    }


def test_no_image_address_of_austin_is_taken_in(tmp_path: Path) -> None:
    path = there("austin_traffic_cameras_2018.csv")
    if path is None:
        return
    take_in(path.name, tmp_path, AUSTIN)
    for row in own_sources(tmp_path / "raw")["mine"].parse(path.read_bytes()):
        assert "162.89" not in str(row)
        assert "http" not in str(row)


def test_toronto_is_the_same_in_both_of_its_shapes(tmp_path: Path) -> None:
    if there("toronto_red_light_2018.csv") is None:
        return
    found = []
    for name in ("toronto_red_light_2018.csv", "toronto_red_light_2018.geojson"):
        take_in(name, tmp_path, 'country = "CA"')
        rows = own_sources(tmp_path / "raw")["mine"].parse((PORTALS / name).read_bytes())
        found.append(
            Counter((round(r.lon_deg, 7), round(r.lat_deg, 7)) for r in rows)  # type: ignore[union-attr]
        )
    assert found[0] == found[1]


def test_toronto_read_by_its_projected_columns_is_stopped(tmp_path: Path) -> None:
    if there("toronto_red_light_2018.csv") is None:
        return
    with pytest.raises(UsageError, match="151 of 154 positions are no degrees"):
        take_in("toronto_red_light_2018.csv", tmp_path, '[columns]\nlon = "X"\nlat = "Y"')


def test_perth_swapped_by_its_mapping_is_stopped(tmp_path: Path) -> None:
    if there("perth_2025.json") is None:
        return
    swapped = 'country = "AU"\n[columns]\nlon = "lat"\nlat = "lng"'
    with pytest.raises(
        UsageError, match="762 of 762 positions have longitude and latitude swapped"
    ):
        take_in("perth_2025.json", tmp_path, swapped)


def test_perth_tells_its_51_approximate_positions_from_the_official_ones(tmp_path: Path) -> None:
    path = there("perth_2025.json")
    if path is None:
        return
    take_in(path.name, tmp_path, PERTH)
    rows = own_sources(tmp_path / "raw")["mine"].parse(path.read_bytes())
    assert Counter(getattr(r, "location_precision_m", 0) for r in rows) == {None: 711, 50.0: 51}


def test_seoul_has_no_positions_and_offers_its_counts(tmp_path: Path) -> None:
    path = there("seoul_district_counts_2016.csv")
    if path is None:
        return
    with pytest.raises(UsageError, match=r"no positions.*counts cameras by place \(25 rows\)"):
        take_in(path.name, tmp_path)
    table = read_table(path.name, path.read_bytes())
    counts = counts_by_place(table, completed(Mapping(), table))
    assert (counts[0].place, counts[0].value_as_written) == ("강남구", "2780")
    assert not (tmp_path / "raw" / "own").exists()


def test_a_list_that_does_not_say_who_and_when_is_asked(tmp_path: Path) -> None:
    path = there("new_orleans_2022.csv")
    if path is None:
        return
    request = ImportRequest(path=path, publisher="", date="", license_id="")
    with pytest.raises(UsageError, match="--publisher, --license, --date"):
        import_list(request, settings=Settings(raw_dir=tmp_path))

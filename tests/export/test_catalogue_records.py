"""What a release says to catalogues is valid by their own schemas, and true of its files."""

import csv
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pystac
import pytest
from datacite import schema45

from mapper.export.catalogue_records import (
    DATACITE_NAME,
    STAC_NAME,
    ZENODO_NAME,
    Extent,
    datacite_record,
    stac_item,
    zenodo_record,
)
from mapper.export.fill_rates import NAME as FILL_NAME
from mapper.export.formats import FormatChoice
from mapper.export.schema_org import dataset_jsonld
from mapper.model.columns import CAMERA
from mapper.model.release import Counts, ReleaseInfo
from mapper.release.manifest import read_manifest
from tests.release.factory import device
from tests.release.small_release import CREDIT, release

INFO = ReleaseInfo("2018-03-01.1", "2018-03-01", "0.1.0", Counts(0, 0, 0, 0, 0), (CREDIT,))
FRICTIONLESS = Path(sys.executable).parent / "frictionless"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release three cameras, one of which says what it sees."""
    rows = [device(n) for n in range(3)]
    rows[1] |= {"view_angle_deg": 360.0}
    written = {"node/1": {"camera:direction": "0-360"}}
    choice = FormatChoice(("csv-spreadsheet",), ("csv",))
    out_dir = tmp_path_factory.mktemp("recorded")
    return release(out_dir, rows, written, choice=choice).folder


def record(folder: Path, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / name).read_text("utf-8"))
    return content


def test_the_stac_item_is_valid_and_its_assets_are_there(folder: Path) -> None:
    content = record(folder, STAC_NAME)
    item = pystac.Item.from_dict(content)
    item.validate()
    assert item.bbox == pytest.approx([24.94, 60.17, 24.942, 60.171])
    for asset in item.assets.values():
        assert (folder / asset.href).is_file()
    assert item.assets["cameras_osm.parquet"].media_type == "application/vnd.apache.parquet"


def test_the_schema_of_stac_would_find_a_missing_day(folder: Path) -> None:
    content = record(folder, STAC_NAME)
    item = pystac.Item.from_dict(content)
    item.properties["datetime"] = None
    item.datetime = None
    with pytest.raises(pystac.errors.STACValidationError):
        item.validate()


@pytest.mark.parametrize(
    ("extent", "kind"), [(None, None), (Extent(1.0, 2.0, 1.0, 2.0), "Point")], ids=["none", "one"]
)
def test_a_release_of_no_place_or_of_one_is_valid_too(
    extent: Extent | None, kind: str | None
) -> None:
    content = stac_item([], INFO, extent)
    assert (content["geometry"] or {"type": None})["type"] == kind
    assert ("bbox" in content) == (extent is not None)
    pystac.Item.from_dict(content).validate()


def test_the_fields_for_datacite_are_valid_once_a_doi_is_added(folder: Path) -> None:
    content = record(folder, DATACITE_NAME)
    doi = {"doi": "10.5072/example", "prefix": "10.5072", "suffix": "example"}
    assert schema45.validate(content | doi)
    content["types"] = {"resourceTypeGeneral": "Set of data"}
    assert not schema45.validate(content | doi)


def test_the_box_for_datacite_names_its_sides() -> None:
    (place,) = datacite_record(INFO, ["CC-BY-4.0"], Extent(1.0, 2.0, 3.0, 4.0))["geoLocations"]
    assert place["geoLocationBox"] == {
        "westBoundLongitude": 1.0,
        "southBoundLatitude": 2.0,
        "eastBoundLongitude": 3.0,
        "northBoundLatitude": 4.0,
    }
    assert "geoLocations" not in datacite_record(INFO, [], None)


def test_zenodo_gets_what_it_requires_and_no_markup_of_a_source(folder: Path) -> None:
    content = record(folder, ZENODO_NAME)
    required = {"title", "upload_type", "description", "creators", "access_right", "license"}
    assert required <= content.keys()
    assert content["publication_date"] == "2018-03-01"
    odd = replace(INFO, credits=(replace(CREDIT, title="<img src=x>"),))
    assert "<img" not in zenodo_record(odd, [])["description"]
    assert "&lt;img src=x&gt;" in zenodo_record(odd, [])["description"]


def _faults(told: str) -> list[str]:
    return [
        f"{task['name']}: {error['message']}"
        for task in json.loads(told)["tasks"]
        for error in task["errors"]
    ]


def test_the_data_package_is_valid_to_frictionless_with_every_hash_and_type(folder: Path) -> None:
    def told() -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own words
            [str(FRICTIONLESS), "validate", "datapackage.json", "--json", "--trusted"],
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    done = told()
    assert done.returncode == 0, _faults(done.stdout) or done.stderr
    path = folder / "cameras_osm.csv"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"360", b"wide"))
    try:
        assert told().returncode == 1
    finally:
        path.write_bytes(whole)


def test_fill_rates_count_what_says_something(folder: Path) -> None:
    with (folder / FILL_NAME).open(encoding="utf-8", newline="") as lines:
        rows = {row["column"]: row for row in csv.DictReader(lines)}
    assert rows.keys() == {column.name for column in CAMERA} - {"geometry"}
    assert rows["camera_id"] == {
        "layer": "cameras_osm",
        "column": "camera_id",
        "rows": "3",
        "filled": "3",
        "filled_pct": "100.0",
    }
    assert (rows["view_angle_deg"]["filled"], rows["view_angle_deg"]["filled_pct"]) == ("1", "33.3")
    # An empty list is no value.
    assert rows["flags"]["filled"] == "0"
    assert rows["vendor_id"]["filled"] == "0"


def test_the_words_of_schema_org_name_addresses_only_where_the_files_have_one(
    folder: Path,
) -> None:
    manifest = read_manifest(folder)
    aside = dataset_jsonld(INFO, manifest, "https://example.org/c/", "../release/2018-03-01.1/")
    assert not any("contentUrl" in part for part in aside["distribution"])
    inside = dataset_jsonld(INFO, manifest, "https://example.org/c/", "downloads/2018-03-01.1/")
    parts = {part["name"]: part for part in inside["distribution"]}
    assert parts["cameras_osm.csv"]["contentUrl"] == (
        "https://example.org/c/downloads/2018-03-01.1/cameras_osm.csv"
    )
    hashes = {file["path"]: file["sha256"] for file in manifest["files"]}
    assert all(part["sha256"] == hashes[name] for name, part in parts.items())
    assert inside["@type"] == "Dataset"
    assert "https://opendatacommons.org/licenses/odbl/1-0/" in inside["license"]

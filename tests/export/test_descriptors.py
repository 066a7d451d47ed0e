"""The descriptors of a release: true of its files, and valid by the schemas of their readers."""

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mapper.clean.file_digests import sha256_of
from mapper.export import descriptors
from mapper.export.descriptors import NAMES, citation_cff
from mapper.model.release import Counts, ReleaseInfo
from mapper.release import store
from mapper.release.manifest import read_manifest
from tests.release.factory import device
from tests.release.small_release import CREDIT, release

CHECK = Path(sys.executable).parent / "check-jsonschema"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release three cameras."""
    return release(tmp_path_factory.mktemp("described"), [device(n) for n in range(3)]).folder


@pytest.fixture(scope="module")
def package(folder: Path) -> dict[str, Any]:
    """Read the descriptor."""
    content: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return content


def test_every_file_of_the_release_is_described_by_its_hash(
    folder: Path, package: dict[str, Any]
) -> None:
    described = {row["path"]: row for row in package["resources"]}
    released = {row["path"] for row in read_manifest(folder)["files"]}
    assert described.keys() == released - set(NAMES)
    for path, row in described.items():
        assert row["hash"] == f"sha256:{sha256_of(folder / path)}"
        assert row["bytes"] == (folder / path).stat().st_size
        assert (folder / row["licenses"][0]["path"]).is_file()
    names = [row["name"] for row in package["resources"]]
    assert len(set(names)) == len(names)


def test_a_file_is_hashed_once_on_its_way_into_a_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[Path] = []

    def noting(path: Path) -> str:
        hashed.append(path)
        return sha256_of(path)

    monkeypatch.setattr(descriptors, "sha256_of", noting)
    monkeypatch.setattr(store, "sha256_of", noting)
    made = release(tmp_path, [device(1)]).folder
    assert sorted(path.name for path in hashed if path.suffix == ".gpkg") == ["cameras_osm.gpkg"]
    assert len(hashed) == len(set(hashed)) == len(read_manifest(made)["files"]) + 1


def test_the_columns_of_a_table_are_those_of_its_header(
    folder: Path, package: dict[str, Any]
) -> None:
    tables = [row for row in package["resources"] if row["format"] == "csv"]
    assert {"cameras_osm.csv", "data_dictionary.csv"} <= {row["path"] for row in tables}
    for row in tables:
        with (folder / row["path"]).open(encoding="utf-8", newline="") as file:
            assert [field["name"] for field in row["schema"]["fields"]] == next(csv.reader(file))


def test_the_release_id_stands_in_neither(folder: Path) -> None:
    for name in NAMES:
        assert folder.name not in (folder / name).read_text("utf-8")


def test_the_citation_follows_the_schema_of_its_format(tmp_path: Path) -> None:
    odd = replace(CREDIT, title='A "list": #1 \\ {{x}}\t', url="ftp://x", license_id="OGL-Toronto")
    counts = Counts(0, 0, 0, 0, 0)
    info = ReleaseInfo("unnumbered", "2018-03-01", "0.1.0", counts, (CREDIT, odd))
    path = tmp_path / "CITATION.cff"
    path.write_text(citation_cff(info), "utf-8")
    words = ("--builtin-schema", "vendor.citation-file-format", "--default-filetype", "yaml")
    done = subprocess.run(  # noqa: S603 - our own words
        [str(CHECK), *words, str(path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    path.write_text(citation_cff(info).replace("type: dataset", "type: data set"), "utf-8")
    broken = subprocess.run(  # noqa: S603 - our own words
        [str(CHECK), *words, str(path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert broken.returncode == 1

"""Verification finds a flipped bit, a missing file, a foreign file and rows that do not agree."""

import random
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest

from mapper.clean.file_digests import sha256_of
from mapper.errors import VerificationError
from mapper.export.verify import require_verified, verify
from mapper.model.columns import RULES_VERSION
from mapper.release.concluded_again import recomputed_differences
from mapper.release.manifest import MANIFEST_NAME, SUMS_NAME
from tests.release.factory import devices_frame
from tests.release.small_release import release, tags_of_twenty, twenty


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(tmp_path_factory.mktemp("whole"), twenty(), tags_of_twenty()).folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / whole.name))


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def reseal(folder: Path, name: str) -> None:
    """Put a changed file's new hash and size everywhere, as a careful forger would."""
    old = next(
        line.split()[0] for line in (folder / SUMS_NAME).read_text().splitlines() if name in line
    )
    manifest = folder / MANIFEST_NAME
    before = manifest.read_text()
    entry = before.index(f'"path": "{name}"')
    size_at = before.index('"size_bytes": ', entry) + len('"size_bytes": ')
    size_end = before.index("\n", size_at)
    size = str((folder / name).stat().st_size)
    resized = before[:size_at] + size + before[size_end:]
    manifest.write_text(resized.replace(old, sha256_of(folder / name)))
    sums = [
        f"{sha256_of(folder / path)}  {path}\n"
        for path in sorted(line[66:] for line in (folder / SUMS_NAME).read_text().splitlines())
    ]
    (folder / SUMS_NAME).write_text("".join(sums))


def test_a_whole_release_verifies_in_depth(whole: Path) -> None:
    result = verify(whole, deep=True)
    assert result.faults == ()
    assert result.rows["cameras_osm"] == 20
    assert result.files == len(files_of(whole))


def test_a_release_of_other_rules_is_told_as_such_in_depth(copy: Path) -> None:
    manifest = copy / MANIFEST_NAME
    said = f'"rules_version": "{RULES_VERSION}"'
    assert said in manifest.read_text()
    manifest.write_text(manifest.read_text().replace(said, '"rules_version": "1"'))
    reseal(copy, "cameras_osm.csv")
    assert verify(copy).faults == ()
    (fault,) = verify(copy, deep=True).faults
    assert "rules of version 1" in fault


def test_verifying_leaves_nothing_behind(whole: Path) -> None:
    before = files_of(whole)
    verify(whole, deep=True)
    assert files_of(whole) == before


def test_one_flipped_bit_in_any_file_is_found(whole: Path, tmp_path: Path) -> None:
    places = random.Random(7)  # noqa: S311 - places, no secrets
    for path in files_of(whole):
        folder = Path(shutil.copytree(whole, tmp_path / "flipped" / whole.name))
        victim = folder / path.relative_to(whole)
        body = bytearray(victim.read_bytes())
        body[places.randrange(len(body))] ^= 1 << places.randrange(8)
        victim.write_bytes(body)
        assert verify(folder).faults, victim.name
        shutil.rmtree(folder)


def test_a_missing_file_is_named(copy: Path) -> None:
    (copy / "rules.json").unlink()
    assert "rules.json is missing" in verify(copy).faults


def test_a_foreign_file_is_named(copy: Path) -> None:
    (copy / "LICENSES" / "extra.txt").write_text("")
    assert f"LICENSES/extra.txt is not in {SUMS_NAME}" in verify(copy).faults


def test_a_missing_manifest_is_named(copy: Path) -> None:
    (copy / MANIFEST_NAME).unlink()
    assert f"{MANIFEST_NAME} is missing" in verify(copy).faults


def test_sums_that_point_out_of_the_folder_are_refused(copy: Path) -> None:
    with (copy / SUMS_NAME).open("a") as sums:
        sums.write(f"{'0' * 64}  ../latest.json\n")
    assert any("broken line" in fault for fault in verify(copy).faults)


def test_a_lost_row_is_found_even_under_new_hashes(copy: Path) -> None:
    table = copy / "cameras_osm.csv"
    lines = table.read_text().splitlines(keepends=True)
    table.write_text("".join(lines[:-1]))
    reseal(copy, "cameras_osm.csv")
    faults = verify(copy).faults
    assert "cameras_osm.csv has 19 rows, not 20" in faults
    assert any("different row counts" in fault for fault in faults)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("cameras_osm.csv", b'"Helsinki"', b'"Helsinky"'),
        ("cameras_osm.geojson", b"24.94,", b"24.95,"),
    ],
)
def test_a_changed_value_is_found_in_depth_even_under_new_hashes(
    copy: Path, name: str, old: bytes, new: bytes
) -> None:
    path = copy / name
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    reseal(copy, name)
    assert verify(copy).faults == ()
    assert any(
        name in fault and "differs in 1 rows" in fault for fault in verify(copy, deep=True).faults
    )


def test_a_changed_value_in_the_geopackage_is_found_in_depth(copy: Path) -> None:
    with closing(sqlite3.connect(copy / "cameras_osm.gpkg")) as connection, connection:
        # The triggers of the R-tree ask for these when a row changes.
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            connection.create_function(name, 1, lambda _shape: 0)
        connection.execute("UPDATE cameras_osm SET mount = 'wall' WHERE fid = 3")
    reseal(copy, "cameras_osm.gpkg")
    assert any("mount differs in 1 rows" in fault for fault in verify(copy, deep=True).faults)


def test_a_damaged_page_of_the_reference_is_found_by_its_own_checksum(copy: Path) -> None:
    path = copy / "cameras_osm.parquet"
    positions = pq.read_metadata(path).row_group(0).column(1)
    assert positions.path_in_schema == "geometry"
    last_byte = positions.data_page_offset + positions.total_compressed_size - 1
    if positions.dictionary_page_offset is not None:
        last_byte = positions.dictionary_page_offset + positions.total_compressed_size - 1
    body = bytearray(path.read_bytes())
    body[last_byte] ^= 1
    path.write_bytes(body)
    with pytest.raises(OSError, match="CRC checksum"):
        pq.read_table(path, page_checksum_verification=True)


def test_a_broken_release_raises_with_every_fault(copy: Path) -> None:
    (copy / "rules.json").unlink()
    (copy / "extra.txt").write_text("")
    with pytest.raises(VerificationError) as refused:
        require_verified(copy)
    assert refused.value.exit_code == 6
    assert "rules.json is missing" in str(refused.value)
    assert "extra.txt is not in" in str(refused.value)


def conclude_as_published(*_arguments: object) -> gpd.GeoDataFrame:
    return devices_frame(twenty())


def conclude_something_else(*_arguments: object) -> gpd.GeoDataFrame:
    rows = twenty()
    rows[3]["mount"] = "wall"
    return devices_frame(rows)


def test_values_concluded_again_are_compared(whole: Path) -> None:
    assert list(recomputed_differences(whole, conclude_as_published)) == []
    (difference,) = recomputed_differences(whole, conclude_something_else)
    assert "mount" in difference
    assert "osm:node/3" in difference


def test_a_row_without_an_observation_is_found(whole: Path) -> None:
    def conclude_less(observations: Mapping[str, pd.DataFrame], *_: object) -> gpd.GeoDataFrame:
        assert len(observations["osm"]) == 20
        return devices_frame(twenty()[1:])

    (difference,) = recomputed_differences(whole, conclude_less)
    assert "1 rows stand only among" in difference

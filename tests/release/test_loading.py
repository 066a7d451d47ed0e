"""The library: rows and columns as asked for, the evidence typed, and a camera's own history."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import mapper
from mapper.answers.supply_chain import nodes
from mapper.clean.file_digests import sha256_of
from mapper.errors import UsageError
from mapper.model.columns import CAMERA_NAMES
from mapper.release.manifest import MANIFEST_NAME
from mapper.release.store import find_release
from tests.release.factory import device
from tests.release.small_release import release


@pytest.fixture(scope="module")
def out_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release cameras of two countries, of one maker, of two possible ones, and of none."""
    folder = tmp_path_factory.mktemp("loaded")
    named = {"vendor_rung": "B", "vendor_as_written": "Axis"}
    both = "Axis;Bosch"
    rows = [
        device(1, vendor_id="axis", vendor_ids=["axis"], **named),
        device(2, vendor_ids=["axis", "bosch"], **named | {"vendor_as_written": both}),
        device(3, country_code="US", admin1="US-KS", admin2="US-20001"),
        device(4, country_code="US", admin1="US-KS"),
    ]
    tags = {"node/1": {"manufacturer": "Axis"}, "node/2": {"manufacturer": both}}
    release(folder, rows, tags)
    return folder


def ids(frame: gpd.GeoDataFrame) -> list[str]:
    return [name.removeprefix("osm:node/") for name in frame.index]


def test_a_maker_is_found_where_it_is_one_of_several(out_dir: Path) -> None:
    assert ids(mapper.load(out_dir, vendor="axis")) == ["1", "2"]
    assert ids(mapper.load(out_dir, vendor="bosch")) == ["2"]
    assert ids(mapper.load(out_dir, vendor=["bosch", "sony"])) == ["2"]
    assert ids(mapper.load(out_dir, vendor="sony")) == []
    assert mapper.load(out_dir, vendor="bosch")["vendor_id"].isna().all()


def test_a_maker_that_the_release_does_not_know_is_refused_with_the_likely_one(
    tmp_path: Path,
) -> None:
    release(tmp_path, [device(1, vendor_ids=["axis"])], {"node/1": {"manufacturer": "Axis"}})
    folder = find_release(tmp_path, None) / "registry"
    folder.mkdir(exist_ok=True)
    organisations = pa.table({"org_id": ["axis", "sony"]})
    pq.write_table(organisations, folder / "organisations.parquet")

    assert ids(mapper.load(tmp_path, vendor=["axis", "sony"])) == ["1"]
    assert ids(mapper.load(tmp_path, vendor="sony")) == []
    with pytest.raises(UsageError, match="knows no organisation axiss") as told:
        mapper.load(tmp_path, vendor=["sony", "axiss"])
    assert "did you mean axis" in told.value.next_step


def test_states_and_counties_are_found_by_their_codes_together_with_a_country(
    out_dir: Path,
) -> None:
    assert ids(mapper.load(out_dir, admin="US-KS")) == ["3", "4"]
    assert ids(mapper.load(out_dir, admin="US-20001")) == ["3"]
    assert ids(mapper.load(out_dir, admin=["US-20001", "US-KS"], country="US")) == ["3", "4"]
    assert ids(mapper.load(out_dir, admin="US-KS", country="FI")) == []
    # A name is as good as a code, and what is no country is no empty one.
    assert ids(mapper.load(out_dir, admin="US-KS", country="USA")) == ["3", "4"]
    assert ids(mapper.load(out_dir, admin="US-KS", country=["United States", "ZZ"])) == ["3", "4"]
    for word in ("Riverton", "EU"):
        with pytest.raises(UsageError, match=r"no country|called"):
            mapper.load(out_dir, country=word)


def test_a_release_is_found_by_its_id_in_the_usual_folder(
    out_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release_id = find_release(out_dir).name
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=f"No release {release_id} in build/release"):
        find_release(Path(release_id))
    shutil.copytree(out_dir, "build")
    assert find_release(Path(release_id)) == Path("build/release") / release_id
    with pytest.raises(UsageError, match="No release 2001") as told:
        find_release(Path("2001-01-01.1"))
    assert told.value.next_step == f"There are: {release_id}."
    with pytest.raises(UsageError, match="No release 2001") as told:
        find_release(Path("build"), "2001-01-01.1")
    assert told.value.next_step == f"There are: {release_id}."


def test_an_area_that_the_release_does_not_know_is_refused_with_the_likely_one(
    out_dir: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(find_release(out_dir), tmp_path / "2018-03-01.1"))
    rows = ("area_id,country_code", "US-KS,US", "US-20001,US", "FI-18,FI", "osm:relation/1,FI")
    (folder / "areas_osm.csv").write_text("\n".join((*rows, "")), "utf-8")
    assert ids(mapper.load(folder, admin="US-KS")) == ["3", "4"]
    # An area without a camera is no error, nor one of a country without any.
    for area_id in ("FI-18", "osm:relation/1", "DE-BY"):
        assert ids(mapper.load(folder, admin=area_id)) == []
    for area_id in ("US-KX", "Kansas", "DE", "osm:relation/9"):
        with pytest.raises(UsageError, match=f"knows no area {area_id}") as told:
            mapper.load(folder, admin=["US-KS", area_id])
        assert "areas_*.csv" in told.value.next_step
    with pytest.raises(UsageError) as told:
        mapper.load(folder, admin="US-KX")
    assert "did you mean US-KS" in told.value.next_step


def test_only_the_wanted_columns_come_in_the_order_asked_for(out_dir: Path) -> None:
    frame = mapper.load(out_dir, columns=["vendor_ids", "country_code"], vendor="bosch")
    assert list(frame.columns) == ["vendor_ids", "country_code", "geometry"]
    assert frame["vendor_ids"].tolist() == [["axis", "bosch"]]
    assert ids(frame) == ["2"]
    # Makers are read to choose by, and not given where they were not wanted.
    assert list(mapper.load(out_dir, columns=["mount"], vendor="axis").columns) == [
        "mount",
        "geometry",
    ]
    whole = mapper.load(out_dir)
    assert list(whole.columns) == list(CAMERA_NAMES)
    assert whole.crs is not None
    assert whole.crs.to_epsg() == 4326


def test_a_column_that_is_none_is_refused_with_the_likely_one(out_dir: Path) -> None:
    with pytest.raises(UsageError, match="no column vendor_idz") as told:
        mapper.load(out_dir, columns=["vendor_idz"])
    assert "did you mean vendor_id" in told.value.next_step


def test_no_other_column_is_read_from_the_file(
    out_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    read = pq.read_table

    def spied(path: Path, **wishes: object) -> object:
        asked.append(wishes["columns"])
        return read(path, **wishes)

    monkeypatch.setattr(pq, "read_table", spied)
    mapper.load(out_dir, columns=["mount"], country="FI")
    assert asked == [["camera_id", "geometry", "mount"]]


def test_a_release_of_before_states_and_counties_is_still_read(
    out_dir: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old" / "release" / "2018-03-01.1"
    old.mkdir(parents=True)
    (source,) = (out_dir / "release").rglob("cameras_osm.parquet")
    earlier = pq.read_table(source).drop_columns(["admin1", "admin2"])
    pq.write_table(earlier, old / source.name)
    manifest = json.loads((source.parent / MANIFEST_NAME).read_text("utf-8"))
    path = "cameras_osm.parquet"
    (entry,) = (file for file in manifest["files"] if file["path"] == path)
    entry["sha256"] = sha256_of(old / path)
    manifest["files"] = [entry]
    (old / MANIFEST_NAME).write_text(json.dumps(manifest), "utf-8")
    frame = mapper.load(old)
    assert ids(frame) == ["1", "2", "3", "4"]
    assert frame["admin1"].isna().all()
    assert ids(mapper.load(old, admin="US-KS")) == []


def test_the_evidence_is_typed_and_its_answers_are_those_of_the_commands() -> None:
    rows = mapper.evidence()
    assert isinstance(rows, mapper.Registry)
    moscow = mapper.chain("moscow-city-video", registry=rows)
    edges = [node.edge for node in nodes(moscow.root) if node.edge is not None]
    assert edges
    for edge in edges:
        status = mapper.status(edge.relation.relation_id, registry=rows)
        assert status == edge.status
    before = mapper.chain("moscow-city-video", "1999", registry=rows)
    assert before.not_yet
    with pytest.raises(UsageError, match="there is no relation nobody"):
        mapper.status("nobody", registry=rows)


def test_a_camera_is_told_through_the_releases_with_what_changed(tmp_path: Path) -> None:
    first = [device(1), device(2)]
    release(tmp_path, first, {})
    # The same again is no release; then the place of one is another, and then it is gone.
    release(tmp_path, [device(1, nearest_place_km=1.5), device(2)], {})
    release(tmp_path, [device(2)], {}, accept_change="gone")
    came, moved, gone = mapper.history("osm:node/1", tmp_path)
    assert came.cells is not None
    assert (came.release_id, came.changed) == ("2018-03-01.1", ())
    assert came.cells["nearest_place_km"] == 0.4
    assert (moved.release_id, moved.changed) == ("2018-03-01.2", ("nearest_place_km",))
    assert (gone.release_id, gone.cells, gone.changed) == ("2018-03-01.3", None, ())
    assert [state.release_id for state in mapper.history("osm:node/2", tmp_path)] == [
        "2018-03-01.1"
    ]
    assert mapper.history("osm:node/9", tmp_path) == ()


def test_importing_the_library_waits_for_no_frame() -> None:
    code = "import sys, mapper; print('geopandas' in sys.modules, callable(mapper.load))"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["False", "True"]
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = mapper.nothing


def test_missing_cells_are_missing_in_pandas_words_too(out_dir: Path) -> None:
    frame = mapper.load(out_dir, columns=["site_camera_count"])
    assert str(frame["site_camera_count"].dtype) == "Int64"
    assert pd.isna(frame["site_camera_count"]).all()

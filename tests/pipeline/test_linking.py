"""Links of a build: released with what is licensed, kept on this machine with what is not."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import mapper
from mapper.errors import UsageError, VerificationError
from mapper.export.verify import require_verified
from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.pipeline.linking import links_of, told
from mapper.pipeline.own_lists import NONE_STATED, ImportRequest, import_list
from mapper.pipeline.summary import BuildSummary
from mapper.registry.registry import Registry
from mapper.release.store import find_release, release_ids
from mapper.settings import Settings
from mapper.validate.suppression import suppression_hash
from tests.release.factory import device, devices_frame

# Open sea: no real camera is near.
LON_DEG, LAT_DEG = -16.5, 23.0
METRE_LAT_DEG = 1 / 111_195.08
TIMESTAMP = "2025-06-30T00:00:00Z"


@pytest.fixture(autouse=True)
def small_evidence(good: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    """Build with the small registry: links do not read it, and its pages are written sooner."""
    monkeypatch.setattr("mapper.pipeline.building.load", lambda _folder: good)


@pytest.fixture
def settings(tmp_path: Path, small_bundled_dir: Path) -> Settings:
    return Settings(
        out_dir=tmp_path / "out",
        raw_dir=tmp_path / "raw",
        bundled_dir=small_bundled_dir,
        streets=False,
    )


def write_osm(
    folder: Path,
    norths_m: dict[int, float],
    private: frozenset[int] = frozenset(),
    guards: frozenset[int] = frozenset(),
) -> str:
    """Write an Overpass answer of cameras on one meridian."""
    elements = [
        {
            "type": "node",
            "id": number,
            "lat": LAT_DEG + north_m * METRE_LAT_DEG,
            "lon": LON_DEG,
            "tags": {"man_made": "surveillance"}
            | ({"surveillance": "private"} if number in private else {})
            | ({"surveillance:type": "guard"} if number in guards else {}),
        }
        for number, north_m in norths_m.items()
    ]
    path = folder / "sea.json"
    answer = {"version": 0.6, "osm3s": {"timestamp_osm_base": TIMESTAMP}, "elements": elements}
    path.write_text(json.dumps(answer), "utf-8")
    return str(path)


def take_in(settings: Settings, norths_m: dict[str, float], license_id: str) -> None:
    """Take in a list of cameras on the same meridian, as source ``harbour``."""
    rows = "".join(
        f"{ref},{LON_DEG},{LAT_DEG + north_m * METRE_LAT_DEG:.9f}\n"
        for ref, north_m in norths_m.items()
    )
    path = settings.raw_dir.parent / "harbour.csv"
    path.write_text(f"Camera ID,Longitude,Latitude\n{rows}", "utf-8")
    import_list(
        ImportRequest(path=path, publisher="Harbour", date="2025-06-30", license_id=license_id),
        settings=settings,
    )


def make(settings: Settings, osm_path: str) -> BuildSummary:
    return build([osm_path, "harbour"], settings=settings, progress=NoProgress())


def bridge_of(settings: Settings) -> pd.DataFrame:
    return pd.read_parquet(find_release(settings.out_dir) / "bridge.parquet")


def living(settings: Settings) -> dict[str, set[str]]:
    table = bridge_of(settings)
    now = table[table["last_build"].isna()]
    return {str(site): set(rows["member_id"]) for site, rows in now.groupby("site_id")}


def test_a_licensed_list_is_released_with_its_links(settings: Settings, tmp_path: Path) -> None:
    take_in(settings, {"A": 6.0, "B": 1_000.0}, "CC-BY-4.0")
    osm_path = write_osm(tmp_path, {1: 0.0, 2: 500.0})
    summary = make(settings, osm_path)
    assert "harbour: 1 of its cameras are probably in OpenStreetMap too" in summary.text()
    release = find_release(settings.out_dir)
    require_verified(release, deep=True)
    (link,) = pq.read_table(release / "links_harbour.parquet").to_pylist()
    assert (link["official_id"], link["osm_id"]) == ("harbour:A", "osm:node/1")
    assert link["distance_m"] == 6.0
    assert link["reason"] == "6.0 m apart; both camera"
    assert list(living(settings).values()) == [{"harbour:A", "osm:node/1"}]
    # Nothing is merged: both layers keep their rows.
    assert len(mapper.load(settings.out_dir)) == 4
    assert not (settings.out_dir / "local").exists()
    with pytest.raises(UsageError) as caught:
        told(settings.out_dir, source_id="perth", as_json=False)
    assert "harbour" in caught.value.next_step
    text = told(settings.out_dir, source_id="harbour", as_json=False)
    assert text.splitlines()[0].startswith("source_id,is_local,official_id,osm_id,distance_m")
    assert len(text.splitlines()) == 2
    # The same inputs again are the same bytes, and no release is added.
    assert not make(settings, osm_path).is_new
    assert release_ids(settings.release_root) == ["2025-06-30.1"]


def test_the_links_of_a_list_without_a_licence_enter_no_release(
    settings: Settings, tmp_path: Path
) -> None:
    take_in(settings, {"A": 6.0}, NONE_STATED)
    make(settings, write_osm(tmp_path, {1: 0.0}))
    release = find_release(settings.out_dir)
    for path in release.rglob("*"):
        assert path.is_dir() or b"harbour" not in path.read_bytes()
        assert not path.name.startswith(("links", "bridge"))
    (link,) = json.loads(told(settings.out_dir, source_id=None, as_json=True))
    assert link["official_id"] == "harbour:A"
    assert link["is_local"] is True
    shards = (settings.site_dir / "data" / "details" / "000.js").read_text()
    assert '"distance_m":6.0' in shards
    # Without the list, its links go.
    build([write_osm(tmp_path, {1: 0.0})], settings=settings, progress=NoProgress())
    assert json.loads(told(settings.out_dir, source_id=None, as_json=True)) == []


def test_an_id_survives_a_rebuild_in_which_the_publisher_renumbers(
    settings: Settings, tmp_path: Path
) -> None:
    osm_path = write_osm(tmp_path, {1: 0.0})
    take_in(settings, {"A": 6.0}, "CC-BY-4.0")
    make(settings, osm_path)
    (site,) = living(settings)
    take_in(settings, {"B": 6.0}, "CC-BY-4.0")
    make(replace(settings, as_of="2025-07-31"), osm_path)
    assert living(settings) == {site: {"harbour:B", "osm:node/1"}}
    rows = bridge_of(settings).set_index("member_id")
    assert rows.loc["harbour:A", "last_build"] == "2025-06-30.1"
    assert rows.loc["harbour:B", "first_build"] == "2025-07-31.1"
    require_verified(find_release(settings.out_dir), deep=True)
    # What was older stays as it was: the newer bridge is no past of it.
    take_in(settings, {"A": 6.0}, "CC-BY-4.0")
    make(settings, osm_path)
    before, again = (
        (settings.release_root / name / "bridge.csv").read_bytes()
        for name in ("2025-06-30.1", "2025-06-30.2")
    )
    assert before == again


def test_another_input_with_the_list_goes_on_with_the_bridge_and_one_without_leaves_it(
    settings: Settings, tmp_path: Path
) -> None:
    take_in(settings, {"A": 6.0}, "CC-BY-4.0")
    osm_path = write_osm(tmp_path, {1: 0.0})
    make(settings, osm_path)
    (site,) = living(settings)
    build([osm_path], settings=settings, progress=NoProgress())
    assert not (find_release(settings.out_dir) / "bridge.parquet").exists()
    other = Path(osm_path).rename(tmp_path / "ocean.json")
    make(settings, str(other))
    assert living(settings) == {site: {"harbour:A", "osm:node/1"}}


def test_a_camera_that_is_suppressed_or_became_private_leaves_links_and_bridge(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(settings, {"A": 6.0, "B": 506.0, "C": 1_006.0}, "CC-BY-4.0")
    norths_m = {1: 0.0, 2: 500.0, 3: 1_000.0}
    make(settings, write_osm(tmp_path, norths_m))
    assert {"harbour:A", "harbour:B", "harbour:C"} <= set(bridge_of(settings)["member_id"])
    salt = "5a" * 16
    listed = tmp_path / "suppression.csv"
    entry = suppression_hash(salt, "osm", "node/1")
    listed.write_text(f"salt,hash,added_on\n{salt},{entry},2025-07-01\n", "utf-8")
    monkeypatch.setattr(Settings, "suppression_path", listed)
    accepting = replace(settings, accept_change="two were withheld")
    make(accepting, write_osm(tmp_path, norths_m, private=frozenset({2})))
    release = find_release(settings.out_dir)
    assert release.name == "2025-06-30.2"
    for name in ("bridge.csv", "links_harbour.csv"):
        text = (release / name).read_text("utf-8")
        for member in ("osm:node/1", "harbour:A", "osm:node/2", "harbour:B"):
            assert member not in text
        assert "osm:node/3" in text


def test_a_camera_that_is_now_said_to_be_a_guard_keeps_its_place_in_the_bridge(
    settings: Settings, tmp_path: Path
) -> None:
    # It is published still, as another device: nothing of it was withheld.
    norths_m = {1: 0.0, 2: 500.0}
    take_in(settings, {"A": 6.0, "B": 506.0}, "CC-BY-4.0")
    make(settings, write_osm(tmp_path, norths_m))
    accepting = replace(settings, accept_change="one is a guard")
    make(accepting, write_osm(tmp_path, norths_m, guards=frozenset({2})))
    release = find_release(settings.out_dir)
    assert release.name == "2025-06-30.2"
    assert "osm:node/2" in (release / "bridge.csv").read_text("utf-8")


def test_a_damaged_bridge_stops_the_build_and_says_what_to_do(
    settings: Settings, tmp_path: Path
) -> None:
    take_in(settings, {"A": 6.0}, "CC-BY-4.0")
    osm_path = write_osm(tmp_path, {1: 0.0})
    make(settings, osm_path)
    path = find_release(settings.out_dir) / "bridge.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(VerificationError, match="of release 2025-06-30") as caught:
        make(settings, osm_path)
    assert "mapper verify" in caught.value.next_step


@pytest.mark.parametrize("ended", ["osm", "harbour"])
def test_a_camera_that_was_taken_down_is_linked_with_none(ended: str) -> None:
    # Both are at the same place; another may hang there now.
    rows = [device(1, source_id) for source_id in ("osm", "harbour")]
    assert list(links_of(devices_frame(rows), devices_frame(rows))) == ["harbour"]
    for row in rows:
        row["lifecycle"] = "ended" if row["source_id"] == ended else "in_use"
    assert not links_of(devices_frame(rows), devices_frame(rows))

"""One command leaves a camera out: by its id and its place, in every source, said each time."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

import mapper
from mapper.errors import GateError, UsageError
from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.pipeline.own_lists import NONE_STATED, ImportRequest, import_list
from mapper.pipeline.summary import BuildSummary
from mapper.pipeline.suppressing import Place, place_of_text, suppress
from mapper.settings import Settings

LON_DEG, LAT_DEG = 27.68, 62.89
FAR = range(2, 16)
REST = sorted(f"osm:node/{far}" for far in FAR)
METRE_DEG = 1 / 111_195.08


@pytest.fixture
def settings(tmp_path: Path, small_bundled_dir: Path) -> Settings:
    return Settings(
        out_dir=tmp_path / "out",
        raw_dir=tmp_path / "data/raw",
        bundled_dir=small_bundled_dir,
        streets=False,
    )


def osm(settings: Settings, kind: str = "node", number: int = 1, north_m: float = 0) -> list[str]:
    """Build OpenStreetMap with one camera to be left out and others far away; return the ids."""
    place = {"lat": LAT_DEG + north_m * METRE_DEG, "lon": LON_DEG}
    tags = {"man_made": "surveillance"}
    at: dict[str, Any] = {"center": place} if kind == "way" else place
    elements = [{"type": kind, "id": number, "tags": tags, **at}]
    elements += [
        {"type": "node", "id": far, "lat": LAT_DEG + far / 10, "lon": LON_DEG, "tags": tags}
        for far in FAR
    ]
    path = settings.out_dir.parent / "sea.json"
    osm3s = {"timestamp_osm_base": "2025-06-30T00:00:00Z"}
    path.write_text(json.dumps({"version": 0.6, "osm3s": osm3s, "elements": elements}), "utf-8")
    summary = build([str(path)], settings=settings, progress=NoProgress())
    said = "suppression list: 2 entries, 1 objects left out by them"
    assert settings.own_suppression_path.exists() == (said in summary.text())
    return sorted(mapper.load(settings.out_dir).index)


def own_list(settings: Settings, license_id: str) -> BuildSummary:
    path = settings.out_dir.parent / "harbour.csv"
    rows = [f"K{n},{LON_DEG},{LAT_DEG + n / 10}\n" for n in range(1, 14)]
    rows.append(f"H1,{LON_DEG},{LAT_DEG + 9 * METRE_DEG}\n")
    path.write_text("id,longitude,latitude\n" + "".join(rows), "utf-8")
    request = ImportRequest(path=path, publisher="P", date="2025", license_id=license_id)
    import_list(request, settings=settings)
    return build(["harbour"], settings=settings, progress=NoProgress())


def test_it_stays_out_when_collected_again_drawn_anew_or_listed_by_somebody_else(
    settings: Settings,
) -> None:
    assert osm(settings) == ["osm:node/1", *REST]
    said = suppress("osm:node/1", settings=settings, reason="asked for")
    assert "2 entries added" in said
    assert "keeps it" in said
    assert osm(settings) == REST
    assert osm(settings, "way", 77, north_m=14) == REST
    assert osm(settings, "node", 1, north_m=5_000) == REST
    for license_id in ("CC0-1.0", NONE_STATED):
        assert own_list(settings, license_id).counts.withheld == 1
    listed = settings.own_suppression_path.read_text("utf-8")
    assert "node/1" not in listed
    assert [row["reason"] for row in csv.DictReader(listed.splitlines())] == ["", "asked for"]


def test_asked_twice_it_is_added_once(settings: Settings) -> None:
    osm(settings)
    suppress("osm:node/1", settings=settings)
    before = settings.own_suppression_path.read_bytes()
    assert "on the list already" in suppress("osm:node/1", settings=settings)
    assert settings.own_suppression_path.read_bytes() == before
    suppress("osm:node/2", settings=settings)
    assert len(settings.own_suppression_path.read_text().splitlines()) == 5


def test_a_camera_that_no_release_holds_needs_its_place(settings: Settings) -> None:
    with pytest.raises(UsageError, match="no release"):
        suppress("osm:node/1", settings=settings)
    osm(settings)
    with pytest.raises(UsageError, match="has no camera osm:node/99"):
        suppress("osm:node/99", settings=settings)
    assert not settings.own_suppression_path.exists()
    suppress("osm:node/99", settings=settings, at=Place(LON_DEG, LAT_DEG))
    assert osm(settings) == REST


def test_a_list_that_is_lost_or_broken_stops_everything(settings: Settings) -> None:
    osm(settings)
    suppress("osm:node/1", settings=settings)
    osm(settings)
    path = settings.own_suppression_path
    whole = path.read_text("utf-8")
    path.write_text(whole.replace("0", "x"), "utf-8")
    with pytest.raises(GateError, match="not hexadecimal"):
        osm(settings)
    with pytest.raises(GateError, match="not hexadecimal"):
        suppress("osm:node/2", settings=settings)
    path.unlink()
    with pytest.raises(GateError, match="0 entries, 2 in the last release"):
        osm(settings)
    path.symlink_to(path.with_name("gone.csv"))
    with pytest.raises(GateError, match="cannot be read"):
        osm(settings)
    path.unlink()
    path.write_text(whole, "utf-8")
    osm(settings)


@pytest.mark.parametrize("text", ["", "a,b", "91,0", "0,181", "nan,nan", "1", "60.1 24.9"])
def test_what_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no latitude and longitude"):
        place_of_text(text)


@pytest.mark.parametrize("camera_id", ["", "node/1", ":node/1", "osm:"])
def test_what_is_no_id_is_refused(settings: Settings, camera_id: str) -> None:
    with pytest.raises(UsageError, match="no id of a camera"):
        suppress(camera_id, settings=settings, at=Place(0, 0))


@pytest.mark.parametrize("reason", ["x" * 81, "call 555 0147 99", "two\nlines", "a@example.org"])
def test_a_reason_that_says_who_is_refused(settings: Settings, reason: str) -> None:
    with pytest.raises(UsageError, match="--reason"):
        suppress("osm:node/1", settings=settings, at=Place(0, 0), reason=reason)

"""What somebody asked to be left out stays out, however it comes back, and the build says so."""

import json
from pathlib import Path
from typing import Any

import pytest

import mapper
from mapper.errors import GateError
from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.pipeline.own_lists import ImportRequest, import_list
from mapper.pipeline.summary import BuildSummary
from mapper.settings import Settings
from mapper.validate.suppression import entries_of

SALT = "00112233445566778899aabbccddeeff"
LON_DEG, LAT_DEG = -16.5, 23.0
METRE_DEG = 1 / 111_195.08
OTHERS = {f"L{n}": 1_000.0 * n for n in range(2, 8)}


@pytest.fixture
def settings(tmp_path: Path, small_bundled_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    listed = tmp_path / "suppression.csv"
    entries = entries_of(SALT, "harbour", "L1", LON_DEG, LAT_DEG)
    rows = "".join(f"{SALT},{entry},2026-01-02\n" for entry in entries)
    listed.write_text(f"salt,hash,added_on\n{rows}", "utf-8")
    monkeypatch.setattr(Settings, "suppression_path", listed)
    return Settings(
        out_dir=tmp_path / "out",
        raw_dir=tmp_path / "raw",
        bundled_dir=small_bundled_dir,
        streets=False,
    )


def take_in(settings: Settings, norths_m: dict[str, float], source_id: str) -> BuildSummary:
    """Take in and build a list of cameras on one meridian."""
    path = settings.raw_dir.parent / f"{source_id}.csv"
    rows = "".join(
        f"{ref},{LON_DEG},{LAT_DEG + north * METRE_DEG:.7f}\n" for ref, north in norths_m.items()
    )
    path.write_text(f"id,longitude,latitude\n{rows}", "utf-8")
    request = ImportRequest(path=path, publisher="P", date="2025", license_id="CC0-1.0")
    import_list(request, settings=settings)
    return build([source_id], settings=settings, progress=NoProgress())


def redrawn(settings: Settings) -> BuildSummary:
    """Build OpenStreetMap with the camera as an area and another far away."""
    elements: list[dict[str, Any]] = [
        {
            "type": "way",
            "id": 5,
            "center": {"lat": LAT_DEG + 8 * METRE_DEG, "lon": LON_DEG},
            "tags": {"man_made": "surveillance"},
        },
        {
            "type": "node",
            "id": 6,
            "lat": LAT_DEG + 1,
            "lon": LON_DEG,
            "tags": {"man_made": "surveillance"},
        },
    ]
    path = settings.out_dir.parent / "sea.json"
    osm3s = {"timestamp_osm_base": "2025-06-30T00:00:00Z"}
    path.write_text(json.dumps({"version": 0.6, "osm3s": osm3s, "elements": elements}), "utf-8")
    return build([str(path)], settings=settings, progress=NoProgress())


def test_it_stays_out_of_every_source_and_is_counted(settings: Settings) -> None:
    summaries = [
        take_in(settings, {"L1": 0.0} | OTHERS, "harbour"),
        take_in(settings, {"l1\u200b ": 3_000.0} | OTHERS, "harbour"),
        take_in(settings, {"X9": 12.0} | OTHERS, "port"),
        redrawn(settings),
    ]
    for summary in summaries:
        assert summary.counts.withheld == 1
        assert "suppression list: 2 entries, 1 objects left out by them" in summary.text()
    assert set(mapper.load(settings.out_dir).index) == {"osm:node/6"}


def test_a_list_that_was_lost_or_became_shorter_stops_the_next_build(settings: Settings) -> None:
    redrawn(settings)
    settings.suppression_path.write_text("salt,hash,added_on\n")
    with pytest.raises(GateError, match="0 entries, 2 in the last release"):
        redrawn(settings)
    settings.suppression_path.unlink()
    with pytest.raises(GateError, match="cannot be read"):
        redrawn(settings)

"""Hostile values through the real readers: what reaches somebody stands in no released file."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from mapper.model.progress import NoProgress
from mapper.model.tags import PUBLISHED_TAGS
from mapper.pipeline.building import build
from mapper.pipeline.own_lists import ImportRequest, import_list
from mapper.pipeline.summary import BuildSummary
from mapper.release.manifest import read_manifest
from mapper.settings import Settings
from tests.privacy_values import values_of

CONTACT = values_of("contact_values.txt")
PLACES = [
    *values_of("words_inside.txt"),
    *values_of("words_home.txt"),
    *values_of("words_doorbell.txt"),
]
_OSM_KEYS = [key for key in PUBLISHED_TAGS if key not in {"man_made", "surveillance:zone"}]


def _node(number: int, tags: dict[str, str]) -> dict[str, Any]:
    lat, lon = 51.45 + number % 97 / 1_000, 7.15 + number // 97 / 1_000
    return {"type": "node", "id": number, "lat": lat, "lon": lon, "tags": tags}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, small_bundled_dir: Path) -> BuildSummary:
    """Build all of them at once: OSM objects, and a list whose ids are hostile too."""
    folder = tmp_path_factory.mktemp("hostile")
    main = {"man_made": "surveillance"}
    elements = [
        _node(number, main | {"surveillance:zone": "town"} | dict.fromkeys(_OSM_KEYS, value))
        for number, (_, value) in enumerate(CONTACT, 1)
    ]
    elements += [
        _node(10_000 + 2 * number + at, main | {key: value})
        for number, (_, value) in enumerate(PLACES)
        for at, key in enumerate(("surveillance", "surveillance:zone"))
    ]
    body = {"version": 0.6, "osm3s": {"timestamp_osm_base": "2025-06-01T00:00:00Z"}}
    (folder / "osm.json").write_text(json.dumps(body | {"elements": elements}), "utf-8")
    rows = [
        {"id": value, "lat": 51.6 + number / 10_000, "lon": 7.3, "owner": value}
        for number, (_, value) in enumerate(CONTACT)
    ]
    pd.DataFrame(rows).to_csv(folder / "masts.csv", index=False)
    settings = Settings(
        out_dir=folder / "out", raw_dir=folder / "raw", bundled_dir=small_bundled_dir, streets=False
    )
    request = ImportRequest(
        path=folder / "masts.csv",
        publisher="The Harbour",
        date="2025",
        license_id="CC-BY-4.0",
        title="Masts",
    )
    import_list(request, settings=settings)
    return build([str(folder / "osm.json"), "masts"], settings=settings, progress=NoProgress())


def _cells(folder: Path) -> set[str]:
    """Return every text of every table of the release, whole and the items of lists."""
    cells: set[str] = set()
    for path in folder.glob("*.parquet"):
        if path.name.startswith(("cameras_", "observations_", "other_devices")):
            frame = pd.read_parquet(path)
            for name in frame.columns.drop("geometry", errors="ignore"):
                cells.update(str(cell) for cell in frame[name].dropna())
    return cells


def test_nothing_that_reaches_somebody_is_released(made: BuildSummary) -> None:
    assert made.release_dir is not None
    cells = _cells(made.release_dir)
    assert len(cells) > 200
    assert [value for _, value in CONTACT if value in cells] == []
    long = [value for _, value in CONTACT if len(value) > 9]
    assert [value for value in long if any(value in cell for cell in cells)] == []


def test_every_word_for_a_home_an_inside_or_a_doorbell_left_its_camera_out(
    made: BuildSummary,
) -> None:
    assert made.release_dir is not None
    refs = pd.read_parquet(made.release_dir / "observations_osm.parquet")["source_ref"]
    ids = {int(ref.partition("/")[2]) for ref in refs}
    assert {number for number in ids if number >= 10_000} == set()
    assert made.counts.withheld >= 2 * len(PLACES)


def test_what_was_left_blank_is_counted_by_key_and_reason(made: BuildSummary) -> None:
    assert made.release_dir is not None
    counted = read_manifest(made.release_dir)["values_withheld"]
    assert set(counted) >= {"operator", "model", "manufacturer", "camera:mount", "height"}
    assert set(counted["operator"]) == {"contact data or a machine's address", "may name a person"}
    observed = pd.concat(
        pd.read_parquet(path, columns=["withheld_keys"])
        for path in made.release_dir.glob("observations_*.parquet")
    )["withheld_keys"].dropna()
    blank = sum(len(keys.split(";")) for keys in observed)
    assert sum(sum(reasons.values()) for reasons in counted.values()) == blank > 0
    assert f"{blank:,} single values left blank in published rows" in made.text()

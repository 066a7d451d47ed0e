"""
The whole chain, for every kind of source: import, build, verify, explain, diff, links, load, page.

A command that knows only some kinds of source fails here.
"""

import importlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import mapper
from mapper.fetch.archive import Archive
from mapper.model.progress import NoProgress
from mapper.pipeline import linking, releases
from mapper.pipeline.building import build
from mapper.pipeline.own_lists import ImportRequest, import_list
from mapper.release.explain import explain
from mapper.release.store import find_release, release_ids
from mapper.settings import Settings
from mapper.sources import sources_by_id

BUILT_IN = "rochester_police_cameras_us"
FIXTURES = Path(__file__).parents[1] / "fixtures"
RIVERTON = str(FIXTURES / "osm" / "riverton.json")
LICENSED = "riverton_licensed"
INVENTORY = "riverton_inventory"


@dataclass(frozen=True, slots=True)
class Chain:
    """What a chain is made of: the inputs in the order of the command, and what is released."""

    name: str
    inputs: Sequence[str]
    released: frozenset[str]


CHAINS = [
    Chain("a built-in source", [BUILT_IN], frozenset({BUILT_IN})),
    Chain("OpenStreetMap", [RIVERTON], frozenset({"osm"})),
    Chain("a list with a licence", [LICENSED], frozenset({LICENSED})),
    Chain(
        "several together",
        [RIVERTON, BUILT_IN, LICENSED, INVENTORY],
        frozenset({"osm", BUILT_IN, LICENSED, INVENTORY}),
    ),
]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Return the settings of an archive that holds one source of each kind."""
    found = Settings(out_dir=tmp_path / "out", raw_dir=tmp_path / "raw", streets=False)
    module = importlib.import_module(f"mapper.sources.{BUILT_IN}")
    # The fixture is a few rows of a list of hundreds.
    monkeypatch.setattr(module, "INFO", replace(module.INFO, row_count_min=1))
    sources_by_id.cache_clear()
    archive = Archive(found.raw_dir)
    part = archive.part_path(BUILT_IN)
    part.write_bytes(next((FIXTURES / "sources" / BUILT_IN).glob("input.*")).read_bytes())
    archive.keep_new(
        part,
        source_id=BUILT_IN,
        request_key=BUILT_IN,
        url=module.INFO.landing_page,
        retrieved_at_utc="2026-03-02T00:00:00Z",
        media_type="application/json",
        license_id=module.INFO.license_id,
        proof="end of json",
    )
    take_in(found, LICENSED, "CC-BY-4.0")
    # The same bytes once more, under another licence and as the publisher's own inventory.
    take_in(found, INVENTORY, "CC0-1.0", is_inventory=True)
    yield found
    sources_by_id.cache_clear()


def take_in(
    settings: Settings, source_id: str, license_id: str, *, is_inventory: bool = False
) -> None:
    path = settings.raw_dir.parent / f"{source_id}.csv"
    rows = "".join(f"R{n},-119.00{n},41.00{n},Axis\n" for n in range(6))
    path.write_text(f"Camera ID,Longitude,Latitude,Make\n{rows}", "utf-8")
    request = ImportRequest(
        path=path, publisher="City of Riverton", date="2025-06", license_id=license_id
    )
    import_list(request, settings=settings)
    note = settings.raw_dir / "own" / f"{source_id}.json"
    written = json.loads(note.read_text("utf-8"))
    note.write_text(json.dumps(written | {"own_inventory": is_inventory}), "utf-8")


@pytest.mark.parametrize("chain", CHAINS, ids=[chain.name for chain in CHAINS])
def test_every_command_answers_for(chain: Chain, settings: Settings) -> None:
    summary = build(list(chain.inputs), settings=settings, progress=NoProgress())
    assert summary.index_path.is_file()

    told = releases.verify(settings.out_dir, deep=True, progress=NoProgress())
    assert "is whole" in told

    rows = mapper.load(settings.out_dir)
    assert set(rows["source_id"]) == set(chain.released)
    rules = releases.rules()
    folder = find_release(settings.out_dir)
    for camera_id in rows.index:
        explained = explain(folder, camera_id, recompute=rules)
        assert explained.camera_id == camera_id
        assert [value.column for value in explained.values if value.reproduced is False] == []
        assert explained.as_text().startswith(camera_id)
    for camera_id in rows.groupby("source_id")["camera_id"].first():
        answer = releases.explain(camera_id, out_dir=settings.out_dir, as_json=True)
        assert json.loads(answer)["camera_id"] == camera_id

    same = releases.diff(settings.out_dir, settings.out_dir, as_json=True)
    assert json.loads(same)["changed"] == []
    assert release_ids(settings.release_root) == [summary.release_id]
    json.loads(linking.told(settings.out_dir, source_id=None, as_json=True))


def test_one_file_under_two_licences_keeps_both(settings: Settings) -> None:
    build([LICENSED, INVENTORY], settings=settings, progress=NoProgress())
    rows = mapper.load(settings.out_dir)
    by_source = rows.groupby("source_id")["license_id"].agg(set).to_dict()
    assert by_source == {LICENSED: {"CC-BY-4.0"}, INVENTORY: {"CC0-1.0"}}
    rungs = rows.groupby("source_id")["vendor_rung"].agg(set).to_dict()
    assert rungs[INVENTORY] == {"A"}
    assert rungs[LICENSED] != {"A"}

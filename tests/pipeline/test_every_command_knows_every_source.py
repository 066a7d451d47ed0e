"""
The whole chain, for every kind of source: import, build, verify, explain, diff, links, load, page.

A command that knows only some kinds of source fails here.
"""

import importlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest

import mapper
from mapper.fetch.archive import Archive
from mapper.model.progress import NoProgress
from mapper.pipeline import linking, releases
from mapper.pipeline.building import build
from mapper.pipeline.local_rows import folders_of
from mapper.pipeline.own_lists import NONE_STATED, ImportRequest, import_list
from mapper.pipeline.summary import BuildSummary
from mapper.release.explain import explain
from mapper.release.manifest import read_manifest
from mapper.release.store import find_release, release_ids
from mapper.settings import Settings
from mapper.sources import sources_by_id
from tests.website.unpack import read_payload

BUILT_IN = "rochester_police_cameras_us"
FIXTURES = Path(__file__).parents[1] / "fixtures"
RIVERTON = str(FIXTURES / "osm" / "riverton.json")
LICENSED = "riverton_licensed"
INVENTORY = "riverton_inventory"
UNLICENSED = "riverton_unlicensed"
NON_COMMERCIAL = "riverton_by_letter"


@dataclass(frozen=True, slots=True)
class Chain:
    """
    What a chain is made of.

    The inputs in the order of the command, what is released, and what stays on this machine.
    """

    name: str
    inputs: Sequence[str]
    released: frozenset[str]
    local: frozenset[str] = frozenset()


CHAINS = [
    Chain("a built-in source", [BUILT_IN], frozenset({BUILT_IN})),
    Chain("OpenStreetMap", [RIVERTON], frozenset({"osm"})),
    Chain("a list with a licence", [LICENSED], frozenset({LICENSED})),
    Chain(
        "several together",
        [RIVERTON, BUILT_IN, LICENSED, INVENTORY],
        frozenset({"osm", BUILT_IN, LICENSED, INVENTORY}),
    ),
    Chain("a list without a licence", [UNLICENSED], frozenset(), frozenset({UNLICENSED})),
    Chain(
        "several licences and none together",
        [RIVERTON, LICENSED, INVENTORY, UNLICENSED, NON_COMMERCIAL],
        frozenset({"osm", LICENSED, INVENTORY}),
        frozenset({UNLICENSED, NON_COMMERCIAL}),
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
    take_in(found, UNLICENSED, NONE_STATED)
    take_in(found, NON_COMMERCIAL, "permission by letter of 3 May 2024")
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
    assert told.count(" whole: ") == len(parts_of(chain))

    folders = folders_of(settings.out_dir)
    tables = {
        name: mapper.load(folder) for name, folder in zip(parts_of(chain), folders, strict=True)
    }
    rules = releases.rules()
    for name, folder in zip(parts_of(chain), folders, strict=True):
        assert set(tables[name]["source_id"]) == set(getattr(chain, name))
        for camera_id in tables[name].index:
            explained = explain(folder, camera_id, recompute=rules)
            assert explained.camera_id == camera_id
            values = explained.values  # noqa: PD011 - no frame
            assert [value.column for value in values if value.reproduced is False] == []
            assert explained.as_text().startswith(camera_id)
    rows = pd.concat(list(tables.values()))
    for camera_id in rows.groupby("source_id")["camera_id"].first():
        answer = releases.explain(camera_id, out_dir=settings.out_dir, as_json=True)
        assert json.loads(answer)["camera_id"] == camera_id

    for folder in folders:
        same = releases.diff(folder, folder, as_json=True)
        assert json.loads(same)["changed"] == []
    if chain.released:
        assert release_ids(settings.release_root) == [summary.release_id]
        assert set(mapper.load(settings.out_dir)["source_id"]) == set(chain.released)
    require_one_set_of_rows(settings, summary, tables)
    json.loads(linking.told(settings.out_dir, source_id=None, as_json=True))


def parts_of(chain: Chain) -> list[str]:
    return [name for name in ("released", "local") if getattr(chain, name)]


def require_one_set_of_rows(
    settings: Settings, summary: BuildSummary, tables: Mapping[str, pd.DataFrame]
) -> None:
    """Hold counts, data page, citation, downloads and sums against the same rows."""
    released = len(tables["released"]) if "released" in tables else 0
    local = len(tables["local"]) if "local" in tables else 0
    meta = read_payload(settings.site_dir, "meta")
    assert (meta["released"], meta["standing"]) == (released, released + local)
    assert len(meta["local"]) == (tables["local"]["source_id"].nunique() if local else 0)
    if not released:
        assert not settings.release_root.exists()
        return
    assert summary.counts.cameras == released
    manifest = read_manifest(find_release(settings.out_dir))
    assert manifest["counts"]["cameras"] == released == sum(manifest["by_country"].values())
    layers = {row["layer"]: row["rows"] for row in manifest["files"] if row["layer"]}
    assert sum(n for name, n in layers.items() if name.startswith("cameras_")) == released
    credited = {credit["source_id"] for credit in manifest["sources"]}
    assert credited == set(tables["released"]["source_id"])
    page = (settings.site_dir / "data.html").read_text("utf-8")
    cited = page.partition("ow to cite")[2].partition("</p>")[0]
    assert UNLICENSED not in cited
    assert "permission by letter" not in cited
    for path in settings.release_root.rglob("*"):
        assert path.is_dir() or b"riverton_unlicensed" not in path.read_bytes()


def test_one_file_under_two_licences_keeps_both(settings: Settings) -> None:
    build([LICENSED, INVENTORY], settings=settings, progress=NoProgress())
    rows = mapper.load(settings.out_dir)
    by_source = rows.groupby("source_id")["license_id"].agg(set).to_dict()
    assert by_source == {LICENSED: {"CC-BY-4.0"}, INVENTORY: {"CC0-1.0"}}
    rungs = rows.groupby("source_id")["vendor_rung"].agg(set).to_dict()
    assert rungs[INVENTORY] == {"A"}
    assert rungs[LICENSED] != {"A"}

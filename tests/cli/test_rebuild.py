"""A release is made again from its inputs with the same bytes, or it is said why it cannot be."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli import inputs
from tests.cli.command import Door
from tests.cli.test_own_site import collect

NEXT_MONTH = "2026-04-01T12:00:00Z"


def _require_same(door: Door, folder: Path, *words: str) -> None:
    told = door.run("rebuild", *words, "-q", cwd=folder)
    assert told.code == 0, told
    assert "was made again from its inputs" in told.stdout
    assert told.stdout.rstrip().endswith("files, the same bytes")


@pytest.fixture(scope="module")
def two(door: Door, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build two releases of one file, the second from a later body of it."""
    tmp_path = tmp_path_factory.mktemp("two")
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "town.json").write_text(inputs.answer(inputs.cameras(6)), "utf-8")
    (tmp_path / "town.json").write_text(
        inputs.answer(inputs.cameras(8)).replace(inputs.DATA_TIME, NEXT_MONTH), "utf-8"
    )
    for name in ("first/town.json", "town.json"):
        told = door.run(
            "build", "-q", name, "--format", "pmtiles", "--by-country", "kmz", cwd=tmp_path
        )
        assert told.code == 0, told
    return tmp_path


def test_both_releases_of_a_file_come_out_the_same(door: Door, two: Path) -> None:
    before = {path for path in two.rglob("*") if path.is_file()}
    # The formats that were asked for are part of the recipe.
    assert {"cameras_osm.pmtiles", "cameras_osm.kmz"} <= {path.name for path in before}
    _require_same(door, two, "build", "--input", "town.json")
    first = ("build/release/2026-03-01.1", "--input", "first/town.json")
    _require_same(door, two, *first)
    # Nothing is left behind, and nothing else is touched.
    assert {path for path in two.rglob("*") if path.is_file()} == before


def test_an_input_that_is_not_here_is_named_by_its_hash(door: Door, two: Path) -> None:
    told = door.run("rebuild", "build/release/2026-03-01.1", "--input", "town.json", cwd=two)
    told.require_good_error(2)
    assert told.error[0].startswith("error: the input town.json of osm (SHA-256 ")
    assert "--input" in told.error[-1]


def test_other_evidence_is_said_instead_of_another_release_made(door: Door, two: Path) -> None:
    own = two / "mine"
    own.mkdir()
    words = ("--registry", "mine", "--input", "town.json")
    _require_same(door, two, *words)
    (own / "sources.csv").write_text(
        "source_id,title,publisher,kind,published_on,published_as_written,url,archive_url,"
        "language,license_id,retrieved_on,grade,excerpt_only\n"
        "own-paper,[A paper],Riverton,press,,,https://example.org/a,,en,,2026-01-02,B,"
        "false\n",
        "utf-8",
    )
    told = door.run("rebuild", *words, cwd=two)
    told.require_good_error(2)
    assert "was made with other evidence" in told.error[0]


def test_a_release_without_its_recipe_is_said(door: Door, two: Path) -> None:
    release = two / "build" / "release" / "2026-03-01.1"
    path = release / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    assert content.pop("recipe")["evidence_scope"] == "all"
    damaged = shutil.copytree(release, two / "old")
    (damaged / "manifest.json").write_text(json.dumps(content), "utf-8")
    told = door.run("rebuild", "old", cwd=two)
    # The seal no longer fits: a release is never made again from what was tampered with.
    told.require_good_error(6)


def test_a_rule_that_gives_other_bytes_is_found(door: Door, two: Path) -> None:
    before = (
        "import mapper.export.write as w; real = w.rules_text\n"
        "w.rules_text = lambda version: real(version) + ' '"
    )
    words = ("rebuild", "build", "--input", "town.json", "-q")
    told = door.run(*words, cwd=two, before=before)
    assert told.code == 6, told
    assert "2026-04-01.1 comes out otherwise in 4 files" in told.stderr
    assert "  rules.json" in told.stderr


def _import(door: Door, folder: Path, count: int, *, south_deg: float) -> None:
    rows = [f"R{n},10.0,{south_deg + n / 10_000:.4f},Axis\n" for n in range(count)]
    text = "Camera ID,Longitude,Latitude,Make\n" + "".join(rows)
    (folder / "riverton.csv").write_text(text, "utf-8")
    words = ("--publisher", "City of Riverton", "--license", "CC-BY-4.0")
    told = door.run("import", "riverton.csv", "--date", "2025-06", *words, cwd=folder)
    assert told.code == 0, told


def test_what_was_collected_and_a_list_of_ones_own_come_out_the_same_after_both_changed(
    door: Door, tmp_path: Path
) -> None:
    """The archive has newer bodies of both by then; the release pins those that it was made of."""
    told = door.run("init", "mine", "--title", "Ours", cwd=tmp_path)
    assert told.code == 0, told
    folder = tmp_path / "mine"
    path = folder / "mapper.toml"
    text = path.read_text("utf-8").replace('place = "Ghent, BE"', 'bbox = "9.8,49.9,10.1,50.3"')
    path.write_text(text.replace('["osm"]', '["osm", "riverton"]'), "utf-8")
    # In the first month no camera of the list is one of OpenStreetMap's; in the second all are.
    for count, day, south_deg in ((30, inputs.DATA_TIME, 50.2), (32, NEXT_MONTH, 50.0)):
        collect(door, folder, inputs.cameras(count), day)
        _import(door, folder, count, south_deg=south_deg)
        told = door.run("build", "-q", cwd=folder)
        assert told.code == 0, told
    releases = sorted(each.name for each in (folder / "build/release").glob("*.1"))
    assert releases == ["2026-03-01.1", "2026-04-01.1"]
    bridges = [(folder / "build/release" / name / "bridge.csv").read_text() for name in releases]
    assert [len(text.splitlines()) > 1 for text in bridges] == [False, True]
    for name in releases:
        _require_same(door, folder, f"build/release/{name}")
    # Without the archive nothing is made up.
    shutil.rmtree(folder / "data" / "raw")
    told = door.run("rebuild", "build/release/2026-03-01.1", cwd=folder)
    told.require_good_error(2)
    assert "is not here" in told.error[0]

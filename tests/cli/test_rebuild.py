"""A release is made again from its inputs with the same bytes, or it is said why it cannot be."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli import inputs
from tests.cli.command import Door

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

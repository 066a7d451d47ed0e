"""The template gives a source that works, and never writes over one."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from mapper.model.observation import Observation
from tests.new_source import leftovers, main

SOURCE_ID = "riverton_cctv_au"


FACTS = ("https://data.city.example/cameras", "CC-BY-4.0", "2026-11-20")


def new(root: Path, source_id: str = SOURCE_ID, facts: tuple[str, ...] = FACTS) -> int:
    return main([source_id, *facts, "--root", str(root)])


def written(root: Path) -> ModuleType:
    path = root / "mapper/sources" / f"{SOURCE_ID}.py"
    spec = importlib.util.spec_from_file_location(SOURCE_ID, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_template_is_a_source_that_reads_its_fixture(tmp_path: Path) -> None:
    assert new(tmp_path) == 0
    module = written(tmp_path)
    assert module.INFO.source_id == SOURCE_ID
    assert module.INFO.country_codes == {"AU"}
    described = (module.INFO.landing_page, module.INFO.license_id, module.INFO.address_confirmed_on)
    assert described == FACTS
    fixture = tmp_path / "tests/fixtures/sources" / SOURCE_ID
    rows = list(module.parse((fixture / "input.csv").read_bytes()))
    golden = [json.loads(line) for line in (fixture / "expected.jsonl").read_text().splitlines()]
    assert [row.source_ref for row in rows] == ["1", "2", "3"]
    for row, line in zip(rows, golden, strict=True):
        if isinstance(row, Observation):
            assert (dict(row.tags), row.lon_deg) == (line["tags"], line["lon_deg"])
        else:
            assert row.reason == line["reason"]


def test_what_the_template_left_is_named_in_each_of_the_three_files_to_edit(tmp_path: Path) -> None:
    assert new(tmp_path, "elmfield_cctv_au") == 0
    left = leftovers(tmp_path, "elmfield_cctv_au")
    assert {line.partition(":")[0] for line in left} == {
        "elmfield_cctv_au.py",
        "expected.jsonl",
        "input.csv",
    }
    for path in tmp_path.rglob("*.*"):
        if path.is_file():
            path.write_text(path.read_text().replace("TODO", "").replace("Riverton", "Elmfield"))
    path = tmp_path / "mapper/sources/elmfield_cctv_au.py"
    path.write_text(path.read_text().replace("riverton", "elmfield"))
    assert leftovers(tmp_path, "elmfield_cctv_au") == []


def test_a_source_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    new(tmp_path)
    path = tmp_path / "mapper/sources" / f"{SOURCE_ID}.py"
    path.write_text("mine")
    assert new(tmp_path) == 2
    assert path.read_text() == "mine"


@pytest.mark.parametrize("source_id", ["Riverton", "riverton", "../riverton_au", "riverton__au"])
def test_an_id_of_another_form_is_refused(source_id: str, tmp_path: Path) -> None:
    assert new(tmp_path, source_id) == 2
    assert not list(tmp_path.iterdir())


def test_the_page_of_the_origin_is_whole_at_once(tmp_path: Path) -> None:
    new(tmp_path)
    origin = (tmp_path / "tests/fixtures/sources" / SOURCE_ID / "ORIGIN.md").read_text("utf-8")
    assert all(fact in origin for fact in FACTS)
    assert "{" not in origin


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        (("", "CC-BY-4.0", "2026-11-20"), "PAGE"),
        (("http://city.example/", "CC-BY-4.0", "2026-11-20"), "PAGE"),
        (('https://city.example/"', "CC-BY-4.0", "2026-11-20"), "PAGE"),
        (("https://city.example/", "CC-BY-NC-4.0", "2026-11-20"), "LICENCE"),
        (("https://city.example/", "CC-BY-4.0", "2026-02-30"), "READ_ON"),
    ],
)
def test_a_fact_that_is_none_is_refused_by_its_name(
    facts: tuple[str, ...], what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(tmp_path, facts=facts) == 2
    assert capsys.readouterr().err.startswith(what)
    assert not list(tmp_path.iterdir())

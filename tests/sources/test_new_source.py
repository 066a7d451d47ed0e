"""The template gives a source that works, and never writes over one."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from mapper.model.observation import Observation
from tests.new_source import main

SOURCE_ID = "riverton_cctv_au"


def new(root: Path, source_id: str = SOURCE_ID) -> int:
    return main([source_id, "--root", str(root)])


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
    fixture = tmp_path / "tests/fixtures/sources" / SOURCE_ID
    rows = list(module.parse((fixture / "input.csv").read_bytes()))
    golden = [json.loads(line) for line in (fixture / "expected.jsonl").read_text().splitlines()]
    assert [row.source_ref for row in rows] == ["1", "2", "3"]
    for row, line in zip(rows, golden, strict=True):
        if isinstance(row, Observation):
            assert (dict(row.tags), row.lon_deg) == (line["tags"], line["lon_deg"])
        else:
            assert row.reason == line["reason"]
    assert (tmp_path / "tests/sources" / f"test_{SOURCE_ID}.py").is_file()


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

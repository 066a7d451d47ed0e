"""
The steps of CONTRIBUTING.md, really done in a copy of the checkout.

Each of the three is added as the page says, and the checks that hold it are run there; then a step
is left out, and the check that the page names fails.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.new_source import main as new_source

ROOT = Path(__file__).parents[2]
CARRIED = ("mapper", "data", "docs", "site", "tests", "LICENSES", "pyproject.toml")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the checkout that may be edited."""
    ignored = shutil.ignore_patterns("__pycache__", "raw")
    for name in CARRIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(copy: Path, *words: str) -> str:
    """Run a module in the copy; return its code and what it printed, as ``0: ...``."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", *words],
        cwd=copy,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return f"{done.returncode}: {done.stdout}{done.stderr}"


def in_copy(copy: Path, *words: str) -> str:
    """Run tests in the copy."""
    return run(copy, "pytest", "-q", "-p", "no:cacheprovider", *words)


def edit(path: Path, before: str, after: str) -> None:
    """Replace one place of a file that must be there once."""
    text = path.read_text("utf-8")
    assert text.count(before) == 1, (path.name, before)
    path.write_text(text.replace(before, after), "utf-8")


SOURCE_ID = "elmfield_cctv_au"
FACTS = ("https://data.elmfield.example/cameras", "CC-BY-4.0", "2026-11-20")


def fill(copy: Path) -> None:
    """Write what a contributor writes in place of the template's words."""
    fixture = copy / "tests/fixtures/sources" / SOURCE_ID
    edited = [copy / f"mapper/sources/{SOURCE_ID}.py"]
    edited += [fixture / name for name in ("input.csv", "expected.jsonl")]
    for path in edited:
        text = path.read_text("utf-8").replace("TODO: ", "").replace("Riverton", "Elmfield")
        text = text.replace("riverton", "elmfield")
        # The template's invented cameras stand in Germany; these stand in Canberra.
        text = re.sub(r"\b10\.(00\d)\b", r"149.\1", text)
        path.write_text(re.sub(r"\b50\.(00\d)\b", r"-35.\1", text), "utf-8")


def test_a_source_is_one_command_three_files_and_the_docs(copy: Path) -> None:
    assert new_source([SOURCE_ID, *FACTS, "--root", str(copy)]) == 0
    of_it = ("tests/sources/test_every_source.py", "-k", f"{SOURCE_ID} or on_a_screen")
    told = in_copy(copy, *of_it)
    assert told.startswith("1: ")
    assert f"test_nothing_of_the_template_is_left_in_a_source[{SOURCE_ID}]" in told
    fill(copy)
    assert in_copy(copy, *of_it).startswith("0: ")
    assert "not current: docs/sources.md" in run(copy, "mapper", "docs", "--check")
    assert run(copy, "mapper", "docs").startswith("0: ")
    assert run(copy, "mapper", "docs", "--check").startswith("0: ")
    assert f"- id: `{SOURCE_ID}`" in (copy / "docs/sources.md").read_text("utf-8")


FORMAT = '''
"""Newline-delimited GeoJSON: one feature a line, so that a reader can stop early."""

import json
from pathlib import Path
from typing import Final

from mapper.export import geojson
from mapper.export.layer import Layer
from mapper.export.table_format import NAMES, Cells, Format, by_camera_id

_RECORD: Final = b"\\n"


def write(layer: Layer, path: Path) -> None:
    """Write a layer as features, one a line."""
    geojson.write(layer, path)
    features = json.loads(path.read_bytes())["features"]
    records = [json.dumps(one, ensure_ascii=False).encode() + _RECORD for one in features]
    path.write_bytes(b"".join(records))


def read(path: Path, _layer: str) -> Cells:
    """Read every record again."""
    features = [json.loads(record) for record in path.read_bytes().split(_RECORD)[:-1]]
    cells: Cells = {name: [one["properties"].get(name) for one in features] for name in NAMES}
    cells["geometry"] = [tuple(one["geometry"]["coordinates"]) for one in features]
    return by_camera_id(cells)


def count(path: Path, _layer: str) -> int:
    """Count the records."""
    return path.read_bytes().count(_RECORD)


FORMAT: Final = Format(
    "geojson-lines",
    ".ndjson",
    write,
    read,
    count,
    holds=("GeoJSON by lines", "`geometry`", "arrays", "the member is left out", "as it is"),
)
'''


def add_format(copy: Path) -> None:
    """Write the format's file and its line."""
    (copy / "mapper/export/geojson_lines.py").write_text(FORMAT.lstrip(), "utf-8")
    formats = copy / "mapper/export/formats.py"
    edit(formats, "    geojson.FORMAT,\n", "    geojson.FORMAT,\n    geojson_lines.FORMAT,\n")
    edit(formats, "    geojson_sequence,\n", "    geojson_lines,\n    geojson_sequence,\n")


def test_a_format_is_one_file_and_one_line(copy: Path) -> None:
    add_format(copy)
    told = in_copy(copy, "tests/export/test_formats.py", "tests/export/test_verify.py", "-k", (
        "geojson-lines or registered or whole_release"
    ))  # fmt: skip
    assert told.startswith("0: ")
    assert "5 passed" in told, told
    assert "not current: docs/data-format.md" in run(copy, "mapper", "docs", "--check")
    run(copy, "mapper", "docs")
    page = (copy / "docs/data-format.md").read_text("utf-8")
    assert "| `.ndjson` (GeoJSON by lines) |" in page


def test_a_format_without_its_line_fails_a_test(copy: Path) -> None:
    (copy / "mapper/export/geojson_lines.py").write_text(FORMAT.lstrip(), "utf-8")
    told = in_copy(copy, "tests/export/test_formats.py", "-k", "registered")
    assert told.startswith("1: ")


def test_a_format_that_loses_a_value_fails_a_test(copy: Path) -> None:
    add_format(copy)
    path = copy / "mapper/export/geojson_lines.py"
    edit(path, '["properties"].get(name)', '["properties"].get(name) or None')
    told = in_copy(copy, "tests/export/test_formats.py", "-k", "geojson-lines")
    assert told.startswith("1: ")
    assert "test_every_kind_of_value_comes_back[geojson-lines]" in told


MODEL = '''
"""Who looked at a system on behalf of the public, and when."""

from typing import Annotated

from pydantic import Field

from mapper.registry.fields import Date, DeploymentRef, NotBefore, OrganisationRef, Slug, SourceRef
from mapper.registry.row import Row


class Inspection(Row):
    """An inspection of a system by a body that supervises it."""

    KEY = ("inspection_id",)
    inspection_id: Slug = Field(description="Our id, never used again for another.")
    deployment_id: DeploymentRef = Field(description="The system.")
    inspector_org: OrganisationRef = Field(description="Who inspected.")
    begun_on: Date | None = Field(description="First day.")
    ended_on: Annotated[Date | None, NotBefore(("begun_on",))] = Field(description="Last day.")
    source_id: SourceRef = Field(description="Where it was read.")
'''
HEADER = "inspection_id,deployment_id,inspector_org,begun_on,ended_on,source_id\n"


def add_table(copy: Path) -> None:
    """Write the model and its field."""
    (copy / "mapper/registry/table_inspections.py").write_text(MODEL.lstrip(), "utf-8")
    registry = copy / "mapper/registry/registry.py"
    field = "    retractions: tuple[Retraction, ...] = ()\n"
    edit(registry, field, f"{field}    inspections: tuple[Inspection, ...] = ()\n")
    tables = "from mapper.registry.tables import (\n"
    added = "from mapper.registry.table_inspections import Inspection\n"
    edit(registry, tables, added + tables)


def rows_of(folder: Path, table: str) -> list[str]:
    """Return the lines of a table below its header."""
    return (folder / f"{table}.csv").read_text("utf-8").splitlines()[1:]


def test_a_table_is_a_model_its_field_and_a_file_and_the_rest_follows(copy: Path) -> None:
    add_table(copy)
    folder = copy / "data/registry"
    deployment, organisation, source = (
        rows_of(folder, table)[0].partition(",")[0]
        for table in ("deployments", "organisations", "sources")
    )
    begin = f"{deployment},{organisation}"
    path = folder / "inspections.csv"
    path.write_text(f"{HEADER}a,{begin},2024-05,2024-06,{source}\n", "utf-8")
    assert "1 inspections" in run(copy, "mapper", "registry", "check")
    # What refers to what and which day precedes which are read off the fields.
    path.write_text(f"{HEADER}a,nowhere-cctv,{organisation},2024-05,2023,{source}\n", "utf-8")
    told = run(copy, "mapper", "registry", "check")
    assert not told.startswith("0: ")
    assert "an id of deployments.csv" in told
    assert "ended_on" in told
    path.write_text(HEADER, "utf-8")
    (copy / "tests/fixtures/registry/inspections.csv").write_text(HEADER, "utf-8")
    told = in_copy(
        copy, "tests/registry/test_references.py", "tests/export/test_registry_tables.py"
    )
    assert told.startswith("0: "), told
    assert "not current: docs/data-format-registry.md" in run(copy, "mapper", "docs", "--check")
    run(copy, "mapper", "docs")
    assert "## inspections.csv" in (copy / "docs/data-format-registry.md").read_text("utf-8")


def test_a_table_without_its_file_fails_a_test(copy: Path) -> None:
    add_table(copy)
    told = in_copy(copy, "tests/registry/test_references.py")
    assert told.startswith("1: ")
    assert "test_every_table_has_its_file" in told


def test_a_file_without_a_model_is_refused(copy: Path) -> None:
    (copy / "data/registry/inspections.csv").write_text(HEADER, "utf-8")
    told = run(copy, "mapper", "registry", "check")
    assert not told.startswith("0: ")
    assert "inspections.csv" in told

"""The registry as files: the same rows in both formats, joinable, and the same bytes again."""

import csv
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest

from mapper.export.formula_guard import unguard
from mapper.export.registry_tables import csv_of, write_tables
from mapper.registry.checked import check, load
from mapper.registry.registry import TABLES, Registry, columns

GOOD = Path(__file__).parents[1] / "fixtures" / "registry"


@pytest.fixture(scope="module")
def registry() -> Registry:
    """Return the small hand-written registry."""
    return load(GOOD)


def test_every_table_is_written_twice_with_its_rows(registry: Registry, tmp_path: Path) -> None:
    written = write_tables(registry, tmp_path)
    assert [one.path for one in written] == [
        f"registry/{table}.{suffix}" for table in TABLES for suffix in ("csv", "parquet")
    ]
    for one in written:
        path = tmp_path / one.path
        read = pd.read_csv(path) if one.file_format == "csv" else pd.read_parquet(path)
        assert len(read) == one.rows
        assert tuple(read.columns) == columns(path.stem)


def test_an_empty_registry_has_the_same_files(tmp_path: Path) -> None:
    written = write_tables(Registry(), tmp_path)
    assert {one.rows for one in written} == {0}
    for table in TABLES:
        assert tuple(pd.read_parquet(tmp_path / f"registry/{table}.parquet")) == columns(table)


def test_the_same_registry_gives_the_same_bytes(registry: Registry, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_tables(registry, tmp_path / name)
    for path in sorted((tmp_path / "one" / "registry").iterdir()):
        assert path.read_bytes() == (tmp_path / "two" / "registry" / path.name).read_bytes()


def test_what_was_written_can_be_loaded_again(registry: Registry, tmp_path: Path) -> None:
    write_tables(registry, tmp_path)
    for path in (tmp_path / "registry").glob("*.parquet"):
        path.unlink()
    assert check(tmp_path / "registry") == []
    assert load(tmp_path / "registry") == registry


def test_keys_join_in_pandas(registry: Registry, tmp_path: Path) -> None:
    write_tables(registry, tmp_path)
    folder = tmp_path / "registry"
    relations = pd.read_parquet(folder / "relations.parquet")
    makers = pd.read_parquet(folder / "organisations.parquet").set_index("org_id")
    named = relations.join(makers["name"], on="supplier_org").set_index("relation_id")["name"]
    assert named["lumen-riverton"] == "Lumen Vision"
    assert not named.isna().any()


def test_types_are_those_of_the_columns(registry: Registry, tmp_path: Path) -> None:
    write_tables(registry, tmp_path)
    counts = pd.read_parquet(tmp_path / "registry" / "counts.parquet").set_index("count_id")
    assert counts["value"].to_dict() == {
        "riverton-cameras-1": 160000.0,
        "riverton-cameras-2": 213000.0,
        "riverton-frt": 3000.0,
        "riverton-frt-2019": 3000.0,
        "metro-storage": 0.5,
    }
    assert counts["as_of"]["metro-storage"] == "before:2021-05-03"
    places = pd.read_parquet(tmp_path / "registry" / "deployments.parquet")
    assert places["lon_deg"].dtype == "float64"
    assert list(places.set_index("deployment_id")["technologies"]["riverton-city-video"]) == [
        "cctv",
        "frt",
    ]
    sources = pd.read_parquet(tmp_path / "registry" / "sources.parquet")
    assert sources["excerpt_only"].dtype == "bool"


def test_text_that_a_spreadsheet_would_run_is_guarded(registry: Registry) -> None:
    source = registry.sources[0].model_copy(update={"title": '=HYPERLINK("x")'})
    (_, cells) = csv.reader(StringIO(csv_of("sources", [source])))
    title = dict(zip(columns("sources"), cells, strict=True))["title"]
    assert title == '\'=HYPERLINK("x")'
    assert unguard(title) == source.title

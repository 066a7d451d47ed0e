"""Evidence that carries its seal is read by the tables that are asked for, to the same rows."""

import shutil
from pathlib import Path

import pytest
from pydantic import ConfigDict

from mapper.errors import GateError, RegistryError
from mapper.registry import seal
from mapper.registry.asked_registry import AskedRegistry
from mapper.registry.cells import Tables, read_tables
from mapper.registry.checked import load, require_whole
from mapper.registry.registry import TABLES, Registry
from mapper.registry.row import Row
from mapper.registry.tables import Organisation, Source
from mapper.settings import Settings
from mapper.upkeep.evidence_seal import write_seal


def _sealed(folder: Path) -> Path:
    write_seal(folder, check=False)
    return folder


def _told(row: Row) -> list[tuple[str, type, object]]:
    return [(name, type(value), value) for name, value in vars(row).items()]


@pytest.fixture(scope="module")
def bundled() -> Tables:
    """Return the rows of the bundled evidence, each checked."""
    return read_tables(Settings().registry_dir).tables


def test_the_bundled_evidence_is_sealed_and_every_row_of_it_is_whole() -> None:
    folder = Settings().registry_dir
    assert seal.sealed_bodies(folder) is not None, "run `make docs` after an edit of the evidence"
    assert write_seal(folder, check=True)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_read_under_the_seal_is_the_row_that_the_check_read(
    table: str, good_folder: Path, bundled: Tables
) -> None:
    for tables in (read_tables(good_folder).tables, bundled):
        checked_rows = sorted((placed.row for placed in tables[table]), key=lambda row: row.key)
        lines = [
            ["" if value is None else _text(value) for value in vars(row).values()]
            for row in checked_rows
        ]
        rows = TABLES[table].of_checked(reversed(lines))
        for row, checked_row in zip(rows, checked_rows, strict=True):
            assert _told(row) == _told(checked_row)
            assert row == checked_row
            assert (repr(row), row.key) == (repr(checked_row), checked_row.key)
            assert row.model_fields_set == checked_row.model_fields_set


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(map(str, value))
    # The only numbers with a fraction are degrees, which the tables write without an exponent.
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_sealed_tables_are_the_tables_that_a_whole_check_gives(good_folder: Path) -> None:
    unsealed = load(good_folder)
    again = load(_sealed(shutil.copytree(good_folder, good_folder.parent / "sealed")))
    assert again == unsealed
    assert [getattr(again, table) for table in TABLES] == [
        getattr(unsealed, table) for table in TABLES
    ]
    assert dict(again.claim) == dict(unsealed.claim)
    assert again.evidence_on == unsealed.evidence_on


def test_a_sealed_table_is_read_when_it_is_first_asked_for_and_once(good_folder: Path) -> None:
    read: list[str] = []
    tables = dict.fromkeys(TABLES, ()) | {"organisations": load(good_folder).organisations}

    def reader_of(table: str) -> tuple[Row, ...]:
        read.append(table)
        return tables[table]

    registry = Registry.of_readers({table: lambda t=table: reader_of(t) for table in TABLES})  # type: ignore[misc]
    assert read == []
    assert registry.name(registry.organisations[0].org_id) == registry.organisations[0].name
    assert registry.rows(Organisation, "org_id", registry.organisations[0].org_id)
    assert read == ["organisations"]
    with pytest.raises(AttributeError, match="a registry has no camera"):
        registry.camera  # type: ignore[attr-defined]  # noqa: B018 - asked for its refusal


def test_a_byte_that_changed_breaks_the_seal_and_the_row_is_refused(good_folder: Path) -> None:
    folder = _sealed(good_folder)
    assert seal.sealed_bodies(folder) is not None
    relations = folder / "relations.csv"
    relations.write_text(relations.read_text("utf-8").replace(",software,", ",soft,", 1), "utf-8")
    assert seal.sealed_bodies(folder) is None
    with pytest.raises(RegistryError, match="'soft'"):
        load(folder)
    with pytest.raises(RegistryError, match="'soft'"):
        write_seal(folder, check=False)


def test_a_table_that_came_or_went_breaks_the_seal(good_folder: Path) -> None:
    folder = _sealed(good_folder)
    (folder / "cameras.csv").write_text("a\n", "utf-8")
    assert seal.sealed_bodies(folder) is None
    (folder / "cameras.csv").unlink()
    assert seal.sealed_bodies(folder) is not None
    (folder / "replies.csv").unlink()
    assert seal.sealed_bodies(folder) is None


def test_a_rule_that_changed_breaks_the_seal(
    good_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _sealed(good_folder)
    package = Path(seal.__file__).parents[1]
    code = shutil.copytree(package / "registry", tmp_path / "code" / "registry")
    shutil.copytree(package / "clean", tmp_path / "code" / "clean")
    monkeypatch.setattr(seal, "_CODE", code)
    assert seal.sealed_bodies(folder) is not None
    with (code / "fields.py").open("a", encoding="utf-8") as file:
        file.write("# a rule\n")
    assert seal.sealed_bodies(folder) is None


def test_rows_of_ones_own_are_checked_whatever_seal_they_carry(
    good_folder: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "sources.csv").write_text(",".join(Source.model_fields) + "\nA\n", "utf-8")
    (own / seal.SEAL_NAME).write_text(seal.seal_text(seal.table_bodies(own)), "utf-8")
    with pytest.raises(RegistryError, match="1 cells"):
        load(_sealed(good_folder), own)


def test_a_seal_that_is_not_current_is_said_and_written_anew(good_folder: Path) -> None:
    with pytest.raises(GateError, match="not current: SEAL"):
        write_seal(good_folder, check=True)
    write_seal(good_folder, check=False)
    assert "whole and sealed" in write_seal(good_folder, check=True)
    # Two lines of work that were joined leave both seals: the one of these bytes counts.
    path = good_folder / seal.SEAL_NAME
    path.write_text(f"{'0' * 64}\n{path.read_text('utf-8')}", "utf-8")
    assert seal.sealed_bodies(good_folder) is not None
    with pytest.raises(GateError, match="not current"):
        write_seal(good_folder, check=True)


def test_what_is_asked_without_a_note_is_refused_under_the_seal_too(good_folder: Path) -> None:
    asked = AskedRegistry(load(_sealed(good_folder)), lambda _: None)
    with pytest.raises(AttributeError, match="without a note"):
        asked._claims  # noqa: B018, SLF001 - asked for its refusal


def test_a_column_that_nothing_reads_from_text_is_an_error_of_its_model() -> None:
    class Odd(Row):
        model_config = ConfigDict(arbitrary_types_allowed=True)
        KEY = ("size",)
        size: int

    with pytest.raises(TypeError, match="no way is declared to read"):
        Odd.of_checked([["1"]])


def test_a_folder_without_a_seal_is_checked_whole(good_folder: Path) -> None:
    assert seal.sealed_bodies(good_folder) is None
    assert require_whole(good_folder)["organisations"]

"""The data dictionary in docs is the one the row models write."""

from pathlib import Path

from mapper.registry.registry import TABLES
from mapper.registry.row import enum_of
from mapper.upkeep.registry_docs import describe

DOCS = Path(__file__).parents[2] / "docs" / "data-format-registry.md"


def test_the_committed_dictionary_is_current() -> None:
    assert DOCS.read_text(encoding="utf-8") == describe()


def test_every_table_column_and_word_is_described() -> None:
    text = describe()
    for table, model in TABLES.items():
        section = text.partition(f"## {table}.csv\n")[2].partition("\n## ")[0]
        for name, field in model.model_fields.items():
            assert field.description
            assert f"| `{name}` | " in section
            for word in enum_of(field.annotation) or ():
                assert f"`{word}`" in section

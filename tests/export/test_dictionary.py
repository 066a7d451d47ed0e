"""The data dictionary names every column, once, with its words and its unit."""

import csv
import io

from mapper.export.dictionary import dictionary_csv, dictionary_markdown, dictionary_rows
from mapper.model.columns import CAMERA
from mapper.model.tags import PUBLISHED_TAGS
from mapper.validate.observed_tags import OBSERVATION_NAMES


def test_every_column_stands_in_the_table_once_and_in_order() -> None:
    assert [row["column"] for row in dictionary_rows()] == [column.name for column in CAMERA]


def test_the_csv_can_be_read_back() -> None:
    assert list(csv.DictReader(io.StringIO(dictionary_csv()))) == dictionary_rows()


def test_every_column_says_what_it_means_and_what_empty_means() -> None:
    for row in dictionary_rows():
        assert row["meaning"], row
        assert row["empty_means"], row
        assert row["reads"], row


def test_the_page_names_every_column_of_both_tables() -> None:
    page = dictionary_markdown()
    for name in (*(column.name for column in CAMERA), *OBSERVATION_NAMES):
        assert f"`{name}`" in page, name
    assert all(f"`{key}`" in page for key in PUBLISHED_TAGS)


def test_the_page_lays_out_as_tables() -> None:
    lines = [line for line in dictionary_markdown().splitlines() if line.startswith("|")]
    widths = {line.replace("\\|", "").count("|") for line in lines}
    assert widths <= {3, 4, 5, 6}

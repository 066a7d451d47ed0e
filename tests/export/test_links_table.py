"""The files of links: what they say, under which licence, and that they cannot run a formula."""

import csv
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from mapper.export.dictionary import dictionary_markdown
from mapper.export.formats import count_rows
from mapper.export.links_table import LINK_MEANINGS, LinkTables, attribution_lines, write
from mapper.export.write import write_all
from mapper.model.enums import Completeness
from mapper.model.release import Counts, ReleaseInfo, SourceCredit
from mapper.resolve.bridge import BRIDGE_COLUMNS
from mapper.resolve.links import LINK_COLUMNS
from tests.release.factory import device
from tests.release.small_release import CREDIT, DATA_ON, published_of

CITY = SourceCredit(
    source_id="city",
    title="Cameras of the city",
    license_id="CC-BY-4.0",
    attribution="City of Riverton",
    url="https://riverton.example/cameras",
    data_at_utc=None,
    retrieved_at_utc=None,
    snapshot_sha256="ef" * 32,
    file_name="city",
    completeness=Completeness.PROVEN,
    completeness_basis="",
)
INFO = ReleaseInfo("unnumbered", DATA_ON, "0.1.0", Counts(2, 2, 0, 0, 0), (CREDIT, CITY))
LINK = ("city:;=1+1", "osm:node/1", 6.2, 0.91, "sure", "6.2 m apart; both camera")


def tables(*links: tuple[object, ...]) -> LinkTables:
    return LinkTables(
        {"city": pd.DataFrame(list(links), columns=list(LINK_COLUMNS), dtype=object)},
        pd.DataFrame(
            [("site:0123456789ab", "osm:node/1", "2018-03-01.1", None, None)],
            columns=list(BRIDGE_COLUMNS),
            dtype=object,
        ),
    )


def test_each_table_is_written_twice_with_the_same_rows(tmp_path: Path) -> None:
    files = write(tables(LINK), tmp_path, INFO)
    assert [file.path for file in files] == [
        "links_city.parquet",
        "links_city.csv",
        "bridge.parquet",
        "bridge.csv",
    ]
    for file in files:
        assert count_rows(tmp_path / file.path, file.file_format, file.layer) == file.rows == 1
    (row,) = pq.read_table(tmp_path / "links_city.parquet").to_pylist()
    assert tuple(row.values()) == LINK
    (row,) = pq.read_table(tmp_path / "bridge.parquet").to_pylist()
    assert row["last_build"] is None


def test_the_files_stand_under_the_licence_of_what_they_are_made_of(tmp_path: Path) -> None:
    # OpenStreetMap asks the ODbL of a database made of it; the list asks to be named.
    files = write(tables(LINK), tmp_path, INFO)
    assert {file.license_id for file in files} == {"ODbL-1.0"}
    for name in ("links_city", "bridge"):
        metadata = pq.read_schema(tmp_path / f"{name}.parquet").metadata
        assert metadata[b"license"] == b"ODbL-1.0"
        credit = "© OpenStreetMap contributors; City of Riverton"
        assert metadata[b"attribution"].decode() == credit
    said = attribution_lines(tables(LINK), INFO)
    assert said.count("  attribution  © OpenStreetMap contributors; City of Riverton") == 2


def test_no_cell_of_the_csv_begins_a_formula(tmp_path: Path) -> None:
    write(tables(LINK), tmp_path, INFO)
    with (tmp_path / "links_city.csv").open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert row["official_id"] == "city:;'=1+1"
    assert (row["distance_m"], row["score"]) == ("6.2", "0.91")


def test_a_list_without_a_link_has_its_file_too(tmp_path: Path) -> None:
    files = write(tables(), tmp_path, INFO)
    assert [file.rows for file in files[:2]] == [0, 0]
    assert tuple(pq.read_schema(tmp_path / "links_city.parquet").names) == LINK_COLUMNS
    header = (tmp_path / "links_city.csv").read_text("utf-8")
    assert header.splitlines() == [",".join(f'"{name}"' for name in LINK_COLUMNS)]


@pytest.mark.parametrize("with_links", [True, False])
def test_a_release_has_the_files_only_where_there_are_two_sources(
    tmp_path: Path, *, with_links: bool
) -> None:
    published = published_of([device(1)])
    info = ReleaseInfo("unnumbered", DATA_ON, "0.1.0", INFO.counts, (CREDIT, CITY))
    found = tables(LINK) if with_links else None
    files = write_all(published, None, tmp_path, info, links=found)
    names = {file.path for file in files}
    assert ("links_city.csv" in names) is ("bridge.parquet" in names) is with_links
    assert ("bridge.*" in (tmp_path / "ATTRIBUTION.txt").read_text("utf-8")) is with_links


def test_the_dictionary_explains_every_column_of_both_tables() -> None:
    assert tuple(name for name, _, _ in LINK_MEANINGS) == LINK_COLUMNS
    page = dictionary_markdown()
    for name in (*LINK_COLUMNS, *BRIDGE_COLUMNS):
        assert f"| `{name}` |" in page, name

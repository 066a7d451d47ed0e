"""Lists made to break a reader: each is refused for what it is, or its good rows are kept."""

import io
import zipfile
from collections.abc import Callable

import pytest

from mapper.errors import SourceFormatError
from mapper.own_lists.table import ROWS_MAX
from mapper.own_lists.table_reading import read_table

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEADER = "<row r='1'><c r='A1' t='inlineStr'><is><t>id</t></is></c></row>"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
CSV = b"id,lat,lon,operator\n"
ROW = b"1,60.17,24.94,City of Helsinki\n"


def _zip(**members: str) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return body.getvalue()


def _workbook(rows: str = HEADER, **replaced: str) -> bytes:
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "xl/workbook.xml": (
            f'<workbook {MAIN} xmlns:r="{RELATION}"><sheets>'
            '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
    }
    return _zip(**(members | replaced))


def _rows(count: int) -> str:
    return "".join(f'<row r="{number}"/>' for number in range(1, count + 1))


def _open_document(rows: str) -> bytes:
    return _zip(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        **{
            "content.xml": (
                f'<office:document-content xmlns:office="{OFFICE}:office:1.0" '
                f'xmlns:table="{OFFICE}:table:1.0" xmlns:text="{OFFICE}:text:1.0"><office:body>'
                f'<office:spreadsheet><table:table table:name="A">{rows}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>"
            )
        },
    )


def _repeated(what: str) -> bytes:
    cell = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
    times = f' table:number-{what}s-repeated="2000000000"'
    row, column = (times, "") if what == "row" else ("", times)
    return _open_document(f"<table:table-row{row}>{cell.format(column)}</table:table-row>")


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("rows.xlsx", lambda: _workbook(_rows(ROWS_MAX + 1)), "more than 500,000 rows"),
        (
            "bomb.xlsx",
            lambda: _workbook(**{"xl/styles.xml": f"<s {MAIN}>{'<xf/>' * 8_000_000}</s>"}),
            "unpacks to",
        ),
        ("cut.xlsx", lambda: _workbook("<row><c></row>"), "broken in xl/worksheets/sheet1.xml"),
        (
            "dtd.xlsx",
            lambda: _workbook(**{"xl/workbook.xml": "<!DOCTYPE a><workbook/>"}),
            "document type",
        ),
        ("rows.ods", lambda: _repeated("row"), "repeats a filled row 2,000,000,000 times"),
        ("columns.ods", lambda: _repeated("column"), "repeats a filled column 2,000,000,000"),
        ("wide.csv", lambda: b",".join([b"c"] * 1_000_000), "1,000,000 columns in row 1"),
    ],
)
def test_a_bomb_or_a_broken_part_is_named(name: str, body: Callable[[], bytes], said: str) -> None:
    with pytest.raises(SourceFormatError) as refused:
        read_table(name, body())
    assert said in str(refused.value)
    assert name in str(refused.value)


def test_a_quoted_cell_that_never_ends_takes_its_own_line_alone() -> None:
    read = read_table("list.csv", CSV + b'7,60.2,24.9,"City of\n' + ROW + ROW.replace(b"1,", b"2,"))
    assert [row["id"] for row in read.rows] == ["1", "2"]
    assert read.row_numbers == (3, 4)
    assert [(line.number, line.reason) for line in read.bad_lines] == [
        (2, "begins a quoted cell that never ends")
    ]


def test_a_quoted_cell_of_several_lines_that_ends_stays_whole() -> None:
    read = read_table("list.csv", CSV + b'1,60.2,24.9,"City\nof Helsinki"\n')
    assert read.rows[0]["operator"].split() == ["City", "of", "Helsinki"]
    assert read.bad_lines == ()


def test_a_list_in_32_bits_a_sign_is_read() -> None:
    assert len(read_table("list.csv", (CSV + ROW).decode().encode("utf-32")).rows) == 1


def test_a_track_of_one_point_is_no_fault_of_the_program() -> None:
    body = b"""<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">
    <trk><trkseg><trkpt lat="60.17" lon="24.94"/></trkseg></trk></gpx>"""
    assert read_table("list.gpx", body).rows == ()

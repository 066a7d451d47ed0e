"""Each format has one reader; what breaks a body is said with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.body_formats import delimited_lines, json_document, kml_placemarks
from mapper.errors import SourceFormatError

POINT = "<Point><coordinates>1,2</coordinates></Point>"


@pytest.mark.parametrize(
    "name_space",
    [
        "",
        *(f' xmlns="http://www.opengis.net/kml/2.{minor}"' for minor in "23"),
        *(f' xmlns="http://earth.google.com/kml/2.{minor}"' for minor in "012"),
    ],
)
@pytest.mark.parametrize("tag", ["value", "Value"])
def test_kml_of_every_version_gives_its_data_and_points(name_space: str, tag: str) -> None:
    data = f'<ExtendedData><Data name="No"><{tag}>7</{tag}></Data></ExtendedData>'
    body = f"<kml{name_space}><Placemark>{data}{POINT}</Placemark></kml>".encode()
    assert list(kml_placemarks("list", body)) == [{"No": "7", "@coordinates": "1,2"}]


@pytest.mark.parametrize("encoding", ["nope", "zip", "rot13", "base64", "utf-7", "hex", "idna"])
def test_kml_of_an_encoding_that_is_none_is_refused_by_name(encoding: str) -> None:
    body = f'<?xml version="1.0" encoding="{encoding}"?><kml/>'.encode()
    with pytest.raises(SourceFormatError, match="list: "):
        list(kml_placemarks("list", body))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"lat": 1, "lat": 2}]', "'lat' stands twice"),
        ('[{"a": 1', "at character"),
        ("[" * 100_000, "nested"),
        ("[NaN]", "NaN"),
        ("[" + "9" * 5_000 + "]", "digits"),
    ],
)
def test_json_that_would_be_repaired_in_silence_is_refused(text: str, said: str) -> None:
    with pytest.raises(SourceFormatError, match=said):
        json_document("list", text.encode())


@given(
    st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=5), min_size=1), max_size=9)
)
def test_delimited_lines_give_every_cell_of_every_line_that_says_something(
    table: list[list[str]],
) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table]
    read = [cells for _, cells in delimited_lines("list", "\n".join(quoted), ",")]
    said = [[cell.strip() for cell in row] for row in table]
    assert read == [row for row in said if any(row)]

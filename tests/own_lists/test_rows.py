"""Positions are judged as a whole first, then row by row; nothing is repaired silently."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import SourceChangedError, UsageError
from mapper.model.observation import Observation, Reject
from mapper.own_lists import (
    Mapping,
    Table,
    completed,
    mapping_from_toml,
    mapping_to_toml,
    placed_rows,
    read_table,
)
from mapper.own_lists.mapping import When
from mapper.own_lists.placed_rows import Inside
from mapper.own_lists.value_words import kind_of_list, meaning_of


def table(text: str) -> Table:
    return read_table("list.csv", text.encode())


def rows(text: str, toml: str = "", is_inside: Inside | None = None) -> list[Observation | Reject]:
    read = table(text)
    mapping = completed(mapping_from_toml(toml), read)
    return list(placed_rows(read, mapping, source_id="mine", is_inside=is_inside).rows)


def finland(lon_deg: float, lat_deg: float) -> bool:
    return 19 < lon_deg < 32 and 59 < lat_deg < 71


def test_a_plain_list_needs_no_mapping() -> None:
    (one,) = rows("Camera ID,Longitude,Latitude,Manufacturer\nA1,24.94,60.17,Axis M3106\n")
    assert isinstance(one, Observation)
    assert (one.source_ref, one.lon_deg, one.lat_deg) == ("A1", 24.94, 60.17)
    assert one.tags == {"man_made": "surveillance", "manufacturer": "Axis M3106"}


def test_swapped_axes_stop_the_import_and_say_what_to_write() -> None:
    with pytest.raises(UsageError, match="swapped") as caught:
        rows("lon,lat\n60.17,24.94\n60.18,24.95\n", is_inside=finland)
    assert "swapped = true" in caught.value.next_step


def test_axes_swapped_beyond_90_degrees_are_noticed_without_a_country() -> None:
    with pytest.raises(UsageError, match="swapped"):
        rows("lon,lat\n-31.9,115.8\n-31.8,115.9\n")


def test_swapped_axes_are_read_where_the_mapping_says_so() -> None:
    (one,) = rows("lon,lat\n60.17,24.94\n", "swapped = true")
    assert isinstance(one, Observation)
    assert (one.lon_deg, one.lat_deg) == (24.94, 60.17)


def test_one_swapped_row_is_a_reject_with_its_reason() -> None:
    text = "lon,lat\n24.94,60.17\n24.95,60.18\n60.17,24.94\n2.35,48.85\n"
    found = rows(text, is_inside=finland)
    reasons = [row.reason for row in found if isinstance(row, Reject)]
    assert reasons == ["longitude and latitude look swapped", "outside the country"]


def test_projected_coordinates_stop_the_import_and_ask_for_their_system() -> None:
    text = "X,Y\n385000,6672000\n385100,6672100\n"
    with pytest.raises(UsageError, match="projected") as caught:
        rows(text)
    assert "epsg = " in caught.value.next_step


def test_projected_coordinates_are_read_with_their_system() -> None:
    # ETRS-TM35FIN: Helsinki's central railway station lies near E 385 800, N 6 672 300.
    (one,) = rows("X,Y\n385800,6672300\n", "epsg = 3067")
    assert isinstance(one, Observation)
    assert one.lon_deg == pytest.approx(24.941, abs=0.01)
    assert one.lat_deg == pytest.approx(60.171, abs=0.01)


def test_decimal_commas_stop_the_import_and_are_read_where_said() -> None:
    text = "lon;lat\n24,94;60,17\n24,95;60,18\n"
    with pytest.raises(UsageError, match="decimal comma") as caught:
        rows(text)
    assert 'decimal = ","' in caught.value.next_step
    first = rows(text, 'decimal = ","')[0]
    assert isinstance(first, Observation)
    assert (first.lon_deg, first.lat_deg) == (24.94, 60.17)


def test_a_number_that_a_spreadsheet_mangled_is_a_reject_and_never_guessed() -> None:
    found = rows("lon,lat\n24.94,60.17\n461.993.881,60.18\n24.95,60.19\n")
    assert [row.reason for row in found if isinstance(row, Reject)] == [
        "number mangled by a spreadsheet"
    ]
    assert isinstance(found[1], Reject)
    assert "461.993.881" in found[1].value_as_written


@pytest.mark.parametrize(
    ("lon", "lat", "reason"),
    [
        ("", "", "no position"),
        ("0", "0", "position out of range, or 0, 0"),
        ("nan", "60", "position is no pair of numbers"),
        ("24.9", "", "position is no pair of numbers"),
        ("999", "60", "position out of range, or 0, 0"),
        ("24.9", "97", "latitude out of range"),
    ],
)
def test_a_bad_position_is_a_reject_with_its_reason(lon: str, lat: str, reason: str) -> None:
    found = rows(f"id,lon,lat\n1,24.1,60.1\n2,24.2,60.2\n3,24.3,60.3\n4,{lon},{lat}\n")
    assert isinstance(found[3], Reject)
    assert found[3].reason == reason


def test_both_numbers_in_one_cell_are_read_latitude_first() -> None:
    (one,) = rows('id,Location\n1,"(30.2664757, -97.7371902)"\n')
    assert isinstance(one, Observation)
    assert (one.lon_deg, one.lat_deg) == (-97.7371902, 30.2664757)


def test_rows_that_do_not_exist_are_left_out_with_the_word_of_the_mapping() -> None:
    text = "id,lon,lat,Status\n1,24.1,60.1,TURNED_ON\n2,24.2,60.2,DESIRED\n"
    toml = '[[when]]\ncolumn = "Status"\nvalues = ["DESIRED"]\nleft_out = "not built"\n'
    found = rows(text, toml)
    assert isinstance(found[0], Observation)
    assert found[1] == Reject("mine", "2", "not built", "DESIRED")


def test_a_condition_sets_tags_and_precision() -> None:
    text = "id,lon,lat,Kind\n1,24.1,60.1,Speed\n"
    toml = (
        '[[when]]\ncolumn = "Kind"\nvalues = ["Speed"]\nprecision_m = 50\n'
        '[when.tags]\nhighway = "speed_camera"\n'
    )
    (one,) = rows(text, toml)
    assert isinstance(one, Observation)
    assert one.tags["highway"] == "speed_camera"
    assert one.location_precision_m == 50.0


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[columns]\nlonn = "lon"', "did you mean 'lon'"),
        ('[columns]\nlon = "Longitud"', "there are"),
        ("epgs = 4326", "did you mean 'epsg'"),
        ('epsg = "4326"', "must be of type int"),
        ("epsg = true", "must be of type int"),
        ("epsg = 99999999999999999999999", "cannot be"),
        ("= broken", "no TOML"),
        ("a = " + "[" * 5_000, "no TOML"),
        ('[tags]\nnote = "x"', "there are"),
        ("[tags]\nheight = 3", "must be of type str"),
        ('columns = "lon"', "must be of type table"),
        ('when = "x"', "'when' must be of type list"),
        ('[[when]]\ncolumn = "lon"\nvalues = "x"', "must be of type list"),
        ('[[when]]\ncolumn = "nope"\nvalues = []', "there are"),
        ("[[when]]\nvalues = []", "does not say"),
        ('[[when]]\ncolumn = "lon"\nvalues = []\nprecision = 5', "did you mean 'precision_m'"),
        ('[[when]]\ncolumn = "lon"\nvalues = []\nprecision_m = "5"', "must be of type float"),
        ('[[when]]\ncolumn = "lon"\nvalues = []\nprecision_m = -5', "cannot be"),
        ('date_order = "american"', "'month first'"),
        ('position = "pole"', "'lat lon'"),
        ('kind = "plates"', "'plate reader'"),
        ('decimal = ""', "cannot be"),
        ("header_row = -1", "cannot be"),
        ('ignored = "lon"', "must be of type list"),
    ],
)
def test_a_wrong_mapping_names_what_is_wrong_and_what_is_near(toml: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        mapping_from_toml(toml).require_columns(["lon", "lat"])
    assert said in str(caught.value) + caught.value.next_step


def test_a_column_that_is_gone_stops_the_list() -> None:
    first = table("lon,lat,Make\n24,60,y\n")
    mapping = completed(Mapping(), first)
    with pytest.raises(SourceChangedError, match="'Make' is gone"):
        placed_rows(table("lon,lat,Maker\n24,60,x\n"), mapping, source_id="mine")


def test_a_list_without_a_reference_knows_its_rows_whatever_their_order() -> None:
    lines = ["24.1,60.1", "24.2,60.2", "24.1,60.1"]
    there = rows("lon,lat\n" + "\n".join(lines))
    back = rows("lon,lat\n" + "\n".join(reversed(lines)))
    refs = Counter(row.source_ref for row in there)
    assert refs == Counter(row.source_ref for row in back)
    assert max(refs.values()) == 1


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


@given(
    st.dictionaries(st.sampled_from(["lon", "lat", "ref", "model", "operator"]), _TEXT),
    st.dictionaries(st.sampled_from(["man_made", "surveillance:type"]), _TEXT),
    st.lists(st.builds(When, column=_TEXT, values=st.tuples(_TEXT), left_out=_TEXT), max_size=2),
    st.dictionaries(
        st.sampled_from(["surveillance", "camera:type"]), st.dictionaries(_TEXT, _TEXT)
    ),
    st.lists(_TEXT, max_size=2),
    st.booleans(),
)
def test_a_mapping_that_is_written_reads_back_the_same(
    columns: dict[str, str],
    tags: dict[str, str],
    when: list[When],
    values: dict[str, dict[str, str]],
    ignored: list[str],
    is_swapped: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    mapping = Mapping(
        columns=columns,
        tags={"man_made": "surveillance", **tags},
        when=tuple(when),
        values=values,
        ignored=tuple(ignored),
        swapped=is_swapped,
        country="FI",
        epsg=3067,
        sheet="Ward A",
    )
    assert mapping_from_toml(mapping_to_toml(mapping)) == mapping


_CELL = st.one_of(
    st.sampled_from(
        ["", "N/A", "Axis", "City", "dome", "PTZ", "ALPR", "Outdoors", "public", "09/06/2013"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=8),
)
_HEADER = st.lists(
    st.sampled_from(["id", "operator", "Make", "model", "type", "Installed", "status", "notes"]),
    unique=True,
    max_size=5,
)


@given(st.data(), _HEADER, st.sampled_from(["", "operator", "model", "ref"]))
def test_what_the_dry_run_shows_is_what_the_build_reads(
    data: st.DataObject, header: list[str], left_out: str
) -> None:
    lines = [["lat", "lon", *header]]
    for number in range(data.draw(st.integers(1, 5))):
        row = [data.draw(_CELL).replace('"', "").replace("\r", "") for _ in header]
        lines.append([f"60.{number}", "24.5", *row])
    body = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines).encode()
    written = Mapping(columns={left_out: ""} if left_out else {})
    read = read_table("list.csv", body)
    shown = completed(written, read)
    saved = mapping_from_toml(mapping_to_toml(shown))
    again = read_table("list.csv", body, saved.how_read)
    there = placed_rows(read, shown, source_id="mine").rows
    built = placed_rows(again, completed(saved, again), source_id="mine").rows
    assert there == built
    used = {key for row in built if isinstance(row, Observation) for key in row.tags}
    assert left_out not in used


@pytest.mark.parametrize("removed", ["operator", "manufacturer", "lifecycle", "ref"])
def test_a_line_that_the_user_takes_out_of_a_complete_mapping_is_not_guessed_again(
    removed: str,
) -> None:
    read = table("id,lat,lon,operator,Make,status\nA1,60.1,24.9,City,Axis,ACTIVE\n")
    shown = completed(Mapping(), read)
    columns = {role: column for role, column in shown.columns.items() if role != removed}
    assert len(columns) < len(shown.columns)
    corrected = mapping_from_toml(mapping_to_toml(shown.model_copy(update={"columns": columns})))
    assert dict(completed(corrected, read).columns) == columns


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_in_a_position_breaks_the_list(lon: str, lat: str) -> None:
    row = {"lon": lon.strip(), "lat": lat.strip()}
    fine = [{"lon": f"24.{n}", "lat": "60.1"} for n in range(5)]
    read = Table("CSV", ("lon", "lat"), (*fine, row), tuple(range(1, 7)))
    found = placed_rows(read, completed(Mapping(), read), source_id="mine").rows
    assert len(found) == 6


def test_north_and_void_say_something_and_a_list_of_plates_is_of_plate_readers() -> None:
    assert meaning_of("camera:direction", "0") == "0"
    assert meaning_of("lifecycle", "VOID") == "VOID"
    assert meaning_of("operator", "0") == ""
    assert kind_of_list("plates.csv") == kind_of_list("License_Plates_2024") == "plate reader"
    assert kind_of_list("template.csv") == ""

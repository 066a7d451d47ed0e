"""Lists of agencies become deployments, counts, relations and claims, and nothing else of them."""

import csv
import shutil
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import SourceChangedError, SourceFormatError, UsageError
from mapper.model.progress import NoProgress
from mapper.pipeline.proposing import ProposeRequest, propose
from mapper.proposals.agency_list import Agency, parse
from mapper.proposals.agency_named import companies_in
from mapper.proposals.agency_places import city_of
from mapper.proposals.agency_rows import judged_agencies, rows_of_agencies
from mapper.proposals.proposed import LeftOut, Proposed, State
from mapper.registry.checked import check, load
from mapper.registry.registry import TABLES, Registry, columns
from mapper.settings import Settings
from tests.proposals.proposal_cases import FIXTURES, everything_in, resolver

LISTS = FIXTURES / "agency_list"
SURVEY, USAGE = "nc_agency_survey20240430.csv", "latest_usage04262023.csv"
CARRIED = Path(__file__).parents[2] / "data" / "registry"
DROPPED = ("seeded", "seedling", "81818", "717", "616", "ncic", "infinity")


def body(name: str) -> bytes:
    return (LISTS / name).read_bytes()


def read(*names: str) -> list[Agency | LeftOut]:
    return [one for name in names for one in parse(body(name), name)]


def agencies(*names: str) -> list[Agency]:
    return [one for one in read(*names) if isinstance(one, Agency)]


@pytest.fixture(scope="module")
def carried() -> Registry:
    """Return the registry that the project carries: it knows the companies."""
    return load(CARRIED)


def rows(registry: Registry, *names: str) -> dict[str, Proposed]:
    """Return the proposed rows by the id in their first column."""
    found = rows_of_agencies(agencies(*names), resolver(registry))
    return {row.cells[TABLES[row.table].KEY[0]]: row for row in found}


def test_every_row_is_an_agency_or_is_left_out_with_its_reason() -> None:
    left = {one.ref: one.reason for one in read(SURVEY, USAGE) if isinstance(one, LeftOut)}
    assert len(agencies(SURVEY, USAGE)) + len(left) == 7 + 10
    assert left == {
        "9004": "no camera: every number given is 0",
        "9102": "an account of the vendor's own, no agency",
        "9103": "the name does not say that it is an agency's",
        "9104": "neither name nor address tells one state",
        "9105": "no day of its update or reading",
        "9106": "the address is not that of a portal",
        "9107": "the number of cameras is no number",
    }


def test_notes_sharing_lists_audits_and_statistics_are_dropped(carried: Registry) -> None:
    told = everything_in(rows(carried, SURVEY, USAGE).values())
    told += " ".join(map(repr, read(SURVEY, USAGE))).casefold()
    assert [word for word in DROPPED if word in told] == []


def test_confirmed_cameras_are_installed_and_owned_ones_are_only_stated(carried: Registry) -> None:
    found = rows(carried, SURVEY, USAGE)
    survey = found["marlow-bend-nc-pd-alpr-cameras-survey"].cells
    portal = found["marlow-bend-nc-pd-alpr-cameras-portal-2024-04-26"].cells
    assert (survey["value"], survey["qualifier"], survey["as_of"]) == (
        "4",
        "installed",
        "2023-08/2024-04-30",
    )
    assert (portal["value"], portal["qualifier"], portal["as_of"]) == ("7", "stated", "2024-04-26")
    assert survey["bound"] == portal["bound"] == "exact"
    assert survey["what"] == portal["what"] == "alpr_cameras"


def test_unknown_and_na_are_no_count(carried: Registry) -> None:
    counted = {row.ref for row in rows(carried, SURVEY, USAGE).values() if row.table == "counts"}
    assert counted == {"9001", "9003", "9005", "9006", "9007", "9101", "9108"}
    usage = {row.ref for row in rows(carried, USAGE).values() if row.table == "counts"}
    assert usage == {"9001", "9101", "9108"}


def test_a_dated_portal_takes_the_place_of_the_surveys_number(carried: Registry) -> None:
    alone = rows(carried, SURVEY)["marlow-bend-nc-pd-alpr-cameras-portal-survey"].cells
    assert (alone["value"], alone["qualifier"]) == ("6", "stated")
    assert "marlow-bend-nc-pd-alpr-cameras-portal-survey" not in rows(carried, SURVEY, USAGE)


def test_the_portal_is_the_agencys_word_and_the_survey_a_third_partys(carried: Registry) -> None:
    found = rows(carried, SURVEY, USAGE)
    relation = "flock-safety-marlow-bend-nc-pd-alpr"
    survey, portal = found[f"{relation}-survey"].cells, found[f"{relation}-portal"].cells
    assert (survey["by"], survey.get("speaker_org")) == ("third_party", None)
    assert (portal["by"], portal["speaker_org"]) == ("recipient", "marlow-bend-nc-pd")
    assert found[portal["source_id"]].cells["grade"] == "C"
    assert survey["source_id"] == "nc-agency-survey"


def test_each_company_supplies_and_one_that_is_not_known_does_not(carried: Registry) -> None:
    found = rows(carried, SURVEY).values()
    supplies = {
        (row.ref, row.cells["supplier_org"], row.cells["role"])
        for row in found
        if row.table == "relations"
    }
    assert supplies == {
        ("9001", "flock-safety", "manufacturer"),
        ("9002", "rekor", "manufacturer"),
        ("9003", "rekor", "manufacturer"),
        ("9003", "motorola-solutions", "manufacturer"),
        ("9007", "rekor", "manufacturer"),
    }
    notes = {row.ref: row.note for row in found if row.table == "deployments"}
    assert "no organisation of the registry is called 'Heron Plates'" in notes["9006"]
    subjects = {row.ref: row.cells["subject_kind"] for row in found if row.table == "claims"}
    assert subjects["9005"] == subjects["9006"] == "deployment"


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Flock", ("Flock",)),
        ("Flock; Rekor", ("Flock", "Rekor")),
        ("Flock/Rekor and Axon", ("Flock", "Rekor", "Axon")),
        ("Rekor Systems, Inc.", ("Rekor Systems, Inc.",)),
        ("Unknown", ()),
        ("NA", ()),
    ],
)
def test_a_cell_names_one_company_several_or_none(written: str, names: tuple[str, ...]) -> None:
    assert companies_in(written) == names


def test_a_place_is_looked_up_in_its_state_and_where_it_is_not_that_is_said(
    carried: Registry,
) -> None:
    found = rows(carried, SURVEY, USAGE)
    where = {
        row.ref: (row.cells["place"], row.cells.get("location_precision_m", ""))
        for row in found.values()
        if row.table == "deployments"
    }
    assert where == {
        "9001": ("Asheville, North Carolina", "10000"),
        "9002": ("Tern County, North Carolina", "50000"),
        "9003": ("Nowhere Hollow, North Carolina", ""),
        "9005": ("Boone, North Carolina", "10000"),
        "9006": ("Watauga County, North Carolina", "50000"),
        "9007": ("North Carolina", ""),
        "9101": ("California", ""),
        "9108": ("Columbus, Ohio", "10000"),
    }
    # Columbus of Ohio lies near 39.96 N 83.00 W, that of North Carolina near 35.25 N 82.20 W.
    columbus = found["columbus-oh-pd-alpr"].cells
    assert abs(float(columbus["lat_deg"]) - 39.96) < 0.05
    assert abs(float(columbus["lon_deg"]) + 83.00) < 0.05
    assert "no point" in found["quillfeather-university-nc-pd-alpr"].note
    assert "no point" in found["office-of-dmv-nc-alpr"].note


def test_a_name_that_two_places_of_a_state_bear_gives_no_point() -> None:
    # GeoNames has two places of 500 people and more called Tryon in North Carolina.
    assert city_of("Tryon", "NC") is None
    assert city_of("Asheville", "NC") is not None
    assert city_of("Asheville", "OH") is None or city_of("Asheville", "OH") != city_of(
        "Asheville", "NC"
    )


def test_one_agency_under_two_spellings_is_one(carried: Registry) -> None:
    one, other = rows(carried, SURVEY), rows(carried, USAGE)
    assert "lampwick-nc-pd-alpr" in one
    assert "lampwick-nc-pd-alpr" in other
    operators = [row for row in rows(carried, SURVEY, USAGE).values() if row.ref == "9005"]
    assert Counter(row.table for row in operators)["organisations"] == 1


def test_a_private_university_is_no_public_body(carried: Registry) -> None:
    found = rows(carried, SURVEY)
    assert found["quillfeather-university-nc-pd"].cells["kind"] == "other"
    assert found["tern-county-nc-so"].cells["kind"] == "public_body"


def test_a_document_is_linked_only_where_documents_are_kept(carried: Registry) -> None:
    found = [row for row in rows(carried, SURVEY).values() if row.table == "sources"]
    assert {row.url for row in found} == {
        "https://github.com/mcclatchy-southeast/private_eyes",
        "https://transparency.flocksafety.com/marlow-bend-nc-pd",
        "https://www.documentcloud.org/documents/90010001-marlow-bend-contract-with-flock",
    }
    document = next(row for row in found if "documentcloud" in row.url)
    assert document.note.startswith("not read")


def test_the_accepted_rows_pass_the_check_of_the_registry(
    carried: Registry, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(CARRIED, tmp_path / "registry"))
    found = rows_of_agencies(agencies(SURVEY, USAGE), resolver(carried))
    judged, refused = judged_agencies(found, carried)
    assert refused == []
    for one in judged:
        if one.state is State.NEW:
            line = [one.row.cells.get(column, "") for column in columns(one.row.table)]
            with (folder / f"{one.row.table}.csv").open("a", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerow(line)
    assert check(folder) == []
    after = load(folder)
    assert len(after.deployments) == len(carried.deployments) + 8
    again, _ = judged_agencies(rows_of_agencies(agencies(SURVEY, USAGE), resolver(after)), after)
    assert {one.state for one in again} == {State.KNOWN}


@given(data=st.data())
def test_the_order_of_rows_does_not_matter(good: Registry, data: st.DataObject) -> None:
    found = agencies(SURVEY, USAGE)
    shuffled = data.draw(st.permutations(found))
    assert rows_of_agencies(shuffled, resolver(good)) == rows_of_agencies(found, resolver(good))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [(SURVEY, "company", "vendor"), (USAGE, "public_search_audit", "audit"), (SURVEY, "SO,", "X,")],
)
def test_a_changed_shape_stops_the_list(name: str, old: str, new: str) -> None:
    with pytest.raises(SourceChangedError):
        parse(body(name).replace(old.encode(), new.encode()), name)


def test_a_cut_list_is_refused() -> None:
    with pytest.raises(SourceFormatError, match="of 13 cells"):
        parse(body(USAGE)[:-9], USAGE)


@pytest.mark.parametrize("name", ["survey.csv", "survey99999999.csv", "survey20230101.csv"])
def test_a_survey_without_its_day_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        parse(body(SURVEY), name)


def test_the_command_gives_a_sheet_and_writes_no_table(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "registry"
    shutil.copytree(CARRIED, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    settings = Settings(carried_dir=tmp_path, raw_dir=tmp_path / "raw")
    request = ProposeRequest("agencies", query=str(LISTS))
    sheet = propose(request, settings=settings, progress=NoProgress())
    lines = list(csv.DictReader(StringIO(sheet)))
    assert Counter(line["table"] for line in lines)["deployments"] == 8
    assert next(line["lon_deg"] for line in lines if line["lon_deg"]).startswith("-")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert propose(request, settings=settings, progress=NoProgress()) == sheet

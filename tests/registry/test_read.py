"""Reading the tables: what is found, where, and that nothing ends in a traceback."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from mapper.clean.partial_date import parse
from mapper.errors import RegistryError
from mapper.registry.checked import check, load
from mapper.registry.codes import SubjectKind
from mapper.registry.registry import TABLES, Registry, columns
from mapper.registry.tables import Source


def _append(folder: Path, table: str, *lines: str) -> None:
    path = folder / f"{table}.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8")


def _replace(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def _found(folder: Path) -> list[str]:
    return [str(problem) for problem in check(folder)]


def test_an_empty_folder_is_an_empty_registry(tmp_path: Path) -> None:
    assert check(tmp_path) == []
    assert load(tmp_path) == Registry()


def test_a_table_that_is_missing_is_empty(good_folder: Path) -> None:
    (good_folder / "replies.csv").unlink()
    assert load(good_folder).replies == ()


def test_a_folder_that_is_missing_is_a_problem(tmp_path: Path) -> None:
    assert _found(tmp_path / "none") == ["none: 'none'; allowed: a folder of CSV files"]


def test_a_problem_names_file_line_column_value_and_what_is_allowed(good_folder: Path) -> None:
    _replace(
        good_folder,
        "relations",
        "city-video,lumen-platform,,software,",
        "city-video,lumen-platform,,soft,",
    )
    (problem,) = check(good_folder)
    assert str(problem).startswith("relations.csv:2 layer: 'soft'; allowed: camera, software, ")
    assert problem.allowed == "camera, software, chip, integration, network, cloud"


def test_all_problems_are_told_and_not_only_the_first(good_folder: Path) -> None:
    _replace(
        good_folder,
        "counts",
        "riverton-cameras-1,riverton-city-video,cameras,160000",
        "riverton-cameras-1,riverton,camera,many",
    )
    _replace(good_folder, "footprints", "hall-cameras,RU", "hall-cameras,Russia")
    assert [(one.file, one.line, one.column) for one in check(good_folder)] == [
        ("counts.csv", 2, "value"),
        ("counts.csv", 2, "what"),
        ("footprints.csv", 2, "country_code"),
    ]


def test_a_broken_row_is_not_reported_again_by_the_rows_that_name_it(good_folder: Path) -> None:
    _replace(good_folder, "sources", "Riverton Daily,press,", "Riverton Daily,newspaper,")
    assert [(one.file, one.line, one.column) for one in check(good_folder)] == [
        ("sources.csv", 3, "kind")
    ]


def test_a_broken_header_is_one_problem(good_folder: Path) -> None:
    _replace(good_folder, "sources", "source_id,title", "id,title")
    assert [(one.file, one.line, one.column) for one in check(good_folder)] == [
        ("sources.csv", 1, "")
    ]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"\xff\xfe", "text in UTF-8"),
        (b"\xef\xbb\xbflist_id,name,country_code,authority,binds,meaning\n", "list_id,name"),
        (b"", "list_id,name"),
        (b'list_id,name,country_code,authority,binds,meaning\na,"b', "well-formed CSV"),
        (
            b"list_id,name,country_code,authority,binds,meaning\na\x00,b,US,c,,d\n",
            "a slug of small letters",
        ),
        (b"list_id,name,country_code,authority,binds,meaning\n\na,b,US,c,,d\n", "6 cells"),
    ],
    ids=[
        "no UTF-8",
        "a byte order mark",
        "no byte",
        "an open quote",
        "a zero byte",
        "an empty line",
    ],
)
def test_a_damaged_file_is_a_problem_and_no_traceback(
    tmp_path: Path, body: bytes, said: str
) -> None:
    (tmp_path / "legal_lists.csv").write_bytes(body)
    assert any(problem.allowed.startswith(said) for problem in check(tmp_path))


def test_a_folder_in_the_place_of_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").mkdir()
    assert [problem.file for problem in check(tmp_path)] == ["sources.csv"]


def test_a_table_nobody_knows_is_a_problem(good_folder: Path) -> None:
    (good_folder / "relation.csv").write_text("a\n", encoding="utf-8")
    assert [problem.file for problem in check(good_folder)] == ["relation.csv"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=st.sampled_from(sorted(TABLES)), body=st.binary(max_size=400))
def test_no_bytes_make_a_traceback(tmp_path: Path, table: str, body: bytes) -> None:
    for old in tmp_path.glob("*.csv"):
        old.unlink()
    (tmp_path / f"{table}.csv").write_bytes(",".join(columns(table)).encode() + b"\n" + body)
    check(tmp_path)


@settings(deadline=None)
@given(st.data())
def test_no_cells_make_a_traceback(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(sorted(TABLES)))
    cells = data.draw(st.lists(st.text(max_size=20), min_size=0, max_size=25))
    names = columns(table)
    written = dict(zip(names, [*cells, *[""] * len(names)], strict=False))
    with suppress(ValidationError):
        TABLES[table].model_validate(written)


def test_loading_refuses_with_the_problems_and_the_next_step(good_folder: Path) -> None:
    _append(good_folder, "footprints", "nobody,RU,,daily-2023")
    with pytest.raises(RegistryError, match=r"footprints.csv:4 org_id: 'nobody'") as caught:
        load(good_folder)
    assert caught.value.next_step == "Run `mapper registry check` for all of them."


def test_the_order_of_the_rows_does_not_matter(good_folder: Path, good: Registry) -> None:
    for path in good_folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        if '"' not in text:
            header, *rows = text.splitlines()
            path.write_text("\n".join([header, *rows[::-1]]) + "\n", encoding="utf-8")
    assert load(good_folder) == good


def test_the_lookups_find_what_the_tables_hold(good: Registry) -> None:
    assert good.organisation["facet"].name == "Facet Labs"
    assert good.name("facet") == "Facet Labs"
    claims = good.claims_on(SubjectKind.RELATION, "facet-metro")
    assert [claim.claim_id for claim in claims] == ["facet-metro-1", "facet-metro-2"]
    assert good.claims_on(SubjectKind.RELATION, "none") == ()
    assert good.retraction(SubjectKind.CLAIM, "hall-exland-1") is not None
    assert good.retraction(SubjectKind.CLAIM, "hall-riverton-1") is None


# One row of each table that breaks one rule between rows: what is added, where it is found.
BROKEN_RULES = {
    "an id twice": ("products", "facet-find,facet,Other,software,", ("products.csv", "product_id")),
    "a claim on nothing": (
        "claims",
        "c9,relation,none,supports,supply,supplier,,,2022,Said.,,daily-2023",
        ("claims.csv", "subject_id"),
    ),
    "a claim on a claim": (
        "claims",
        "c9,claim,acme-halt,supports,supply,supplier,,,2022,Said.,,daily-2023",
        ("claims.csv", "subject_kind"),
    ),
    "a dispute without a word": (
        "claims",
        "c9,relation,hall-riverton,disputes,supply,supplier,,,2022,,,daily-2023",
        ("claims.csv", "statement"),
    ),
    "a claim that settles a support": (
        "claims",
        "c9,relation,hall-riverton,supports,supply,authority,,,2022,Said.,hall-riverton-1,daily-2023",
        ("claims.csv", "settles"),
    ),
    "a claim that settles another subject's dispute": (
        "claims",
        "c9,relation,facet-metro,supports,supply,authority,,,2022,Said.,hall-riverton-2,daily-2023",
        ("claims.csv", "settles"),
    ),
    "a party called a third party": (
        "claims",
        "c9,relation,hall-riverton,supports,supply,third_party,hall-cameras,,2022,Said.,,daily-2023",
        ("claims.csv", "by"),
    ),
    "a person in the statement": (
        "claims",
        "c9,relation,hall-riverton,supports,supply,supplier,,,2022,Mr Smith said so.,,daily-2023",
        ("claims.csv", "statement"),
    ),
    "a loaded word in the statement": (
        "claims",
        "c9,relation,hall-riverton,supports,supply,supplier,,,2022,It violates it.,,daily-2023",
        ("claims.csv", "statement"),
    ),
    "a relation without a claim": (
        "relations",
        "r9,hall-cameras,riverton-it,,,,camera,manufacturer,,,,,,,,,,,,,,",
        ("relations.csv", "relation_id"),
    ),
    "a relation to nobody and nowhere": (
        "relations",
        "r9,hall-cameras,,,,,camera,manufacturer,,,,,,,,,,,,,,",
        ("relations.csv", "recipient_org"),
    ),
    "an event without a day": (
        "relations",
        "r9,hall-cameras,riverton-it,,,,camera,manufacturer,,contract,,,,,,,,,,,,",
        ("relations.csv", "valid_from_event"),
    ),
    "a deployment nobody speaks of": (
        "deployments",
        "d9,D,,RU,D,,,,cctv,,,,,,",
        ("deployments.csv", "deployment_id"),
    ),
    "a point without its precision": (
        "deployments",
        "d9,D,,RU,D,37.1,55.1,,cctv,,,,,,",
        ("deployments.csv", "lon_deg"),
    ),
    "the null island": (
        "deployments",
        "d9,D,,RU,D,0,0,1000,cctv,,,,,,",
        ("deployments.csv", "lon_deg"),
    ),
    "a technology twice": (
        "deployments",
        "d9,D,,RU,D,,,,cctv;cctv,,,,,,",
        ("deployments.csv", "technologies"),
    ),
    "a product nobody names": (
        "products",
        "p9,facet,P,software,",
        ("products.csv", "product_id"),
    ),
    "an organisation nobody names": (
        "organisations",
        "o9,O,company,,,,,,",
        ("organisations.csv", "org_id"),
    ),
    "a name of two organisations": (
        "organisation_names",
        "facet,HALL CAMERAS,en,alias,,,",
        ("organisation_names.csv", "name"),
    ),
    "a name without a letter": (
        "organisation_names",
        "facet,&,en,alias,,,",
        ("organisation_names.csv", "name"),
    ),
    "its own parent": (
        "organisation_links",
        "facet,facet,parent,,,,,,,,daily-2023",
        ("organisation_links.csv", "to_org"),
    ),
    "a share above the whole": (
        "organisation_links",
        "hall-group,facet,shareholder,100.5,,,,,,,daily-2023",
        ("organisation_links.csv", "share_pct"),
    ),
    "half a camera": (
        "counts",
        "k9,riverton-city-video,cameras,0.5,installed,exact,,half,2022,daily-2023",
        ("counts.csv", "value"),
    ),
    "in force before it was announced": (
        "designations",
        "d9,facet,,Office,us-trade,export_license,,2022,2021,,,,list-2026,",
        ("designations.csv", "effective_on"),
    ),
    "listed, but no entry is recorded": (
        "list_checks",
        "us-trade-2026-11,quiet-optics,listed,,",
        ("list_checks.csv", "result"),
    ),
    "listed after the entry ended": (
        "list_checks",
        "us-trade-2026-11,hall-cameras,listed,,",
        ("list_checks.csv", "result"),
    ),
    "an owner told of without being the one named": (
        "list_checks",
        "us-trade-2026-11,facet,like_name,,hall-cameras",
        ("list_checks.csv", "owner_org"),
    ),
    "an owner named and not told": (
        "list_checks",
        "us-trade-2026-11,facet,owner_named,,",
        ("list_checks.csv", "owner_org"),
    ),
    "a reading that covers days after its text from the start": (
        "list_readings",
        "r9,eu-rights,2020-01-01,2021,,whole,,,,,gazette-2023",
        ("list_readings.csv", "as_of"),
    ),
    "additions read before the text itself": (
        "list_readings",
        "r9,eu-rights,2020-01-01,,2019-01-01,whole,,,,,gazette-2023",
        ("list_readings.csv", "covers_to"),
    ),
    "a hash that is none": (
        "list_readings",
        "r9,eu-rights,2020-01-01,,,whole,,,,ABC,gazette-2023",
        ("list_readings.csv", "copy_sha256"),
    ),
    "a search nobody made": (
        "list_readings",
        "r9,eu-rights,2020-01-01,,,whole,,2020-01,,,gazette-2023",
        ("list_readings.csv", "search_id"),
    ),
    "an archive that may change": (
        "sources",
        "s9,A title,P,press,,,https://a.example/,https://a.example/copy,en,,,B,false",
        ("sources.csv", "archive_url"),
    ),
    "a file of a branch instead of a commit": (
        "sources",
        "s9,A title,P,press,,,https://a.example/,https://github.com/a/b/blob/main/c.csv,en,,,B,false",
        ("sources.csv", "archive_url"),
    ),
    "a title with the name of an officer": (
        "sources",
        "s9,Cameras will come says CP Exampleton,P,press,,,https://a.example/,,en,,,B,false",
        ("sources.csv", "title"),
    ),
    "a scope without its country": (
        "claim_scopes",
        "acme-halt,country,,,",
        ("claim_scopes.csv", "country_code"),
    ),
    "a general scope with a buyer": (
        "claim_scopes",
        "acme-halt,general,,facet,",
        ("claim_scopes.csv", "org_id"),
    ),
    "a withdrawal on another day than the end": (
        "designation_events",
        "hall-trade,2024-07,withdrawn,,,list-2026",
        ("designation_events.csv", "happened_on"),
    ),
    "a sum beside that of its contract": (
        "relations",
        "r9,hall-cameras,riverton-it,,,,camera,manufacturer,,,,,,,5,exact,,,,RUB,,riverton-2019",
        ("relations.csv", "value"),
    ),
    "an outcome without its words": (
        "contracts",
        "c9,riverton-city-video,Video,,,,,,,,,daily-2023,cancelled,,,daily-2023",
        ("contracts.csv", "outcome"),
    ),
    "a product that is a part of itself": (
        "product_parts",
        "hall-h2,hall-h2,processor,opened,,daily-2023",
        ("product_parts.csv", "part_product_id"),
    ),
    "a ruling on nothing": (
        "rulings",
        "r9,exland-court,court,,,RU,2023,,fine,,,,,,,,",
        ("rulings.csv", "ruling_id"),
    ),
    "a ruling that nobody tells of": (
        "rulings",
        "r9,exland-court,court,,,RU,2023,,fine,,,,,riverton-metro-video,,,",
        ("rulings.csv", "ruling_id"),
    ),
    "a fine without its currency": (
        "rulings",
        "r9,exland-court,court,,,RU,2023,,fine,5,exact,,,riverton-metro-video,,,",
        ("rulings.csv", "currency"),
    ),
    "a sum of a warning": (
        "rulings",
        "r9,exland-court,court,,,RU,2023,,warning,5,exact,RUB,,riverton-metro-video,,,",
        ("rulings.csv", "value"),
    ),
    "a review without its result": (
        "rulings",
        "r9,exland-court,court,,,RU,2023,,fine,,,,,riverton-metro-video,,metro-faces-2022,",
        ("rulings.csv", "review_result"),
    ),
    "a review of a later ruling": (
        "rulings",
        "r9,exland-court,court,,,RU,2020,,fine,,,,,riverton-metro-video,,metro-faces-2022,upheld",
        ("rulings.csv", "reviews"),
    ),
    "a ruling that is final before it is given": (
        "rulings",
        "r9,exland-court,court,,,RU,2023,2022,fine,,,,,riverton-metro-video,,,",
        ("rulings.csv", "final_on"),
    ),
    "a ruling with an effect that is none": (
        "rulings",
        "r9,exland-court,court,,,RU,2023,,fine;blame,,,,,riverton-metro-video,,,",
        ("rulings.csv", "effects"),
    ),
    "a removed id that is used again": (
        "retractions",
        "relation,hall-riverton,2026,removed,Wrong.,",
        ("retractions.csv", "subject_id"),
    ),
    "a kept id that is gone": (
        "retractions",
        "relation,none,2026,kept,Wrong.,",
        ("retractions.csv", "subject_id"),
    ),
    "a correction that points to itself": (
        "retractions",
        "relation,hall-riverton,2026,kept,Wrong.,hall-riverton",
        ("retractions.csv", "replaced_by"),
    ),
    "a reply before the question": (
        "replies",
        "facet-metro,facet,2023-02-01,2023-01-31,No.,lumen-2022",
        ("replies.csv", "answered_on"),
    ),
    "a sum without a currency": (
        "shipments",
        "s9,goods,acme-silicon,,RU,2022,2022,,5,,,,daily-2023",
        ("shipments.csv", "currency"),
    ),
    "an identifier with wrong check digits": (
        "organisations",
        "o9,O,company,,,,,529900T8BM49AURSDO56,",
        ("organisations.csv", "lei"),
    ),
}


@pytest.mark.parametrize(("table", "line", "where"), BROKEN_RULES.values(), ids=BROKEN_RULES)
def test_a_broken_rule_is_found(
    good_folder: Path, table: str, line: str, where: tuple[str, str]
) -> None:
    number = len((good_folder / f"{table}.csv").read_text(encoding="utf-8").splitlines()) + 1
    _append(good_folder, table, line)
    found = {(one.file, one.line, one.column) for one in check(good_folder)}
    assert (where[0], number, where[1]) in found


def test_an_organisation_known_only_from_tags_is_supported_by_its_sourced_name(
    good_folder: Path,
) -> None:
    _append(good_folder, "organisations", "tagged,Tagged Ltd,company,,,,,,")
    assert [one.column for one in check(good_folder)] == ["org_id"]
    _append(good_folder, "organisation_names", "tagged,Tagged,en,brand,,,osm-wiki")
    assert check(good_folder) == []


def test_a_whole_text_without_an_entry_that_was_in_force_is_a_problem(good_folder: Path) -> None:
    line = "r9,eu-rights,2024-01-01,,,whole,,2026-11,,,gazette-2023"
    _append(good_folder, "list_readings", line)
    (told,) = check(good_folder)
    assert (told.file, told.value) == ("designations.csv", "facet-eu")
    assert told.allowed == "a row in list_checks.csv: listed in r9"
    _append(good_folder, "list_checks", "r9,facet,listed,Facet,")
    assert check(good_folder) == []


def test_the_evidence_has_a_date_of_its_own(good_folder: Path) -> None:
    registry = load(good_folder)
    assert registry.evidence_on == "2026-11-20"
    read = registry.sources[0].model_copy(update={"retrieved_on": parse("2026-12-01")})
    assert replace(registry, sources=(read,)).evidence_on == "2026-12-01"
    corrected = registry.retractions[0].model_copy(update={"retracted_on": parse("2026-12-09")})
    assert replace(registry, retractions=(corrected,)).evidence_on == "2026-12-09"
    month = registry.sources[0].model_copy(update={"retrieved_on": parse("2027")})
    assert replace(registry, sources=(month,), retractions=()).evidence_on == ""


@pytest.mark.parametrize(
    ("days", "stamp"),
    [
        ({"published_on": "2023-03-28", "retrieved_on": "2026-11-23"}, "20230328"),
        ({"published_on": "", "retrieved_on": "2026-11-23"}, "20261123"),
        ({"published_on": "2023-03", "retrieved_on": "2026-11-23"}, "2"),
        ({"published_on": "", "retrieved_on": ""}, "2"),
    ],
)
def test_a_kept_copy_is_looked_for_by_address_and_day(days: dict[str, str], stamp: str) -> None:
    cells = dict.fromkeys(Source.model_fields, "") | {
        "source_id": "s",
        "title": "T",
        "publisher": "P",
        "kind": "press",
        "url": "https://a.example/b?c=d",
        "grade": "B",
        "excerpt_only": "false",
    }
    source = Source.model_validate(cells | days)
    assert source.lookup_url == f"https://web.archive.org/web/{stamp}/https://a.example/b?c=d"

"""Eight questions of a newsroom, each one command, with the answers that sources give."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

from tests.cli.command import Door


def ask(door: Door, place: Path, *words: str) -> str:
    """Run one command and return what it answers."""
    told = door.run(*words, cwd=place)
    assert told.code == 0, told
    return told.stdout


def ask_json(door: Door, place: Path, *words: str) -> Any:  # noqa: ANN401 - JSON
    """Run one command and return its JSON."""
    return json.loads(ask(door, place, *words, "--json"))


def supplies(answer: Any) -> dict[str, set[str]]:  # noqa: ANN401 - JSON
    """Return supplier -> the systems it stands behind."""
    found: dict[str, set[str]] = {}
    for system in answer["systems"]:
        for supply in system["supplies"]:
            place = system["deployment"]["deployment_id"] if system["deployment"] else ""
            found.setdefault(supply["supplier_org"], set()).add(place)
    return found


def test_which_us_chip_makers_stand_behind_systems_of_the_police_of_iran(
    door: Door, tmp_path: Path
) -> None:
    words = ("find", "police", "--country", "Iran", "--layer", "chip", "--home", "US")
    answer = ask_json(door, tmp_path, *words)
    assert supplies(answer) == {"intel": {"iran-tiandy-security-forces"}}
    (supply,) = answer["systems"][0]["supplies"]
    # Intel's parts came inside the recorders of another maker, and it says that this has ended.
    assert (supply["inside_of"], supply["status"], supply["ended_on"]) == (
        "Tiandy",
        "ended",
        "2022-12",
    )
    text = ask(door, tmp_path, *words)
    assert "Intel said it stopped business with Tiandy after an internal review" in text
    # What it said of Russia speaks of another country.
    assert "Russia" not in text.partition("\nSources\n")[0]


def test_what_hikvision_supplied_in_the_union_and_how_the_law_stood_on_those_days(
    door: Door, tmp_path: Path
) -> None:
    words = ("find", "--supplier", "Hikvision", "--country", "EU", "--between", "2019", "2022")
    answer = ask_json(door, tmp_path, *words)
    systems = supplies(answer)["hikvision"]
    assert "amsterdam-cctv" in systems
    # No member of the Union: neither on these days nor on any.
    assert systems.isdisjoint({"ukraine-safe-city", "georgia-mia-street-cctv"})
    for system in answer["systems"]:
        if system["deployment"]["country_code"] == "GB":
            # The United Kingdom was a member until 31 January 2020.
            assert system["supplies"][0]["in_time"] == "unknown"
    text = " ".join(ask(door, tmp_path, *words).split())
    for line in (
        "US Entity List: unknown on 1 January 2019; yes on 31 December 2022 (",
        "export licence required since 9 October 2019)",
        "(National Defense Authorization Act 2019): no on 1 January 2019; yes on 31 December 2022",
        "(procurement rule since 13 August 2019; rule on contracts with its users since 13 August",
        "(rule on subsidies since 12 March 2021)",
        "US section 1260H list: unknown on 1 January 2019; yes on 31 December 2022",
    ):
        assert line in text
    # The FCC's rule on authorisation of 6 February 2023 came later.
    assert "equipment authorisation rule since" not in text


def test_who_finances_and_controls_ntechlab(door: Door, tmp_path: Path) -> None:
    answer = ask_json(door, tmp_path, "vendor", "НТЕХЛАБ")
    ties = {
        (row["from_org"], row["kind"]) for row in answer["links"] if row["to_org"] == "ntechlab"
    }
    assert {("rdif", "investor"), ("rdif", "shareholder"), ("mubadala", "investor")} <= ties
    assert {row["kind"] for row in answer["links"] if row["from_org"] == "rostec"} >= {
        "partner",
        "shareholder",
    }
    text = ask(door, tmp_path, "vendor", "NtechLab")
    ties_told = text.partition("Ties to other organisations\n")[2].partition("\n\n")[0]
    for line in ties_told.splitlines():
        assert line.endswith("]"), f"without its source: {line}"
    assert "RDIF" in ties_told
    assert "Mubadala invested in NtechLab (from 1 October 2020" in ties_told


def test_what_nvidia_said_and_when(door: Door, tmp_path: Path) -> None:
    rows = list(csv.DictReader(StringIO(ask(door, tmp_path, "said", "nvidia", "--csv"))))
    said = {(row["as_of"], row["statement"]) for row in rows}
    assert any(
        day == "2022-03-04"
        and statement.startswith("Nvidia said that it is not selling into Russia")
        for day, statement in said
    )
    assert ("2022-10-03", "Nvidia closed its office in Russia from 3 October 2022.") in said
    assert ("2023", "Nvidia told Reuters that its contact with the company was brief.") in said
    assert {row["speaker_id"] for row in rows} == {"nvidia"}
    assert all(row["url"].startswith("http") for row in rows)
    days = [row["as_of"] for row in rows if row["as_of"]]
    assert days == sorted(days)


def test_which_suppliers_on_the_entity_list_are_named_in_africa(door: Door, tmp_path: Path) -> None:
    words = ("find", "--country", "Africa", "--listed", "US Entity List")
    answer = ask_json(door, tmp_path, *words)
    assert set(answer["listing"]) >= {"huawei", "hikvision", "cloudwalk"}
    named = supplies(answer)
    assert "zimbabwe-hikvision-borders" in named["hikvision"]
    assert "nairobi-mombasa-nscs" in named["huawei"]
    # ZTE is named in Africa too, and does not stand on this list on the day it was last read.
    assert "zte" not in named
    text = ask(door, tmp_path, *words)
    assert "Huawei (huawei), at" in text
    assert "US Entity List: yes, since 16 May 2019; by Supplement No. 4 to part 744" in text


def test_on_which_face_recognition_systems_a_court_or_regulator_ruled(
    door: Door, tmp_path: Path
) -> None:
    answer = ask_json(door, tmp_path, "rulings", "face recognition")
    on = {row["deployment_id"]: row for row in answer["rulings"] if row["deployment_id"]}
    assert {
        *("moscow-metro-video", "belgrade-safe-city", "buenosaires-srfp", "hamburg-g20-frt"),
        *("coeur-cote-fleurie-briefcam", "italy-sari", "brondby-stadium-frt"),
    } <= set(on)
    strasbourg = on["moscow-metro-video"]
    assert (strasbourg["case_ref"], strasbourg["decided_on"]) == (
        "application 11519/20",
        "2023-07-04",
    )
    assert all("frt" in row["technologies"] for row in on.values())
    text = ask(door, tmp_path, "rulings", "facial recognition")
    # A ruling that another set aside says so.
    assert "Later set aside by Conseil d'État (France) (21 December 2023)." in text


def test_what_huawei_itself_denies(door: Door, tmp_path: Path) -> None:
    text = ask(door, tmp_path, "said", "Huawei", "--says", "disputes")
    assert "on Naypyidaw Safe City: Says that it supplies standard IT infrastructure" in text
    assert "press allegations of its staff helping interception in Uganda and Zambia were" in text
    rows = ask_json(door, tmp_path, "said", "Huawei", "--says", "disputes")["claims"]
    assert {row["says"] for row in rows} == {"disputes"}
    assert {row["speaker_org"] for row in rows} == {"huawei"}


def test_how_the_213000_of_moscow_are_cited(door: Door, tmp_path: Path) -> None:
    text = ask(door, tmp_path, "cite", "Moscow 213,000")
    entry, source = text.splitlines()
    assert "213,000 cameras, state not said, 28 October 2022; as written: 213,000" in entry
    assert "CC-BY-4.0 (count moscow-city-video-cameras-213000)" in entry
    assert "Russian Free Press (citing Kommersant)" in source
    assert "https://russianfreepress.com/2022/10/28/" in source
    by_id = ask(door, tmp_path, "cite", "moscow-city-video-cameras-213000", "--format", "csl-json")
    assert [item["id"] for item in json.loads(by_id)] == [
        "moscow-city-video-cameras-213000",
        "russianfreepress-2022-10-28",
    ]


def test_a_question_that_is_not_understood_says_what_is_perhaps_meant(
    door: Door, tmp_path: Path
) -> None:
    for words, hint in (
        (("country", "Serbai"), "Serbia (RS)"),
        (("find", "--supplier", "huawey"), "Huawei (huawei)"),
        (("find", "hikvison"), "Hikvision"),
        (("find", "--listed", "entity"), "us-entity-list"),
        (("find", "--role", "owner"), "manufacturer"),
        (("find", "--country", "RS", "--between", "2022", "2019"), "--between 2019 2022"),
        (("find", "--country", "RS", "--json", "--csv"), "choose one"),
        (("find",), "face recognition"),
        (("cite", "nvidia-ntechlabb"), "nvidia-ntechlab"),
        (("cite", "Moscow 160,000"), "moscow-city-video-cameras-160000"),
        (("cite", "nvidia", "--format", "mla"), "csl-json"),
    ):
        told = door.run(*words, cwd=tmp_path)
        told.require_good_error(2)
        assert hint in told.stderr, told.stderr

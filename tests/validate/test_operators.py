"""600 operators in twenty languages: no person is named, and nearly every organisation is."""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from mapper.validate.operators import Operator, are_their_towns, operator_of, operators_of
from tests.privacy_values import values_of

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "operators"


def values(name: str) -> list[str]:
    lines = (FIXTURES / name).read_text(encoding="utf-8").splitlines()
    return [
        value.strip()
        for line in lines
        if line and not line.startswith("#")
        for value in line.partition(": ")[2].split("|")
    ]


def test_of_three_hundred_persons_none_is_named() -> None:
    persons = values("operator_persons.txt")
    assert len(persons) == 300
    assert [name for name in persons if operator_of(name) is Operator.ORGANISATION] == []


def test_of_three_hundred_organisations_ninety_eight_in_a_hundred_stay_named() -> None:
    organisations = values("operator_organisations.txt")
    assert len(organisations) == 300
    lost = [name for name in organisations if operator_of(name) is not Operator.ORGANISATION]
    assert len(lost) <= 6, lost


@pytest.mark.parametrize(
    "name",
    [
        "Owner of the house",
        "Apartment 12",
        "Eigentümer des Hauses",
        "Wohnungseigentümergemeinschaft",
        "Propriétaire de la maison",
        "Syndicat des copropriétaires",
        "dueño de la casa",
        "Comunidad de propietarios",
        "proprietario della casa",
        "Condominio Aurora",
        "dono da casa",
        "huiseigenaar",
        "właściciel domu",
        "Wspólnota Mieszkaniowa Lipowa 3",
        "majitel domu",
        "Společenství vlastníků",
        "ház tulajdonosa",
        "Társasház",
        "proprietarul casei",
        "Asociația de proprietari bloc 4",
        "владелец дома",
        "ТСЖ Заря",
        "собственик на къща",
        "власник будинку",
        "ιδιοκτήτης σπιτιού",
        "ev sahibi",
        "husägare",
        "Brf Solgläntan",
        "talonomistaja",
        "majaomanik",
        "mājas īpašnieks",
        "namo savininkas",
        "vlasnik kuće",
        "lastnik hiše",
        "pemilik rumah",
        "房主",
        "집주인",
        "صاحب المنزل",
        "בעל הבית",
        "मकान मालिक",
        "private person",
        "Privatperson",
        "Familie Ackerknecht",
        "Thorne household",
    ],
)
def test_an_operator_that_means_a_home_is_one(name: str) -> None:
    assert operator_of(name) is Operator.HOME


@pytest.mark.parametrize(
    "name",
    [
        "N/A",
        "NaN",
        "unknown",
        "[Enter operator name]",
        "-",
        "?",
        "keine Angabe",
        "Q508358",
        "нет",
        "camera.example/cabinet/videos/738",
        "rtsp://10.0.0.7/live",
        "www.example.org",
    ],
)
def test_what_names_nobody_is_neither_person_nor_organisation(name: str) -> None:
    assert operator_of(name) is Operator.NOBODY


@pytest.mark.parametrize("name", ["private", "Privat", "privé", "Owner?", "privado"])
def test_a_word_for_private_alone_is_told_apart(name: str) -> None:
    assert operator_of(name) in {Operator.PRIVATE, Operator.NOBODY}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Stadt Lindenau;Petra Ziegenhagen", Operator.NOT_KNOWN),
        ("Stadt Lindenau / Petra Ziegenhagen", Operator.NOT_KNOWN),
        ("Stadt Lindenau;Familie Ziegenhagen", Operator.HOME),
        ("Stadt Lindenau;unknown", Operator.ORGANISATION),
        ("Stadt Lindenau; Gemeinde Ackerheim", Operator.ORGANISATION),
        ("Deutsche Bundesbank?", Operator.ORGANISATION),
        ("cam01.someone.dyndns.org", Operator.NOBODY),
        ("Stadt Lindenau +49 171 1234567", Operator.NOT_KNOWN),
        ("Stadt Lindenau 12345678", Operator.NOT_KNOWN),
    ],
)
def test_of_several_names_each_must_be_an_organisations(name: str, kind: Operator) -> None:
    assert operator_of(name) is kind


def test_the_registry_is_believed_before_the_words() -> None:
    assert operator_of("Torre Asia") is Operator.NOT_KNOWN
    assert operator_of("Torre Asia", frozenset({"torre asia"})) is Operator.ORGANISATION


def test_an_id_tells_who_it_is_only_where_it_is_known_and_no_home_is_written() -> None:
    tags = pd.DataFrame(
        {
            "operator": ["Torre Asia", "Torre Asia", "жилой дом", None, None],
            "operator:wikidata": ["Q483551", "Q999999999", "Q483551", "Q483551", None],
        },
        dtype=object,
    )
    devices = pd.DataFrame({"operator_id": [None] * 5}, dtype=object)
    assert list(operators_of(tags, devices, ())) == [
        Operator.ORGANISATION,
        Operator.NOT_KNOWN,
        Operator.HOME,
        Operator.ORGANISATION,
        Operator.NOBODY,
    ]
    assert Counter(operators_of(tags, devices, ("Torre  ASIA",)))[Operator.ORGANISATION] == 3


def test_a_name_written_as_a_persons_is_none_whatever_it_means() -> None:
    names = [name for _, name in values_of("persons_like_institutions.txt")]
    assert len(names) > 60
    assert [name for name in names if operator_of(name) is Operator.ORGANISATION] == []


@pytest.mark.parametrize(
    "name", ["Orange S.A.", "Muster e.V.", "Foo, s.r.o.", "E. Leclerc", "Kloster Eberbach"]
)
def test_a_legal_form_or_a_list_makes_an_organisation_of_it_all_the_same(name: str) -> None:
    assert operator_of(name) is Operator.ORGANISATION


def test_an_operator_called_as_the_town_it_stands_in_is_the_towns() -> None:
    rows = pd.DataFrame(
        {
            "operator": ["West Allis", "west  allis", "West Allis", "West Allis", "Lincoln", None],
            "nearest_place": ["West Allis", "West Allis", "Milwaukee", "West Allis", None, "Bonn"],
            "nearest_place_km": [2.0, 14.9, 2.0, 15.1, None, 1.0],
        }
    ).astype({"operator": object, "nearest_place": object})
    assert are_their_towns(rows["operator"], rows).tolist() == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]

"""Names of persons are told from names of organisations: 500 of one, hand-picked ones of both."""

from itertools import product

import pytest

from mapper.validate.name_words import normalise
from mapper.validate.operators import Operator, is_organisation, operator_of
from mapper.validate.organisation_names import (
    has_organisation_word,
    is_code,
    is_wikidata_id,
)

# Common given and family names of twelve languages, combined freely: no person is meant.
NAMES = {
    "english": (
        "Mary Oliver Grace Harry Emily Jack Alice",
        "Smith Taylor Brown Walker Baker Cooper",
    ),
    "german": (
        "Hans Ursula Klaus Heike Jürgen Petra Uwe",
        "Müller Schmidt Weber Becker Richter Wolf",
    ),
    "french": (
        "Jean Camille Benoît Chloé Hervé Zoé Luc",
        "Dupont Lefèvre Moreau Garnier Petit Roux",
    ),
    "spanish": (
        "José Lucía Íñigo Carmen Raúl Pilar Hugo",
        "García Muñoz Ortega Iglesias Torres Rey",
    ),
    "russian": (
        "Иван Ольга Пётр Наталья Сергей Анна Юрий",
        "Иванов Петрова Кузнецов Попова Лебедев Волкова",
    ),
    "polish": (
        "Łukasz Małgorzata Jan Zofia Paweł Ewa Piotr",
        "Kowalski Nowak Wiśniewska Wójcik Zając Król",
    ),
    "czech": (
        "Jiří Tereza Václav Božena Ondřej Alena Petr",
        "Novák Svobodová Dvořák Černý Procházka Král",
    ),
    "finnish": (
        "Matti Aino Juha Päivi Timo Ritva Antti",
        "Virtanen Korhonen Mäkinen Nieminen Laine Heikkinen",
    ),
    "turkish": (
        "Mehmet Ayşe Mustafa Fatma Emre Zeynep Can",
        "Y\u0131lmaz Demir Çelik Şahin Öztürk Ayd\u0131n",
    ),
    "arabic": ("محمد فاطمة أحمد خديجة يوسف مريم علي", "الحسن منصور الخطيب حداد سليمان النجار"),
    "japanese": ("太郎 花子 健一 美咲 翔太 陽菜 大輔", "佐藤 鈴木 市川 服部 木村 高橋"),
    "korean": ("민준 서연 지훈 하은 도윤 수아 현우", "김 이 박 최 정 강"),
}


def person_names() -> list[str]:
    names = []
    for language, (given, family) in NAMES.items():
        glue = "" if language in {"japanese", "korean"} else " "
        for first, last in product(given.split(), family.split()):
            east = language in {"japanese", "korean"}
            names.append(f"{last}{glue}{first}" if east else f"{first}{glue}{last}")
    return names


def test_of_five_hundred_person_names_ninety_nine_in_a_hundred_are_withheld() -> None:
    names = person_names()
    assert len(names) == 504
    kept = [name for name in names if has_organisation_word(name) or is_code(name)]
    assert len(kept) <= 5, kept


@pytest.mark.parametrize(
    "name",
    [
        "Sarah Hall",
        "Park Min-jun",
        "Jude Law",
        "João Sá",
        "Ewa Sas",
        "Marina Popova",
        "Peter Post",
        "Rubén Plaza",
        "Иван Храмов",
        "Судаков П.",
        "Ольга Школьникова",
        "市川",
        "服部",
    ],
)
def test_a_surname_that_is_a_word_too_is_withheld(name: str) -> None:
    assert not has_organisation_word(name)
    assert not is_code(name)


@pytest.mark.parametrize(
    "name", ["Orange SA", "Volvo AB", "J. Smith & CO", "Heijmans N.V.", "DARC e.V."]
)
def test_a_legal_form_in_capitals_is_an_organisations(name: str) -> None:
    assert has_organisation_word(name)


@pytest.mark.parametrize(
    "name",
    [
        "Familie Schneider",
        "famille Lefèvre",
        "Familia Gómez",
        "Семья Петровых",
        "сім'я Коваль",
        "Smith family",
        "The Johnsons",
        "Mr. Brown",
        "Herr Wolf",
        "Mme Moreau",
        "г-н Волков",  # noqa: RUF001 - Russian
        "private",
        "Privat",
        "privé",
        "private owner",
        "Private residence",
        "particulier",
        "частное лицо",
        "жилой дом",
        "homeowner",
        "?",
        "",
    ],
)
def test_households_and_private_words_may_be_persons(name: str) -> None:
    assert operator_of(name) is not Operator.ORGANISATION


@pytest.mark.parametrize(
    "name",
    [
        "Chicago Police Department",
        "Ville de Nantes",
        "Ayuntamiento de Madrid",
        "Městská policie Ostrava",
        "Straż Miejska",
        "Polizeipräsidium Oberpfalz",
        "Comune di Terni",
        "深圳市公安局",
        "東京都交通局",
        "대구광역시 서구청",
        "شرطة دبي",
        "Министерство внутренних дел",
        "Белинвестбанк",
        "Sparkasse Chemnitz",
        "Hamburger Hochbahn AG",
        "Müller GmbH",
        "Δήμος Αθηναίων",
        "Lunds kommun",
        "Rīgas pašvaldība",
        "Kepolisian Daerah",
    ],
)
def test_organisations_carry_their_words(name: str) -> None:
    assert has_organisation_word(name)
    assert operator_of(name) is Operator.ORGANISATION


@pytest.mark.parametrize("name", ["CCPD", "SNCF", "DSNT", "ВДНХ"])
def test_codes_without_a_vowel_are_no_names(name: str) -> None:
    assert is_code(name)


@pytest.mark.parametrize(
    "name",
    [
        "KIM",
        "LEE",
        "J.S.",
        "JR",
        "VLK",
        "SRB",
        "ΚΩΣΤΑΣ",
        "ԱՆՆԱ",
        "MJP de Vries",
        "nadmorski24.pl",
        "Anna",
        "John.Smith",
        "li.wu",
        "M Smith",
        "Ng",
    ],
)
def test_short_names_of_persons_are_no_codes(name: str) -> None:
    assert not is_code(name)


def test_a_name_is_folded_whatever_its_accents_case_and_dots() -> None:
    assert normalise("  S.N.C.F. ") == normalise("sncf")
    assert normalise("ŁÓDŹ") == "lodz"
    assert normalise("E. Leclerc") == normalise("E Leclerc")


@pytest.mark.parametrize(
    ("text", "is_id"),
    [
        ("Q42", True),
        ("Q42;Q43", True),
        ("q42", False),
        ("Q0", False),
        ("Q42 x", False),
        ("", False),
    ],
)
def test_wikidata_ids(text: str, is_id: bool) -> None:  # noqa: FBT001 - a table
    assert is_wikidata_id(text) is is_id


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Lumen Vision B.V.", True),
        ("Riverton Security Systems", True),
        ("HALL CAMERAS, INC.", True),
        ("Jane Seeded", False),
        ("SEEDED, JANE", False),
        ("Familie Seeded", False),
        ("Familie Seeded GmbH", False),
        ("", False),
    ],
)
def test_a_name_must_say_that_it_is_an_organisations(name: str, *, is_one: bool) -> None:
    assert is_organisation(name) is is_one

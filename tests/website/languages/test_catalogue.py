"""A catalogue is complete or the build fails, and it says where."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import StorageError, UsageError
from mapper.website.languages.catalogue import Message, messages_of, translations
from mapper.website.languages.page_words import PageWords, page_words
from mapper.website.languages.plural_forms import category

SITE = Path(__file__).parents[3] / "site"
PAGE = json.loads((SITE / "page.json").read_text(encoding="utf-8"))
ENGLISH = {
    "close": "Close",
    "near": "{km} km from",
    "found_one": "{n} camera in {place}",
    "found": "{n} cameras in {place}",
}
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
RUSSIAN_RULE = (
    '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 :'
    ' n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"\n'
)
CLOSE = 'msgctxt "close"\nmsgid "Close"\nmsgstr "Закрыть"\n'
NEAR = 'msgctxt "near"\nmsgid "{km} km from"\nmsgstr "{km} км от"\n'
FOUND = (
    'msgctxt "found"\nmsgid "{n} camera in {place}"\nmsgid_plural "{n} cameras in {place}"\n'
    'msgstr[0] "{place}: {n} камера"\nmsgstr[1] "{place}: {n} камеры"\n'
    'msgstr[2] "{place}: {n} камер"\n'
)


def _compiled(folder: Path, *entries: str, rule: str = RUSSIAN_RULE) -> dict[str, str]:
    path = folder / "ru.po"
    path.write_text("\n".join((HEAD + rule, *entries)), encoding="utf-8")
    return dict(translations(path, "ru", ENGLISH).strings)


def test_a_complete_catalogue_gives_each_key_and_each_form_by_its_name_in_cldr(
    tmp_path: Path,
) -> None:
    assert _compiled(tmp_path, CLOSE, NEAR, FOUND) == {
        "close": "Закрыть",
        "near": "{km} км от",
        "found_one": "{place}: {n} камера",
        "found_few": "{place}: {n} камеры",
        "found": "{place}: {n} камер",
    }


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ((NEAR, FOUND), "close: missing"),
        ((CLOSE.replace("Закрыть", ""), NEAR, FOUND), "close: empty"),
        (("#, fuzzy\n" + CLOSE, NEAR, FOUND), "close: marked fuzzy"),
        ((CLOSE.replace('"Close"', '"Shut"'), NEAR, FOUND), "close: missing, or the English"),
        ((CLOSE, NEAR.replace("{km} км", "км"), FOUND), "near: {km} is missing"),
        ((CLOSE, NEAR.replace("{km} км", "{km} {mi} км"), FOUND), "near: there is no {mi}"),
        ((CLOSE, NEAR.replace("{km} км", "{km км"), FOUND), "near: a brace"),
        ((CLOSE, NEAR, FOUND.replace("{n} камеры", "камеры")), "found (few): {n} is missing"),
        ((CLOSE, NEAR, FOUND.replace("{n} камера", "камера")), "found (one): {n} is missing"),
        ((CLOSE, NEAR, FOUND.replace('msgstr[2] "{place}: {n} камер"\n', "")), "found"),
        ((CLOSE, NEAR, FOUND, CLOSE.replace("close", "shut")), "shut: there is no such key"),
    ],
)
def test_what_is_not_complete_fails_with_file_and_key(
    tmp_path: Path, entries: tuple[str, ...], told: str
) -> None:
    with pytest.raises(UsageError) as failure:
        _compiled(tmp_path, *entries)

    assert f"ru.po: {told}" in str(failure.value)
    assert "mapper languages" in failure.value.next_step


def test_a_plural_rule_that_is_not_that_of_cldr_is_refused(tmp_path: Path) -> None:
    rule = '"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n<5 ? 1 : 2);\\n"\n'

    with pytest.raises(UsageError, match="Plural-Forms of ru"):
        _compiled(tmp_path, CLOSE, NEAR, FOUND, rule=rule)


def test_a_catalogue_that_is_not_there_or_no_catalogue_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no catalogue"):
        translations(tmp_path / "fr.po", "fr", ENGLISH)
    (tmp_path / "fr.po").write_text(HEAD + "<<<<<<< HEAD\n" + CLOSE, encoding="utf-8")
    with pytest.raises(UsageError, match=r"fr\.po is no gettext catalogue"):
        translations(tmp_path / "fr.po", "fr", ENGLISH)


TOLD = Message("", '<b>%(n)s</b> of <a href="%(way)s">all</a>')


@pytest.mark.parametrize(
    ("translation", "told"),
    [
        ('<b>%(n)s</b> из <a href="%(way)s">всех</a>', ""),
        ('<b>%(n)s</b> из <a href="https://elsewhere.example">всех</a>', "{way} is missing"),
        ('<b>%(n)s</b> из <a href="%(way)s" onclick="x">всех</a>', "other tags"),
        ('<b>%(n)s</b> из <a href="%(way)s">всех</a> <img src=x onerror=y ', "other tags"),
        ('<script>%(n)s</script> <a href="%(way)s">всех</a>', "other tags"),
    ],
)
def test_a_sentence_of_a_template_keeps_its_values_and_its_tags(
    tmp_path: Path, translation: str, told: str
) -> None:
    quoted = [text.replace('"', '\\"') for text in (TOLD.text, translation)]
    entry = 'msgid "{}"\nmsgstr "{}"\n'.format(*quoted)
    (tmp_path / "ru.po").write_text(HEAD + RUSSIAN_RULE + "\n" + entry, encoding="utf-8")

    if not told:
        assert translations(tmp_path / "ru.po", "ru", {}, [TOLD]).sentences.keys() == {TOLD.text}
        return
    with pytest.raises(UsageError, match=told):
        translations(tmp_path / "ru.po", "ru", {}, [TOLD])


@pytest.fixture(scope="module", params=PAGE["languages"])
def words(request: pytest.FixtureRequest) -> PageWords:
    return page_words(SITE / "i18n", request.param)


def test_each_language_of_the_site_is_complete(words: PageWords) -> None:
    english = json.loads((SITE / "i18n" / "en.json").read_text(encoding="utf-8"))

    assert {message.key for message in messages_of(english)} <= words.strings.keys()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "ru",
            {
                1: "1 система",
                2: "2 системы",
                5: "5 систем",
                11: "11 систем",
                21: "21 система",
                1022: "1\xa0022 системы",
            },
        ),
        (
            "ar",
            {
                0: "لا أنظمة",
                1: "نظام واحد",
                2: "نظامان",
                3: "3 أنظمة",
                11: "11 نظامًا",
                100: "100 نظام",
            },
        ),
        ("fr", {0: "0 système", 1: "1 système", 2: "2 systèmes"}),
        ("zh", {1: "1 个系统", 5000: "5,000 个系统"}),
    ],
)
def test_a_number_takes_the_form_of_its_language(lang: str, said: dict[int, str]) -> None:
    spoken = page_words(SITE / "i18n", lang)

    assert {n: spoken.say("story.n_systems", n=n) for n in said} == said


@given(st.integers(min_value=0, max_value=10**9))
def test_every_number_has_words_in_every_language(number: int) -> None:
    for lang in PAGE["languages"]:
        assert category(lang, number) in {"zero", "one", "two", "few", "many", "other"}


_LOADED = {
    "en": ("sanction", "violat", "guilt", "makers look"),
    "fr": ("sanction", "coupable", "fabricants observent"),
    "de": ("sanktion", "schuldig", "hersteller blicken", "beschriftet"),
    "es": ("sancion", "sanción", "culpable", "miran dos fabricantes"),
    "ru": ("санкци", "виновн", "приговор"),
    "ar": ("عقوب", "مذنب", "إدانة"),
    "zh": ("制裁", "有罪", "制造商都看到"),
}
"""What a list, a camera or a maker would be said to do that no source says."""


def test_no_language_says_of_a_list_or_a_maker_what_no_source_says(words: PageWords) -> None:
    sentences = (words.sentences or {}).values()
    forms = [text for each in sentences if not isinstance(each, str) for text in each.values()]
    spoken = [
        *words.strings.values(),
        *forms,
        *(text for text in sentences if isinstance(text, str)),
    ]

    for loaded in _LOADED[words.lang]:
        assert [text for text in spoken if loaded in text.lower()] == []


def test_days_and_countries_follow_the_language() -> None:
    german, arabic = (page_words(SITE / "i18n", lang) for lang in ("de", "ar"))

    assert german.day("2023-03-28") == "28. März 2023"
    assert german.country("RS") == "Serbien"
    assert german.number(12345) == "12.345"
    assert arabic.day("2023-03-28") == "28 مارس 2023"
    assert arabic.country("FR") == "فرنسا"
    assert (german.direction, arabic.direction) == ("ltr", "rtl")


def test_a_value_in_a_sentence_written_from_the_right_stands_apart() -> None:
    arabic = page_words(SITE / "i18n", "ar")

    assert "\u2068Face++ (A)\u2069" in arabic.say("story.named", n=5, maker="Face++ (A)")

"""A dossier says what the pages say, in each language, stands by itself, and leads nowhere."""

import re
from dataclasses import replace

import pytest

from mapper.clean.neutral_words import lint_words
from mapper.clean.partial_date import parse
from mapper.registry.registry import Registry
from mapper.settings import Settings
from mapper.telling.language import speaking
from mapper.telling.reason_words import REASONS
from mapper.website.dossier.dossier_html import dossier_html
from mapper.website.languages.page_messages import page_messages
from mapper.website.languages.page_words import page_words

DAY = parse("2022-06-01")
SUBJECTS = [
    ("deployment", "riverton-city-video"),
    ("deployment", "exland-plates"),
    ("organisation", "facet"),
    ("organisation", "quiet-optics"),
    ("country", "RU"),
]
LANGUAGES = ["fr", "de", "es", "ru", "ar", "zh"]
SITE = Settings().site_source_dir


def made(registry: Registry, kind: str, row_id: str, language: str = "en") -> str:
    """Return a dossier of the hand-written registry."""
    return dossier_html(registry, kind, row_id, DAY, settings=Settings(), language=language)


def words_of(html: str) -> str:
    """Return what a reader sees, in one line."""
    body = html.partition("<body")[2].partition(">")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


@pytest.mark.parametrize(("kind", "row_id"), SUBJECTS)
def test_a_dossier_stands_by_itself(good: Registry, kind: str, row_id: str) -> None:
    html = made(good, kind, row_id)
    assert "<script" not in html
    assert "default-src 'none'" in html
    assert not re.findall(r'(?:src|data|action)="', html)
    for address in re.findall(r'href="([^"]*)"', html):
        assert address.startswith(("https://", "http://", "#note-", "#use-", "data:,")), address


@pytest.mark.parametrize(("kind", "row_id"), SUBJECTS)
def test_every_part_is_there_and_no_loaded_word(good: Registry, kind: str, row_id: str) -> None:
    words = words_of(made(good, kind, row_id))
    for part in ("The law on 1 June 2022", "Open questions", "How to cite", "is not complete"):
        assert part in words
    assert lint_words(words) == ()


def test_a_system_is_told_with_its_chain_its_sources_and_what_nobody_knows(
    good: Registry,
) -> None:
    html = made(good, "deployment", "riverton-city-video")
    words = words_of(html)
    assert 'class="chain chain-wide"' in html
    assert 'class="locator"' in html
    assert "Who supplies it, and who says so" in words
    assert "The maker said that it cannot always know how products are used." in words
    assert "Sources" in words
    gaps = words_of(made(good, "deployment", "exland-plates")).partition("Open questions")[2]
    for question in (
        "Who runs it? No source read says so.",
        "Who put it together? No source read names an integrator.",
        "Who made its cameras? No source read names a maker.",
        "How many cameras",
    ):
        assert question in gaps


def test_the_law_of_the_day_is_that_of_each_supplier_and_of_no_other(good: Registry) -> None:
    words = words_of(made(good, "organisation", "hall-cameras"))
    law = words.partition("The law on 1 June 2022")[2].partition("Open questions")[0]
    listed = next(row for row in good.designations if row.org_id == "hall-cameras")
    assert good.legal_list[listed.list].name in law
    other = words_of(made(good, "organisation", "quiet-optics"))
    assert good.legal_list[listed.list].name not in other


def test_a_hostile_name_is_text(good: Registry) -> None:
    rows = tuple(
        row.model_copy(update={"name": "<script>alert(1)</script> {{ 7 * 7 }}"})
        if row.deployment_id == "riverton-city-video"
        else row
        for row in good.deployments
    )
    html = made(replace(good, deployments=rows), "deployment", "riverton-city-video")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }}" in html


def test_the_same_evidence_gives_the_same_bytes(good: Registry) -> None:
    assert made(good, "country", "RU") == made(good, "country", "RU")


def pieces_of(sentence: str) -> list[str]:
    """Return what stands between the values and tags of a sentence, where it is long enough."""
    parts = re.split(r"\{\w+\}|%\(\w+\)s|<[^>]+>", sentence)
    # A short piece may be a word of French too, or part of a name.
    return [part.strip() for part in parts if part.strip().count(" ") > 1]


def ours_of(html: str) -> str:
    """Return what a reader sees of a dossier apart from the words of others, which are marked."""
    # Sources keep their titles, and the names of systems and organisations are English here.
    body = "<body" + html.partition("<body")[2]
    body = re.sub(r'<ol class="notes">.*?</ol>', "", body, flags=re.DOTALL)
    return words_of(re.sub(r'<(\w+)[^>]* lang="en"[^>]*>.*?</\1>', "", body, flags=re.DOTALL))


def test_the_template_has_no_word_that_is_not_translated() -> None:
    text = (SITE / "templates" / "dossier.html").read_text("utf-8")
    said = re.sub(r"{% trans.*?{% endtrans %}", "", text, flags=re.DOTALL)
    bare = re.sub(r"<style>.*?</style>|<[^>]+>|{#.*?#}|{%.*?%}|{{.*?}}", "", said, flags=re.DOTALL)
    assert re.findall(r"[A-Za-z]+", re.sub(r"<[^>]+>", "", bare)) == []
    quoted = [
        text for call in re.findall(r"{{.*?}}", said) for text in re.findall(r"'[^']*'", call)
    ]
    sentences = {f"'{message.text}'" for message in page_messages(SITE / "templates")}
    assert [one for one in quoted if " " in one and one not in sentences] == []


@pytest.mark.parametrize(("kind", "row_id"), SUBJECTS)
def test_a_french_dossier_holds_no_english_sentence_of_ours(
    good: Registry, kind: str, row_id: str
) -> None:
    english = ours_of(made(good, kind, row_id))
    french = ours_of(made(good, kind, row_id, "fr"))
    pieces = {
        piece
        for message in page_messages(SITE / "templates")
        for piece in pieces_of(message.text) + pieces_of(message.plural)
        if piece in english
    }
    assert len(pieces) > 8
    assert sorted(piece for piece in pieces if piece in french) == []
    for part in ("Questions ouvertes", "État du droit : 1 juin 2022", "Comment citer"):
        assert part in french


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "row_id"), SUBJECTS)
def test_every_language_has_every_part_and_the_same_sources(
    good: Registry, kind: str, row_id: str, language: str
) -> None:
    english, html = made(good, kind, row_id), made(good, kind, row_id, language)
    assert f'<html lang="{language}"' in html
    for pattern in (r"<h2", r"<h3", r"<blockquote", r'<li id="note-\d+"', r'href="[^"]*"'):
        assert re.findall(pattern, html) == re.findall(pattern, english)
    assert re.search("[\x00-\x08]", html) is None


def test_an_arabic_dossier_runs_from_right_to_left_and_english_in_it_from_left_to_right(
    good: Registry,
) -> None:
    html = made(good, "organisation", "hall-cameras", "ar")
    assert '<html lang="ar" dir="rtl">' in html
    marks = re.findall(r'<[^>]* lang="en"[^>]*>', html)
    assert marks
    assert all('dir="ltr"' in mark for mark in marks)
    assert " dir=" not in made(good, "organisation", "hall-cameras")


def test_the_words_of_others_stay_as_written_and_are_marked(good: Registry) -> None:
    listed = next(row for row in good.designations if row.org_id == "hall-cameras")
    name = good.legal_list[listed.list].name
    html = made(good, "organisation", "hall-cameras", "fr")
    assert f'<bdi lang="en">{name}</bdi>' in html
    english, french = (
        re.search(r'<p class="cite".*?<bdi>(.*?)</bdi>', text)
        for text in (
            made(good, "deployment", "riverton-city-video"),
            made(good, "deployment", "riverton-city-video", "fr"),
        )
    )
    assert english is not None
    assert french is not None
    assert french[1] == english[1]


def test_a_hostile_name_of_a_list_is_text_in_another_language(good: Registry) -> None:
    rows = tuple(
        row.model_copy(update={"name": "<script>alert(1)</script>"}) for row in good.legal_lists
    )
    html = made(replace(good, legal_lists=rows), "organisation", "hall-cameras", "fr")
    assert '<bdi lang="en">&lt;script&gt;alert(1)&lt;/script&gt;</bdi>' in html
    assert "<script" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_an_answer_is_said_in_every_language(language: str) -> None:
    words = page_words(SITE / "i18n", language)
    with speaking(words.language):
        told = [words.gettext(sentence) for sentence in REASONS.values()]
    assert not set(told) & set(REASONS.values())
    assert len(set(told)) == len(REASONS)

"""A dossier says what the pages say, stands by itself, and leads to no page and no machine."""

import re
from dataclasses import replace

import pytest

from mapper.clean.neutral_words import lint_words
from mapper.clean.partial_date import parse
from mapper.registry.registry import Registry
from mapper.settings import Settings
from mapper.website.dossier.dossier_html import dossier_html

DAY = parse("2022-06-01")
SUBJECTS = [
    ("deployment", "riverton-city-video"),
    ("deployment", "exland-plates"),
    ("organisation", "facet"),
    ("organisation", "quiet-optics"),
    ("country", "RU"),
]


def made(registry: Registry, kind: str, row_id: str) -> str:
    """Return a dossier of the hand-written registry."""
    return dossier_html(registry, kind, row_id, DAY, settings=Settings())


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

"""The terminal, the static pages and the map say the same words of the same claims and supplies."""

import json
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from mapper.answers.relation_status import standing
from mapper.answers.supply import edge_of
from mapper.answers.supply_chain import chain
from mapper.registry.checked import load
from mapper.registry.codes import StatusWord, SubjectKind
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim, Relation
from mapper.settings import Settings
from mapper.telling.as_text import chain_text
from mapper.website.map.data_file import script_text
from mapper.website.map.deployment_file import deployments_payload
from tests.website.pages.static_page import write_pages

_CLAIMS, _RELATIONS = 200, 60
_Read = Callable[[str], tuple[str, str]]
_SPACES = re.compile(r"\s+")


class _Reader(HTMLParser):
    """Reads a page as text without the numbers of its sources."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._marks = 0
        self.feed(html)
        self.text = _one_line("".join(self._parts))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave marks out; any other element but those within a line begins a new word."""
        self._marks += tag == "sup"
        if tag not in {"a", "bdi", "span", "sup"}:
            self._parts.append(" ")
        del attrs

    def handle_endtag(self, tag: str) -> None:
        """End a mark."""
        self._marks -= tag == "sup"
        if tag not in {"a", "bdi", "span", "sup"}:
            self._parts.append(" ")

    def handle_data(self, data: str) -> None:
        """Keep text."""
        if not self._marks:
            self._parts.append(data)


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


@pytest.fixture(scope="module")
def real() -> Registry:
    return load(Settings().registry_dir)


@pytest.fixture(scope="module")
def site(real: Registry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(tmp_path_factory.mktemp("voice"), real)


@pytest.fixture(scope="module")
def on_map(real: Registry) -> dict[str, dict[str, Any]]:
    """Return what a reader of the map's data file gets, by deployment."""
    script = script_text("deployments", deployments_payload(real))
    payload = json.loads(script.partition(",")[2].rstrip().removesuffix(");"))
    return {deployment["id"]: deployment for deployment in payload["deployments"]}


@pytest.fixture(scope="module")
def read(real: Registry, site: Path) -> _Read:
    """Return a way to read of a deployment the terminal's text and the page's, each in one line."""

    @cache
    def texts(place: str) -> tuple[str, str]:
        page = (site / f"deployments/{place}.html").read_text(encoding="utf-8")
        return _one_line(chain_text(real, chain(real, place))), _Reader(page).text

    return texts


def _every(rows: list[Any], count: int) -> list[Any]:
    """Pick rows evenly, the same ones each time."""
    return [rows[len(rows) * place // count] for place in range(count)]


def _claims(registry: Registry) -> list[tuple[str, Claim]]:
    """Return claims on deployments and on the supplies at them, with the deployment."""
    found = []
    for claim in standing(registry, registry.claims):
        place: str | None = None
        if claim.subject_kind is SubjectKind.DEPLOYMENT:
            place = claim.subject_id
        if claim.subject_kind is SubjectKind.RELATION:
            place = registry.relation[claim.subject_id].deployment_id
        if place is not None:
            found.append((place, claim))
    # A role without a name is where the voices used to differ most.
    nameless = [row for row in found if row[1].speaker_role and not row[1].speaker_org]
    others = [row for row in found if row not in nameless]
    bare = [row for row in others if row[1].statement is None]
    told = [row for row in others if row[1].statement is not None]
    picked = _every(told, _CLAIMS - 40 - len(nameless)) + _every(bare, 40)
    return nameless + picked


def _relations(registry: Registry) -> list[Relation]:
    supplies = [
        row
        for row in registry.relations
        if row.deployment_id is not None
        and edge_of(registry, row.relation_id).status.word is not StatusWord.RETRACTED
    ]
    return _every(supplies, _RELATIONS)


def _speaker(registry: Registry, claim: Claim) -> str:
    """Say by the rule who speaks: a name and a role, a role alone, else who published."""
    if claim.speaker_org is not None:
        name = registry.name(claim.speaker_org)
        return f"{name} ({claim.speaker_role})" if claim.speaker_role else name
    return claim.speaker_role or registry.source[claim.source_id].publisher


def test_the_three_say_the_same_of_two_hundred_claims(
    real: Registry, on_map: dict[str, dict[str, Any]], read: _Read
) -> None:
    claims = _claims(real)
    assert len({claim.claim_id for _, claim in claims}) == _CLAIMS
    assert Counter(claim.subject_kind for _, claim in claims).keys() == {"deployment", "relation"}
    for place, claim in claims:
        deployment = on_map[place]
        told = deployment["claims"] + [
            row for supplier in deployment["suppliers"] for row in supplier["claims"]
        ]
        speaker = _speaker(real, claim)
        text = claim.statement or "Names this supply and says no more."
        same = [row for row in told if row["text"] == text and row["byline"].startswith(speaker)]
        assert same, claim.claim_id
        terminal, page = read(place)
        for row in same:
            byline, says = _one_line(row["byline"]), row["says"]
            after = f"{byline}; {says}" if says else byline
            assert byline in terminal, claim.claim_id
            assert byline in page, claim.claim_id
            if claim.statement is not None:
                assert f"{after}: {_one_line(text)}" in terminal, claim.claim_id
                assert f"{_one_line(text)} {after}" in page, claim.claim_id


def test_the_three_say_the_same_of_sixty_supplies(
    real: Registry, on_map: dict[str, dict[str, Any]], read: _Read
) -> None:
    relations = _relations(real)
    assert len({row.relation_id for row in relations}) == _RELATIONS
    for relation in relations:
        place = str(relation.deployment_id)
        name = real.name(relation.supplier_org)
        headlines = {
            supplier["headline"]
            for supplier in on_map[place]["suppliers"]
            if supplier["supplier_id"] == relation.supplier_org
        }
        assert headlines, relation.relation_id
        terminal, page = read(place)
        for headline in headlines:
            assert f"{name}: {_one_line(headline)}" in terminal, relation.relation_id
            assert f"{name}: {_one_line(headline)}" in page, relation.relation_id


def test_the_three_name_a_source_alike(on_map: dict[str, dict[str, Any]], read: _Read) -> None:
    for place, deployment in _every(sorted(on_map.items()), 20):
        terminal, page = read(place)
        cited = {
            number
            for row in deployment["suppliers"] + [deployment]
            for claim in row["claims"]
            for number in claim["sources"]
        }
        for number in cited:
            source = deployment["sources"][number]
            line = _one_line(f"{source['title']}, {source['publisher']}, {source['details']}")
            assert line in terminal, (place, line)
            assert line in page, (place, line)


def test_the_map_and_the_pages_count_alike(
    site: Path, on_map: dict[str, dict[str, Any]], read: _Read
) -> None:
    listed = _Reader((site / "deployments/index.html").read_text(encoding="utf-8")).text
    for place in sorted(on_map):
        _, page = read(place)
        headline = on_map[place]["headline"]
        assert headline is None or _one_line(headline["line"]) in listed, place
        for count in on_map[place]["counts"]:
            scope = f" ({count['scope']})" if count["scope"] else ""
            row = f"{count['when']} {count['figure']} {count['what']}{scope} {count['state']}"
            assert _one_line(row) in page, (place, row)

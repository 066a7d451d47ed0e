"""Paging through release packages against a stand-in that repeats, circles and leads astray."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mapper.errors import FetchError, SourceChangedError
from mapper.proposals.uk_ocds import CONTRACTS_FINDER, FIND_A_TENDER, Days
from tests.fetch.raw_server import serving, status
from tests.proposals.interface_fetch_context import answering, answers_kept, fetch_context, fixture

DAYS = Days("2026-03-01", "2026-03-31")
PAGES = [json.loads(fixture("uk_1.json")), json.loads(fixture("uk_2.json"))]


def test_next_is_followed_to_the_page_without_one(tmp_path: Path) -> None:
    def reply(target: str, _: object) -> Any:  # noqa: ANN401 - JSON
        return PAGES[1] if "cursor=abc" in target else PAGES[0]

    with serving(answering(reply)) as server:
        found = fetch_context(server, tmp_path)
        collected = FIND_A_TENDER.collect(found, DAYS, server.url)
        first = server.requests[0].split(b" ")[1].decode()
    assert answers_kept(found, collected.sha256) == PAGES
    assert collected.proof == "no next after 2 pages, 4 releases"
    assert parse_qs(urlsplit(first).query) == {
        "updatedFrom": ["2026-03-01T00:00:00"],
        "updatedTo": ["2026-03-31T23:59:59"],
        "limit": ["100"],
    }


def test_contracts_finder_is_asked_in_its_own_words(tmp_path: Path) -> None:
    with serving(answering(lambda *_: PAGES[1])) as server:
        CONTRACTS_FINDER.collect(fetch_context(server, tmp_path), DAYS, server.url)
        assert b"publishedFrom=2026-03-01T00%3A00%3A00" in server.requests[0]


@pytest.mark.parametrize(
    ("links", "what"),
    [
        ({"next": "?cursor=abc"}, "repeats release"),
        ({"next": "https://elsewhere.example/?cursor=abc"}, "another host"),
    ],
    ids=["the same page again", "another host"],
)
def test_a_next_that_leads_nowhere_good_is_an_error(
    links: dict[str, str], what: str, tmp_path: Path
) -> None:
    with serving(answering(lambda *_: {**PAGES[0], "links": links})) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(FetchError, match=what):
            FIND_A_TENDER.collect(found, DAYS, server.url)
    assert found.archive.answers("find-a-tender") == []


def test_pages_in_a_circle_are_an_error(tmp_path: Path) -> None:
    empty = {"releases": [], "links": {"next": "?cursor=abc"}}
    with serving(answering(lambda *_: empty)) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(FetchError, match="circle after 2 pages"):
            FIND_A_TENDER.collect(found, DAYS, server.url)


def test_403_is_told_as_a_wish_to_be_left_alone(tmp_path: Path) -> None:
    with serving(answering(lambda *_: status(403, b"no"))) as server:
        with pytest.raises(FetchError, match="left alone") as raised:
            CONTRACTS_FINDER.collect(fetch_context(server, tmp_path), DAYS, server.url)
        assert len(server.requests) == 1
    assert "five minutes" in raised.value.next_step


@pytest.mark.parametrize(
    "page",
    [{}, [], {"releases": {}}, {"releases": [{}]}, {"releases": [], "links": []}],
    ids=["empty", "list", "no list", "no ocid", "links"],
)
def test_a_page_of_another_shape_is_an_error(page: Any, tmp_path: Path) -> None:  # noqa: ANN401 - JSON
    with serving(answering(lambda *_: page)) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(SourceChangedError):
            FIND_A_TENDER.collect(found, DAYS, server.url)
    assert found.archive.answers("find-a-tender") == []

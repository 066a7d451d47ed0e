"""Paging through TED against a stand-in that counts, repeats, ends early and refuses."""

import json
from pathlib import Path
from typing import Any

import pytest

from mapper.errors import FetchError, SourceChangedError, UsageError
from mapper.proposals.ted import FIELDS, Search, Ted
from tests.fetch.raw_server import ok, serving, status
from tests.proposals.interface_fetch_context import (
    Reply,
    answering,
    answers_kept,
    fetch_context,
    fixture,
)

SEARCH = Search("2026-02-01", "2026-02-28", ("35125300", "32323500"))
PAGES = [json.loads(fixture("ted_1.json")), json.loads(fixture("ted_2.json"))]


def pages(first: Any, second: Any) -> Reply:  # noqa: ANN401 - JSON
    def reply(_: str, asked: Any) -> Any:  # noqa: ANN401 - JSON
        assert asked["paginationMode"] == "ITERATION"
        return second if asked.get("iterationNextToken") == "token-1" else first

    return reply


def test_all_pages_are_kept_byte_for_byte_once_the_count_is_met(tmp_path: Path) -> None:
    raw = [fixture("ted_1.json"), fixture("ted_2.json")]
    with serving(answering(pages(*(ok(one, "Connection: close") for one in raw)))) as server:
        found = fetch_context(server, tmp_path)
        collected = Ted().collect(found, SEARCH, server.url)
        assert len(server.requests) == 2
    assert answers_kept(found, collected.sha256) == PAGES
    body = found.archive.body_path(collected.sha256).read_bytes()
    assert raw[0] in body
    assert b"45000.00" in body
    assert collected.proof == "count of 5 notices"
    assert found.archive.latest("ted", SEARCH.key) == collected


def test_the_query_asks_for_awards_of_the_days_and_codes() -> None:
    assert SEARCH.key == (
        "PD>=20260201 AND PD<=20260228 AND notice-type IN (can-standard can-social can-desg "
        "can-tran) AND classification-cpv IN (32323500 35125300) SORT BY PD DESC"
    )
    assert "winner-name" in FIELDS


def test_every_field_of_an_answer_was_asked_for() -> None:
    answered = {field for page in PAGES for notice in page["notices"] for field in notice}
    assert answered <= set(FIELDS)
    assert len(set(FIELDS)) == len(FIELDS)


def test_words_cannot_leave_their_quotation_marks() -> None:
    words = Search("2026-02-01", "", (), "face recognition")
    assert 'FT~"face recognition"' in words.key
    with pytest.raises(UsageError):
        _ = Search("2026-02-01", "", (), 'x" OR FT~"y').key


@pytest.mark.parametrize(
    ("second", "what"),
    [
        ({**PAGES[1], "totalNoticeCount": 6}, "count changed from 5 to 6"),
        ({**PAGES[1], "notices": []}, "2 notices came, TED counts 5"),
        ({**PAGES[1], "notices": PAGES[1]["notices"][:1], "iterationNextToken": None}, "3 notices"),
        ({**PAGES[1], "notices": PAGES[0]["notices"]}, "repeats notices"),
        ({**PAGES[1], "timedOut": True}, "ran out of time"),
        (
            {
                **PAGES[1],
                "notices": [*PAGES[1]["notices"], {"publication-number": "100009-2026"}],
            },
            "6 notices came, TED counts 5",
        ),
        (
            {**PAGES[1], "notices": PAGES[1]["notices"][:1], "iterationNextToken": "token-1"},
            "3 notices",
        ),
    ],
    ids=["another count", "empty", "no token", "repeated", "timed out", "too many", "token again"],
)
def test_less_than_ted_counts_is_an_error(second: Any, what: str, tmp_path: Path) -> None:  # noqa: ANN401 - JSON
    with serving(answering(pages(PAGES[0], second))) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(FetchError, match=what):
            Ted().collect(found, SEARCH, server.url)
    assert found.archive.answers("ted") == []


def test_a_field_that_ted_does_not_know_is_told_in_its_words(tmp_path: Path) -> None:
    said = {
        "message": "Unrecognized field 'winner-name'",
        "supported": ["publication-number", "notice-title"],
    }
    refusal = status(400, json.dumps(said).encode(), media_type="application/json")
    with serving(answering(lambda *_: refusal)) as server:
        with pytest.raises(FetchError, match="Unrecognized field 'winner-name'"):
            Ted().collect(fetch_context(server, tmp_path), SEARCH, server.url)
        assert len(server.requests) == 1


def test_a_token_that_ted_refuses_says_to_begin_again(tmp_path: Path) -> None:
    with serving(answering(pages(PAGES[0], status(500, b"{}")))) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(FetchError, match=r"refused half-way \(500\)") as raised:
            Ted().collect(found, SEARCH, server.url)
    assert "begin again" in raised.value.next_step
    assert found.archive.answers("ted") == []


@pytest.mark.parametrize(
    "page",
    [
        {},
        [],
        None,
        {"notices": {}, "totalNoticeCount": 1, "timedOut": False},
        {"notices": [], "totalNoticeCount": True, "timedOut": False},
        {"notices": [{}], "totalNoticeCount": 1, "timedOut": False},
    ],
    ids=["empty", "list", "null", "no list", "no count", "no number"],
)
def test_a_page_of_another_shape_is_an_error(page: Any, tmp_path: Path) -> None:  # noqa: ANN401 - JSON
    with serving(answering(lambda *_: page)) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises((SourceChangedError, FetchError)):
            Ted().collect(found, SEARCH, server.url)
    assert found.archive.answers("ted") == []


def test_no_notice_at_all_is_an_answer(tmp_path: Path) -> None:
    nothing = {
        "notices": [],
        "totalNoticeCount": 0,
        "iterationNextToken": None,
        "timedOut": False,
    }
    with serving(answering(lambda *_: nothing)) as server:
        collected = Ted().collect(fetch_context(server, tmp_path), SEARCH, server.url)
    assert collected.proof == "count of 0 notices"

"""Paging through USAspending against a stand-in whose count and pages disagree."""

import json
from pathlib import Path
from typing import Any

import pytest

from mapper.errors import FetchError, SourceChangedError
from mapper.proposals.usaspending import Search, UsaSpending
from tests.fetch.raw_server import serving
from tests.proposals.interface_fetch_context import (
    Reply,
    answering,
    answers_kept,
    fetch_context,
    fixture,
)

SEARCH = Search(("cctv", "video surveillance"), "2000-01-01", "2023-12-31")
COUNT = json.loads(fixture("usaspending_count.json"))
PAGES = [json.loads(fixture(f"usaspending_{n}.json")) for n in (1, 2)]


def interface(count: Any, first: Any, second: Any) -> Reply:  # noqa: ANN401 - JSON
    def reply(path: str, asked: Any) -> Any:  # noqa: ANN401 - JSON
        if path == "/spending_by_award_count/":
            return count
        assert path == "/spending_by_award/"
        return first if asked["page"] == 1 else second

    return reply


def test_every_page_comes_and_the_count_proves_it(tmp_path: Path) -> None:
    with serving(answering(interface(COUNT, *PAGES))) as server:
        found = fetch_context(server, tmp_path)
        collected = UsaSpending().collect(found, SEARCH, f"{server.url}/")
        sent = [json.loads(request.partition(b"\r\n\r\n")[2]) for request in server.requests]
    assert answers_kept(found, collected.sha256) == [COUNT, *PAGES]
    assert collected.proof == "count of 4 contracts"
    assert sent[0]["filters"]["award_type_codes"] == ["A", "B", "C", "D"]
    assert sent[0]["filters"]["time_period"][0]["start_date"] == "2007-10-01"
    assert sent[2]["page"] == 2
    assert sent[2]["last_record_unique_id"] == 2


@pytest.mark.parametrize(
    ("count", "first", "second", "what"),
    [
        ({"results": {"contracts": 5}}, *PAGES, "4 contracts came, the interface counts 5"),
        (COUNT, PAGES[0], {**PAGES[1], "results": PAGES[0]["results"]}, "repeats contracts"),
        (COUNT, {**PAGES[0], "results": []}, PAGES[1], "0 contracts came"),
    ],
    ids=["count", "repeated", "empty with more"],
)
def test_another_number_than_counted_is_an_error(
    count: Any,  # noqa: ANN401 - JSON
    first: Any,  # noqa: ANN401 - JSON
    second: Any,  # noqa: ANN401 - JSON
    what: str,
    tmp_path: Path,
) -> None:
    with serving(answering(interface(count, first, second))) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(FetchError, match=what):
            UsaSpending().collect(found, SEARCH, f"{server.url}/")
    assert found.archive.answers("usaspending") == []


@pytest.mark.parametrize(
    "metadata", [{}, {"has_next": False}, {"hasNext": 1}], ids=["none", "has_next", "number"]
)
def test_a_page_that_does_not_say_whether_there_is_more_is_an_error(
    metadata: dict[str, Any], tmp_path: Path
) -> None:
    page = {**PAGES[0], "page_metadata": metadata}
    with serving(answering(interface(COUNT, page, PAGES[1]))) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(SourceChangedError, match="hasNext"):
            UsaSpending().collect(found, SEARCH, f"{server.url}/")

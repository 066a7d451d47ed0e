"""Asking Wikidata and GLEIF: every item has a row, every record is counted, parents are asked."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mapper.errors import FetchError, SourceChangedError, UsageError
from mapper.proposals.entity import Wanted
from mapper.proposals.gleif import Gleif
from mapper.proposals.wikidata import Wikidata
from tests.fetch.raw_server import ok, serving, status
from tests.proposals.interface_fetch_context import answering, answers_kept, fetch_context, fixture

RESULT = json.loads(fixture("wikidata.json"))
RECORDS = json.loads(fixture("gleif_records.json"))
PARENT = json.loads(fixture("gleif_parent.json"))
EXCEPTION = json.loads(fixture("gleif_exception.json"))


def sparql(replies: list[bytes]) -> Any:  # noqa: ANN401 - a script
    def script(_: bytes, connection: Any) -> None:  # noqa: ANN401 - a socket
        connection.sendall(replies.pop(0) if len(replies) > 1 else replies[0])

    return script


def test_a_row_for_each_item_proves_the_result(tmp_path: Path) -> None:
    items = Wanted(("Q1001", "Q1002", "Q1003", "Q1004"))
    with serving(sparql([ok(fixture("wikidata.json"))])) as server:
        found = fetch_context(server, tmp_path)
        collected = Wikidata().collect(found, items, server.url)
        sent = parse_qs(server.requests[0].partition(b"\r\n\r\n")[2].decode())["query"][0]
    assert answers_kept(found, collected.sha256) == [RESULT]
    assert collected.proof == "a row for each of 4 items"
    assert "VALUES ?c { wd:Q1001 wd:Q1002 wd:Q1003 wd:Q1004 }" in sent
    assert "FILTER NOT EXISTS { ?other wdt:P31 wd:Q5 }" in sent


def test_an_item_without_a_row_is_an_error(tmp_path: Path) -> None:
    items = Wanted(("Q1001", "Q999"))
    with serving(sparql([ok(fixture("wikidata.json"))])) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(FetchError, match="1 of 2 items have no row"):
            Wikidata().collect(found, items, server.url)
    assert found.archive.answers("wikidata") == []


def test_more_than_fifty_items_are_asked_in_turn(tmp_path: Path) -> None:
    qids = tuple(f"Q{number}" for number in range(1, 71))
    rows = [{"c": {"type": "uri", "value": f"http://www.wikidata.org/entity/{q}"}} for q in qids]
    reply = ok(json.dumps({"head": {"vars": ["c"]}, "results": {"bindings": rows}}).encode())
    with serving(sparql([reply])) as server:
        Wikidata().collect(fetch_context(server, tmp_path), Wanted(qids), server.url)
        assert len(server.requests) == 2


def test_a_result_that_ran_out_of_time_is_an_error(tmp_path: Path) -> None:
    cut = fixture("wikidata.json")[:300] + b"\njava.util.concurrent.TimeoutException"
    with serving(sparql([ok(cut)])) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(FetchError, match="JSON does not end properly"):
            Wikidata().collect(found, Wanted(("Q1001",)), server.url)
    assert found.archive.answers("wikidata") == []


def test_a_name_is_asked_among_organisations_and_cannot_leave_its_quotes(tmp_path: Path) -> None:
    with serving(sparql([ok(fixture("wikidata.json"))])) as server:
        found = fetch_context(server, tmp_path)
        collected = Wikidata().collect(found, Wanted(name="Hall Cameras"), server.url)
        assert b"Hall+Cameras" in server.requests[0]
        with pytest.raises(UsageError):
            Wikidata().collect(found, Wanted(name='x" . ?y'), server.url)
    assert collected.proof == "whole result of 8 rows"


@pytest.mark.parametrize(
    "page", [{}, {"head": {"vars": []}, "results": {"bindings": []}}, {"head": {"vars": ["c"]}}]
)
def test_a_result_of_another_shape_is_an_error(page: Any, tmp_path: Path) -> None:  # noqa: ANN401 - JSON
    script = sparql([ok(json.dumps(page).encode())])
    with serving(script) as server, pytest.raises(SourceChangedError):
        Wikidata().collect(fetch_context(server, tmp_path), Wanted(("Q1",)), server.url)


def register(path: str, _: Any) -> Any:  # noqa: ANN401 - JSON
    last = urlsplit(path).path
    if last.endswith("/LUMENVISION000000093/direct-parent"):
        return PARENT
    if last.endswith("/529900T8BM49AURSDO55/direct-parent-reporting-exception"):
        return EXCEPTION
    number = int(parse_qs(urlsplit(path).query)["page[number]"][0])
    data = RECORDS["data"][3 * (number - 1) : 3 * number]
    return {**RECORDS, "data": data}


def test_records_are_counted_and_their_parents_or_exceptions_asked(tmp_path: Path) -> None:
    entities = Wanted(name="Vision & Co")
    with serving(answering(register)) as server:
        found = fetch_context(server, tmp_path)
        collected = Gleif().collect(found, entities, f"{server.url}/lei-records")
        asked = [request.split(b" ")[1].decode() for request in server.requests]
    assert len(asked) == 4
    assert parse_qs(urlsplit(asked[0]).query)["filter[entity.legalName]"] == ["Vision & Co"]
    assert answers_kept(found, collected.sha256)[2:] == [EXCEPTION, PARENT]
    assert collected.proof == "count of 5 records"


@pytest.mark.parametrize(
    ("total", "what"), [(6, "5 records came, GLEIF counts 6"), (201, "at most 200")]
)
def test_another_number_of_records_than_counted_is_an_error(
    total: int, what: str, tmp_path: Path
) -> None:
    def reply(path: str, sent: Any) -> Any:  # noqa: ANN401 - JSON
        page = register(path, sent)
        return {**page, "meta": {"pagination": {"total": total}}}

    with serving(answering(reply)) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(FetchError, match=what):
            Gleif().collect(found, Wanted(name="Vision"), f"{server.url}/lei-records")
    assert found.archive.answers("gleif") == []


def test_a_parent_that_is_promised_and_not_given_is_an_error(tmp_path: Path) -> None:
    def reply(path: str, sent: Any) -> Any:  # noqa: ANN401 - JSON
        return status(404, b"{}") if "direct-parent" in path else register(path, sent)

    with serving(answering(reply)) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(FetchError, match="404"):
            Gleif().collect(found, Wanted(name="Vision"), f"{server.url}/lei-records")
    assert found.archive.answers("gleif") == []

"""Every interface of entities, contracts and lists against the same faults of a server."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from mapper.errors import FetchError
from mapper.fetch.archive import Collected
from mapper.fetch.http import Client, Limits
from mapper.fetch.json_pages import FetchContext
from mapper.model.progress import NoProgress
from mapper.proposals import usaspending
from mapper.proposals.answer_file import WholeFile
from mapper.proposals.eff_atlas import EffAtlas
from mapper.proposals.entity import Wanted
from mapper.proposals.gleif import Gleif
from mapper.proposals.screening_list import ScreeningList
from mapper.proposals.ted import Search, Ted
from mapper.proposals.uk_ocds import FIND_A_TENDER, Days
from mapper.proposals.usaspending import UsaSpending
from mapper.proposals.wikidata import Wikidata
from tests.fetch.raw_server import Script, ok, serving, status
from tests.proposals.interface_fetch_context import fetch_context, fixture

Collect = Callable[[FetchContext, str], Collected]
INTERFACES: dict[str, tuple[str, Collect]] = {
    "ted": (
        "ted_1.json",
        lambda d, url: Ted().collect(d, Search("2026-02-01", "", ("32323500",)), url),
    ),
    "find-a-tender": (
        "uk_2.json",
        lambda d, url: FIND_A_TENDER.collect(d, Days("2026-03-01", "2026-03-31"), url),
    ),
    "usaspending": (
        "usaspending_count.json",
        lambda d, url: UsaSpending().collect(
            d, usaspending.Search(("cctv",), "2023-01-01", "2023-12-31"), f"{url}/"
        ),
    ),
    "wikidata": ("wikidata.json", lambda d, url: Wikidata().collect(d, Wanted(("Q1001",)), url)),
    "gleif": ("gleif_records.json", lambda d, url: Gleif().collect(d, Wanted(name="V"), url)),
    "csl": ("csl.json", lambda d, url: ScreeningList().collect(d, WholeFile(url), url)),
    "eff-atlas": ("atlas.csv", lambda d, url: EffAtlas().collect(d, WholeFile(url), url)),
}


def cut(body: bytes) -> Script:
    def script(_: bytes, connection: socket.socket) -> None:
        connection.sendall(ok(body)[:-7])

    return script


def always(answer: bytes) -> Script:
    return lambda _, connection: connection.sendall(answer)


PAGE = b"<!DOCTYPE html><html><title>Too many requests</title></html>"


@pytest.mark.parametrize("name", INTERFACES)
@pytest.mark.parametrize(
    "fault", ["cut", "page with 200", "429", "503", "404", "empty"], ids=lambda fault: fault
)
def test_a_fault_of_the_server_keeps_nothing(name: str, fault: str, tmp_path: Path) -> None:
    body, collect = INTERFACES[name]
    scripts = {
        "cut": cut(fixture(body)),
        "page with 200": always(ok(PAGE, media_type="text/html")),
        "429": always(status(429, b"slow down", "Retry-After: 7")),
        "503": always(status(503, PAGE)),
        "404": always(status(404, PAGE)),
        "empty": always(ok(b"")),
    }
    with serving(scripts[fault]) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(FetchError):
            collect(found, server.url)
    assert found.archive.answers(name) == []
    assert not (tmp_path / "bodies").exists()


@pytest.mark.parametrize("name", INTERFACES)
def test_a_wait_that_the_server_names_is_kept(name: str, tmp_path: Path) -> None:
    _, collect = INTERFACES[name]
    slept: list[float] = []
    refusal = status(429, b"slow down", "Retry-After: 7", "Connection: close")
    with serving(always(refusal)) as server:
        found = fetch_context(server, tmp_path)
        limits = Limits(connect_s=2, read_s=2, total_s=100, attempts=2, pause_s=0)
        client = Client(
            limits=limits,
            named=frozenset({server.target}),
            progress=NoProgress(),
            sleep=slept.append,
        )
        with pytest.raises(FetchError, match="429"):
            collect(FetchContext(client, found.archive, found.progress, found.now_utc), server.url)
        assert len(server.requests) == 2
    assert slept == [7.0]

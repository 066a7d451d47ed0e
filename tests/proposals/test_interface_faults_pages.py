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
from mapper.proposals import eff_atlas_pages as eff_atlas
from mapper.proposals import gleif_pages as gleif
from mapper.proposals import screening_list_pages as screening_list
from mapper.proposals import ted_pages as ted
from mapper.proposals import uk_ocds_pages as uk_ocds
from mapper.proposals import usaspending_pages as usaspending
from mapper.proposals import wikidata_pages as wikidata
from tests.fetch.raw_server import Script, ok, serving, status
from tests.proposals.interface_fetch_context import fetch_context, fixture

Collect = Callable[[FetchContext, str], Collected]
INTERFACES: dict[str, tuple[str, Collect]] = {
    "ted": (
        "ted_1.json",
        lambda d, url: ted.collect(d, ted.Search("2026-02-01", "", ("32323500",)), url=url),
    ),
    "find-a-tender": (
        "uk_2.json",
        lambda d, url: uk_ocds.collect(
            d, uk_ocds.FIND_A_TENDER, uk_ocds.Days("2026-03-01", "2026-03-31"), url=url
        ),
    ),
    "usaspending": (
        "usaspending_count.json",
        lambda d, url: usaspending.collect(
            d, usaspending.Search(("cctv",), "2023-01-01", "2023-12-31"), url=f"{url}/"
        ),
    ),
    "wikidata": (
        "wikidata.json",
        lambda d, url: wikidata.collect(d, wikidata.Items(("Q1001",)), url=url),
    ),
    "gleif": (
        "gleif_records.json",
        lambda d, url: gleif.collect(d, gleif.Entities(name="Vision"), url=url),
    ),
    "csl": ("csl.json", lambda d, url: screening_list.collect(d, url=url)),
    "eff-atlas": ("atlas.csv", lambda d, url: eff_atlas.collect(d, url=url)),
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

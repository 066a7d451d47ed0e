"""The Entity List of a day: asked by day, compressed, well-formed, or not kept."""

import gzip
import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mapper.errors import FetchError, MapperError, SourceChangedError, UsageError
from mapper.proposals.ecfr import Ecfr, TextOf
from tests.fetch.raw_server import Script, ok, serving, status
from tests.proposals.interface_fetch_context import fetch_context, fixture

ON = date(2020, 1, 1)
TITLES = b'{"titles": [{"number": 1}, {"number": 15, "up_to_date_as_of": "2026-11-19"}]}'
TEXT = fixture("ecfr_744.xml")


def site(text: bytes, titles: bytes = TITLES) -> Script:
    def script(request: bytes, connection: socket.socket) -> None:
        head = request.split(b"\r\n\r\n")[0]
        path = head.split(b" ")[1].decode()
        if path == "/titles.json":
            connection.sendall(ok(titles))
        elif b"accept-encoding: gzip" not in head.lower():
            connection.sendall(status(406, b"gzip only"))
        else:
            assert path == "/full/2020-01-01/title-15.xml?part=744"
            connection.sendall(text)

    return script


def packed(body: bytes) -> bytes:
    return ok(gzip.compress(body), "Content-Encoding: gzip", media_type="application/xml")


def test_the_text_of_a_day_is_asked_for_compressed_and_kept(tmp_path: Path) -> None:
    with serving(site(packed(TEXT))) as server:
        found = fetch_context(server, tmp_path)
        collected = Ecfr().collect(found, TextOf(ON), f"{server.url}/")
    assert found.archive.body_path(collected.sha256).read_bytes() == TEXT
    assert collected.proof == "length, end of compression, end of XML, well-formed"
    assert found.archive.latest("ecfr", TextOf(ON).key) == collected


def answers(text: bytes, titles: bytes = TITLES) -> Callable[[], Script]:
    return lambda: site(text, titles)


@pytest.mark.parametrize(
    ("script", "error", "what"),
    [
        (answers(packed(TEXT)[:-9]), FetchError, "connection failed"),
        (answers(packed(TEXT.replace(b"</DIV5>", b"</DIV4>"))), FetchError, "well-formed"),
        (answers(packed(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')), FetchError, "well-formed"),
        (answers(packed(b"<!doctype html><html></html>")), FetchError, "page instead of data"),
        (answers(status(404, b"no")), UsageError, "no text of 2020-01-01"),
        (answers(packed(TEXT), b'{"titles": []}'), SourceChangedError, "without title 15"),
        (answers(packed(TEXT), b"[]"), SourceChangedError, "titles"),
        (
            answers(packed(TEXT), b'{"titles": [{"number": 15, "up_to_date_as_of": "soon"}]}'),
            SourceChangedError,
            "soon",
        ),
        (
            answers(packed(TEXT), TITLES.replace(b"2026", b"2019")),
            UsageError,
            "current up to 2019-11-19",
        ),
    ],
    ids=["cut", "broken", "entity", "page", "404", "no title", "list", "no day", "too late"],
)
def test_anything_less_than_the_whole_text_is_not_kept(
    script: Callable[[], Script], error: type[MapperError], what: str, tmp_path: Path
) -> None:
    with serving(script()) as server:
        found = fetch_context(server, tmp_path)
        with pytest.raises(error, match=what):
            Ecfr().collect(found, TextOf(ON), f"{server.url}/")
    assert found.archive.answers("ecfr") == []


def test_a_day_before_the_ecfr_begins_is_not_asked_for(tmp_path: Path) -> None:
    with serving(site(packed(TEXT))) as server:
        early = TextOf(date(2016, 12, 31))
        with pytest.raises(UsageError, match="from 2017-01-01 on"):
            Ecfr().collect(fetch_context(server, tmp_path), early, f"{server.url}/")
        assert server.requests == []

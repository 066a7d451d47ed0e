"""The Atlas's CSV: whole by its length, and asked for again only when it changed."""

import socket
from pathlib import Path

from mapper.proposals.answer_file import WholeFile
from mapper.proposals.eff_atlas import EffAtlas
from tests.fetch.raw_server import ok, serving, status
from tests.proposals.interface_fetch_context import fetch_context, fixture


def test_a_second_run_asks_whether_it_changed_and_keeps_the_first(tmp_path: Path) -> None:
    body = fixture("atlas.csv")

    def script(request: bytes, connection: socket.socket) -> None:
        is_known = b'If-None-Match: W/"v1"' in request
        answer = ok(body, 'ETag: W/"v1"', media_type="text/csv")
        connection.sendall(status(304) if is_known else answer)

    with serving(script) as server:
        found = fetch_context(server, tmp_path)
        whole = WholeFile(server.url)
        first = EffAtlas().collect(found, whole, server.url)
        second = EffAtlas().collect(found, whole, server.url)
        assert len(server.requests) == 2
        assert found.archive.latest("eff-atlas", whole.key) == first
    assert first == second
    assert found.archive.body_path(first.sha256).read_bytes() == body
    assert first.proof == "length"

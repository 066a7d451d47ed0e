"""The client against servers that cut, drip, redirect, lie and refuse."""

import errno
import gzip
import json
import os
import random
import socket
import zlib
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import pytest

from mapper.errors import FetchError, StorageError
from mapper.fetch.guard import is_public
from mapper.fetch.http import Client, Limits, Request, StatusError
from mapper.fetch.response_body import Caps, Ending, TooLargeError
from tests.fetch.raw_server import RawServer, drips, ok, sends, serving, status

BODY = json.dumps({"elements": [{"id": n, "tags": {"k": "v" * 20}} for n in range(200)]}).encode()
QUICK = Limits(connect_s=2, read_s=2, total_s=8, attempts=1, pause_s=0)


def client_for(*servers: RawServer, limits: Limits = QUICK) -> Client:
    return Client(limits=limits, named=frozenset(s.target for s in servers), sleep=lambda _: None)


def chunked(body: bytes) -> bytes:
    pieces = [body[i : i + 700] for i in range(0, len(body), 700)]
    framed = b"".join(f"{len(p):x}\r\n".encode() + p + b"\r\n" for p in pieces)
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    return head + framed + b"0\r\n\r\n"


def closing(body: bytes, *headers: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", "Content-Type: application/json", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


MODES = {
    "length": ok(BODY),
    "chunked": chunked(BODY),
    "close": closing(BODY),
    "gzip and close": closing(gzip.compress(BODY, mtime=0), "Content-Encoding: gzip"),
}


@pytest.mark.parametrize("mode", MODES)
def test_a_whole_body_is_taken_in_every_transfer_mode(mode: str, tmp_path: Path) -> None:
    with serving(sends(MODES[mode])) as server:
        question = Request(server.url, ending=Ending.JSON)
        answer = client_for(server).ask(question, tmp_path / "body")
    assert answer.stored is not None
    assert answer.stored.path.read_bytes() == BODY


def test_a_full_disk_is_no_fault_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is not asked again for what cannot be written, however often it may be asked."""
    opened = Path.open
    asked: list[bytes] = []

    def full(path: Path, mode: str = "r") -> IO[Any]:
        if "x" in mode:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened(path, mode)

    def script(request: bytes, connection: socket.socket) -> None:
        asked.append(request)
        connection.sendall(ok(BODY))

    monkeypatch.setattr(Path, "open", full)
    limits = replace(QUICK, attempts=3)
    with serving(script) as server:
        question = Request(server.url, ending=Ending.JSON)
        with pytest.raises(StorageError, match="cannot be written: No space left"):
            client_for(server, limits=limits).ask(question, tmp_path / "body")
    assert len(asked) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", MODES)
def test_none_of_500_cuts_is_taken_as_complete(mode: str, tmp_path: Path) -> None:
    whole = MODES[mode]
    head_ends = whole.index(b"\r\n\r\n") + 4
    chance = random.Random(mode)  # noqa: S311 - offsets of a test
    # The last chunk's own line end may miss: everything that matters has then arrived.
    last = len(whole) - (3 if mode == "chunked" else 1)
    cuts = [chance.randint(head_ends, last) for _ in range(125)]
    left = [whole[:cut] for cut in cuts]
    accepted = []
    with serving(lambda _, connection: connection.sendall(left.pop(0))) as server:
        client = client_for(server)
        for cut in cuts:
            try:
                client.ask(Request(server.url, ending=Ending.JSON), tmp_path / "body")
            except FetchError:
                assert not (tmp_path / "body").exists()
                continue
            accepted.append(cut)
    assert accepted == []


def test_a_body_that_nothing_proves_whole_is_refused(tmp_path: Path) -> None:
    with (
        serving(sends(closing(b"a,b\n1,2\n"))) as server,
        pytest.raises(FetchError, match="nothing proves"),
    ):
        client_for(server).ask(Request(server.url), tmp_path / "body")


def test_a_dripping_body_ends_at_its_deadline(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    limits = Limits(connect_s=1, read_s=1, total_s=1.0, attempts=3, pause_s=0)
    with (
        serving(drips(head, b"x" * 2000, pause_s=0.05)) as server,
        pytest.raises(FetchError, match="no complete answer within 1 s"),
    ):
        client_for(server, limits=limits).ask(Request(server.url), tmp_path / "body")


def test_a_dripping_head_ends_at_its_deadline(tmp_path: Path) -> None:
    limits = Limits(connect_s=1, read_s=1, total_s=1.0, attempts=1, pause_s=0)
    head = b"HTTP/1.1 200 OK\r\n" + b"X-A: 1\r\n" * 500
    with (
        serving(drips(b"", head, pause_s=0.05)) as server,
        pytest.raises(FetchError, match="no complete answer within 1 s"),
    ):
        client_for(server, limits=limits).ask(Request(server.url), tmp_path / "body")


SSRF = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://0.0.0.0:{port}/",
    "http://0:{port}/",
    "http://[::1]:{port}/",
    "http://[::]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[fe80::1]:{port}/",
    "http://[fc00::1]:{port}/",
    "http://[fd12:3456:789a::1]:{port}/",
    "http://10.0.0.1:{port}/",
    "http://10.255.255.254/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.0.1/",
    "http://192.168.1.254:{port}/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://198.18.0.1/",
    "http://192.0.0.8/",
    "http://192.0.2.1/",
    "http://203.0.113.9/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://255.255.255.255/",
    "http://240.0.0.1/",
    "http://127.0.0.1.:{port}/",
    "http://LOCALHOST:{port}/",
    "http://user:secret@127.0.0.1:{port}/",
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "gopher://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
]


def test_none_of_40_private_targets_is_reached_by_redirect(tmp_path: Path) -> None:
    assert len(SSRF) == 40
    reached: list[bytes] = []

    def trap(request: bytes, connection: socket.socket) -> None:
        reached.append(request)
        connection.sendall(ok(b"{}"))

    with serving(trap) as inner:
        for target in SSRF:
            location = target.format(port=inner.port)
            with serving(sends(status(302, b"", f"Location: {location}"))) as outer:
                client = client_for(outer)
                with pytest.raises(FetchError):
                    client.ask(Request(outer.url), tmp_path / "body")
    assert reached == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("::ffff:8.8.8.8", True),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::8.8.8.8", True),
        ("64:ff9b::10.1.2.3", False),
        ("fe80::1%eth0", False),
    ],
)
def test_public_is_judged_by_the_address_carried_inside(address: str, expected: bool) -> None:  # noqa: FBT001 - a table of cases
    assert is_public(address) is expected


def test_a_key_stays_with_its_first_host_and_out_of_every_text(tmp_path: Path) -> None:
    key = "canary-7f3a"
    with serving(sends(ok(b"{}"))) as second:
        # Another port is another origin.
        redirect = status(302, b"", f"Location: {second.url}/here?token={key}")
        with serving(sends(redirect)) as first:
            question = Request(
                first.url,
                headers={"X-Api-Key": key, "Accept": "application/json"},
                secret_headers={"Authorization": f"Bearer {key}"},
            )
            client_for(first, second).ask(question, tmp_path / "body")
            assert key.encode() in first.requests[0]
        head = second.requests[0].partition(b"\r\n")[2]
        assert key.encode() not in head
    with serving(sends(status(403, b"no"))) as server, pytest.raises(StatusError) as caught:
        client_for(server).ask(Request(f"{server.url}/x?token={key}"), tmp_path / "body")
    assert key not in str(caught.value) + caught.value.next_step
    with (
        serving(lambda _, connection: connection.close()) as server,
        pytest.raises(FetchError) as e,
    ):
        client_for(server).ask(Request(f"{server.url}/x?token={key}"), tmp_path / "body")
    assert key not in str(e.value)


@pytest.mark.parametrize(
    ("header", "waits_s"),
    [("42", 42.0), ("99999999", 300.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)],
)
def test_retry_after_is_honoured_up_to_five_minutes(
    header: str, waits_s: float, tmp_path: Path
) -> None:
    waited: list[float] = []
    limits = Limits(connect_s=2, read_s=2, total_s=900, attempts=2, pause_s=0)
    with serving(sends(status(429, b"", f"Retry-After: {header}"), ok(b"{}"))) as server:
        client = Client(limits=limits, named=frozenset({server.target}), sleep=waited.append)
        client.ask(Request(server.url), tmp_path / "body")
    assert waited == [waits_s]


def test_a_retry_after_that_is_no_time_falls_back_to_a_short_pause(tmp_path: Path) -> None:
    waited: list[float] = []
    limits = Limits(connect_s=2, read_s=2, total_s=900, attempts=2, pause_s=0)
    with serving(sends(status(503, b"", "Retry-After: soon"), ok(b"{}"))) as server:
        client = Client(limits=limits, named=frozenset({server.target}), sleep=waited.append)
        client.ask(Request(server.url), tmp_path / "body")
    assert len(waited) == 1
    assert 0 < waited[0] < 10


def test_a_page_with_status_200_is_refused_by_its_title(tmp_path: Path) -> None:
    page = b"\xef\xbb\xbf <!DOCTYPE html><html><head><title>Sign in</title></head></html>"
    with (
        serving(sends(ok(page, media_type="text/csv"))) as server,
        pytest.raises(FetchError, match="page instead of data, titled 'Sign in'"),
    ):
        client_for(server).ask(Request(server.url), tmp_path / "body")


def test_a_compression_bomb_stops_at_its_cap(tmp_path: Path) -> None:
    squeezer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(squeezer.compress(b"\0" * 1_000_000) for _ in range(50)) + squeezer.flush()
    with (
        serving(sends(ok(bomb, "Content-Encoding: gzip"))) as server,
        pytest.raises(FetchError, match="expands more than 200 times"),
    ):
        client_for(server).ask(Request(server.url), tmp_path / "body")
    assert list(tmp_path.iterdir()) == []


def test_a_body_beyond_the_size_cap_is_refused(tmp_path: Path) -> None:
    limits = Limits(attempts=1, pause_s=0, caps=Caps(body_bytes=1000))
    with (
        serving(sends(ok(b"x" * 5000))) as server,
        pytest.raises(FetchError, match="larger than 1,000 bytes"),
    ):
        client_for(server, limits=limits).ask(Request(server.url), tmp_path / "body")


def test_redirects_end_after_five(tmp_path: Path) -> None:
    with (
        serving(sends(status(302, b"", "Location: /again"))) as server,
        pytest.raises(FetchError, match="more than 5 redirects"),
    ):
        client_for(server).ask(Request(server.url), tmp_path / "body")


def test_an_empty_body_is_an_error(tmp_path: Path) -> None:
    with serving(sends(ok(b""))) as server, pytest.raises(FetchError, match="empty"):
        client_for(server).ask(Request(server.url), tmp_path / "body")


def test_a_host_is_left_a_pause_between_two_questions(tmp_path: Path) -> None:
    waited: list[float] = []
    limits = Limits(attempts=1, pause_s=30)
    with serving(sends(ok(b"{}"))) as server:
        client = Client(limits=limits, named=frozenset({server.target}), sleep=waited.append)
        client.ask(Request(server.url), tmp_path / "one")
        client.ask(Request(server.url), tmp_path / "two")
    assert len(waited) == 1
    assert 25 < waited[0] <= 30


def test_the_name_of_the_asker_and_a_contact_travel_along(tmp_path: Path) -> None:
    with serving(sends(ok(b"{}"))) as server:
        client_for(server).ask(Request(server.url), tmp_path / "body")
        assert b"User-Agent: whose-cameras/" in server.requests[0]


@pytest.mark.parametrize(
    "location",
    ["http://[::", "http://[", "//[::1", "http://x:99999/", "http://x:\u00b2/", "http://a..b/",
     "http://" + "a" * 64 + "/", "http://\x01/", "http:///", "javascript:alert(1)", "http://*/",
     "http://xn--\xff/", "file:///etc/passwd", "http://[v1.x]/", "http://%zz/"],
)  # fmt: skip
def test_a_redirect_to_what_is_no_address_is_an_error_of_the_server(
    location: str, tmp_path: Path
) -> None:
    reply = status(302, b"", f"Location: {location}")
    with serving(sends(reply)) as server, pytest.raises(FetchError):
        client_for(server).ask(Request(server.url), tmp_path / "body")


@pytest.mark.parametrize("url", ["http://[::", "http://x:99999/", "x", "", "http://a:b@c/"])
def test_an_address_that_is_none_is_said(url: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError):
        client_for().ask(Request(url), tmp_path / "body")


def test_not_changed_with_nothing_kept_is_an_error(tmp_path: Path) -> None:
    with (
        serving(sends(status(304))) as server,
        pytest.raises(FetchError, match="though nothing is kept"),
    ):
        client_for(server).ask(Request(server.url), tmp_path / "body")


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: \xb2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: \xff\x00\x85\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n",
        b"HTTP/1.1 \xb200 OK\r\n",
        b"HTTP/9.9 200\r\n",
        b"ICY 200 OK\r\n",
        b"HTTP/1.1 429 X\r\nRetry-After: " + b"9" * 5_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500,
        b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n",
    ],
)
def test_odd_heads_end_as_a_body_or_as_an_error_of_the_server(head: bytes, tmp_path: Path) -> None:
    with serving(sends(head + b"\r\n{}")) as server:
        try:
            answer = client_for(server).ask(
                Request(server.url, ending=Ending.JSON), tmp_path / "body"
            )
        except FetchError:
            assert not (tmp_path / "body").exists()
            return
    assert answer.stored is not None
    assert answer.stored.path.read_bytes() == b"{}"


def test_more_than_was_asked_for_is_not_asked_for_again(tmp_path: Path) -> None:
    with serving(sends(ok(b"x" * 5_000))) as server:
        limits = Limits(attempts=4, pause_s=0)
        with pytest.raises(TooLargeError, match="larger than 1,000 bytes"):
            client_for(server, limits=limits).ask(
                Request(server.url, most_bytes=1_000), tmp_path / "body"
            )
        assert len(server.requests) == 1


def test_a_failure_is_asked_again_with_growing_pauses(tmp_path: Path) -> None:
    waited: list[float] = []
    limits = Limits(connect_s=2, read_s=2, total_s=900, attempts=4, pause_s=0)
    with serving(sends(status(503))) as server:
        client = Client(limits=limits, named=frozenset({server.target}), sleep=waited.append)
        with pytest.raises(StatusError):
            client.ask(Request(server.url), tmp_path / "body")
        assert len(server.requests) == 4
    assert [2 <= waited[0] <= 3, 4 <= waited[1] <= 5, 8 <= waited[2] <= 9] == [True] * 3


def test_no_pause_goes_beyond_the_time_allowed(tmp_path: Path) -> None:
    waited: list[float] = []
    limits = Limits(connect_s=2, read_s=2, total_s=30, attempts=4, pause_s=0)
    with serving(sends(status(503, b"", "Retry-After: 60"))) as server:
        client = Client(limits=limits, named=frozenset({server.target}), sleep=waited.append)
        with pytest.raises(StatusError):
            client.ask(Request(server.url), tmp_path / "body")
        assert len(server.requests) == 1
    assert waited == []

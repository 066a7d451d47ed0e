"""The local server: this machine alone, right types, nothing outside the folder."""

import errno
import http.client
import select
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import pytest
from waitress.server import TcpWSGIServer

from mapper.errors import UsageError
from mapper.website import serve
from mapper.website.serve import HOST, serving

_SCRIPT = 'WC.put("meta",{});\n' * 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a small site, with a secret beside it."""
    site = tmp_path / "site"
    (site / "data").mkdir(parents=True)
    (site / "places").mkdir()
    (site / "index.html").write_text("<!DOCTYPE html><title>x</title>", encoding="utf-8")
    (site / "places" / "index.html").write_text("<!DOCTYPE html>places", encoding="utf-8")
    (site / "data" / "meta.js").write_text(_SCRIPT, encoding="utf-8")
    (site / "data" / "cameras.parquet").write_bytes(b"PAR1")
    (site / "thing.unknown").write_bytes(b"?")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    return site


@pytest.fixture
def url(folder: Path) -> Iterator[str]:
    """Serve the site."""
    with serving(folder, 0) as address:
        yield address


def _ask(
    url: str, path: str, method: str = "GET", headers: dict[str, str] | None = None
) -> tuple[http.client.HTTPResponse, bytes]:
    address = urlsplit(url)
    assert address.hostname is not None
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
    connection.request(method, path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_it_listens_on_this_machine_alone(folder: Path) -> None:
    with serving(folder, 0) as url, socket.socket() as elsewhere:
        assert urlsplit(url).hostname == HOST == "127.0.0.1"
        port = urlsplit(url).port
        # The rest of 127.0.0.0/8 is this machine too, and what listens everywhere answers there.
        assert elsewhere.connect_ex(("127.0.0.2", port)) == errno.ECONNREFUSED


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/places/", "text/html; charset=utf-8"),
        ("/data/meta.js?v=1", "text/javascript; charset=utf-8"),
        ("/data/cameras.parquet", "application/vnd.apache.parquet"),
        ("/thing.unknown", "application/octet-stream"),
    ],
)
def test_files_have_their_types(url: str, path: str, content_type: str) -> None:
    answer, _ = _ask(url, path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == content_type


def test_every_answer_carries_the_headers_that_protect_the_reader(url: str) -> None:
    for path, headers in (("/", {}), ("/missing", {}), ("/", {"Host": "attacker.example"})):
        answer, _ = _ask(url, path, headers=headers)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"


@pytest.mark.parametrize(
    "path",
    [
        "/missing.js",
        "/data",
        "/data/",
        "/places",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/data/../../secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/link.txt",
        "/index.html%00.js",
        "/" + "a" * 300,
        "/" + "a/" * 3000,
    ],
)
def test_nothing_is_listed_and_nothing_outside_is_read(url: str, path: str) -> None:
    answer, body = _ask(url, path)
    assert answer.status == 404
    assert b"secret" not in body
    assert b"meta.js" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(url: str, method: str) -> None:
    answer, _ = _ask(url, "/", method)
    assert answer.status == 405
    assert answer.headers["Allow"] == "GET, HEAD"


def test_a_name_that_only_points_here_is_refused(url: str) -> None:
    # DNS rebinding: a foreign page whose own name now resolves to 127.0.0.1.
    answer, body = _ask(url, "/", headers={"Host": "attacker.example"})
    assert answer.status == 421
    assert b"DOCTYPE" not in body


def test_a_rebuilt_file_is_served_anew(url: str, folder: Path) -> None:
    first, _ = _ask(url, "/data/meta.js")
    unchanged, body = _ask(url, "/data/meta.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (unchanged.status, body) == (304, b"")
    (folder / "data" / "meta.js").write_text(_SCRIPT * 2, encoding="utf-8")
    anew, body = _ask(url, "/data/meta.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (anew.status, body.decode()) == (200, _SCRIPT * 2)


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [("0-0", 0, 1), ("0-3", 0, 4), ("5-", 5, None), ("-4", -4, None), ("3-999999999", 3, None)],
)
def test_a_part_of_a_file_is_sent_where_it_is_asked_for(
    url: str, folder: Path, asked: str, begin: int, end: int | None
) -> None:
    whole = (folder / "data" / "meta.js").read_bytes()
    answer, body = _ask(url, "/data/meta.js", headers={"Range": f"bytes={asked}"})
    assert (answer.status, body) == (206, whole[begin:end])
    first = begin % len(whole)
    assert answer.headers["Content-Range"] == (
        f"bytes {first}-{first + len(body) - 1}/{len(whole)}"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("asked", ["bytes=9999999-", "bytes=7-3", "bytes=--", "cats=1-2", "bytes"])
def test_a_part_that_is_not_there_is_refused_or_the_whole_is_sent(url: str, asked: str) -> None:
    answer, body = _ask(url, "/data/meta.js", headers={"Range": asked})
    assert answer.status in {200, 416}
    assert (answer.status == 200) == (body.decode() == _SCRIPT)


def test_a_part_of_a_file_that_was_rebuilt_is_not_glued_to_the_old_one(
    url: str, folder: Path
) -> None:
    first, _ = _ask(url, "/data/meta.js")
    (folder / "data" / "meta.js").write_text(_SCRIPT * 2, encoding="utf-8")
    headers = {"Range": "bytes=5-", "If-Range": first.headers["ETag"]}
    answer, body = _ask(url, "/data/meta.js", headers=headers)
    assert (answer.status, body.decode()) == (200, _SCRIPT * 2)


def test_of_two_hundred_connections_at_once_none_is_lost(url: str, folder: Path) -> None:
    (folder / "large.bin").write_bytes(bytes(range(256)) * 4_000)
    parts = urlsplit(url)
    request = f"GET /large.bin HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n"
    with ExitStack() as opened:
        callers = [
            opened.enter_context(socket.create_connection((parts.hostname, parts.port), timeout=60))
            for _ in range(200)
        ]
        for caller in callers:
            caller.sendall(request.encode())
        for caller in callers:
            head, _, body = b"".join(iter(partial(caller.recv, 65_536), b"")).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200")
            assert body == bytes(range(256)) * 4_000


def _stalled(parts: SplitResult, *, asked: str = "") -> socket.socket:
    """Open a connection that asks for a large file and reads nothing of it."""
    caller = socket.socket()
    caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    caller.connect((parts.hostname, parts.port))
    caller.sendall(f"GET /large.bin HTTP/1.1\r\nHost: {parts.netloc}\r\n{asked}\r\n".encode())
    return caller


@pytest.mark.parametrize("asked", ["", "Range: bytes=1-\r\n"], ids=["whole", "part"])
def test_readers_who_do_not_read_keep_nobody_waiting_and_are_let_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    monkeypatch.setattr(serve, "_IDLE_S", 1.0)
    monkeypatch.setattr(serve, "_TURN_S", 0.1)
    (folder / "large.bin").write_bytes(bytes(20_000_000))
    with serving(folder, 0) as address, ExitStack() as opened:
        parts = urlsplit(address)
        callers = [opened.enter_context(_stalled(parts, asked=asked)) for _ in range(20)]
        assert _ask(address, "/")[0].status == 200
        for caller in callers:
            poll = select.poll()
            poll.register(caller, select.POLLRDHUP)
            assert poll.poll(60_000), "the connection was not let go"
        assert _ask(address, "/")[0].status == 200


def test_a_server_is_small_and_stays_so_while_it_sends(folder: Path) -> None:
    (folder / "large.bin").write_bytes(bytes(200_000_000))
    program = (
        "import sys, urllib.request, pathlib\n"
        "from mapper.cli.commands import build_commands\n"
        "from mapper.pipeline.serving_page import serving\n"
        "with serving(pathlib.Path(sys.argv[1]), 0) as url:\n"
        "    for headers in ({}, {'Range': 'bytes=1-'}):\n"
        "        asked = urllib.request.Request(url + 'large.bin', headers=headers)\n"
        "        with urllib.request.urlopen(asked) as answer:\n"
        "            while answer.read(1_000_000):\n"
        "                pass\n"
        "state = pathlib.Path('/proc/self/status').read_text().splitlines()\n"
        "print(next(line.split()[1] for line in state if line.startswith('VmHWM')))\n"
    )
    told = subprocess.run(  # noqa: S603 - a program of this test
        [sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=True
    )
    # In kilobytes, of this program alone: getrusage would count what forked it as well.
    assert int(told.stdout) < 150_000


def test_a_reader_who_leaves_in_the_middle_of_a_file_is_nothing_to_tell(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "large.bin").write_bytes(bytes(30_000_000))
    with serving(folder, 0) as address:
        parts = urlsplit(address)
        for _ in range(3):
            with socket.create_connection((parts.hostname, parts.port), timeout=10) as caller:
                caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                request = f"GET /large.bin HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n"
                caller.sendall(request.encode())
                caller.recv(1000)
        assert _ask(address, "/")[0].status == 200
    assert capfd.readouterr().err == ""


def test_head_gives_the_headers_alone(url: str) -> None:
    answer, body = _ask(url, "/data/meta.js", "HEAD")
    assert answer.headers["Content-Length"] == str(len(_SCRIPT))
    assert body == b""


def test_a_folder_without_a_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no page"), serving(tmp_path):
        pass


@pytest.mark.parametrize("port", [-1, 65_536, 10**30])
def test_a_port_that_there_is_not_is_named(folder: Path, port: int) -> None:
    with pytest.raises(UsageError, match="Port"), serving(folder, port):
        pass


def test_a_port_in_use_is_named(folder: Path, url: str) -> None:
    port = urlsplit(url).port
    assert port is not None
    with pytest.raises(UsageError, match=str(port)) as caught, serving(folder, port):
        pass
    assert "--port" in caught.value.next_step


def test_a_server_that_looked_up_before_it_was_woken_ends_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wake = TcpWSGIServer.pull_trigger

    def wake_late(server: TcpWSGIServer) -> None:
        time.sleep(2 * serve._TURN_S)  # noqa: SLF001 - by then it has seen that it is over
        wake(server)

    monkeypatch.setattr(TcpWSGIServer, "pull_trigger", wake_late)
    with serving(folder, 0):
        pass

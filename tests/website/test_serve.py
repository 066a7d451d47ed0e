"""The local server: this machine alone, right types, nothing outside the folder."""

import gzip
import http.client
import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from mapper.errors import UsageError
from mapper.website.serve import SiteServer, serving

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
    with serving(folder) as address:
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
    with SiteServer(folder, 0) as server:
        assert server.socket.getsockname()[0] == "127.0.0.1"


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
    for path in ("/", "/missing"):
        answer, _ = _ask(url, path)
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
    assert answer.status == 501


def test_a_name_that_only_points_here_is_refused(url: str) -> None:
    # DNS rebinding: a foreign page whose own name now resolves to 127.0.0.1.
    answer, body = _ask(url, "/", headers={"Host": "attacker.example"})
    assert answer.status == 421
    assert b"DOCTYPE" not in body


def test_text_is_compressed_for_those_who_ask(url: str) -> None:
    for _ in range(2):
        answer, body = _ask(url, "/data/meta.js", headers={"Accept-Encoding": "gzip, br"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(body).decode() == _SCRIPT
    answer, body = _ask(url, "/data/meta.js")
    assert answer.headers["Content-Encoding"] is None
    assert body.decode() == _SCRIPT


def test_a_rebuilt_file_is_served_anew(url: str, folder: Path) -> None:
    _ask(url, "/data/meta.js", headers={"Accept-Encoding": "gzip"})
    (folder / "data" / "meta.js").write_text(_SCRIPT * 2, encoding="utf-8")
    _, body = _ask(url, "/data/meta.js", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(body).decode() == _SCRIPT * 2


def test_a_reader_who_leaves_in_the_middle_of_a_file_is_nothing_to_tell(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "large.bin").write_bytes(bytes(30_000_000))
    with serving(folder) as address:
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
    with pytest.raises(UsageError, match="no page"):
        SiteServer(tmp_path)


def test_a_port_in_use_is_named(folder: Path, url: str) -> None:
    port = urlsplit(url).port
    assert port is not None
    with pytest.raises(UsageError, match=str(port)) as caught:
        SiteServer(folder, port)
    assert "--port" in caught.value.next_step

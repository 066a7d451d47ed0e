"""Extracts over a line that breaks, changes its mind, or lies."""

import hashlib
import re
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import osmium
import pytest

from mapper.errors import FetchError, LockedError, MapperError, SourceFormatError, StorageError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.extract import downloaded
from mapper.fetch.http import Client, Limits
from mapper.fetch.json_pages import FetchContext
from mapper.model.progress import NoProgress
from tests.fetch.raw_server import RawServer, ok, serving, status


def extract(folder: Path, *, sequence: int) -> bytes:
    """Write a small real PBF with a replication sequence in its header."""
    path = folder / f"made-{sequence}.osm.pbf"
    header = osmium.io.Header()
    header.set("osmosis_replication_sequence_number", str(sequence))
    with osmium.SimpleWriter(str(path), header=header) as writer:
        for n in range(1, 400):
            writer.add_node(
                osmium.osm.mutable.Node(
                    id=n, location=(n / 10, n / 20), tags={"man_made": "surveillance", "n": str(n)}
                )
            )
    return path.read_bytes()


class Mirror:
    """Serves one extract by ranges, and breaks the line after some bytes."""

    def __init__(self, body: bytes, *, breaks_after: int = 10**9, etag: str = '"a"') -> None:
        self.body = body
        self.breaks_after = breaks_after
        self.etag = etag
        self.md5: str | None = hashlib.md5(body, usedforsecurity=False).hexdigest()
        self.asked: list[int] = []

    def __call__(self, request: bytes, connection: socket.socket) -> None:
        """Response one request."""
        if b".md5 " in request:
            line = f"{self.md5}  x.osm.pbf\n".encode()
            connection.sendall(ok(line, media_type="text/plain") if self.md5 else status(404))
            return
        found = re.search(rb"Range: bytes=(\d+)-", request)
        same = f"If-Range: {self.etag}".encode() in request
        begin = int(found.group(1)) if found and same else 0
        self.asked.append(begin)
        rest = self.body[begin:]
        total = len(self.body)
        if begin >= total:
            connection.sendall(status(416, b"", f"Content-Range: bytes */{total}"))
            return
        head = f"Connection: close\r\nContent-Length: {len(rest)}\r\nETag: {self.etag}\r\n"
        if begin:
            head = f"Content-Range: bytes {begin}-{total - 1}/{total}\r\n" + head
        code = "206 Partial Content" if begin else "200 OK"
        connection.sendall(f"HTTP/1.1 {code}\r\n{head}\r\n".encode() + rest[: self.breaks_after])


def run(
    server: RawServer, folder: Path, before_kept: Callable[[], object] = lambda: None
) -> tuple[Collected, Archive]:
    limits = Limits(connect_s=2, read_s=2, total_s=20, attempts=1, pause_s=0)
    client = Client(limits=limits, named=frozenset({server.target}), sleep=lambda _: None)
    archive = Archive(folder)
    fetch_context = FetchContext(
        client, archive, NoProgress(), lambda: datetime(2026, 11, 23, tzinfo=UTC)
    )
    with downloaded(
        f"{server.url}/x.osm.pbf",
        fetch_context,
        source_id="osm",
        license_id="ODbL-1.0",
        sleep=lambda _: None,
    ) as whole:
        # As an interrupted run meets it: whole, and nothing of it kept yet.
        before_kept()
        kept = whole.keep(whole.path)
    return kept, archive


def test_a_broken_line_goes_on_where_it_stopped(tmp_path: Path) -> None:
    body = extract(tmp_path, sequence=7)
    mirror = Mirror(body, breaks_after=len(body) // 3)
    with serving(mirror) as server:
        collected, archive = run(server, tmp_path / "raw")
    assert archive.body_path(collected.sha256).read_bytes() == body
    assert mirror.asked[0] == 0
    assert mirror.asked == sorted(set(mirror.asked)), "no byte is fetched twice"
    assert len(mirror.asked) >= 3
    assert collected.proof == "length, md5, sequence 7"


def test_all_tries_together_have_an_end_and_the_next_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = extract(tmp_path, sequence=7)
    mirror = Mirror(body, breaks_after=len(body) // 3)
    with serving(mirror) as server:
        with monkeypatch.context() as patched:
            patched.setattr("mapper.fetch.extract._BUDGET_S", 0.0)
            with pytest.raises(FetchError, match="not whole within 0 hours and 1 tries") as caught:
                run(server, tmp_path / "raw")
        assert "goes on where it stopped" in caught.value.next_step
        assert mirror.asked == [0]
        collected, archive = run(server, tmp_path / "raw")
    assert archive.body_path(collected.sha256).read_bytes() == body
    assert mirror.asked[1] > 0


@pytest.mark.parametrize("md5_is_published", [True, False])
def test_what_came_whole_before_an_interruption_is_not_downloaded_again(
    tmp_path: Path, *, md5_is_published: bool
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    body = extract(tmp_path, sequence=7)
    mirror = Mirror(body)
    mirror.md5 = mirror.md5 if md5_is_published else None
    with serving(mirror) as server:
        with pytest.raises(KeyboardInterrupt):
            run(server, tmp_path / "raw", interrupted)
        collected, archive = run(server, tmp_path / "raw")
    assert archive.body_path(collected.sha256).read_bytes() == body
    assert mirror.asked == [0, len(body)]


def test_what_is_no_extract_inside_is_not_gone_on_with(tmp_path: Path) -> None:
    def broken() -> None:
        raise SourceFormatError("a block is broken")  # noqa: EM101, TRY003

    mirror = Mirror(extract(tmp_path, sequence=7))
    with serving(mirror) as server, pytest.raises(SourceFormatError):
        run(server, tmp_path / "raw", broken)
    assert not list((tmp_path / "raw" / "parts").glob("*.osm.pbf"))


def test_a_file_that_changed_meanwhile_is_fetched_anew(tmp_path: Path) -> None:
    old, new = extract(tmp_path, sequence=7), extract(tmp_path, sequence=8)
    mirror = Mirror(old, breaks_after=len(old) // 2)
    first = True

    def changing(request: bytes, connection: socket.socket) -> None:
        nonlocal first
        mirror(request, connection)
        if b".md5 " not in request and first:
            first = False
            mirror.body, mirror.etag, mirror.breaks_after = new, '"b"', 10**9

    mirror.md5 = hashlib.md5(new, usedforsecurity=False).hexdigest()
    with serving(changing) as server:
        collected, archive = run(server, tmp_path / "raw")
    assert archive.body_path(collected.sha256).read_bytes() == new


def test_another_checksum_is_an_error_and_keeps_nothing(tmp_path: Path) -> None:
    mirror = Mirror(extract(tmp_path, sequence=7))
    mirror.md5 = "0" * 32
    with serving(mirror) as server, pytest.raises(FetchError, match="its publisher says 0000"):
        run(server, tmp_path / "raw")
    assert Archive(tmp_path / "raw").answers("osm") == []
    assert not list((tmp_path / "raw").rglob("*.osm.pbf"))


def test_an_older_sequence_than_before_is_an_error(tmp_path: Path) -> None:
    mirror = Mirror(extract(tmp_path, sequence=9))
    with serving(mirror) as server:
        run(server, tmp_path / "raw")
        older = extract(tmp_path, sequence=8)
        mirror.body = older
        mirror.md5 = hashlib.md5(older, usedforsecurity=False).hexdigest()
        with pytest.raises(FetchError, match="sequence 8 is older than 9"):
            run(server, tmp_path / "raw")


def test_a_page_in_place_of_the_extract_is_an_error(tmp_path: Path) -> None:
    mirror = Mirror(b"<!doctype html><title>Busy</title>" * 20)
    mirror.md5 = None
    with serving(mirror) as server, pytest.raises(FetchError, match="no OSM extract"):
        run(server, tmp_path / "raw")


def test_without_a_checksum_the_length_still_proves(tmp_path: Path) -> None:
    mirror = Mirror(extract(tmp_path, sequence=3))
    mirror.md5 = None
    with serving(mirror) as server:
        collected, _ = run(server, tmp_path / "raw")
    assert collected.proof == "length, sequence 3"


@pytest.mark.parametrize(
    "note",
    [b"", b"{", b"[]", b"null", b"{}", b'{"etag": 7, "last_modified": ""}', b"\xff", b"9" * 5_000,
     b'{"etag": "\\"a\\""}', b'{"etag": "a\\nX-Evil: 1", "last_modified": "\\ud800"}'],
)  # fmt: skip
def test_a_damaged_note_of_an_interrupted_run_begins_anew(note: bytes, tmp_path: Path) -> None:
    body = extract(tmp_path, sequence=7)
    mirror = Mirror(body)
    with serving(mirror) as server:
        url = f"{server.url}/x.osm.pbf"
        part = tmp_path / "raw/parts" / f"{hashlib.sha256(url.encode()).hexdigest()[:16]}.osm.pbf"
        part.parent.mkdir(parents=True)
        part.write_bytes(b"another beginning" * 20)
        part.with_suffix(".json").write_bytes(note)
        collected, archive = run(server, tmp_path / "raw")
    assert mirror.asked == [0]
    assert archive.body_path(collected.sha256).read_bytes() == body


def test_a_server_that_sends_without_end_is_left_at_the_length_it_announced(tmp_path: Path) -> None:
    body = extract(tmp_path, sequence=7)
    sent = 0

    def endless(request: bytes, connection: socket.socket) -> None:
        nonlocal sent
        if b".md5 " in request:
            connection.sendall(status(404))
            return
        end = len(body) - 1
        connection.sendall(
            f"HTTP/1.1 206 X\r\nContent-Range: bytes 0-{end}/{len(body)}\r\n\r\n".encode() + body
        )
        while True:
            # Until the other side hangs up, which raises.
            sent += connection.send(bytes(65_536))

    with serving(endless) as server:
        collected, archive = run(server, tmp_path / "raw")
    assert sent < 100_000_000
    assert archive.body_path(collected.sha256).read_bytes() == body


@pytest.mark.parametrize(
    "head",
    [
        "Content-Length: \u00b2",
        "Content-Length: " + "9" * 5_000,
        "Content-Length: -5",
        "Transfer-Encoding: chunked",
    ],
)
def test_a_length_that_is_none_is_an_error(head: str, tmp_path: Path) -> None:
    def script(request: bytes, connection: socket.socket) -> None:
        md5 = b".md5 " in request
        connection.sendall(
            status(404) if md5 else f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n0\r\n\r\n".encode()
        )

    with serving(script) as server, pytest.raises(FetchError):
        run(server, tmp_path / "raw")


def test_an_extract_that_does_not_fit_on_the_disk_is_not_begun(tmp_path: Path) -> None:
    def script(request: bytes, connection: socket.socket) -> None:
        md5 = b".md5 " in request
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {10**17}\r\n\r\n".encode()
        connection.sendall(status(404) if md5 else head)

    with serving(script) as server, pytest.raises(StorageError, match="are free"):
        run(server, tmp_path / "raw")


def test_two_runs_do_not_write_into_one_another(tmp_path: Path) -> None:
    body = extract(tmp_path, sequence=7)
    caught: list[MapperError] = []
    mirror = Mirror(body)

    def script(request: bytes, connection: socket.socket) -> None:
        if b".md5 " not in request and not caught:
            try:
                run(server, tmp_path / "raw")
            except MapperError as error:
                caught.append(error)
        mirror(request, connection)

    with serving(script) as server:
        collected, archive = run(server, tmp_path / "raw")
    assert isinstance(caught[0], LockedError)
    assert archive.body_path(collected.sha256).read_bytes() == body

"""A desk whose client does not wait, and a stand-in that answers by the path and the body."""

import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mapper.fetch.archive import Archive
from mapper.fetch.http import Client, Limits
from mapper.fetch.json_pages import FetchContext
from mapper.model.progress import NoProgress
from tests.fetch.raw_server import RawServer, Script, ok

FIXTURES = Path(__file__).parents[1] / "fixtures" / "procurement"
Reply = Callable[[str, Any], Any]
"""The path with its query, and the JSON that was sent (or None) -> JSON, or raw bytes."""


def fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def answering(reply: Reply) -> Script:
    """Response each request by a function; bytes are sent as they are."""

    def script(request: bytes, connection: socket.socket) -> None:
        head, _, body = request.partition(b"\r\n\r\n")
        found = reply(head.split(b" ")[1].decode(), json.loads(body) if body else None)
        if not isinstance(found, bytes):
            found = ok(json.dumps(found).encode(), "Connection: close")
        connection.sendall(found)

    return script


def fetch_context(server: RawServer, folder: Path, *, attempts: int = 3) -> FetchContext:
    """
    Return a desk that may ask the stand-in, tries three times and never sleeps.

    The stand-in closes after each answer, which a reused connection may meet.
    """
    limits = Limits(connect_s=2, read_s=2, total_s=10, attempts=attempts, pause_s=0)
    client = Client(limits=limits, named=frozenset({server.target}), sleep=lambda _: None)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    return FetchContext(client, Archive(folder), NoProgress(), lambda: now)


def answers_kept(found: FetchContext, sha256: str) -> list[Any]:
    """Return the answers of a kept body."""
    return [load["answer"] for load in json.loads(found.archive.body_path(sha256).read_bytes())]

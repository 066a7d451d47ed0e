"""A server of raw bytes: what it sends, when it stops and how slowly is up to the test."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Script = Callable[[bytes, socket.socket], None]
"""Given the request's head and body, writes to the socket; the socket is closed afterwards."""


class RawServer:
    """Listens on 127.0.0.1 and answers each connection by a script."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.requests: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def target(self) -> tuple[str, int]:
        """The target as the client's ``named`` takes it."""
        return ("127.0.0.1", self.port)

    def close(self) -> None:
        """Stop listening."""
        # A blocked accept() does not notice a close; a shutdown wakes it.
        try:
            self._listener.shutdown(socket.SHUT_RDWR)
        finally:
            self._listener.close()
            self._thread.join(timeout=5)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            try:
                request = _read_request(connection)
                if not request:
                    return
                self.requests.append(request)
                self._script(request, connection)
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                return


def _read_request(connection: socket.socket) -> bytes:
    connection.settimeout(10)
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65_536)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(body) < length:
        piece = connection.recv(65_536)
        if not piece:
            # Else a caller that was killed would keep a thread busy until the tests end.
            break
        body += piece
    return head + b"\r\n\r\n" + body


def sends(*answers: bytes) -> Script:
    """Send the answers one after the other, one per connection; the last one repeats."""
    left = list(answers)

    def script(_: bytes, connection: socket.socket) -> None:
        connection.sendall(left.pop(0) if len(left) > 1 else left[0])

    return script


def drips(head: bytes, body: bytes, *, pause_s: float) -> Script:
    """Send the body a byte at a time."""

    def script(_: bytes, connection: socket.socket) -> None:
        connection.sendall(head)
        for byte in body:
            connection.sendall(bytes([byte]))
            time.sleep(pause_s)

    return script


def ok(body: bytes, *headers: str, media_type: str = "application/json") -> bytes:
    """Write a whole answer with its length."""
    # One answer per connection, and said so, or the next question would meet a closed one.
    lines = ["HTTP/1.1 200 OK", "Connection: close", f"Content-Type: {media_type}"]
    lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


def status(code: int, body: bytes = b"", *headers: str, media_type: str = "text/html") -> bytes:
    """Write a whole answer of another status."""
    lines = [f"HTTP/1.1 {code} X", "Connection: close", f"Content-Type: {media_type}"]
    lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


@contextmanager
def serving(script: Script) -> Iterator[RawServer]:
    """Run a server for the length of a test."""
    server = RawServer(script)
    try:
        yield server
    finally:
        server.close()

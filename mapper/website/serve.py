"""
A server for one reader: the built site on this machine's own address, and nothing else.

waitress answers all connections from one loop, so that a slow reader holds no thread; werkzeug
sends the files, with byte ranges and validators. Ours is who may ask, and for what.
"""

import logging
import socket
import struct
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final

from waitress import wasyncore
from waitress.server import TcpWSGIServer, create_server
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.security import safe_join
from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

from mapper.errors import UsageError

HOST: Final = "127.0.0.1"
"""Never another: a page of the site tells where its reader looks."""

DEFAULT_PORT: Final = 8642

_TYPES: Final = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xml": "application/xml",
}
"""What is not listed goes out as bytes without a meaning, whatever the machine's own table says."""

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'",
    # A rebuilt site must show at once.
    "Cache-Control": "no-cache",
}

_IDLE_S: Final = 30.0
"""How long a connection may stand still before it is let go, in seconds."""
_TURN_S: Final = 1.0
# A connection holds a socket and its file, and systems allow 1,024 of both; the rest wait in line.
_CONNECTIONS: Final = 400
_WAITING: Final = 1_024
_RESET: Final = struct.pack("ii", 1, 0)


class Site:
    """
    The files of one folder, as a WSGI application.

    Parameters
    ----------
    folder
        Holds ``index.html``.
    port
        The one that the reader's browser must name.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self._root = folder.resolve()
        self._hosts = frozenset({f"{HOST}:{port}", f"localhost:{port}"})

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - as WSGI has it
        """Answer one request."""
        response = self._answer(Request(environ))
        response.headers.update(_HEADERS)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        # A foreign page that resolves its own name to this machine must not read the site.
        if request.environ.get("HTTP_HOST") not in self._hosts:
            return _refusal(HTTPStatus.MISDIRECTED_REQUEST)
        if request.method not in {"GET", "HEAD"}:
            return _refusal(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})
        path = self._file(request.path)
        if path is None:
            return _refusal(HTTPStatus.NOT_FOUND)
        media_type = _TYPES.get(path.suffix.lower(), "application/octet-stream")
        try:
            response = send_file(path, request.environ, mimetype=media_type)
        except RequestedRangeNotSatisfiable as error:
            headers = {"Content-Range": f"bytes */{error.length}"}
            return _refusal(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers)
        if response.status_code == HTTPStatus.PARTIAL_CONTENT and request.method == "GET":
            # As a file, which waitress sends from its loop; a thread would wait for the reader.
            response.close()
            file = path.open("rb")
            file.seek(response.content_range.start or 0)
            response.response = request.environ["wsgi.file_wrapper"](file)
        return response

    def _file(self, address: str) -> Path | None:
        """Return the file that an address means, or None; never one outside the folder."""
        relative = address.lstrip("/")
        if address.endswith("/"):
            relative += "index.html"
        joined = None if "\0" in address else safe_join(str(self._root), relative)
        if joined is None:
            return None
        try:
            # A link may lead out of the folder, which joining the names does not show.
            resolved = Path(joined).resolve()
            is_there = resolved.is_relative_to(self._root) and resolved.is_file()
        except (OSError, ValueError):
            # A name longer than the file system's, or one that no file can have.
            return None
        return resolved if is_there else None


def _refusal(status: HTTPStatus, headers: Mapping[str, str] | None = None) -> Response:
    return Response(f"{status.value} {status.phrase}\n", status, headers, "text/plain")


@contextmanager
def serving(folder: Path, port: int = DEFAULT_PORT) -> Iterator[str]:
    """
    Serve a folder on this machine's own address while the block runs.

    Parameters
    ----------
    folder
        Holds ``index.html``.
    port
        0 takes any free one.

    Yields
    ------
    str
        The page's address.

    Raises
    ------
    UsageError
        If there is no page in the folder, or the port is taken.
    """
    if not (folder / "index.html").is_file():
        msg = f"There is no page in {folder}."
        raise UsageError(msg, next_step="Build one first: mapper build")
    # How many wait and who left in the middle of a file is nothing to tell.
    logging.getLogger("waitress").setLevel(logging.ERROR)
    listener = _bound(port)
    port = listener.getsockname()[1]
    server = create_server(
        Site(folder, port),
        sockets=[listener],
        ident=None,
        threads=4,
        backlog=_WAITING,
        connection_limit=_CONNECTIONS,
    )
    with answering(server):
        yield f"http://{HOST}:{port}/"


@contextmanager
def answering(server: TcpWSGIServer) -> Iterator[None]:
    """
    Let a server answer while the block runs.

    It is closed once the thread that waits for its sockets has ended: under that thread the wait
    would fail, and closed by it before it was woken, so would the waking.
    """
    is_over = Event()
    thread = Thread(target=_run, args=(server, is_over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        server.pull_trigger()
        thread.join()
        server.task_dispatcher.shutdown()
        wasyncore.close_all(server._map)  # noqa: SLF001 - the library closes no more than this


def _bound(port: int) -> socket.socket:
    listener = socket.socket()
    # On Linux this allows a port whose last connections are closing, not one that is in use.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except (OSError, OverflowError) as error:
        listener.close()
        why = error.strerror if isinstance(error, OSError) else "ports end at 65535"
        msg = f"Port {port} cannot be used: {why}."
        raise UsageError(msg, next_step="Choose another with --port.") from error
    return listener


def _run(server: TcpWSGIServer, is_over: Event) -> None:
    sockets = server._map  # noqa: SLF001 - the loop of the library takes it as its argument
    while not is_over.is_set():
        wasyncore.loop(timeout=_TURN_S, map=sockets, count=1)
        # The library closes an idle connection only when its reader takes the rest of an answer.
        stood_still_s = time.time() - _IDLE_S
        for channel in list(server.active_channels.values()):
            if not channel.requests and channel.last_activity < stood_still_s:
                # Reset, or what the reader never took would stay in the system's own buffers.
                channel.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                channel.handle_close()

"""A server for one reader: the built site on this machine's own address, and nothing else."""

import gzip
import logging
import posixpath
import sys
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from urllib.parse import unquote, urlsplit

from mapper.errors import UsageError

_LOG = logging.getLogger(__name__)

HOST = "127.0.0.1"
"""Never another: a page of the site tells where its reader looks."""

DEFAULT_PORT = 8642

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
"""What is not listed goes out as bytes without a meaning."""

_COMPRESSED = frozenset(
    {".css", ".csv", ".geojson", ".html", ".js", ".json", ".svg", ".txt", ".xml"}
)
_SMALL_BYTES = 512
_CACHE_BYTES_MAX = 64_000_000
_GZIP_LEVEL = 6
_POLL_S = 0.05
"""How soon a server that is told to stop stops, in seconds."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'",
    # A rebuilt site must show at once.
    "Cache-Control": "no-cache",
}


class _Compressed:
    """Compressed bodies by path and state of the file, the least used dropped first."""

    def __init__(self) -> None:
        self._bodies: OrderedDict[tuple[Path, int, int], bytes] = OrderedDict()
        self._size_bytes = 0
        self._lock = Lock()

    def body(self, path: Path, plain: bytes) -> bytes:
        state = path.stat()
        key = (path, state.st_mtime_ns, state.st_size)
        with self._lock:
            if key in self._bodies:
                self._bodies.move_to_end(key)
                return self._bodies[key]
        packed = gzip.compress(plain, _GZIP_LEVEL, mtime=0)
        with self._lock:
            self._bodies[key] = packed
            self._size_bytes += len(packed)
            while self._size_bytes > _CACHE_BYTES_MAX:
                _, dropped = self._bodies.popitem(last=False)
                self._size_bytes -= len(dropped)
        return packed


class SiteServer(ThreadingHTTPServer):
    """
    Serves one folder on 127.0.0.1.

    Parameters
    ----------
    folder
        Holds ``index.html``.
    port
        0 takes any free one.

    Raises
    ------
    UsageError
        If there is no site in the folder, or the port is taken.
    """

    daemon_threads = True
    # On Linux this allows a port whose last connections are closing, not one that is in use.
    allow_reuse_address = True

    def __init__(self, folder: Path, port: int = DEFAULT_PORT) -> None:
        self.root = folder.resolve()
        self.compressed = _Compressed()
        if not (self.root / "index.html").is_file():
            msg = f"There is no page in {folder}."
            raise UsageError(msg, next_step="Build one first: mapper build")
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            msg = f"Port {port} cannot be used: {error.strerror}."
            raise UsageError(msg, next_step="Choose another with --port.") from error

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - the base class gives it
        """Log what broke; a reader who left in the middle of a file is nothing to tell."""
        level = logging.DEBUG if isinstance(sys.exception(), OSError) else logging.ERROR
        _LOG.log(level, "the answer to %s broke off", client_address, exc_info=True)

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.server_port}/"

    @property
    def hosts(self) -> frozenset[str]:
        """The values of a Host header that mean this server."""
        return frozenset({f"{HOST}:{self.server_port}", f"localhost:{self.server_port}"})


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD for files of the folder; everything else is refused."""

    protocol_version = "HTTP/1.1"
    # Headers and body leave in one piece: apart, each small file would wait 40 ms for the
    # delayed acknowledgement of its headers.
    wbufsize = -1
    disable_nagle_algorithm = True
    server_version = "WhoseCameras"
    sys_version = ""
    timeout = 30
    server: SiteServer
    error_message_format = "%(code)d %(message)s\n"
    error_content_type = "text/plain; charset=utf-8"

    def do_GET(self) -> None:
        """Send a file."""
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        """Send a file's headers."""
        self._send(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
        """Log to our own logger; the base class writes to stderr."""
        _LOG.debug(format, *args)

    def _send(self, *, with_body: bool) -> None:
        # A foreign page that resolves its own name to this machine must not read the site.
        if self.headers.get("Host") not in self.server.hosts:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return
        path = self._path()
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body = path.read_bytes()
        suffix = path.suffix.lower()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", _TYPES.get(suffix, "application/octet-stream"))
        if suffix in _COMPRESSED and len(body) > _SMALL_BYTES:
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                body = self.server.compressed.body(path, body)
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def end_headers(self) -> None:
        """Add the headers that every answer carries."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def _path(self) -> Path | None:
        """Return the file that the address means, or None; never one outside the folder."""
        address = unquote(urlsplit(self.path).path)
        if "\0" in address or "\\" in address:
            return None
        relative = posixpath.normpath(address).lstrip("/")
        path = self.server.root / relative
        if address.endswith("/"):
            path /= "index.html"
        try:
            resolved = path.resolve()
            is_there = resolved.is_relative_to(self.server.root) and resolved.is_file()
        except (OSError, ValueError):
            # A name longer than the file system's, or one that no file can have.
            return None
        return resolved if is_there else None


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[str]:
    """Serve a folder while the block runs, and give the page's address."""
    with SiteServer(folder, port) as server:
        thread = Thread(target=server.serve_forever, args=(_POLL_S,), daemon=True)
        thread.start()
        try:
            yield server.url
        finally:
            server.shutdown()
            thread.join()

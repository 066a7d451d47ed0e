"""A server that sends a folder as a web host does: packed where that helps, with byte ranges."""

import gzip
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

from waitress.server import create_server
from werkzeug.security import safe_join
from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

from mapper.website.serve import answering

_PACKED: Final = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
}
"""What hosts pack on the way, with the type that each is sent as."""

_LOADED: Final = ("index.html", "assets/*", "data/*", "lib/*")

_HEADERS: Final = {
    "Cache-Control": "no-store",
    # Only a page apart from all others may ask how much memory it takes.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


@cache
def _packed(path: Path) -> bytes:
    # As hosts do it by default, not as small as it goes.
    return gzip.compress(path.read_bytes(), 6, mtime=0)


@contextmanager
def sent_packed(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine's own address while the block runs; gives its address."""
    logging.getLogger("waitress").setLevel(logging.ERROR)
    root = folder.resolve()
    # Before anything is timed: a host has its files packed.
    for pattern in _LOADED:
        for path in root.glob(pattern):
            if path.suffix in _PACKED:
                _packed(path)

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401 - as WSGI has it
        request = Request(environ)
        wanted = safe_join(str(root), request.path.lstrip("/") or "index.html")
        path = Path(wanted) if wanted else root
        if not path.is_file():
            response = Response("not there\n", 404)
        elif path.suffix in _PACKED:
            response = Response(_packed(path), content_type=_PACKED[path.suffix])
            response.headers["Content-Encoding"] = "gzip"
        else:
            response = send_file(path, environ, mimetype="application/octet-stream")
        response.headers.update(_HEADERS)
        return response(environ, start_response)

    server = create_server(answer, host="127.0.0.1", port=0, threads=4)
    with answering(server):
        yield f"http://127.0.0.1:{server.effective_port}/"

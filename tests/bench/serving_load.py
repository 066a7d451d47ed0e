"""`mapper serve` with two hundred readers at once: none lost, and what it takes in memory."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.measure import Row
from tests.bench.peers import Peers

_READERS = 200
_TURNS = 3
_BODY = bytes(range(256)) * 4_000
_PATIENCE_S = 120


def rows(folder: Path, _: Peers) -> Iterator[Row]:
    """Ask for a megabyte 200 times at once, in turn of ours and of Python's own server."""
    site = folder / "served" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("<!doctype html><title>x</title>", "utf-8")
    (site / "large.bin").write_bytes(_BODY)
    ours = (sys.executable, "-m", "mapper", "serve", str(site.parent), "--port", "0", "--no-open")
    peer = (sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1")
    took, peers_took = [], []
    for _turn in range(_TURNS):
        peers_took.append(_asked(peer, site))
        took.append(_asked(ours, site.parent))
    name = f"mapper serve, {_READERS} connections at once, {_TURNS} times"
    lost, peers_lost = (sum(each[0] for each in runs) for runs in (took, peers_took))
    peak_mb, peers_mb = (max(each[1] for each in runs) for runs in (took, peers_took))
    yield Row(
        f"{name}, lost", lost, "requests", 0, "python -m http.server", peers_lost, command=ours
    )
    yield Row(
        f"{name}, peak memory", peak_mb, "MB", 150, "python -m http.server", peers_mb, command=peer
    )


def _asked(command: Sequence[str], folder: Path) -> tuple[int, float]:
    """Return how many readers did not get the whole file, and the server's peak memory in MB."""
    with subprocess.Popen(  # noqa: S603 - our own commands
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            address = _address_said(server)
            lost = _READERS - _served_whole(address)
            status = Path(f"/proc/{server.pid}/status").read_text("ascii")
        finally:
            server.terminate()
    peak_kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return lost, int(peak_kib) / 1024


def _address_said(server: subprocess.Popen[str]) -> str:
    ends_s = time.monotonic() + _PATIENCE_S
    while server.stdout is not None and time.monotonic() < ends_s:
        line = server.stdout.readline()
        for word in line.replace("(", " ").replace(")", " ").split():
            if word.startswith("http://127.0.0.1:"):
                return word
    msg = "the server said no address"
    raise RuntimeError(msg)


def _served_whole(address: str) -> int:
    parts = urlsplit(address)
    asked = f"GET /large.bin HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n"
    whole = 0
    with ExitStack() as opened:
        callers = []
        for _ in range(_READERS):
            caller = socket.socket()
            caller.settimeout(_PATIENCE_S)
            opened.callback(caller.close)
            try:
                caller.connect((parts.hostname or "", parts.port or 0))
                caller.sendall(asked.encode())
            except OSError:
                # A server that takes no more callers has lost this one, which is what is counted.
                continue
            callers.append(caller)
        for caller in callers:
            try:
                body = b"".join(iter(partial(caller.recv, 65_536), b"")).partition(b"\r\n\r\n")[2]
            except OSError:
                continue
            whole += body == _BODY
    return whole

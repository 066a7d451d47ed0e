"""
A server of change files: which it has, and each of them whole.

Where a file lies pyosmium says; the asking is done by our own client. The state beside each file
must name the number that was asked for, since a mirror in the middle of its own update may still
hold another.

Notes
-----
Source: https://wiki.openstreetmap.org/wiki/Planet.osm/diffs, section on the state file, and
Geofabrik's technical page, by which each extract has change files of its own and keeps those of
some months.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from osmium.replication import ReplicationServer

from mapper.errors import FetchError, OutdatedBaseError
from mapper.fetch.header_values import whole_number
from mapper.fetch.http import Request, StatusError
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.web_address import require_web, shown_address

_STATE_BYTES_MAX = 10_000
_CHANGES_BYTES_MAX = 500_000_000
_GONE = frozenset({404, 410})
_TIME = r"%Y-%m-%dT%H\:%M\:%SZ"


@dataclass(frozen=True, slots=True)
class State:
    """
    What a server says of one of its change files.

    Attributes
    ----------
    sequence
        Number of the file.
    data_at_utc
        Until when it holds changes.
    """

    sequence: int
    data_at_utc: datetime


class ChangeServer:
    """
    Asks one server of change files.

    Parameters
    ----------
    base_url
        The folder in which ``state.txt`` lies.

    Raises
    ------
    FetchError
        If it is no address of the web.
    """

    def __init__(self, base_url: str, fetch_context: FetchContext) -> None:
        require_web(base_url)
        self._shown = shown_address(base_url)
        self._layout = ReplicationServer(base_url)
        self._fetch_context = fetch_context

    def newest(self) -> State:
        """
        Ask for the state of the newest change file.

        Raises
        ------
        OutdatedBaseError
            If there is no such server any more.
        FetchError
            If no whole answer came, or one that is no state.
        """
        return self._state(None)

    def state(self, sequence: int) -> State:
        """
        Ask for the state of one change file.

        Raises
        ------
        OutdatedBaseError
            If the server does not keep it any more.
        FetchError
            If no whole answer came, or one of another file.
        """
        said = self._state(sequence)
        if said.sequence != sequence:
            msg = f"{self._shown}: the state of change file {sequence} names {said.sequence}"
            raise FetchError(msg, next_step="try again later; the server may be updating itself.")
        return said

    @contextmanager
    def change_file(self, sequence: int) -> Iterator[Path]:
        """
        Lend one change file, packed as it came; it is removed afterwards.

        Raises
        ------
        OutdatedBaseError
            If the server does not keep it any more.
        FetchError
            If it did not come whole.
        """
        path = self._body(self._layout.get_diff_url(sequence), "changes", _CHANGES_BYTES_MAX)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _state(self, sequence: int | None) -> State:
        url = self._layout.get_state_url(sequence)
        path = self._body(url, "state", _STATE_BYTES_MAX)
        try:
            return _state_in(path.read_text("utf-8", "replace"), shown_address(url))
        finally:
            path.unlink(missing_ok=True)

    def _body(self, url: str, name: str, most_bytes: int) -> Path:
        part = self._fetch_context.archive.part_path(name)
        # As it lies there: a packed file must not be unpacked on its way by an eager server.
        request = Request(url, headers={"Accept-Encoding": "identity"}, most_bytes=most_bytes)
        try:
            stored = self._fetch_context.client.ask(request, part).stored
        except StatusError as error:
            if error.status in _GONE:
                msg = f"{shown_address(url)} is gone: the server does not reach back that far"
                raise OutdatedBaseError(msg) from error
            raise
        if stored is None:
            msg = f"{shown_address(url)}: an answer without a body"
            raise FetchError(msg)
        return stored.path


def _state_in(text: str, shown: str) -> State:
    lines = (line.partition("#")[0].strip().partition("=") for line in text.splitlines())
    said = {name: value for name, _, value in lines}
    sequence = whole_number(said.get("sequenceNumber", ""))
    try:
        instant = datetime.strptime(said.get("timestamp", ""), _TIME).replace(tzinfo=UTC)
    except ValueError:
        instant = None
    if sequence is None or instant is None:
        msg = f"{shown}: no state of change files: {' '.join(text.split())[:80]!r}"
        raise FetchError(msg, next_step="try again later.")
    return State(sequence, instant)

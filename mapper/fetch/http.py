"""
One client for every question: guarded, dead-lined, capped, retried, proven complete.

Polite by construction: a User-Agent with a contact, one request at a time per host with a pause,
conditional requests, and ``Retry-After`` honoured up to five minutes.
"""

import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from tenacity import RetryCallState, Retrying, retry_if_exception_type
from tenacity.wait import wait_exponential_jitter
from urllib3.exceptions import HTTPError

from mapper.errors import FetchError
from mapper.fetch.disk_refusal import disk_refusal
from mapper.fetch.guard import GuardedAdapter, Target
from mapper.fetch.header_values import retry_after_s, whole_number
from mapper.fetch.response_body import BodyWriter, Caps, Ending, Stored, TooLargeError, pieces_of
from mapper.fetch.web_address import joined_address, require_web, shown_address
from mapper.model.progress import NoProgress, Progress

USER_AGENT = "whose-cameras/0.1 (open data on surveillance cameras; contact: see the repository)"
_ERROR_TEXT_BYTES = 20_000
# What may be otherwise in a minute: too many requests, a server that is busy or restarting.
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_OK = 200
_SEE_OTHER = 303
# Headers that may follow a redirect to another host; every other one may carry a key.
_SAFE_HEADERS = frozenset({"accept", "accept-encoding", "user-agent"})
# With jitter, so that many runs at one hour do not come back all at once.
_GROWING = wait_exponential_jitter(multiplier=2, max=120, jitter=1)
"""The pause before another try, in seconds, where the server names none: 2, 4, 8 and so on."""
_ENCODING_HEADERS = {"Accept-Encoding": "gzip"}


class StatusError(FetchError):
    """The server answered, but not with what was asked for."""

    def __init__(self, what: str, *, status: int, text: str, next_step: str = "") -> None:
        super().__init__(what, next_step=next_step)
        self.status = status
        self.text = text


@dataclass(frozen=True, slots=True)
class Limits:
    """Deadlines in seconds, counts, and size caps of one question."""

    connect_s: float = 10.0
    read_s: float = 60.0
    total_s: float = 900.0
    redirects: int = 5
    attempts: int = 4
    retry_after_max_s: int = 300
    pause_s: float = 1.0
    caps: Caps = field(default_factory=Caps)


@dataclass(frozen=True, slots=True)
class Request:
    """
    What to ask.

    Attributes
    ----------
    secret_headers
        Headers that carry a key; they go to the first host alone and appear in no text.
    ending
        The end that the format has of itself; checked whatever the transfer says.
    most_bytes
        More than this cannot be what was asked for.
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    secret_headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    ending: Ending = Ending.NONE
    html_expected: bool = False
    most_bytes: int = 300_000_000

    @property
    def is_conditional(self) -> bool:
        """Whether the body is asked for only if it changed."""
        return any(name.lower().startswith("if-") for name in self.headers)

    @property
    def key(self) -> str:
        """The same for the same question; without secrets."""
        digest = hashlib.sha256()
        for part in (self.method, self.url, self.headers.get("Accept", "")):
            digest.update(part.encode() + b"\0")
        digest.update(self.body or b"")
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Response:
    """A complete answer; ``stored`` is None where the server said "not modified"."""

    url: str
    headers: Mapping[str, str]
    stored: Stored | None


class Client:
    """
    Asks questions, one at a time per host.

    Parameters
    ----------
    named
        Targets that the user typed; these may lie in a private network.
    sleep, clock_s
        For tests, which do not wait.
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        named: frozenset[Target] = frozenset(),
        progress: Progress | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits or Limits()
        self._progress = progress or NoProgress()
        self._sleep = sleep
        self._clock_s = clock_s
        self._open: list[Any] = []
        self._asked_s: dict[str, float] = {}
        self._session = _Session()
        # A proxy of the environment would be asked in place of the judged address.
        self._session.trust_env = False
        adapter = GuardedAdapter(named, self._open.append)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def ask(self, question: Request, into: Path) -> Response:
        """
        Ask, with retries, and write the body to a new file.

        Raises
        ------
        FetchError
            If no complete, allowed answer came within the limits; nothing is left at ``into``.
        """
        ends_s = self._clock_s() + self._limits.total_s
        asking = Retrying(
            retry=retry_if_exception_type(_TransientError),
            wait=self._pause_before,
            stop=lambda state: (
                state.attempt_number >= self._limits.attempts
                # A pause that ends behind the deadline would be waited for nothing.
                or self._clock_s() + state.upcoming_sleep >= ends_s
            ),
            sleep=self._sleep,
            before_sleep=self._say_pause,
            reraise=True,
        )
        try:
            return asking(self._ask_once, question, into, ends_s)
        except _TransientError as error:
            raise error.reason from error

    def _ask_once(self, question: Request, into: Path, ends_s: float) -> Response:
        into.unlink(missing_ok=True)
        # Ctrl-C included: nothing partial stays behind unless the answer is whole.
        with ExitStack() as undo:
            undo.callback(into.unlink, missing_ok=True)
            answer = self._follow(question, into, ends_s)
            undo.pop_all()
            return answer

    def _pause_before(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked_s = error.pause_s(self._limits) if isinstance(error, _TransientError) else None
        return _GROWING(state) if asked_s is None else asked_s

    def _say_pause(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        self._progress.remark(f"{error}; asking again in {state.upcoming_sleep:.0f} s")

    @contextmanager
    def opened(self, question: Request) -> Iterator[requests.Response]:
        """
        Yield the answer to one try, after redirects, for a reader that resumes by itself.

        Raises
        ------
        FetchError
            If no allowed answer came within the limits.
        """
        ends_s = self._clock_s() + self._limits.total_s
        try:
            with self._followed(question, ends_s) as (_, response):
                yield response
        except _TransientError as error:
            raise error.reason from None

    def _follow(self, question: Request, into: Path, ends_s: float) -> Response:
        with self._followed(question, ends_s) as (step, response):
            return self._read(step, response, into)

    @contextmanager
    def _followed(
        self, question: Request, ends_s: float
    ) -> Iterator[tuple[Request, requests.Response]]:
        step = question
        for _ in range(self._limits.redirects + 1):
            require_web(step.url)
            self._pause(step.url)
            with self._response(step, ends_s) as response:
                if response.status_code not in _REDIRECTS:
                    yield step, response
                    return
                step = _redirected(step, response)
        msg = f"{shown_address(question.url)}: more than {self._limits.redirects} redirects"
        raise FetchError(msg, next_step="open the address by hand, and report the source.")

    @contextmanager
    def _response(self, question: Request, ends_s: float) -> Iterator[requests.Response]:
        left_s = ends_s - self._clock_s()
        shown = shown_address(question.url)
        if left_s <= 0:
            raise self._late(shown)
        self._open.clear()
        is_over = threading.Event()
        # Read timeouts start anew with every byte; a server that drips would never end. The timer
        # shuts the socket whatever comes.
        timer = threading.Timer(left_s, _shut, args=(self._open, is_over))
        timer.daemon = True
        timer.start()
        try:
            headers = {"User-Agent": USER_AGENT, **_ENCODING_HEADERS, **question.headers}
            with self._session.request(
                question.method,
                question.url,
                data=question.body,
                headers={**headers, **question.secret_headers},
                timeout=(min(self._limits.connect_s, left_s), min(self._limits.read_s, left_s)),
                # Each target is judged before it is asked; see `_followed`.
                allow_redirects=False,
                stream=True,
            ) as response:
                yield response
        except (FetchError, _TransientError):
            # A socket shut at the deadline looks like the end of a head or a body.
            if is_over.is_set():
                raise self._late(shown) from None
            raise
        except (requests.RequestException, HTTPError, OSError, UnicodeError) as error:
            if refusal := disk_refusal(error, shown):
                raise refusal from error
            if is_over.is_set():
                raise self._late(shown) from None
            # The text of the error below may carry the address with its query, so it is not shown.
            reason = FetchError(
                f"{shown}: the connection failed ({type(error).__name__})",
                next_step="check the connection and try again; nothing partial was kept.",
            )
            raise _TransientError(reason) from None
        else:
            if is_over.is_set():
                raise self._late(shown)
        finally:
            timer.cancel()
            self._asked_s[urlsplit(question.url).netloc] = self._clock_s()

    def _read(self, question: Request, response: requests.Response, into: Path) -> Response:
        headers = {name.lower(): value for name, value in response.headers.items()}
        shown = shown_address(question.url)
        if response.status_code == _NOT_MODIFIED:
            if not question.is_conditional:
                msg = f"{shown}: the server says that nothing changed, though nothing is kept"
                raise FetchError(msg, next_step="open the address by hand, and report the source.")
            return Response(question.url, headers, None)
        if response.status_code != _OK:
            raise _status_error(response, shown)
        is_chunked = "chunked" in headers.get("transfer-encoding", "").lower()
        # With chunks the length says nothing, whatever it is.
        length_bytes = None if is_chunked else whole_number(headers.get("content-length", ""))
        most_bytes = min(question.most_bytes, self._limits.caps.body_bytes)
        writer = BodyWriter(
            into,
            encoding=headers.get("content-encoding", ""),
            length_bytes=length_bytes,
            is_chunked=is_chunked,
            caps=replace(self._limits.caps, body_bytes=most_bytes),
        )
        try:
            writer.write_all(pieces_of(response))
            stored = writer.finish(ending=question.ending, html_expected=question.html_expected)
        except FetchError as error:
            error.args = (f"{shown}: {error}",)
            # What is too large would be as large the next time.
            raise error if isinstance(error, TooLargeError) else _TransientError(error) from None
        return Response(question.url, headers, stored)

    def _late(self, shown: str) -> FetchError:
        msg = f"{shown}: no complete answer within {self._limits.total_s:.0f} s"
        return FetchError(msg, next_step="try again later, or ask for less.")

    def _pause(self, url: str) -> None:
        asked_s = self._asked_s.get(urlsplit(url).netloc)
        if asked_s is not None:
            wait_s = asked_s + self._limits.pause_s - self._clock_s()
            if wait_s > 0:
                self._sleep(wait_s)


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002 - as inherited
        # Redirects are judged and followed above; the library would parse their targets first,
        # and fail over one that is no address.
        return None


class _TransientError(Exception):
    """Worth another try; ``reason`` is what the person reads if there is none."""

    def __init__(self, reason: FetchError, retry_after: str = "") -> None:
        super().__init__(str(reason))
        self.reason = reason
        self._retry_after = retry_after

    def pause_s(self, limits: Limits) -> float | None:
        """Return the pause that the server asks for, in seconds; None where it asks for none."""
        now_utc = datetime.now(UTC)
        return retry_after_s(
            self._retry_after, now_utc=now_utc, longest_s=float(limits.retry_after_max_s)
        )


def _status_error(response: requests.Response, shown: str) -> Exception:
    text = b"".join(_bounded(response)).decode("utf-8", "replace")
    status = response.status_code
    error = StatusError(
        f"{shown}: the server answered {status} {response.reason or ''}".rstrip(),
        status=status,
        text=text,
        next_step="try again later." if status in _TRANSIENT else "check the address or the key.",
    )
    if status in _TRANSIENT:
        return _TransientError(error, response.headers.get("Retry-After", ""))
    return error


def _bounded(response: requests.Response) -> Iterator[bytes]:
    left = _ERROR_TEXT_BYTES
    while left > 0 and (piece := response.raw.read1(left, decode_content=True)):
        left -= len(piece)
        yield piece


def _redirected(question: Request, response: requests.Response) -> Request:
    location = response.headers.get("Location", "")
    if not location:
        msg = f"{shown_address(question.url)}: a redirect without a target"
        raise FetchError(msg, next_step="report the source.")
    url = joined_address(question.url, location)
    here, there = urlsplit(question.url), urlsplit(url)
    # Anybody on the way could then change the body.
    if here.scheme == "https" and there.scheme == "http":
        msg = f"{shown_address(question.url)}: a redirect from https to http was refused"
        raise FetchError(msg, next_step="report the source.")
    moved = replace(question, url=url)
    if (here.scheme, here.netloc) != (there.scheme, there.netloc):
        # Another host must learn nothing of what was for the first.
        safe = {k: v for k, v in question.headers.items() if k.lower() in _SAFE_HEADERS}
        moved = replace(moved, headers=safe, secret_headers={})
    # RFC 9110, section 15.4.4: see other is answered by a GET.
    if response.status_code == _SEE_OTHER and moved.method != "GET":
        moved = replace(moved, method="GET", body=None)
    return moved


def _shut(connections: list[Any], is_over: threading.Event) -> None:
    is_over.set()
    for connection in connections:
        if (sock := getattr(connection, "sock", None)) is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

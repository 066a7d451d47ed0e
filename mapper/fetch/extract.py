"""
A large OSM extract: downloaded in pieces that survive an interruption, and proven three ways.

By its length, by the ``.md5`` that publishers of extracts put beside it, and by the replication
sequence in its header, which must not fall below that of the extract before.
"""

import hashlib
import json
import logging
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import osmium
import requests
from filelock import FileLock, Timeout

from mapper.clean.durable_files import replace_file
from mapper.errors import FetchError, LockedError, SourceFormatError, StorageError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.base_age import base_instant, require_fresh
from mapper.fetch.header_values import (
    content_range,
    entity_tag,
    http_date,
    unsatisfied_range,
    whole_number,
)
from mapper.fetch.http import Request, StatusError
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.response_body import pieces_of
from mapper.fetch.web_address import shown_address

MEDIA_TYPE = "application/vnd.openstreetmap.data+pbf"
_TIMESTAMP = "osmosis_replication_timestamp"
_SEQUENCE = "osmosis_replication_sequence_number"
_PROOF_SEQUENCE = re.compile(r"sequence ([0-9]{1,18})\b")
_MD5 = re.compile(r"\b([0-9a-f]{32})\b")
_OK, _PARTIAL, _NOT_FOUND, _RANGE_REFUSED = 200, 206, 404, 416
_TRIES = 20
_BUDGET_S = 24 * 3600.0
"""Over all tries: a line that keeps breaking would else hold a scheduled run for days."""
_CHECKSUM_BYTES_MAX = 10_000
_EXPECTED_BYTES_S = 5_000_000
_LOG = logging.getLogger(__name__)
_WAIT_S = 15.0
_GOES_ON = "run it again: it goes on where it stopped."


@dataclass(frozen=True, slots=True)
class WholeExtract:
    """
    An extract on disk, proven whole, before it is decided what of it is kept.

    Attributes
    ----------
    proof
        What proved it whole.
    """

    url: str
    path: Path
    proof: str
    etag: str
    last_modified: str
    _fetch_context: FetchContext
    _source_id: str
    _license_id: str

    def keep(
        self, part: Path, source_id: str = "", *, request_key: str = "", proof: str = ""
    ) -> Collected:
        """
        Keep the extract, or what was cut out of it, in the archive.

        Parameters
        ----------
        part
            The finished file; it is moved.
        source_id
            By default that of the extract.
        request_key
            By default the extract's address.
        proof
            What is said beside the proof of the whole.
        """
        return self._fetch_context.archive.keep_new(
            part,
            request_key=request_key or self.url,
            url=self.url,
            retrieved_at_utc=self._fetch_context.instant(),
            media_type=MEDIA_TYPE,
            proof=f"{self.proof}{proof}",
            etag=self.etag,
            last_modified=self.last_modified,
            source_id=source_id or self._source_id,
            license_id=self._license_id,
        )


def part_of(url: str, archive: Archive) -> Path:
    """Return where an extract lies while it comes; the same for the next run."""
    key = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
    return archive.root / "parts" / f"{key[:16]}.osm.pbf"


def told_size(size_bytes: int) -> str:
    """Say how much there is to download, and how long that takes on a usual line."""
    minutes = size_bytes / _EXPECTED_BYTES_S / 60
    return (
        f"{size_bytes:,} bytes to come, {minutes:,.0f} minutes at "
        f"{_EXPECTED_BYTES_S / 1_000_000:.0f} MB a second"
    )


def announced_bytes(url: str, fetch_context: FetchContext) -> int:
    """
    Ask how long an extract is, and for no more of it than one byte.

    Raises
    ------
    FetchError
        If the server does not say.
    """
    asked = {"Range": "bytes=0-0", "Accept-Encoding": "identity"}
    with fetch_context.client.opened(Request(url, headers=asked)) as response:
        return _placed(url, response)[1]


@contextmanager
def downloaded(
    url: str,
    fetch_context: FetchContext,
    *,
    source_id: str,
    license_id: str,
    sleep: Callable[[float], None],
    is_old_allowed: bool = False,
) -> Iterator[WholeExtract]:
    """
    Download an extract, or go on where an interrupted run stopped, and lend it.

    What is not kept of it is removed when the caller is done; when the caller fails or is
    interrupted it stays, so that the next run need not download it again.

    Raises
    ------
    FetchError
        If it did not come whole, its checksum differs, it is older than the one before, or its
        data are of more than 60 days ago and that is not allowed.
    LockedError
        If another run is downloading it.
    StorageError
        If the disk has no room for it.
    """
    part = part_of(url, fetch_context.archive)
    part.parent.mkdir(parents=True, exist_ok=True)
    with _alone(url, part):
        checksum = _published_md5(url, fetch_context)
        headers = _download(url, part, fetch_context, sleep)
        proofs = ["length"]
        if checksum:
            _require_md5(url, part, checksum)
            proofs.append("md5")
        header = _header(url, part)
        _require_fresh(url, header, fetch_context, is_old_allowed=is_old_allowed)
        before = fetch_context.archive.latest(source_id, url)
        sequence = _require_newer(url, part, header, before)
        if sequence is not None:
            proofs.append(f"sequence {sequence}")
        whole = WholeExtract(
            url,
            part,
            ", ".join(proofs),
            headers["etag"],
            headers["last_modified"],
            fetch_context,
            source_id,
            license_id,
        )
        try:
            yield whole
        except SourceFormatError:
            # Gone on with, it would be as broken the next time.
            _forget(part)
            raise
        _forget(part)


@contextmanager
def _alone(url: str, part: Path) -> Iterator[None]:
    """Hold the file that an interrupted run goes on with: two at once would write one over."""
    lock = FileLock(part.with_suffix(".lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        msg = f"another run is downloading {shown_address(url)}"
        raise LockedError(msg, next_step="wait for it to end.") from error
    try:
        yield
    finally:
        lock.release()


def _published_md5(url: str, fetch_context: FetchContext) -> str:
    part = fetch_context.archive.part_path("md5")
    try:
        request = Request(f"{url}.md5", most_bytes=_CHECKSUM_BYTES_MAX)
        stored = fetch_context.client.ask(request, part).stored
    except StatusError as error:
        if error.status == _NOT_FOUND:
            return ""
        raise
    text = stored.path.read_text("ascii", "replace") if stored else ""
    part.unlink(missing_ok=True)
    checksum = _MD5.search(text.lower())
    if checksum is None:
        msg = f"{shown_address(url)}.md5 holds no checksum: {text[:80]!r}"
        raise FetchError(msg, next_step="report the publisher of the extract.")
    return checksum.group(1)


def _download(
    url: str, part: Path, fetch_context: FetchContext, sleep: Callable[[float], None]
) -> dict[str, str]:
    fetch_context.progress.stage(f"downloading {shown_address(url)}")
    ends_s = time.monotonic() + _BUDGET_S
    for attempt in range(_TRIES):
        try:
            if _go_on(url, part, fetch_context, ends_s=ends_s):
                return _validators(part) or {"etag": "", "last_modified": ""}
            reason = f"{shown_address(url)}: the connection ended early"
        except StatusError:
            raise
        except FetchError as error:
            reason = str(error)
        done = part.stat().st_size if part.exists() else 0
        if time.monotonic() >= ends_s:
            msg = f"{shown_address(url)}: not whole within {_BUDGET_S / 3600:.0f} hours and "
            msg += f"{attempt + 1} tries: {reason}"
            raise FetchError(msg, next_step=_GOES_ON)
        if attempt < _TRIES - 1:
            fetch_context.progress.remark(
                f"{reason}; going on from byte {done:,} in {_WAIT_S:.0f} s"
            )
            sleep(_WAIT_S)
    msg = f"{reason}, {_TRIES} times"
    raise FetchError(msg, next_step=_GOES_ON)


def _go_on(url: str, part: Path, fetch_context: FetchContext, *, ends_s: float) -> bool:
    """Fetch what is missing; say whether the file is now whole."""
    validators = _validators(part)
    done = part.stat().st_size if part.exists() and validators else 0
    # Without the validator a changed file would be glued to an old beginning.
    validator = (validators["etag"] or validators["last_modified"]) if validators else ""
    asked = {"Range": f"bytes={done}-", "If-Range": validator} if done and validator else {}
    asked["Accept-Encoding"] = "identity"
    with fetch_context.client.opened(Request(url, headers=asked)) as response:
        if response.status_code == _RANGE_REFUSED:
            # An interrupted run may have had all of it, and only not kept it.
            if done and unsatisfied_range(response.headers.get("Content-Range", "")) == done:
                return True
            part.unlink(missing_ok=True)
            return False
        begin, total = _placed(url, response)
        if begin > done:
            msg = f"{shown_address(url)}: the server sends from byte {begin:,}, not from {done:,}"
            raise FetchError(msg, next_step="try again; nothing was glued together.")
        _require_room(part, total - begin)
        fetch_context.progress.remark(
            f"{shown_address(url)}: {told_size(total - begin)}; an interrupted run goes on"
        )
        facts = {
            "etag": entity_tag(response.headers.get("ETag", "")),
            "last_modified": http_date(response.headers.get("Last-Modified", "")),
        }
        replace_file(_sidecar(part), json.dumps(facts))
        with part.open("r+b" if begin else "wb") as file:
            file.truncate(begin)
            file.seek(begin)
            left = total - begin
            for piece in pieces_of(response):
                # A server that goes on behind the end that it announced is not read on; whether
                # what came is an extract, its checksum and its own form say.
                file.write(piece[:left])
                fetch_context.progress.advance(min(len(piece), left))
                left -= len(piece)
                if left <= 0 or time.monotonic() >= ends_s:
                    break
    return part.stat().st_size == total


def _validators(part: Path) -> dict[str, str] | None:
    """Return what an interrupted run noted; a note that is damaged is set aside, and named."""
    path = _sidecar(part)
    if not path.exists():
        return None
    try:
        noted = json.loads(path.read_bytes())
        return {
            "etag": entity_tag(noted["etag"]),
            "last_modified": http_date(noted["last_modified"]),
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        aside = path.with_suffix(".damaged")
        path.replace(aside)
        _LOG.warning("the note of an interrupted download was damaged: set aside in %s", aside.name)
        return None


def _require_room(part: Path, more_bytes: int) -> None:
    free_bytes = shutil.disk_usage(part.parent).free
    if more_bytes > free_bytes:
        msg = f"the extract needs {more_bytes:,} more bytes, and {free_bytes:,} are free"
        raise StorageError(msg, next_step="make room, or choose another folder with --raw.")


def _placed(url: str, response: requests.Response) -> tuple[int, int]:
    """Say at which byte this answer begins, and how many bytes there are in all."""
    if response.status_code == _PARTIAL:
        placed = content_range(response.headers.get("Content-Range", ""))
        if placed and placed[0] < placed[1]:
            return placed
    elif response.status_code == _OK:
        length_bytes = whole_number(response.headers.get("Content-Length", ""))
        if length_bytes is not None:
            return 0, length_bytes
        msg = f"{shown_address(url)}: the server does not say how long the extract is"
        raise StatusError(msg, status=_OK, text="", next_step="download it by hand.")
    msg = f"{shown_address(url)}: the server answered {response.status_code}"
    raise StatusError(
        msg, status=response.status_code, text="", next_step="check the address of the extract."
    )


def _require_md5(url: str, part: Path, checksum: str) -> None:
    with part.open("rb") as file:
        digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    if digest != checksum:
        _forget(part)
        msg = f"{shown_address(url)}: the md5 is {digest}, its publisher says {checksum}"
        raise FetchError(msg, next_step="try again; the damaged file was removed.")


def _header(url: str, part: Path) -> osmium.io.Header:
    try:
        with osmium.io.Reader(str(part)) as reader:
            return reader.header()
    except RuntimeError as error:
        _forget(part)
        msg = f"{shown_address(url)}: no OSM extract ({error})"
        raise FetchError(msg, next_step="check the address of the extract.") from error


def _require_fresh(
    url: str, header: osmium.io.Header, fetch_context: FetchContext, *, is_old_allowed: bool
) -> None:
    """Hold the header's own time against today; an extract without one is taken as it is."""
    base = header.get(_TIMESTAMP)
    if not base:
        return
    whose, now_utc = shown_address(url), fetch_context.now_utc()
    require_fresh(
        base_instant(base, whose, now_utc=now_utc),
        whose,
        now_utc=now_utc,
        is_old_allowed=is_old_allowed,
        progress=fetch_context.progress,
    )


def _require_newer(
    url: str, part: Path, header: osmium.io.Header, before: Collected | None
) -> int | None:
    sequence = whole_number(header.get(_SEQUENCE))
    if sequence is None:
        return None
    last = _PROOF_SEQUENCE.search(before.proof) if before else None
    if last and sequence < int(last.group(1)):
        part.unlink()
        msg = f"{shown_address(url)}: sequence {sequence} is older than {last.group(1)} before"
        raise FetchError(msg, next_step="the mirror is stale; use another.")
    return sequence


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _sidecar(part).unlink(missing_ok=True)


def _sidecar(part: Path) -> Path:
    return part.with_suffix(".json")

"""
A large OSM extract: downloaded in pieces that survive an interruption, and proven three ways.

By its length, by the ``.md5`` that publishers of extracts put beside it, and by the replication
sequence in its header, which must not fall below that of the extract before.
"""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import osmium
import requests

from mapper.errors import FetchError
from mapper.fetch.archive import Collected
from mapper.fetch.http import Client, Request, StatusError, pieces_of, shown_address
from mapper.fetch.json_pages import FetchContext

_SEQUENCE = "osmosis_replication_sequence_number"
_PROOF_SEQUENCE = re.compile(r"sequence (\d+)")
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")
_MD5 = re.compile(r"\b([0-9a-f]{32})\b")
_OK, _PARTIAL, _NOT_FOUND, _RANGE_REFUSED = 200, 206, 404, 416
_TRIES = 20
_WAIT_S = 15.0


def collect(
    url: str,
    fetch_context: FetchContext,
    *,
    source_id: str,
    license_id: str,
    sleep: Callable[[float], None],
) -> Collected:
    """
    Download an extract, or go on where an interrupted run stopped.

    Raises
    ------
    FetchError
        If it did not come whole, its checksum differs, or it is older than the one before.
    """
    key = hashlib.sha256(url.encode()).hexdigest()
    parts = fetch_context.archive.root / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    part = parts / f"{key[:16]}.osm.pbf"
    checksum = _published_md5(url, fetch_context)
    headers = _download(url, part, fetch_context, sleep)
    proofs = ["length"]
    if checksum:
        _require_md5(url, part, checksum)
        proofs.append("md5")
    sequence = _require_newer(url, part, fetch_context.archive.latest(source_id, url))
    if sequence is not None:
        proofs.append(f"sequence {sequence}")
    _sidecar(part).unlink(missing_ok=True)
    return fetch_context.archive.keep_new(
        part,
        source_id=source_id,
        request_key=url,
        url=url,
        retrieved_at_utc=fetch_context.instant(),
        media_type="application/vnd.openstreetmap.data+pbf",
        license_id=license_id,
        proof=", ".join(proofs),
        etag=headers.get("etag", ""),
        last_modified=headers.get("last_modified", ""),
    )


def _published_md5(url: str, fetch_context: FetchContext) -> str:
    part = fetch_context.archive.part_path("md5")
    try:
        stored = fetch_context.client.ask(Request(f"{url}.md5"), part).stored
    except StatusError as error:
        if error.status == _NOT_FOUND:
            return ""
        raise
    text = stored.path.read_text("ascii", "replace") if stored else ""
    part.unlink(missing_ok=True)
    found = _MD5.search(text.lower())
    if found is None:
        msg = f"{shown_address(url)}.md5 holds no checksum: {text[:80]!r}"
        raise FetchError(msg, next_step="report the publisher of the extract.")
    return found.group(1)


def _download(
    url: str, part: Path, fetch_context: FetchContext, sleep: Callable[[float], None]
) -> dict[str, str]:
    fetch_context.progress.stage(f"downloading {shown_address(url)}")
    for attempt in range(_TRIES):
        try:
            if _go_on(url, part, fetch_context.client, fetch_context.progress.advance):
                headers: dict[str, str] = json.loads(_sidecar(part).read_text("utf-8"))
                return headers
            reason = f"{shown_address(url)}: the connection ended early"
        except StatusError:
            raise
        except FetchError as error:
            reason = str(error)
        done = part.stat().st_size if part.exists() else 0
        if attempt < _TRIES - 1:
            fetch_context.progress.remark(
                f"{reason}; going on from byte {done:,} in {_WAIT_S:.0f} s"
            )
            sleep(_WAIT_S)
    msg = f"{reason}, {_TRIES} times"
    raise FetchError(msg, next_step="run it again: it goes on where it stopped.")


def _go_on(url: str, part: Path, client: Client, advance: Callable[[int], None]) -> bool:
    """Fetch what is missing; say whether the file is now whole."""
    known = json.loads(_sidecar(part).read_text("utf-8")) if _sidecar(part).exists() else {}
    done = part.stat().st_size if part.exists() and known else 0
    # Without the validator a changed file would be glued to an old beginning.
    validator = known.get("etag") or known.get("last_modified") or ""
    asked = {"Range": f"bytes={done}-", "If-Range": validator} if done and validator else {}
    asked["Accept-Encoding"] = "identity"
    with client.opened(Request(url, headers=asked)) as response:
        if response.status_code == _RANGE_REFUSED:
            part.unlink()
            return False
        begin, total = _placed(url, response)
        facts = {
            "etag": response.headers.get("ETag", ""),
            "last_modified": response.headers.get("Last-Modified", ""),
        }
        _sidecar(part).write_text(json.dumps(facts), "utf-8")
        with part.open("r+b" if begin else "wb") as file:
            file.truncate(begin)
            file.seek(begin)
            for piece in pieces_of(response):
                file.write(piece)
                advance(len(piece))
    return part.stat().st_size == total


def _placed(url: str, response: requests.Response) -> tuple[int, int]:
    """Say at which byte this answer begins, and how many bytes there are in all."""
    if response.status_code == _PARTIAL:
        found = _CONTENT_RANGE.match(response.headers.get("Content-Range", ""))
        if found:
            return int(found.group(1)), int(found.group(2))
    elif response.status_code == _OK:
        length = response.headers.get("Content-Length", "")
        if length.isdigit():
            return 0, int(length)
        msg = f"{shown_address(url)}: the server does not say how long the extract is"
        raise StatusError(msg, status=_OK, text="", next_step="download it by hand.")
    msg = f"{shown_address(url)}: the server answered {response.status_code}"
    raise StatusError(
        msg, status=response.status_code, text="", next_step="check the address of the extract."
    )


def _require_md5(url: str, part: Path, checksum: str) -> None:
    with part.open("rb") as file:
        found = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    if found != checksum:
        part.unlink()
        _sidecar(part).unlink(missing_ok=True)
        msg = f"{shown_address(url)}: the md5 is {found}, its publisher says {checksum}"
        raise FetchError(msg, next_step="try again; the damaged file was removed.")


def _require_newer(url: str, part: Path, before: Collected | None) -> int | None:
    try:
        with osmium.io.Reader(str(part)) as reader:
            written = reader.header().get(_SEQUENCE)
    except RuntimeError as error:
        part.unlink()
        _sidecar(part).unlink(missing_ok=True)
        msg = f"{shown_address(url)}: no OSM extract ({error})"
        raise FetchError(msg, next_step="check the address of the extract.") from error
    if not written:
        return None
    sequence = int(written)
    last = _PROOF_SEQUENCE.search(before.proof) if before else None
    if last and sequence < int(last.group(1)):
        part.unlink()
        msg = f"{shown_address(url)}: sequence {sequence} is older than {last.group(1)} before"
        raise FetchError(msg, next_step="the mirror is stale; use another.")
    return sequence


def _sidecar(part: Path) -> Path:
    return part.with_suffix(".json")

"""
Every body that was ever collected, kept by its hash, with where and when it came from.

``<root>/bodies/<2 hex>/<sha256>`` holds bodies, ``<root>/collected/<source_id>.jsonl`` one line
per answer. Both are evidence: nothing is overwritten, nothing is half written.
"""

import hashlib
import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mapper.clean.durable_files import sync_file, sync_folder
from mapper.errors import FetchError
from mapper.fetch.line_notes import add_note, read_notes

# A day: no run takes as long, so what is older belongs to nobody.
_LEFT_BEHIND_S = 86_400.0
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Collected:
    """
    One answer of a publisher.

    Attributes
    ----------
    request_key
        The same for the same question: method, address without secrets, and body.
    etag, last_modified
        For the conditional request of the next run.
    proof
        What proved the body whole.
    """

    source_id: str
    request_key: str
    url: str
    retrieved_at_utc: str
    sha256: str
    size_bytes: int
    media_type: str
    etag: str
    last_modified: str
    license_id: str
    proof: str

    def __post_init__(self) -> None:
        """Refuse a hash and an instant that are none: a damaged note must lead nowhere."""
        if _SHA256.fullmatch(self.sha256) is None:
            msg = f"{self.sha256[:80]!r} is no sha256"
            raise ValueError(msg)
        if datetime.fromisoformat(self.retrieved_at_utc).tzinfo is None:
            msg = f"{self.retrieved_at_utc[:80]!r} names no time zone"
            raise ValueError(msg)


class Archive:
    """
    The folder of collected bodies.

    Parameters
    ----------
    root
        ``data/raw``; made when the first body comes.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def body_path(self, sha256: str) -> Path:
        """Return the place of a body, whether it is there or not."""
        return self.root / "bodies" / sha256[:2] / sha256

    def is_sound(self, collected: Collected) -> bool:
        """Say whether a body is there and is what was collected."""
        try:
            with self.body_path(collected.sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == collected.sha256
        except OSError:
            return False

    def part_path(self, name: str) -> Path:
        """
        Return a place for a body that is still coming.

        One per run and request, replaced by the next: two runs at once never share one.
        """
        parts = self.root / "parts"
        parts.mkdir(parents=True, exist_ok=True)
        for left in parts.glob(f"{name}.run-*"):
            # What a killed run left behind; another run may be at work on a younger one.
            with suppress(FileNotFoundError):
                if time.time() - left.stat().st_mtime > _LEFT_BEHIND_S:
                    left.unlink()
        # By process, so that two runs at once never write into one file.
        path = parts / f"{name}.run-{os.getpid()}"
        path.unlink(missing_ok=True)
        return path

    def keep(self, part: Path, collected: Collected) -> Path:
        """
        Move a finished body to its place and write down where it came from.

        The body is on disk before the line that speaks of it.
        """
        target = self.body_path(collected.sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        # Body, then its folder's entry, then the line: a line never speaks of a body that a power
        # cut took.
        sync_file(part)
        part.replace(target)
        sync_folder(target.parent)
        self.note(collected)
        return target

    def keep_new(
        self, part: Path, *, etag: str = "", last_modified: str = "", **facts: str
    ) -> Collected:
        """
        Hash a finished body, keep it, and say what was kept.

        Parameters
        ----------
        facts
            The other attributes of ``Collected`` but the hash and the size.
        """
        with part.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        collected = Collected(
            sha256=sha256,
            size_bytes=part.stat().st_size,
            etag=etag,
            last_modified=last_modified,
            **facts,
        )
        self.keep(part, collected)
        return collected

    def note(self, collected: Collected) -> None:
        """Write one line about an answer whose body is already kept."""
        add_note(self._index(collected.source_id), collected)

    def answers(self, source_id: str) -> list[Collected]:
        """Return every answer of a source, oldest first."""
        return read_notes(self._index(source_id), Collected)

    def latest(self, source_id: str, request_key: str) -> Collected | None:
        """Return the newest answer to the same question, if its body is still there."""
        for collected in reversed(self.answers(source_id)):
            if collected.request_key == request_key and self.body_path(collected.sha256).exists():
                return collected
        return None

    def require(self, source_id: str, request_key: str) -> Collected:
        """
        Return the newest answer to a question, for work without a network.

        Raises
        ------
        FetchError
            If the question was never answered.
        """
        return self._there(self.latest(source_id, request_key), source_id)

    def require_any(self, source_id: str) -> Collected:
        """
        Return the newest answer of a source, whatever was asked.

        Raises
        ------
        FetchError
            If there is none.
        """
        there = [
            answer for answer in self.answers(source_id) if self.body_path(answer.sha256).exists()
        ]
        return self._there(there[-1] if there else None, source_id)

    def _there(self, collected: Collected | None, source_id: str) -> Collected:
        if collected is None:
            msg = f"{source_id}: not in the archive at {self.root}, and --offline was given"
            raise FetchError(
                msg, next_step=f"run `mapper collect {source_id}` once with a network."
            )
        return collected

    def _index(self, source_id: str) -> Path:
        # The id of a list of one's own becomes a file name.
        safe = "".join(c if c.isalnum() or c in "-_." else "_" for c in source_id)
        return self.root / "collected" / f"{safe}.jsonl"

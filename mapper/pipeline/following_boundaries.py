"""The boundaries of an extract, brought along while change files are applied to its cameras."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from mapper.errors import OutdatedBaseError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.archive_ids import BOUNDARIES_ID, BOUNDARIES_KEY
from mapper.fetch.json_pages import FetchContext
from mapper.sources.osm.boundary_subset import (
    BOUNDARIES,
    read_boundary_subset,
    write_boundary_subset,
)
from mapper.sources.osm.change_file import apply_changes
from mapper.sources.osm.subset import Replication, Subset

_SEQUENCE = re.compile(r"\bsequence ([0-9]{1,18})\b")


@dataclass(frozen=True, slots=True)
class FollowedBoundaries:
    """
    Boundaries at one moment of an update.

    Attributes
    ----------
    collected
        As they lie in the archive; None where none were kept.
    before
        The same, read; None where it cannot be followed from there.
    now
        What the change files so far made of them; None where these do not tell it.
    trouble
        Why not; empty where they are followed, or there are none.
    """

    collected: Collected | None = None
    before: Subset | None = None
    now: Subset | None = None
    trouble: str = ""

    @classmethod
    def of(
        cls, base: Collected, replication: Replication, archive: Archive
    ) -> "FollowedBoundaries":
        """Take up the boundaries that belong to the cameras of an extract, where it kept any."""
        newest = archive.latest(BOUNDARIES_ID, BOUNDARIES_KEY + base.request_key)
        if newest is None:
            return cls()
        # An update that was killed may have left some that are ahead of the cameras.
        beside = [
            answer
            for answer in archive.answers(BOUNDARIES_ID)
            if answer.request_key == newest.request_key
            and _sequence(answer) == replication.sequence
        ]
        if not beside:
            return cls(newest, trouble="they stayed behind before")
        collected = beside[-1]
        if not archive.is_sound(collected):
            return cls(collected, trouble="what was kept of them is damaged")
        subset = read_boundary_subset(archive.body_path(collected.sha256), replication)
        return cls(collected, subset, subset)

    def stepped(self, path: Path, after: Replication) -> "FollowedBoundaries":
        """
        Apply the next change file.

        A ring that is drawn along a way which nobody touched cannot be known from it. The cameras
        go on all the same: a line that moved is no reason to download a country.
        """
        if self.now is None:
            return self
        try:
            return replace(self, now=apply_changes(self.now, path, after, BOUNDARIES))
        except OutdatedBaseError as error:
            return replace(self, now=None, trouble=str(error))

    def keep(self, base: Collected, proof: str, fetch_context: FetchContext) -> None:
        """Keep what was reached; to be called before the cameras are, which a build goes by."""
        if self.now is None or self.before is None:
            return
        part = fetch_context.archive.part_path("boundaries")
        if write_boundary_subset(self.now, self.before, part):
            fetch_context.archive.keep_new(
                part,
                source_id=BOUNDARIES_ID,
                request_key=BOUNDARIES_KEY + base.request_key,
                url=base.url,
                retrieved_at_utc=fetch_context.instant(),
                media_type=base.media_type,
                license_id=base.license_id,
                proof=proof,
            )

    def told(self) -> str:
        """Say whether they were followed, and of which day they are where not."""
        if self.collected is None:
            return ""
        if self.now is not None:
            return "boundaries followed with them"
        day = self.collected.retrieved_at_utc[:10]
        return f"boundaries as collected on {day}, for {self.trouble}"


def _sequence(boundaries: Collected) -> int | None:
    """Return the sequence that the note of boundaries gives; the file does not say it."""
    reached = _SEQUENCE.search(boundaries.proof)
    return int(reached[1]) if reached else None

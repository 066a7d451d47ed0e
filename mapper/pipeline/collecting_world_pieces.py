"""
The whole world from Overpass: some 60 boxes, one after the other, joined into one body.

Only when asked for by name: extracts are the kinder way. Each piece is kept as it came, so that an
interrupted run goes on with what is missing; a build has the world once all of them are there.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from mapper.clean.devices import device_type
from mapper.errors import FetchError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.archive_ids import LICENSE_ID, PIECES_ID, SOURCE_ID
from mapper.fetch.guard import targets_of
from mapper.fetch.json_pages import json_bytes
from mapper.fetch.overpass import ENDPOINTS, Layer, Overpass
from mapper.fetch.overpass_area import bbox_from_text
from mapper.fetch.overpass_pieces import Piece, balanced_pieces, first_gap
from mapper.model.enums import CAMERA_TYPES
from mapper.model.progress import NoProgress, Progress
from mapper.pipeline.collecting import told_of
from mapper.settings import Settings
from mapper.sources import osm
from mapper.website.mapped_world import GRID_BITS, MappedWorld, read_mapped_world

WORLD_AREA = "world"
PIECES_KEY = f"{Layer.CAMERAS.value} {WORLD_AREA}"
"""Under which the joined pieces are kept, as an area of Overpass."""
_PIECES = 60
"""Some 4,000 cameras each: an answer of a few MB, well within a public server's time and memory."""
_RECENT = timedelta(hours=48)
_BUDGET_S = 12 * 3600.0
_PAUSE_S = 10.0
"""Between two pieces, also where a slot is free: the servers are shared by everybody."""
_EXPECTED_S = 90.0
_COUNT_MIN = 100
"""Below it a count of a year ago says too little about a piece of today."""
_SHARE_MIN = 0.5
"""Of the cameras counted before; a server that holds one country falls below it elsewhere."""

_Key = tuple[str, int]


def collect_world_pieces(
    endpoint: str, *, settings: Settings, progress: Progress, is_old_allowed: bool
) -> Iterator[str]:
    """
    Ask Overpass for each piece of the world that is not kept yet, and join them.

    Parameters
    ----------
    endpoint
        An Overpass of one's own; empty for the public ones.

    Yields
    ------
    str
        What is to come, and what is kept.

    Raises
    ------
    FetchError
        If a piece did not come whole, holds far fewer cameras than were counted there before, or
        the time is up; what came is kept, and the next run goes on.
    """
    archive = Archive(settings.raw_dir)
    world = read_mapped_world(settings.overview_dir)
    pieces = _pieces(world)
    there = {piece: kept for piece in pieces if (kept := _kept(piece, archive)) is not None}
    due = [piece for piece in pieces if piece not in there]
    told = (
        f"world: {len(pieces)} pieces, {len(due)} of them to come one after the other, about "
        f"{len(due) * (_EXPECTED_S + _PAUSE_S) / 60:,.0f} minutes, {_BUDGET_S / 3600:.0f} hours at "
        f"most; {world.whole.cameras:,} cameras were counted on {world.data_on}; an interrupted "
        "run goes on"
    )
    progress.remark(told)
    yield told
    overpass = Overpass(
        archive,
        progress=progress,
        sleep=time.sleep,
        endpoints=(endpoint,) if endpoint else ENDPOINTS,
        named=targets_of(endpoint),
    )
    overpass.allow(_BUDGET_S)
    progress.stage("asking Overpass for the world", len(due))
    for turn, piece in enumerate(due):
        if turn:
            time.sleep(_PAUSE_S)
        there[piece] = _ask(piece, overpass, archive, progress, is_old_allowed=is_old_allowed)
        progress.advance()
    yield _joined([there[piece] for piece in pieces], world, archive, progress)


def _pieces(world: MappedWorld) -> tuple[Piece, ...]:
    by_cell: Counter[tuple[int, int]] = Counter()
    for cell in world.cells:
        by_cell[cell.cell_x, cell.cell_y] += cell.cameras
    return balanced_pieces(by_cell, grid_bits=GRID_BITS, most=_PIECES)


def _ask(
    piece: Piece, overpass: Overpass, archive: Archive, progress: Progress, *, is_old_allowed: bool
) -> Collected:
    """Return the answer for a piece, refused where it holds far too little."""
    kept = overpass.piece(piece.bbox, is_old_allowed=is_old_allowed)
    cameras = _camera_count(archive, kept)
    progress.remark(f"{piece.bbox}: {cameras:,} cameras, {piece.counted:,} were counted before")
    if _is_too_few(piece, cameras):
        msg = f"{kept.url} has {cameras:,} cameras in {piece.bbox}, where {piece.counted:,} were "
        msg += "counted before: it does not hold the whole world, or lost some of it"
        raise FetchError(msg, next_step="name another server with --endpoint.")
    return kept


def _kept(piece: Piece, archive: Archive) -> Collected | None:
    """Return the answer for a piece that the next world may be made of; None where it is due."""
    kept = archive.latest(PIECES_ID, f"{Layer.CAMERAS.value} {piece.bbox}")
    if kept is None or not archive.is_sound(kept):
        return None
    retrieved_at = datetime.fromisoformat(kept.retrieved_at_utc)
    last = archive.latest(SOURCE_ID, PIECES_KEY)
    # What is in a world already would make the next one no newer.
    is_taken = last is not None and retrieved_at <= datetime.fromisoformat(last.retrieved_at_utc)
    if is_taken or datetime.now(UTC) - retrieved_at >= _RECENT:
        return None
    return None if _is_too_few(piece, _camera_count(archive, kept)) else kept


def _is_too_few(piece: Piece, cameras: int) -> bool:
    return piece.counted >= _COUNT_MIN and cameras < piece.counted * _SHARE_MIN


def _camera_count(archive: Archive, kept: Collected) -> int:
    path = archive.body_path(kept.sha256)
    rows = osm.read(path, progress=NoProgress(), expected_size=kept.size_bytes).observations
    return sum(device_type(row.tags, row.device_role) in CAMERA_TYPES for row in rows)


def _joined(
    answers: Sequence[Collected], world: MappedWorld, archive: Archive, progress: Progress
) -> str:
    """Join the pieces into one body, prove that they are the world, and say what is in it."""
    progress.stage("joining the world", len(answers))
    elements: dict[_Key, Mapping[str, Any]] = {}
    bases: list[str] = []
    count = 0
    # By the boxes that were asked for and kept, and not by those that were planned.
    boxes = [bbox_from_text(kept.request_key.partition(" ")[2]) for kept in answers]
    gap = first_gap(boxes)
    if gap is not None:
        msg = f"no piece of the world holds {gap[0]:.4f},{gap[1]:.4f} (longitude, latitude)"
        raise FetchError(msg, next_step="run it again: only what is missing is asked.")
    for kept in answers:
        document = json.loads(archive.body_path(kept.sha256).read_bytes())
        _join(elements, document["elements"])
        bases.append(document["osm3s"]["timestamp_osm_base"])
        count += len(document["elements"])
        progress.advance()
    # The world is as old as its oldest piece: of that day all of it is known.
    base = min(bases, key=datetime.fromisoformat)
    whole = {
        "version": 0.6,
        "osm3s": {"timestamp_osm_base": base, "copyright": "OpenStreetMap contributors, ODbL"},
        "elements": [elements[key] for key in sorted(elements)],
    }
    part = archive.part_path("overpass-world")
    part.write_bytes(json_bytes(whole, sort_keys=True))
    kept = archive.keep_new(
        part,
        source_id=SOURCE_ID,
        request_key=PIECES_KEY,
        url=answers[0].url,
        retrieved_at_utc=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        media_type="application/json",
        license_id=LICENSE_ID,
        proof=(
            f"{len(answers)} of {len(answers)} pieces, whose boxes leave no gap in the world; "
            f"{len(elements):,} elements, of which {count - len(elements):,} stood in two; "
            f"joined from {' '.join(answer.sha256[:12] for answer in answers)}"
        ),
    )
    shown = replace(kept, proof=kept.proof.rpartition("; ")[0])
    return (
        f"{told_of(shown)}\n{_camera_count(archive, kept):,} cameras, as OpenStreetMap stood on "
        f"{base.partition('T')[0]}; {world.whole.cameras:,} were counted on {world.data_on}"
    )


def _join(elements: dict[_Key, Mapping[str, Any]], more: Sequence[Mapping[str, Any]]) -> None:
    """Take in the elements of another piece; of one on the edge of both, the later version."""
    for element in more:
        key = element["type"], element["id"]
        before = elements.get(key)
        if before is None or _version(before) < _version(element):
            elements[key] = element


def _version(element: Mapping[str, Any]) -> int:
    version = element.get("version")
    # Believed only where it is a number: the element is the server's, and may lack it.
    return version if isinstance(version, int) else 0

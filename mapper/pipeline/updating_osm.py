"""
What was collected of OpenStreetMap, brought up to date: the same as if it were collected anew.

An extract follows the change files of its publisher. An area of Overpass is asked for again whole:
the one question that tells of deletions, lost tags and moved ways without a database of history on
the server, and no larger than the first.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from mapper.errors import FetchError, OutdatedBaseError, UsageError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.archive_ids import BOUNDARIES_ID, BOUNDARIES_KEY, SOURCE_ID
from mapper.fetch.base_age import require_fresh
from mapper.fetch.extract_index import covering, fetch_index
from mapper.fetch.guard import targets_of
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.overpass import ENDPOINTS
from mapper.fetch.replication import ChangeServer, State
from mapper.fetch.web_address import shown_address
from mapper.model.observation import Observation
from mapper.model.progress import NoProgress, Progress
from mapper.pipeline.collecting import told_of
from mapper.pipeline.collecting_extract import (
    CUT_WORDS,
    GROUND_KEY,
    collect_extract,
    extract_context,
)
from mapper.pipeline.collecting_osm import OsmRequest, collect_osm
from mapper.pipeline.collecting_world import PARTS_ID, WORLD_KEY, collect_world, joined
from mapper.pipeline.collecting_world_pieces import WORLD_AREA
from mapper.pipeline.following_boundaries import FollowedBoundaries
from mapper.settings import Settings
from mapper.sources import osm
from mapper.sources.osm.change_file import apply_changes
from mapper.sources.osm.subset import Replication, Subset
from mapper.sources.osm.subset_file import cut, is_subset, write_subset

_CAMERAS_KEY = "cameras "
_BOUNDARY = "relation/"
AROUND_DAYS = 90
"""Streets and boundaries change slowly, and a whole extract is gigabytes for both sides."""
_CHANGES_MAX = 400
"""A year of daily files. What is further behind is collected anew, at less cost for both sides."""
_PLANET = "planet.openstreetmap.org"
_WORLD_DEG = (359.0, 170.0)


def update_osm(
    *,
    settings: Settings,
    progress: Progress,
    is_old_allowed: bool = False,
    around_days: int = AROUND_DAYS,
) -> str:
    """
    Bring up to date what a build of ``osm`` takes: the newest area or extract in the archive.

    Parameters
    ----------
    is_old_allowed
        Whether data of more than 60 days ago are taken.
    around_days
        An extract is collected anew where its streets or boundaries are older.

    Returns
    -------
    str
        How it was brought up to date, and how many cameras came, went and changed.

    Raises
    ------
    UsageError
        If nothing was collected yet.
    SourceError
        If what is new did not come whole; what was kept before stays in use.
    """
    archive = Archive(settings.raw_dir)
    answers = archive.answers(SOURCE_ID)
    bodies = [answer for answer in answers if not answer.request_key.startswith(GROUND_KEY)]
    if not bodies:
        msg = f"nothing of OpenStreetMap was collected into {archive.root} yet"
        raise UsageError(msg, next_step='for example: mapper collect osm --place "Helsinki"')
    base = bodies[-1]
    before = _rows(archive, base)
    if base.request_key == WORLD_KEY:
        told = list(_world(base, archive, progress, is_old_allowed=is_old_allowed))
    elif base.request_key.startswith(_CAMERAS_KEY):
        told = [_asked_again(base, answers, settings, progress, is_old_allowed=is_old_allowed)]
    else:
        fetch_context = extract_context(targets_of(base.request_key), archive, progress)
        told = list(
            _followed(base, fetch_context, is_old_allowed=is_old_allowed, around_days=around_days)
        )
    after = archive.latest(SOURCE_ID, base.request_key)
    if after is not None and after.sha256 != base.sha256:
        told.append(_told_difference(before, _rows(archive, after)))
    return "\n".join(told)


class _Reached(NamedTuple):
    """A whole state of an extract on the way, after one of its change files."""

    sequence: int
    cameras: Subset
    boundaries: FollowedBoundaries


def _asked_again(
    base: Collected,
    answers: list[Collected],
    settings: Settings,
    progress: Progress,
    *,
    is_old_allowed: bool,
) -> str:
    area = base.request_key.removeprefix(_CAMERAS_KEY)
    is_world = area == WORLD_AREA
    request = OsmRequest(
        bbox="" if is_world or area.startswith(_BOUNDARY) else area,
        boundary_ref=area if area.startswith(_BOUNDARY) else "",
        endpoint="" if base.url in ENDPOINTS else base.url,
        is_world=is_world,
        is_by_overpass=is_world,
        with_streets=any(answer.request_key == GROUND_KEY + area for answer in answers),
        is_old_allowed=is_old_allowed,
    )
    return collect_osm(request, settings=settings, progress=progress)


def _world(
    base: Collected, archive: Archive, progress: Progress, *, is_old_allowed: bool
) -> Iterator[str]:
    """Follow the changes of each extract of the world, and join them again."""
    fetch_context = extract_context(targets_of(base.url), archive, progress)
    chosen = covering(fetch_index(fetch_context, base.url))
    parts = [archive.latest(PARTS_ID, extract.pbf_url) for extract in chosen]
    if None in parts:
        # The publisher has divided the world anew.
        yield from collect_world(base.url, archive, progress, is_old_allowed=is_old_allowed)
        return
    for part in parts:
        if part is not None:
            yield from _followed(part, fetch_context, is_old_allowed=is_old_allowed)
    yield joined(chosen, base.url, fetch_context)


def _followed(
    base: Collected,
    fetch_context: FetchContext,
    *,
    is_old_allowed: bool,
    around_days: int = AROUND_DAYS,
) -> Iterator[str]:
    archive, progress = fetch_context.archive, fetch_context.progress
    ground = archive.latest(base.source_id, GROUND_KEY + base.request_key)
    try:
        _require_around(base, fetch_context, around_days)
        yield _follow(base, ground, fetch_context, is_old_allowed=is_old_allowed)
    except OutdatedBaseError as error:
        told = f"{shown_address(base.url)}: changes are not followed: {error}; collected anew"
        progress.remark(told)
        yield told
        for kept in collect_extract(
            base.request_key,
            fetch_context,
            source_id=base.source_id,
            with_streets=ground is not None,
            keeps_whole=ground is not None and CUT_WORDS not in ground.proof,
            is_old_allowed=is_old_allowed,
        ):
            yield told_of(kept)


def _follow(
    base: Collected, ground: Collected | None, fetch_context: FetchContext, *, is_old_allowed: bool
) -> str:
    """Apply every change file since the base, keep what comes out, and say so."""
    archive, progress = fetch_context.archive, fetch_context.progress
    if not archive.is_sound(base):
        msg = "what was kept is damaged"
        raise OutdatedBaseError(msg)
    path = archive.body_path(base.sha256)
    subset = cut(path)
    begin, base_url = _begin(subset)
    reached = _Reached(begin, subset, FollowedBoundaries.of(base, subset.replication, archive))
    server = ChangeServer(base_url, fetch_context)
    newest = server.newest()
    if newest.sequence < begin:
        msg = f"{shown_address(base_url)} is at {newest.sequence}, and {begin} was reached before"
        raise FetchError(msg, next_step="the server is stale; try again later.")
    require_fresh(
        newest.data_at_utc,
        shown_address(base_url),
        now_utc=fetch_context.now_utc(),
        is_old_allowed=is_old_allowed,
        progress=progress,
    )
    count = newest.sequence - begin
    if not count:
        return f"{SOURCE_ID}: {base.request_key} is up to date (sequence {begin})"
    if count > _CHANGES_MAX:
        msg = f"{count:,} change files are missing, and {_CHANGES_MAX} are the most that are taken"
        raise OutdatedBaseError(msg)
    progress.stage("following the changes", count)
    progress.remark(f"{count} change files to come, up to {newest.data_at_utc:%Y-%m-%d %H:%M} UTC")
    try:
        for sequence in range(begin + 1, newest.sequence + 1):
            reached = _step(reached, server, sequence)
            progress.advance()
    finally:
        # Each step is a whole state of its own: what broke off, or was broken off, goes on from
        # there the next time.
        if reached.sequence > begin:
            if ground is None and base.source_id == SOURCE_ID and not is_subset(path):
                # Of an extract that was kept whole the streets are still wanted.
                archive.note(replace(base, request_key=GROUND_KEY + base.request_key))
            kept = _keep(reached, base, begin, fetch_context)
    return told_of(kept) + _told_around(base, reached.boundaries, archive)


def _keep(reached: _Reached, base: Collected, begin: int, fetch_context: FetchContext) -> Collected:
    """Keep a state that was reached by the change files after the first sequence."""
    proof = (
        f"sequence {reached.sequence}, by the change files {begin + 1} to {reached.sequence}, "
        f"each with its length and state{_origin(base)}"
    )
    # Before the cameras: a build takes the boundaries that came no later than they did.
    reached.boundaries.keep(base, proof, fetch_context)
    part = fetch_context.archive.part_path("subset")
    write_subset(reached.cameras, part)
    return fetch_context.archive.keep_new(
        part,
        source_id=base.source_id,
        request_key=base.request_key,
        url=base.url,
        retrieved_at_utc=fetch_context.instant(),
        media_type=base.media_type,
        license_id=base.license_id,
        proof=proof,
    )


def _around(base: Collected, archive: Archive) -> list[tuple[str, Collected]]:
    """Return what was kept of an extract beside its cameras."""
    kept = (
        ("streets", archive.latest(base.source_id, GROUND_KEY + base.request_key)),
        ("boundaries", archive.latest(BOUNDARIES_ID, BOUNDARIES_KEY + base.request_key)),
    )
    return [(word, each) for word, each in kept if each is not None]


def _require_around(base: Collected, fetch_context: FetchContext, around_days: int) -> None:
    """Refuse to follow on where what lies around the cameras is too old to go on with."""
    for word, kept in _around(base, fetch_context.archive):
        age = fetch_context.now_utc() - datetime.fromisoformat(kept.retrieved_at_utc)
        if age > timedelta(days=around_days):
            msg = f"its {word} were collected {age.days} days ago, and {around_days} are the most"
            raise OutdatedBaseError(msg)


def _told_around(base: Collected, boundaries: FollowedBoundaries, archive: Archive) -> str:
    """Say of when streets and boundaries are: of streets no change file tells all."""
    streets = [
        f"streets as collected on {kept.retrieved_at_utc[:10]}"
        for word, kept in _around(base, archive)
        if word == "streets"
    ]
    told = [each for each in (*streets, boundaries.told()) if each]
    return "".join(f"\n{each}" for each in told)


def _begin(subset: Subset) -> tuple[int, str]:
    """Return the sequence that is kept, and the server whose changes are those of the extract."""
    replication = subset.replication
    if replication.sequence is None or not replication.base_url:
        msg = "the extract names no server of change files"
        raise OutdatedBaseError(msg)
    host = urlsplit(replication.base_url).hostname
    if host == _PLANET and subset.box and not _is_world(subset.box):
        # They would bring every camera of the world into a country.
        msg = "the extract names the changes of the whole planet"
        raise OutdatedBaseError(msg)
    return replication.sequence, replication.base_url


def _is_world(box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return east - west >= _WORLD_DEG[0] and north - south >= _WORLD_DEG[1]


def _step(reached: _Reached, server: ChangeServer, sequence: int) -> _Reached:
    state = server.state(sequence)
    _require_later(reached.cameras.replication, state)
    after = replace(
        reached.cameras.replication,
        sequence=sequence,
        data_at_utc=state.data_at_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    with server.change_file(sequence) as path:
        return _Reached(
            sequence,
            apply_changes(reached.cameras, path, after),
            reached.boundaries.stepped(path, after),
        )


def _require_later(before: Replication, state: State) -> None:
    try:
        kept_at = datetime.fromisoformat(before.data_at_utc)
    except ValueError:
        return
    kept_at = kept_at if kept_at.tzinfo else kept_at.replace(tzinfo=UTC)
    if state.data_at_utc < kept_at:
        msg = f"change file {state.sequence} is of {state.data_at_utc:%Y-%m-%d %H:%M}, and what is "
        msg += f"kept of {kept_at:%Y-%m-%d %H:%M}"
        raise OutdatedBaseError(msg)


def _origin(base: Collected) -> str:
    _, words, rest = base.proof.partition(CUT_WORDS)
    return words + rest


def _rows(archive: Archive, kept: Collected) -> dict[str, Observation]:
    path = archive.body_path(kept.sha256)
    if not archive.is_sound(kept):
        return {}
    reading = osm.read(path, progress=NoProgress(), expected_size=kept.size_bytes)
    return {row.source_ref: row for row in reading.observations}


def _told_difference(before: dict[str, Observation], after: dict[str, Observation]) -> str:
    added, gone = after.keys() - before.keys(), before.keys() - after.keys()
    changed = sum(before[ref] != after[ref] for ref in before.keys() & after.keys())
    return (
        f"{len(after):,} objects now: {len(added):,} came, {len(gone):,} went, {changed:,} changed"
    )

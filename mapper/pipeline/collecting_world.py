"""
The whole world: every top extract of a publisher, two at a time, joined into one body.

Each extract is kept by itself as soon as it is there, so that an interrupted run goes on with what
is missing. The world is what a build takes only once all of them are there.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from mapper.errors import FetchError, MapperError
from mapper.fetch.archive import Archive
from mapper.fetch.archive_ids import LICENSE_ID, SOURCE_ID
from mapper.fetch.extract import MEDIA_TYPE, announced_bytes, part_of, told_size
from mapper.fetch.extract_index import INDEX_URL, Extract, covering, fetch_index
from mapper.fetch.guard import targets_of
from mapper.fetch.json_pages import FetchContext
from mapper.model.progress import NoProgress, Progress
from mapper.pipeline.collecting_extract import collect_extract, extract_context
from mapper.sources.osm.subset import Key, Replication, Subset, SubsetObject
from mapper.sources.osm.subset_file import cut, write_subset

WORLD_KEY = "world"
PARTS_ID = "osm-world"
"""Under which the extracts of the world are kept; a build takes only the world itself."""

_AT_ONCE = 2
"""Publishers of extracts ask for few connections, and two keep line and processor busy."""
_RECENT = timedelta(hours=48)
_BUDGET_S = 48 * 3600.0
_LOOK_S = 2.0


class _Asked(NamedTuple):
    """What another process is asked for; plain values, as they are sent to it."""

    url: str
    raw_dir: Path
    index_url: str
    is_old_allowed: bool


class _Answer(NamedTuple):
    """What became of it: kept where there is no trouble."""

    url: str
    trouble: str


def collect_world(
    index_url: str, archive: Archive, progress: Progress, *, is_old_allowed: bool
) -> Iterator[str]:
    """
    Collect the extracts that cover the world, and join them.

    Parameters
    ----------
    index_url
        The index of a publisher of extracts; empty for the usual one.

    Yields
    ------
    str
        What is to come, and what is kept.

    Raises
    ------
    FetchError
        If any extract did not come whole, or the time is up; what came is kept, and the next run
        goes on.
    """
    context = extract_context(targets_of(index_url), archive, progress)
    chosen = covering(fetch_index(context, index_url or INDEX_URL))
    due = [extract for extract in chosen if not _is_recent(archive, extract, context.now_utc())]
    sizes = {extract.pbf_url: _size(extract.pbf_url, context) for extract in due}
    total = sum(sizes.values())
    told = (
        f"world: {len(chosen)} extracts, {len(due)} of them to come: {told_size(total)}; an "
        "interrupted run goes on"
    )
    progress.remark(told)
    yield told
    asked = [_Asked(extract.pbf_url, archive.root, index_url, is_old_allowed) for extract in due]
    progress.stage("downloading the world", total)
    troubles = _collect_all(asked, sizes, archive, progress)
    if troubles:
        msg = f"{len(troubles)} of {len(due)} extracts failed:\n  " + "\n  ".join(troubles)
        raise FetchError(msg, next_step="run it again: what came is kept, and only the rest asked.")
    yield joined(chosen, index_url or INDEX_URL, context)


def joined(chosen: Sequence[Extract], index_url: str, context: FetchContext) -> str:
    """
    Join the kept extracts into one body, and say what is in it.

    Raises
    ------
    FetchError
        If one of them is not in the archive.
    """
    archive, progress = context.archive, context.progress
    progress.stage("joining the world", len(chosen))
    objects: dict[Key, SubsetObject] = {}
    absent: set[Key] = set()
    days: list[str] = []
    parts: list[str] = []
    for extract in chosen:
        kept = archive.require(PARTS_ID, extract.pbf_url)
        subset = cut(archive.body_path(kept.sha256))
        _join(objects, subset.objects)
        absent |= subset.absent
        days.append(subset.replication.data_at_utc)
        parts.append(f"{extract.extract_id} {len(subset.objects):,} objects {kept.sha256[:12]}")
        progress.advance()
    # The world is as old as its oldest part: of that day all of it is known.
    replication = Replication("", None, min(days))
    part = archive.part_path("world")
    write_subset(Subset(objects, frozenset(absent - objects.keys()), replication, None), part)
    kept = archive.keep_new(
        part,
        source_id=SOURCE_ID,
        request_key=WORLD_KEY,
        url=index_url,
        retrieved_at_utc=context.instant(),
        media_type=MEDIA_TYPE,
        license_id=LICENSE_ID,
        proof=f"{len(chosen)} of {len(chosen)} extracts that cover the index: {'; '.join(parts)}",
    )
    return (
        f"{SOURCE_ID}: {kept.size_bytes:,} bytes of {WORLD_KEY} kept as {kept.sha256[:12]}: "
        f"{len(objects):,} objects (proof: {kept.proof})"
    )


def _join(objects: dict[Key, SubsetObject], more: Mapping[Key, SubsetObject]) -> None:
    """Take in the objects of another extract; of one that stands in both, the later version."""
    for key, each in more.items():
        there = objects.get(key)
        if there is None or there.version < each.version:
            objects[key] = each


def _is_recent(archive: Archive, extract: Extract, now_utc: datetime) -> bool:
    kept = archive.latest(PARTS_ID, extract.pbf_url)
    return kept is not None and now_utc - datetime.fromisoformat(kept.retrieved_at_utc) < _RECENT


def _collect_all(
    asked: Sequence[_Asked], sizes: Mapping[str, int], archive: Archive, progress: Progress
) -> list[str]:
    """Collect in other processes, and show how far they are; return what failed, and why."""
    if not asked:
        return []
    troubles = []
    ends_s = time.monotonic() + _BUDGET_S
    # Fresh processes: a fork would carry the threads and connections of this one along.
    with ProcessPoolExecutor(_AT_ONCE, mp_context=get_context("spawn")) as pool:
        waiting: set[Future[_Answer]] = {pool.submit(_collect_part, each) for each in asked}
        shown = 0
        while waiting:
            done, waiting = wait(waiting, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
            for future in done:
                answer = future.result()
                progress.remark(f"{answer.url}: {answer.trouble or 'its cameras are kept'}")
                if answer.trouble:
                    troubles.append(f"{answer.url}: {answer.trouble}")
            now_there = sum(_bytes_there(url, size, archive) for url, size in sizes.items())
            progress.advance(max(0, now_there - shown))
            shown = max(shown, now_there)
            if waiting and time.monotonic() > ends_s:
                pool.shutdown(wait=False, cancel_futures=True)
                msg = f"the world did not come within {_BUDGET_S / 3600:.0f} hours"
                raise FetchError(msg, next_step="run it again: it goes on where it stopped.")
    return sorted(troubles)


def _size(url: str, context: FetchContext) -> int:
    try:
        return announced_bytes(url, context)
    except FetchError as error:
        # One that is away for now must not keep the others from coming.
        context.progress.remark(f"its size is not known: {error}")
        return 0


def _bytes_there(url: str, size: int, archive: Archive) -> int:
    part = part_of(url, archive)
    try:
        return min(size, part.stat().st_size)
    except OSError:
        # Not begun, or done and taken away.
        return 0


def _collect_part(asked: _Asked) -> _Answer:
    """Collect one extract; in a process of its own, so that errors are told and not thrown."""
    named = targets_of(asked.index_url)
    context = extract_context(named, Archive(asked.raw_dir), NoProgress())
    try:
        for _ in collect_extract(
            asked.url,
            context,
            source_id=PARTS_ID,
            with_streets=False,
            keeps_whole=False,
            is_old_allowed=asked.is_old_allowed,
        ):
            pass
    except MapperError as error:
        return _Answer(asked.url, f"{error} ({error.next_step})" if error.next_step else str(error))
    return _Answer(asked.url, "")

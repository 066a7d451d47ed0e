"""The open world into the archive, and what is in it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from mapper.errors import SourceChangedError, SourceError, UsageError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.http import Client
from mapper.fetch.json_pages import FetchContext
from mapper.fetch.source_bodies import collect as fetch_source
from mapper.model.progress import Progress
from mapper.model.source import LocalFile, SourceInfo
from mapper.settings import Settings
from mapper.sources import parser_of, sources_by_id
from mapper.validate.list_runs import Attempt, attempts, note_attempt
from mapper.validate.list_snapshots import judge


def collect_sources(
    source_ids: Sequence[str], *, settings: Settings, progress: Progress, is_offline: bool = False
) -> str:
    """
    Collect sources, one after the other; one that fails does not stop the next.

    Raises
    ------
    UsageError
        If there is no such source.
    SourceError
        If any failed, after the others were collected.
    """
    infos = sources_by_id()
    unknown = sorted(set(source_ids) - set(infos))
    if unknown:
        msg = f"no source {', '.join(unknown)}"
        raise UsageError(msg, next_step="`mapper sources` lists them.")
    archive = Archive(settings.raw_dir)
    fetch_context = FetchContext(Client(progress=progress), archive, progress)
    told, failed = [], []
    for source_id in source_ids:
        try:
            if is_offline:
                told.append(told_of(archive.require_any(source_id)))
            else:
                told.append(_fetch(infos[source_id], fetch_context))
        except SourceError as error:
            failed.append(
                f"{source_id}: {error}" + (f" ({error.next_step})" if error.next_step else "")
            )
            progress.remark(f"failed: {source_id}: {error}")
    if failed:
        msg = f"{len(failed)} of {len(source_ids)} sources failed:\n  " + "\n  ".join(failed)
        raise SourceError(msg, next_step="what was collected before stays in use.")
    return "\n".join(told)


def _fetch(info: SourceInfo, fetch_context: FetchContext) -> str:
    """Fetch one source, and write down how it is; what is in trouble is kept, and said."""
    if isinstance(info.read_from, LocalFile):
        return told_of(fetch_source(info, fetch_context))
    try:
        kept = fetch_source(info, fetch_context)
    except SourceError as error:
        failed = Attempt(info.source_id, fetch_context.instant(), trouble=str(error))
        note_attempt(fetch_context.archive, failed)
        raise
    attempt = judge(info, kept, fetch_context.archive, parser_of(info.source_id))
    note_attempt(fetch_context.archive, attempt)
    if attempt.trouble:
        step = f"look at {info.landing_page}; `mapper build --accept-change` takes it all the same."
        raise SourceChangedError(attempt.trouble, next_step=step)
    return f"{told_of(kept)}; {attempt.rows:,} rows, {attempt.rejects:,} rejected"


def sources(*, as_json: bool, settings: Settings) -> str:
    """List every source: licence, last success, rows then and now, health."""
    archive = Archive(settings.raw_dir)
    rows = []
    for source_id, info in sorted(sources_by_id().items()):
        answers = archive.answers(source_id)
        last = answers[-1] if answers else None
        health = _health(info, archive)
        rows.append(
            {
                "source_id": source_id,
                "title": info.title,
                "publisher": info.publisher,
                "license_id": info.license_id,
                "countries": sorted(info.country_codes),
                "names_vendor": info.publishes_vendor,
                "is_own_file": isinstance(info.read_from, LocalFile),
                "address_confirmed_on": info.address_confirmed_on or None,
                "last_collected_at_utc": last.retrieved_at_utc if last else None,
                "last_size_bytes": last.size_bytes if last else None,
                "answers_kept": len(answers),
                "rows_now": health.rows_now,
                "rows_then": health.rows_then,
                "health": health.word,
                "trouble": health.trouble or None,
            }
        )
    if as_json:
        return json.dumps({"schema": 1, "sources": rows}, ensure_ascii=False, indent=2)
    width = max(len(str(row["source_id"])) for row in rows)
    head = (
        f"{'source':<{width}}  {'licence':<15} {'last collected':<20} {'rows':>7} {'before':>7}  "
    )
    return f"{head}{'health':<13}  title\n" + "\n".join(
        f"{row['source_id']:<{width}}  {row['license_id']:<15} "
        f"{row['last_collected_at_utc'] or '':<20} {_count(row['rows_now']):>7} "
        f"{_count(row['rows_then']):>7}  {row['health']:<13}  {row['title']}"
        + (f"\n{'':<{width}}  {row['trouble']}" if row["trouble"] else "")
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class _Health:
    """
    How a source is.

    Attributes
    ----------
    word
        ``own file``, ``not collected``, ``good`` or ``in trouble``.
    rows_now, rows_then
        Rows of the last good snapshot and of the good one before; None where there is none.
    """

    word: str
    rows_now: int | None = None
    rows_then: int | None = None
    trouble: str = ""


def _health(info: SourceInfo, archive: Archive) -> _Health:
    if isinstance(info.read_from, LocalFile):
        return _Health("own file" if not archive.answers(info.source_id) else "good")
    tried = attempts(archive, info.source_id)
    answers = archive.answers(info.source_id)
    if not tried and answers:
        tried = [judge(info, answers[-1], archive, parser_of(info.source_id))]
    if not tried:
        return _Health("not collected")
    good = [attempt for attempt in tried if not attempt.trouble]
    bodies = list({attempt.sha256: attempt for attempt in good}.values())
    now = bodies[-1].rows if bodies else None
    then = bodies[-2].rows if len(bodies) > 1 else None
    if tried[-1].trouble:
        return _Health("in trouble", now, then, tried[-1].trouble)
    return _Health("good", now, then)


def _count(rows: object) -> str:
    return f"{rows:,}" if isinstance(rows, int) else "-"


def told_of(kept: Collected) -> str:
    """Say what of a source is kept, under which name, and what proves it whole."""
    return (
        f"{kept.source_id}: {kept.size_bytes:,} bytes of {kept.request_key} kept as "
        f"{kept.sha256[:12]} (proof: {kept.proof})"
    )

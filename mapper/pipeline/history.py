"""The history of cameras, out of a history file and out of one's own releases, as tables."""

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from mapper.errors import UsageError
from mapper.export.history_tables import DEPARTURES, EVENTS, GROWTH, write_history
from mapper.model.progress import Progress
from mapper.pipeline.history_of_files import part_of_files, read_files
from mapper.pipeline.history_of_releases import part_of_releases
from mapper.pipeline.history_part import HistoryPart
from mapper.pipeline.partitioned import ONE_PROCESS, Workers
from mapper.registry.checked import load
from mapper.release.camera_events import EventKind
from mapper.release.departures import WITHHELD, departures_of
from mapper.release.growth import growth_of
from mapper.release.lock import output_lock
from mapper.release.storage import storage_errors, sync_tree
from mapper.settings import Settings
from mapper.validate.privacy import SMALLEST_COUNT
from mapper.validate.suppression import read_suppressions


def history(
    histories: Sequence[str],
    *,
    files: Sequence[Path] = (),
    settings: Settings,
    progress: Progress,
    workers: Workers = ONE_PROCESS,
) -> str:
    """
    Write the history of cameras into ``history/`` of the output folder.

    Parameters
    ----------
    histories
        History files of OpenStreetMap, or their addresses, a partition each; none for the releases
        of the output folder alone, which are a second source where there are several of one input.
    files
        Inputs of the releases that do not lie in the archive: they tell a camera that is gone
        from one that is withheld.
    workers
        Who reads the history files; the tables are the same whoever does.

    Returns
    -------
    str
        How many events of which kind there are, from when to when, and where the tables lie.

    Raises
    ------
    UsageError
        If there is neither a history file nor a second release of one input, no such worker, or
        an input is no file.
    SourceError
        If a file cannot be read; nothing is written of the others then.
    StorageError
        If the tables cannot be written; those of before stand.
    """
    # Passed over, it would leave the question open that it was given for.
    if missing := [path for path in files if not path.is_file()]:
        msg = f"{missing[0]} is no file"
        raise UsageError(msg, next_step="--input names the file that a release was made of.")
    with output_lock(settings.out_dir):
        suppression = read_suppressions(settings.suppression_paths)
        registry = load(settings.registry_dir, *settings.own_registry_dirs)
        parts: list[HistoryPart] = []
        if histories:
            read = read_files(histories, workers=workers, progress=progress)
            parts.append(
                part_of_files(read, registry, suppression, settings=settings, progress=progress)
            )
        released = part_of_releases(
            registry,
            suppression,
            of_file=parts[0] if parts else None,
            files=files,
            settings=settings,
            progress=progress,
        )
        if released:
            # What a release withholds an older history file still tells, with its id.
            parts = [*(part.beside(released) for part in parts), released]
        if not parts:
            msg = f"{settings.release_root} holds no two releases of one input"
            step = "give a history file (.osh.pbf), or build again when the data have changed."
            raise UsageError(msg, next_step=step)
        folder = settings.history_dir
        _write(folder, parts)
    return "\n".join([*(line for part in parts for line in _told(part)), f"tables: {folder}"])


def _write(folder: Path, parts: Sequence[HistoryPart]) -> None:
    """Write beside the tables that stand, and take their place only when all is on the disk."""
    stage = folder.with_name(f".{folder.name}.partial")
    rows = {
        EVENTS: [
            {**asdict(event), "event": str(event.kind), "source": part.source}
            for part in parts
            for event in part.events
        ],
        GROWTH: [
            {**asdict(growth), "source": part.source}
            for part in parts
            for growth in growth_of(part.all_events)
        ],
        DEPARTURES: [
            {**asdict(departure), "source": part.source}
            for part in parts
            for departure in departures_of(
                part.all_events, part.unnamed, smallest_count=SMALLEST_COUNT
            )
        ],
    }
    with storage_errors(folder):
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
        origins = [origin for part in parts for origin in part.origins]
        write_history(stage, rows, {"schema": 1, "parts": origins})
        sync_tree(stage)
        if folder.exists():
            shutil.rmtree(folder)
        stage.replace(folder)


def _told(part: HistoryPart) -> Iterator[str]:
    counts = Counter(event.kind for event in part.events)
    days = [event.not_after_utc[:10] for event in part.events]
    span = f", {min(days)} to {max(days)}" if days else ""
    numbers = ", ".join(f"{counts[kind]:,} {kind}" for kind in EventKind)
    yield f"{part.source}: {len(part.events):,} events{span}: {numbers}"
    left = Counter(event.after for event in part.all_events if event.kind is EventKind.ENDED)
    left += Counter(each.why for each in part.unnamed)
    if withheld := left.pop(WITHHELD, 0):
        left[f"{WITHHELD}, and in no other table"] = withheld
    yield from (f"  left: {count:,} {why}" for why, count in sorted(left.items()))
    yield from (f"  {remark}" for remark in part.remarks)

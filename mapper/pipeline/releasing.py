"""A release written beside the data of the page that shows it, so that two cores have work."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from mapper.export.facts import input_key, release_facts
from mapper.export.formats import FormatChoice
from mapper.export.registry_files import PutFiles
from mapper.export.write import FILES_AT_ONCE, write_all
from mapper.model.observation import Reading, Reject
from mapper.model.progress import NoProgress, Progress
from mapper.model.release import ReleaseInfo
from mapper.partitions.work_beside import WorkBeside, may_fork
from mapper.pipeline import linking
from mapper.pipeline.laid_out import return_freed_memory
from mapper.registry.registry import Registry
from mapper.release.manifest import ReleaseFacts, WrittenFile
from mapper.release.storage import storage_errors
from mapper.release.store import Outcome, next_id, publish, release_ids, staging
from mapper.settings import Settings
from mapper.validate.privacy import Published
from mapper.validate.suppression import Suppression


@dataclass(frozen=True, slots=True)
class Draft:
    """
    What the gates let through, on its way into a release.

    Attributes
    ----------
    put_registry_files
        See `write_all`.
    """

    readings: tuple[Reading, ...]
    superseded: tuple[Reject, ...]
    published: Published
    info: ReleaseInfo
    suppression: Suppression
    withheld_ids: frozenset[str]
    remarks: tuple[str, ...] = ()
    links: linking.Links = field(default_factory=dict)
    put_registry_files: PutFiles | None = None

    @property
    def rejected_by_reason(self) -> dict[str, int]:
        """How many rows could not become devices, and why."""
        rejects = [*self.superseded, *(one for each in self.readings for one in each.rejects)]
        return dict(sorted(Counter(reject.reason for reject in rejects).items()))


@dataclass(slots=True)
class Releasing:
    """
    A release that stands, or will when ``finish`` was called.

    Attributes
    ----------
    outcome
        Known from the start: the page names the release while that is still being written.
    """

    outcome: Outcome
    finish: Callable[[], None] = lambda: None


@contextmanager
def begin_release(
    draft: Draft,
    registry: Registry,
    recipe: Mapping[str, object],
    *,
    settings: Settings,
    progress: Progress,
) -> Iterator[Releasing]:
    """
    Write a release, beside the caller where that pays; unfinished it goes with the block.

    Parameters
    ----------
    draft
        What passed every gate.
    registry
        The evidence told of.
    recipe
        What the release is made with.

    Yields
    ------
    Releasing
        Its ``finish`` waits for the files and publishes them; the pointer is not moved.

    Raises
    ------
    MapperError
        By the cause, here or from ``finish``: the disk, a licence without its text.
    """
    root, data_on = settings.release_root, draft.info.data_on
    # Under a day that has a release already the same bytes are that release, which only the bytes
    # can tell.
    is_first = not any(release_id.startswith(data_on) for release_id in release_ids(root))
    rows = len(draft.published.cameras) + len(draft.published.other_devices)
    # The evidence, which is in every release, takes a second core as long as thousands of rows.
    if not (is_first and may_fork(rows)):
        yield Releasing(release(draft, registry, recipe, settings=settings, progress=progress))
        return
    release_id = next_id(root, data_on)
    with staging(root) as stage:

        def write() -> list[WrittenFile]:
            # In the other process: what happens there moves no bar here.
            with storage_errors(root):
                # One file at a time: the other core is the caller's, and two weigh more than one.
                return _write(draft, registry, stage, settings, NoProgress(), at_once=1)

        # What was freed before the copy is made is held by neither.
        return_freed_memory()
        with WorkBeside(write) as beside:
            progress.remark("writing the release beside the page's data")

            def finish() -> None:
                # Counted while the copy still writes.
                facts = _facts_of(draft, recipe, settings)
                made = beside.result()
                if made is None:
                    # The copy was killed or met an error: done here, where an error is told.
                    shutil.rmtree(stage)
                    stage.mkdir()
                    files = _write(draft, registry, stage, settings, progress)
                else:
                    files = made.value
                _publish(facts, stage, files, settings)

            yield Releasing(Outcome(release_id, root / release_id, is_new=True), finish)


def release(
    draft: Draft,
    registry: Registry,
    recipe: Mapping[str, object],
    *,
    settings: Settings,
    progress: Progress,
) -> Outcome:
    """Write a release and publish it, one after the other; the pointer is not moved."""
    with staging(settings.release_root) as stage:
        files = _write(draft, registry, stage, settings, progress)
        return _publish(_facts_of(draft, recipe, settings), stage, files, settings)


def _write(
    draft: Draft,
    registry: Registry,
    stage: Path,
    settings: Settings,
    progress: Progress,
    *,
    at_once: int = FILES_AT_ONCE,
) -> list[WrittenFile]:
    asked = linking.BuildFacts(
        draft.info.data_on, input_key(draft.readings), draft.withheld_ids, draft.suppression
    )
    return write_all(
        draft.published,
        registry,
        stage,
        draft.info,
        links=linking.released_links(draft.links, asked, settings),
        boundaries=[area for reading in draft.readings for area in reading.boundaries],
        choice=FormatChoice(settings.formats, settings.by_country_formats),
        at_once=at_once,
        progress=progress,
        put_registry_files=draft.put_registry_files,
    )


def _facts_of(draft: Draft, recipe: Mapping[str, object], settings: Settings) -> ReleaseFacts:
    facts = release_facts(
        draft.published,
        draft.readings,
        draft.info,
        superseded=draft.superseded,
        accepted_change=settings.accept_change,
        remarks=draft.remarks,
    )
    return replace(facts, suppression_entries=len(draft.suppression), recipe=recipe)


def _publish(
    facts: ReleaseFacts, stage: Path, files: list[WrittenFile], settings: Settings
) -> Outcome:
    # The pointer moves with the page, so that both are the latest or neither is.
    return publish(settings.release_root, stage, facts, files, becomes_latest=False)

"""
What a build is made of: the sample, files, or what was collected.

Nothing here imports pandas: inputs are read while another process imports it (`reading_ahead`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.errors import SourceError, SourceFormatError, UsageError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.archive_ids import BOUNDARIES_ID, BOUNDARIES_KEY
from mapper.model.enums import Completeness
from mapper.model.observation import Reading, Snapshot
from mapper.model.progress import Progress
from mapper.model.source import SourceInfo
from mapper.settings import Settings
from mapper.sources import osm, parser_of, sources_by_id
from mapper.sources.osm.subset_file import is_subset
from mapper.validate.list_snapshots import newest_good, read_listed

if TYPE_CHECKING:
    from mapper.own_lists.kept_lists import OwnSource

SAMPLE = "sample"
SAMPLE_FILE = "helsinki.osm.pbf"
# How `fetch.overpass` names its two layers of an area.
_CAMERAS, _STREETS = "cameras ", "streets "


@dataclass(frozen=True, slots=True)
class Input:
    """One reading, and the file that holds the ground around it; None where there is none."""

    reading: Reading
    ground_path: Path | None


def known_sources(settings: Settings) -> Mapping[str, SourceInfo]:
    """Return the published sources and the lists of one's own, by id."""
    own = {source.info.source_id: source.info for source in _own_sources(settings).values()}
    return {**own, **sources_by_id()}


def _own_sources(settings: Settings) -> "Mapping[str, OwnSource]":
    """Return the lists of one's own, without what reads them where there are none."""
    if not (settings.raw_dir / "own").is_dir():
        return {}
    from mapper.own_lists.kept_lists import own_sources  # noqa: PLC0415 - most builds have none

    return own_sources(settings.raw_dir)


def read_inputs(
    names: Sequence[str], *, settings: Settings, progress: Progress
) -> tuple[Input, ...]:
    """
    Read every input.

    Raises
    ------
    UsageError
        If one is neither the sample, nor a file, nor a collected source.
    SourceError
        If a file or OpenStreetMap cannot be read whole, or no list can be used; a list that
        cannot is left out of several inputs, and that is said.
    """
    infos = known_sources(settings)
    taken: list[Input] = []
    left_out: list[SourceError] = []
    # An input named twice would be two sources of every camera.
    for name in dict.fromkeys(names):
        try:
            taken.append(_read(name, settings=settings, progress=progress))
        except SourceError as error:
            # A publisher's change blocks its own list; a file or an area was asked for by name.
            if name not in infos or name == osm.INFO.source_id or Path(name).exists():
                raise
            left_out.append(error)
            progress.remark(f"left out: {error}")
    if not taken and left_out:
        raise left_out[0]
    return _with_notes(taken, [f"left out: {error}" for error in left_out])


def _with_notes(taken: Sequence[Input], notes: Sequence[str]) -> tuple[Input, ...]:
    """Let the first reading carry what is said of the inputs that are not there."""
    if not notes:
        return tuple(taken)
    first = taken[0]
    reading = replace(first.reading, notes=(*first.reading.notes, *notes))
    return (replace(first, reading=reading), *taken[1:])


def _read(name: str, *, settings: Settings, progress: Progress) -> Input:
    if name == SAMPLE:
        path = settings.sample_dir / SAMPLE_FILE
        return Input(_with_boundaries(osm.read(path, progress=progress), path, is_whole=True), path)
    path = Path(name)
    _require_undamaged(name, settings)
    if path.is_dir():
        msg = f"{name} is a folder"
        raise UsageError(msg, next_step="name a .osm.pbf or an Overpass .json in it.")
    if path.exists() or name not in known_sources(settings):
        return Input(_with_boundaries(osm.read(path, progress=progress), path, is_whole=True), path)
    archive = Archive(settings.raw_dir)
    if name == osm.INFO.source_id:
        return _collected_osm(archive, settings.pinned_sha256, progress)
    return Input(_collected(name, archive, settings), None)


def _require_undamaged(name: str, settings: Settings) -> None:
    if (settings.raw_dir / "own").is_dir():
        from mapper.own_lists.kept_lists import require_undamaged  # noqa: PLC0415 - as above

        require_undamaged(settings.raw_dir, name)


def _with_boundaries(reading: Reading, path: Path, *, is_whole: bool) -> Reading:
    """
    Let a reading carry the areas of the file that holds them, and what is said of others.

    Parameters
    ----------
    is_whole
        Whether the file is an extract, whose streets can be measured, and not cut out of one.
    """
    told = osm.read_boundaries(path)
    areas = told.areas
    if areas and is_whole:
        from mapper.exposure.area_streets import street_m_by_area  # noqa: PLC0415 - has GeoPandas

        street_m = street_m_by_area(path, areas)
        areas = tuple(replace(each, street_m=street_m.get(each.area_ref)) for each in areas)
    return replace(reading, boundaries=areas, notes=(*reading.notes, *told.notes))


def _collected_osm(archive: Archive, pinned: frozenset[str], progress: Progress) -> Input:
    answers = archive.answers(osm.INFO.source_id)
    areas = [answer for answer in answers if not answer.request_key.startswith(_STREETS)]
    # A rebuild pins the body that the release was made of, however much came since.
    areas = [answer for answer in areas if answer.sha256 in pinned] or areas
    if not areas:
        raise _not_collected(osm.INFO.source_id, archive)
    newest = areas[-1]
    path = archive.body_path(newest.sha256)
    reading = osm.read(
        path,
        progress=progress,
        retrieved_at_utc=newest.retrieved_at_utc,
        url=newest.url,
        expected_size=newest.size_bytes,
    )
    _require_same(archive, newest, reading.snapshot.sha256)
    # The body lies under its hash; what was asked for says which area it is.
    named = replace(reading.snapshot, file_name=newest.request_key, input_name=newest.request_key)
    area = newest.request_key.removeprefix(_CAMERAS)
    grounds = [answer for answer in answers if answer.request_key == _STREETS + area]
    # An extract that was kept whole is its own ground; what was cut out of one holds no streets.
    is_whole = not newest.request_key.startswith(_CAMERAS) and not is_subset(path)
    ground = path if is_whole else None
    if grounds:
        ground = archive.body_path(grounds[-1].sha256)
    reading = replace(reading, snapshot=named)
    kept = _boundaries_of(newest, archive)
    return Input(_with_boundaries(reading, kept, is_whole=False) if kept else reading, ground)


def _boundaries_of(cameras: Collected, archive: Archive) -> Path | None:
    """Return the boundaries that came before a body, so that a rebuild takes those of its time."""
    kept = [
        answer
        for answer in archive.answers(BOUNDARIES_ID)
        if answer.request_key == BOUNDARIES_KEY + cameras.request_key
        and answer.retrieved_at_utc <= cameras.retrieved_at_utc
    ]
    return archive.body_path(kept[-1].sha256) if kept else None


def _collected(source_id: str, archive: Archive, settings: Settings) -> Reading:
    info = known_sources(settings)[source_id]
    own = _own_sources(settings).get(source_id)
    parse = own.parse if own else parser_of(source_id)
    pinned = [one for one in archive.answers(source_id) if one.sha256 in settings.pinned_sha256]
    if pinned:
        listed = read_listed(info, pinned[-1], archive, parse)
    elif own:
        # Who takes in a new copy of a list means that copy, not the one before.
        if not (answers := archive.answers(source_id)):
            msg = f"{source_id}: the archive has lost the note of which file this list is"
            step = f"import the list again: mapper import FILE --id {source_id} ..."
            raise SourceFormatError(msg, next_step=step)
        listed = read_listed(info, answers[-1], archive, parse)
    else:
        accepted = settings.accept_change
        listed = newest_good(info, archive, parse, accepted_change=accepted)
    kept = listed.kept
    snapshot = Snapshot(
        source_id=source_id,
        file_name=source_id,
        sha256=kept.sha256,
        size_bytes=kept.size_bytes,
        license_id=kept.license_id,
        attribution=info.attribution,
        url=kept.url,
        retrieved_at_utc=kept.retrieved_at_utc,
        data_at_utc=own.data_on if own else kept.retrieved_at_utc,
        completeness=Completeness.PROVEN,
        completeness_basis=kept.proof,
        input_name=source_id,
    )
    return Reading(snapshot, listed.observations, listed.rejects, listed.notes)


def _require_same(archive: Archive, kept: Collected, sha256: str) -> None:
    """Refuse a body that changed in the archive, where nothing is ever changed."""
    if sha256 != kept.sha256:
        path = archive.body_path(kept.sha256)
        msg = f"{kept.source_id}: {path} is not what was collected"
        step = f"delete that file and run `mapper collect {kept.source_id}` again."
        raise SourceFormatError(msg, next_step=step)


def _not_collected(source_id: str, archive: Archive) -> UsageError:
    msg = f"{source_id} was not collected yet: the archive {archive.root} has nothing of it"
    return UsageError(msg, next_step=f"run `mapper collect {source_id}` first.")

"""
Work over many extracts, a partition each: streets in view, and cameras cut out of them.

The tasks stand at the top of the module, since they travel to other processes, and take all they
need as arguments. What they make depends on their partition alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from mapper.errors import SourceFormatError, UsageError
from mapper.export.formula_guard import lines_text
from mapper.exposure.sights import Assumptions, Sights
from mapper.exposure.street_exposure import StreetExposure, street_exposure, street_sights
from mapper.model.progress import NoProgress, Progress
from mapper.partitions import partition_addresses
from mapper.partitions.executors import opened_executor
from mapper.partitions.running import Partition, partitions_of, run
from mapper.pipeline.exposing import require_sensible
from mapper.release.camera_frames import load_cameras
from mapper.sources.osm.ground_cut import Wanted, write_cut
from mapper.sources.osm.input_body import BodyKind, kind_of
from mapper.sources.osm.reading import read

STREETS_HEADER: Final = ("extract", "tile", "kind", "street_m", "in_view_m", "perhaps_m")
_CUT_SUFFIX: Final = ".cameras.osm.pbf"
_GENERATOR: Final = "mapper cut"


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work: so many processes here, or the workers of a dask scheduler."""

    count: int = 1
    scheduler: str = ""


ONE_PROCESS: Final = Workers()


@dataclass(frozen=True, slots=True)
class CutMade:
    """What was cut out of one extract."""

    cameras: int
    size_bytes: int
    address: str


def streets(
    extracts: Sequence[str],
    *,
    place: Path,
    assumptions: Assumptions,
    workers: Workers,
    progress: Progress,
) -> str:
    """
    Measure the streets of extracts against the cameras of a release.

    Returns
    -------
    str
        CSV with the columns ``STREETS_HEADER``, sorted by extract, tile and kind, metres to a
        tenth; the same on any number of workers.

    Raises
    ------
    UsageError
        If an extract or the release is not there, or the workers are not.
    SourceFormatError
        If an extract cannot be read; nothing is told of the others then.
    """
    parts = partitions_of(extracts)
    sights = sights_of_release(place, assumptions)
    task = partial(streets_of, sights=sights, reach_m=assumptions.reach_m)
    with opened_executor(workers=workers.count, scheduler=workers.scheduler) as executor:
        by_extract = run(task, parts, executor, progress=progress, stage="streets in view")
    rows = [
        (name, row.tile, row.kind, *(f"{metres:.1f}" for metres in _metres(row)))
        for name, measured in by_extract.items()
        for row in measured
    ]
    return lines_text([STREETS_HEADER, *rows])


def sights_of_release(place: Path, assumptions: Assumptions) -> Sights:
    """Return the views of a release's cameras that stand outdoors."""
    require_sensible(assumptions)
    return street_sights(load_cameras(place), assumptions)


def _metres(row: StreetExposure) -> tuple[float, float, float]:
    # A difference of two sums may be a hair below nothing.
    return row.street_m, row.in_view_m, max(0.0, row.perhaps_m)


def streets_of(part: Partition, *, sights: Sights, reach_m: float) -> tuple[StreetExposure, ...]:
    """Measure the streets of one extract; see ``street_exposure``."""
    with partition_addresses.readable(part.address) as extract:
        return street_exposure(extract, sights, reach_m=reach_m)


def cut(extracts: Sequence[str], *, to: str, workers: Workers, progress: Progress) -> str:
    """
    Cut the cameras out of extracts into small ones, which ``mapper build`` reads as the large.

    Parameters
    ----------
    to
        A folder, or ``s3://bucket/folder``; each worker writes what it has cut by itself.

    Returns
    -------
    str
        One line for each extract.

    Raises
    ------
    UsageError
        If an extract is not there, or the workers are not, or two cuts would have one name.
    SourceFormatError
        If an extract cannot be read, or is no PBF.
    StorageError
        If a cut cannot be written.
    """
    parts = partitions_of(extracts)
    partition_addresses.require_allowed(to)
    _require_apart(parts)
    task = partial(cut_of, to=to)
    with opened_executor(workers=workers.count, scheduler=workers.scheduler) as executor:
        made = run(task, parts, executor, progress=progress, stage="cutting cameras out")
    return "\n".join(
        f"{name}: {each.cameras:,} cameras, {each.size_bytes:,} bytes, {each.address}"
        for name, each in made.items()
    )


def _cut_name(name: str) -> str:
    # Without the format's own ending alone: `us.north.osm.pbf` and `us.south.osm.pbf` are two.
    return name.removesuffix(".pbf").removesuffix(".osm") + _CUT_SUFFIX


def _require_apart(parts: Sequence[Partition]) -> None:
    """Refuse extracts of which one cut would take the place of another."""
    names: dict[str, str] = {}
    for part in parts:
        other = names.setdefault(_cut_name(part.name), part.name)
        if other != part.name:
            msg = f"{other} and {part.name} would both be cut into {_cut_name(part.name)}"
            raise UsageError(msg, next_step="rename one of them.")


def cut_of(part: Partition, *, to: str) -> CutMade:
    """Cut the cameras, and what they are made of, out of one extract."""
    with partition_addresses.readable(part.address) as extract, TemporaryDirectory() as folder:
        if kind_of(extract) is not BodyKind.PBF:
            msg = f"{part.address}: cameras are cut out of a PBF"
            raise SourceFormatError(msg, next_step="give a .osm.pbf extract.")
        reading = read(extract, progress=NoProgress())
        wanted = Wanted()
        for observation in reading.observations:
            osm_type, number = observation.source_ref.split("/")
            wanted.cameras[osm_type].add(int(number))
        made = Path(folder) / "cut.osm.pbf"
        write_cut(extract, made, wanted, generator=_GENERATOR)
        body = made.read_bytes()
    address = partition_addresses.below(to, _cut_name(part.name))
    partition_addresses.write(address, body)
    return CutMade(len(reading.observations), len(body), address)

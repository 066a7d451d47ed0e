"""Inputs laid out as tables, so that the observations they were read as can go."""

import ctypes
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from mapper.model.observation import Reading
from mapper.pipeline.inputs import Input
from mapper.release.dating import release_date
from mapper.resolve.observation_table import ObservationTable, observation_tables
from mapper.settings import Settings
from mapper.validate.evidence_gates import LICENSES


@dataclass(frozen=True, slots=True)
class LaidOut:
    """
    Inputs that are concluded from together.

    Attributes
    ----------
    inputs
        Their readings have no observations; ``objects_read`` still counts them.
    tables
        By ``source_id``.
    data_on
        ISO day of the data.
    """

    inputs: tuple[Input, ...]
    tables: Mapping[str, ObservationTable]
    data_on: str

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What was read, without its observations."""
        return tuple(one.reading for one in self.inputs)

    @property
    def row_count(self) -> int:
        """How many rows all tables have."""
        return sum(len(table.frame) for table in self.tables.values())


def laid_out(taken: Sequence[Input], settings: Settings) -> tuple[LaidOut | None, LaidOut | None]:
    """
    Lay out inputs, apart by whether their rows may be published.

    A row without a licence must not decide over a released one, so they never share a table.

    Parameters
    ----------
    taken
        Held by nobody else: observations are freed once they stand in a table, and a million of
        them weigh a gigabyte.

    Returns
    -------
    published, local
        None where there is none of the kind.

    Raises
    ------
    UsageError
        If nothing says of which day the data are.
    """
    is_open = [one.reading.snapshot.license_id in LICENSES for one in taken]
    published = [one for one, is_it in zip(taken, is_open, strict=True) if is_it]
    local = [one for one, is_it in zip(taken, is_open, strict=True) if not is_it]
    return (
        laid_together(published, settings) if published else None,
        laid_together(local, settings) if local else None,
    )


def laid_together(taken: Sequence[Input], settings: Settings) -> LaidOut:
    """
    Lay out all inputs together, whatever their licences.

    Raises
    ------
    UsageError
        If nothing says of which day the data are.
    """
    readings = [one.reading for one in taken]
    data_on = release_date(readings, settings.as_of)
    tables = observation_tables(readings)
    light = tuple(replace(one, reading=one.reading.without_observations()) for one in taken)
    return LaidOut(light, tables, data_on)


def return_freed_memory() -> None:
    """Give back to the system what was freed: glibc keeps hundreds of megabytes after a world."""
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        # Other libraries of C, as musl, give back by themselves.
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)

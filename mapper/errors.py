"""
Every error the project raises on purpose, and the exit code each one ends in.

::

    MapperError                      1
    ├── UsageError                   2   the command's words, or a file that is not there
    ├── SourceError                  3   a source failed; the last release stands
    │   ├── SourceFormatError            the body is not what it says it is, or is cut
    │   ├── SourceChangedError           the publisher changed its shape
    │   ├── FetchError                   the network did not give a complete answer
    │   └── OutdatedBaseError            changes cannot be followed from what is kept
    ├── GateError                    4   a gate blocked the release
    │   └── RegistryError                a row of data/registry is broken
    ├── StorageError                 5   disk full, read-only, not ours to write
    ├── VerificationError            6   a released file differs from its manifest
    └── LockedError                 75   another run holds the lock

    ValueError
    └── ValueRefusedError                one value could not be read (clean/); the row goes on
        └── CoordinateError              a position could not be read; the row is rejected
"""

from typing import ClassVar


class MapperError(Exception):
    """
    An error with a message for the person at the keyboard.

    Parameters
    ----------
    what
        What happened and where, in one or two sentences.
    next_step
        What the reader can do about it; empty where nothing is to be done.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, next_step: str = "") -> None:
        super().__init__(what)
        self.next_step = next_step


class UsageError(MapperError):
    """The command cannot be carried out as written."""

    exit_code = 2


class SourceError(MapperError):
    """A source failed; other sources go on and the last release stands."""

    exit_code = 3


class SourceFormatError(SourceError):
    """A body is empty, cut, foreign or says itself that it is partial."""


class SourceChangedError(SourceError):
    """A publisher changed its shape: a field is new, gone or of another type."""


class FetchError(SourceError):
    """The network did not give a complete, allowed answer."""


class OutdatedBaseError(SourceError):
    """What is kept is too old, or holds too little, for published changes to be followed from."""


class GateError(MapperError):
    """A gate blocked the release before anything was exported."""

    exit_code = 4


class RegistryError(GateError):
    """A row of the evidence registry breaks a rule."""


class StorageError(MapperError):
    """The file system refused: full, read-only or not permitted."""

    exit_code = 5


class VerificationError(MapperError):
    """A released file is missing, extra or different from its manifest."""

    exit_code = 6


class LockedError(MapperError):
    """Another run holds the lock of the output folder."""

    exit_code = 75


class ValueRefusedError(ValueError):
    """One written value cannot be read; it is kept as written and counted."""


class CoordinateError(ValueRefusedError):
    """A position is missing, not finite, out of range or the null island."""

"""One case, tried with the real command in a folder of its own."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

import mapper
from tests.cli.command import Door, Told

CASES_DIR = Path(__file__).resolve().parents[3] / "shared" / "cases"
"""Where the small inputs lie, beside the checkout; each folder says the right result."""
SAID = ("--publisher", "P", "--date", "2025-06", "--license", "CC-BY-4.0")


@dataclass(frozen=True, slots=True)
class Trial:
    """
    The inputs of a case, copied where the command may work.

    Attributes
    ----------
    door
        Runs the commands.
    folder
        Holds the inputs, and what the commands make.
    """

    door: Door
    folder: Path

    @classmethod
    def of(cls, door: Door, name: str, folder: Path) -> "Trial":
        """Copy the inputs of a case."""
        for path in (CASES_DIR / name).iterdir():
            if path.is_file():
                # The originals cannot be written to, and a copy would not be either.
                (folder / path.name).write_bytes(path.read_bytes())
        return cls(door, folder)

    def run(self, *words: str) -> Told:
        """Run a command; whatever it says, nothing may be unexpected."""
        told = self.door.run(*words, cwd=self.folder)
        assert told.code in {0, 2, 3, 4, 6}, told
        assert "unexpected" not in told.stderr, told
        assert "Traceback" not in told.stderr, told
        return told

    def dry_run(self, file_name: str, *more: str) -> Told:
        """Look at a list without keeping it."""
        return self.run("import", file_name, *SAID, "--id", "case_list", "--dry-run", *more)

    def take_in(self, file_name: str, *more: str, source_id: str = "case_list") -> Told:
        """Take a list in; it must succeed."""
        told = self.run("import", file_name, *SAID, "--id", source_id, *more)
        assert told.code == 0, told
        return told

    def build(self, *inputs: str) -> pd.DataFrame:
        """Build a release and return its cameras, sorted by their references."""
        shutil.rmtree(self.folder / "build", ignore_errors=True)
        told = self.run("build", *inputs)
        assert told.code == 0, told
        return self.cameras()

    def cameras(self) -> pd.DataFrame:
        """Return the cameras of the latest release."""
        return pd.DataFrame(mapper.load(self.folder / "build")).sort_values("source_ref")

    def released_bytes(self) -> bytes:
        """Return every released file and page as one body, to search for what must not be in it."""
        paths = sorted(path for path in (self.folder / "build").rglob("*") if path.is_file())
        return b"\n".join(path.read_bytes() for path in paths)


@dataclass(frozen=True, slots=True)
class Case:
    """
    A case and how it is tried.

    Attributes
    ----------
    name
        The folder below ``CASES_DIR``.
    right
        The right result in a few words.
    attempt
        Tries it and returns what came; fails where that is not right.
    """

    name: str
    right: str
    attempt: Callable[[Trial], str]

"""How a room tells the person at the keyboard what it does, without knowing who listens."""

from typing import Protocol


class Progress(Protocol):
    """Progress and remarks; the command line shows them, a library user may ignore them."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage of ``total`` steps (None: not known)."""

    def advance(self, steps: int = 1) -> None:
        """Say that ``steps`` more steps of the stage are done."""

    def remark(self, text: str) -> None:
        """Say one plain line."""


class NoProgress:
    """Says nothing: the default for library use and tests."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Say nothing."""

    def advance(self, steps: int = 1) -> None:
        """Say nothing."""

    def remark(self, text: str) -> None:
        """Say nothing."""

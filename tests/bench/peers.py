"""
The peers that nothing else needs, in an environment of their own that the bench makes.

They are the extra ``bench`` of pyproject.toml. One that cannot be installed is named, and what
stands beside it is not measured; the rest is.
"""

import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

_AT = Path(".venv-peers")
_UV = Path(sys.executable).with_name("uv")


def wanted() -> list[str]:
    """Return the peers that pyproject.toml names."""
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    return list(project["optional-dependencies"]["bench"])


@dataclass(slots=True)
class Peers:
    """
    The environment of the peers.

    Attributes
    ----------
    python
        Its interpreter.
    missing
        What could not be installed, and why.
    """

    at: Path = _AT
    missing: dict[str, str] = field(default_factory=dict)

    @property
    def python(self) -> str:
        """The interpreter that has them."""
        return str((self.at / "bin" / "python").absolute())

    def lacking(self, name: str) -> str:
        """Say why a peer is not there; nothing where it is."""
        return self.missing.get(name, "")

    @classmethod
    def installed(cls, names: list[str], at: Path = _AT) -> "Peers":
        """Install each by itself, so that the lack of one is the lack of that one."""
        peers = cls(at)
        if not Path(peers.python).exists():
            _done([str(_UV), "venv", "--quiet", "--python", sys.executable, str(at)])
        for name in names:
            why = _done([str(_UV), "pip", "install", "--quiet", "--python", peers.python, name])
            if why:
                peers.missing[name] = f"{name} cannot be installed: {why}"
        return peers


def _done(command: list[str]) -> str:
    """Run a command; return its last words where it fails."""
    try:
        took = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own commands
    except OSError as error:
        return str(error)
    if not took.returncode:
        return ""
    return (took.stderr.strip().splitlines() or ["no words"])[-1][:200]

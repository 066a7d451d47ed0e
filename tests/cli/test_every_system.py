"""What one system alone has is asked for first; and the container's recipe follows its linter."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import ROOT

# Python's documentation of `os` says "Availability: Unix" of these.
_OF_POSIX = frozenset(
    [
        "chown",
        "fchmod",
        "fchown",
        "fork",
        "forkpty",
        "getegid",
        "geteuid",
        "getgid",
        "getgroups",
        "getloadavg",
        "getpgid",
        "getpgrp",
        "getpriority",
        "getresgid",
        "getresuid",
        "getsid",
        "getuid",
        "initgroups",
        "killpg",
        "lchown",
        "lockf",
        "mkfifo",
        "mknod",
        "nice",
        "openpty",
        "pipe2",
        "posix_fadvise",
        "posix_fallocate",
        "pread",
        "pwrite",
        "sched_getaffinity",
        "sendfile",
        "setegid",
        "seteuid",
        "setgid",
        "setgroups",
        "setsid",
        "setuid",
        "statvfs",
        "sync",
        "tcgetpgrp",
        "uname",
        "wait",
        "wait3",
        "waitid",
        "O_DIRECTORY",
        "O_NOFOLLOW",
        "O_CLOEXEC",
    ]
)
_MODULES = frozenset({"fcntl", "grp", "posix", "pty", "pwd", "resource", "termios", "tty"})
_MODULES_ASKED = re.compile(r'os\.name [!=]= "nt"|sys\.platform|hasattr\(os, "(\w+)"\)')
CODE = sorted((ROOT / "mapper").rglob("*.py"))


def unguarded(text: str) -> list[str]:
    """Name what a module takes of POSIX without asking whether it is there."""
    asked = {match[1] for match in _MODULES_ASKED.finditer(text)}
    taken = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            taken += [name.name for name in node.names if name.name in _MODULES]
        elif isinstance(node, ast.ImportFrom) and node.module in _MODULES:
            taken.append(str(node.module))
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "os"
            and node.attr in _OF_POSIX
        ):
            taken.append(node.attr)
    # A question about the system as a whole (no name) answers for all that stands there.
    return [name for name in taken if name not in asked and None not in asked]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("import fcntl\n", ["fcntl"]),
        ("from pwd import getpwnam\n", ["pwd"]),
        ("import os\nos.geteuid()\n", ["geteuid"]),
        ('import os\nif hasattr(os, "geteuid"):\n    os.geteuid()\n', []),
        ('import os\nif hasattr(os, "geteuid"):\n    os.fork()\n', ["fork"]),
        ('import os\nif os.name == "nt":\n    pass\nelse:\n    os.sync()\n', []),
    ],
)
def test_what_posix_alone_has_is_noticed(text: str, names: list[str]) -> None:
    assert unguarded(text) == names


def test_no_module_takes_for_granted_what_windows_does_not_have() -> None:
    assert len(CODE) > 100
    taken_for_granted = {
        path.relative_to(ROOT).as_posix(): names
        for path in CODE
        if (names := unguarded(path.read_text("utf-8")))
    }
    assert taken_for_granted == {}


def hadolint(path: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "hadolint"
    return subprocess.run(  # noqa: S603 - our own words
        [str(program), "--no-color", str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_container_follows_its_linter_and_runs_without_root(tmp_path: Path) -> None:
    recipe = ROOT / "Containerfile"
    done = hadolint(recipe)
    assert (done.returncode, done.stdout) == (0, "")
    text = recipe.read_text("utf-8")
    last = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d*$", last, flags=re.MULTILINE)
    assert "--require-hashes" in text
    odd = tmp_path / "Containerfile"
    odd.write_text("FROM python\nRUN sudo true\n", "utf-8")
    assert hadolint(odd).returncode == 1

"""
Kill a build with -9 and see what is left: at a counted step, or after a random time.

Every build runs in a forked child of one process that has imported everything, so that a kill
costs a fraction of a second. The parent never calls Arrow itself: its threads do not survive a
fork. Run as ``python -m tests.release.kill_rig OUT steps`` or ``... OUT random COUNT SEED``;
prints one JSON object with the counts.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from mapper.errors import MapperError
from mapper.export import formats
from mapper.export.verify import verify
from mapper.release.store import latest_id
from tests.release.small_release import release, tags_of_twenty, twenty

_COUNTED_EVENTS = frozenset(
    {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.copyfile", "sqlite3.connect"}
)
_KILLED = -signal.SIGKILL
_FINE, _BROKEN, _FAILED = 0, 10, 11


class Steps:
    """Counts the steps of a build and dies at the one it was told."""

    def __init__(self, die_at: int | None) -> None:
        self.die_at = die_at
        self.names: list[str] = []

    def step(self, name: str) -> None:
        """Count one step."""
        self.names.append(name)
        if len(self.names) == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Count what the interpreter reports: files opened for writing, renamed, removed."""
        if event in _COUNTED_EVENTS:
            self.step(event)
        elif event == "open" and _writes(arguments[1], arguments[2]):
            self.step("open")

    def install(self) -> None:
        """Listen to the interpreter, to fsync and to the writers that are not Python."""
        sys.addaudithook(self.hear)
        sync = os.fsync

        def counted_sync(descriptor: int) -> None:
            self.step("before fsync")
            sync(descriptor)
            self.step("after fsync")

        os.fsync = counted_sync  # type: ignore[assignment]
        formats.FORMATS = tuple(  # type: ignore[assignment,misc]
            replace(form, write=self.around(form.write)) for form in formats.FORMATS
        )

    def around(self, write: Callable[..., None]) -> Callable[..., None]:
        """Count before and after a writer, and with the file cut in half between."""

        def counted(layer: Any, path: Path) -> None:  # noqa: ANN401 - whatever a writer takes
            self.step("before write")
            write(layer, path)
            if self.die_at == len(self.names) + 1:
                os.truncate(path, path.stat().st_size // 2)
            self.step("half written")
            self.step("after write")

        return counted


def _writes(mode: str | None, flags: int) -> bool:
    if mode is not None:
        return any(sign in mode for sign in "wax+")
    return bool(flags & (os.O_WRONLY | os.O_RDWR))


def in_child(work: Callable[[], int], *, kill_after_s: float | None = None) -> int:
    """Run something in a fork and give its exit code, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        code = _FAILED
        try:
            code = work()
        except MapperError as error:
            sys.stderr.write(f"{error}\n")
        finally:
            sys.stderr.flush()
            os._exit(code)
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def must(code: int) -> None:
    """Stop the rig when a build that nobody killed did not end well."""
    if code != _FINE:
        sys.exit(f"a build that was left alone ended with {code}")


def build(out_dir: Path, variant: int, die_at: int | None = None) -> int:
    """Build one variant; 0 when it was published."""
    if die_at is not None:
        Steps(die_at).install()
    release(out_dir, twenty(variant), tags_of_twenty())
    return _FINE


def count_steps(out_dir: Path, report: Path) -> int:
    """Build once and write down the names of the steps."""
    steps = Steps(None)
    steps.install()
    release(out_dir, twenty(), tags_of_twenty())
    names = list(steps.names)
    report.write_text(json.dumps(names))
    return _FINE


def check(out_dir: Path) -> int:
    """Verify the release that the pointer names."""
    root = out_dir / "release"
    try:
        return _BROKEN if verify(root / str(latest_id(root))).faults else _FINE
    except (MapperError, OSError, ValueError):
        return _BROKEN


class Tally:
    """What happened over all kills."""

    def __init__(self) -> None:
        self.kills = self.whole = self.next_runs = self.leftovers = 0

    def after_kill(self, out_dir: Path, variant: int, ended: int) -> None:
        """Look at the folder after a build ended: verify, build again, look for leftovers."""
        self.kills += ended == _KILLED
        self.whole += in_child(lambda: check(out_dir)) == _FINE
        again = in_child(lambda: build(out_dir, variant))
        self.next_runs += again == _FINE and in_child(lambda: check(out_dir)) == _FINE
        self.leftovers += len([path for path in (out_dir / "release").iterdir() if _odd(path.name)])

    def as_json(self, rounds: int, names: list[str]) -> str:
        """Return the counts as JSON."""
        return json.dumps({"rounds": rounds, "steps": names} | vars(self))


def _odd(name: str) -> bool:
    return name.startswith(".")


def kill_at_every_step(out_dir: Path) -> str:
    """Kill once at each step; every kill meets a release that stands already."""
    report = out_dir / "steps.json"
    must(in_child(lambda: build(out_dir, 1000)))
    must(in_child(lambda: count_steps(out_dir, report)))
    names = json.loads(report.read_text())
    tally = Tally()
    for step in range(1, len(names) + 1):
        ended = in_child(lambda step=step: build(out_dir, step, step))  # type: ignore[misc]
        tally.after_kill(out_dir, step, ended)
    return tally.as_json(len(names), names)


def kill_at_random(out_dir: Path, count: int, seed: int) -> str:
    """
    Kill ``count`` builds at random times, spread over the length of one.

    How long a build takes changes with what else the machine does, so a build that ended before
    its kill is measured anew and not counted among the ``count``; it still has to be whole.
    """
    must(in_child(lambda: build(out_dir, 1000)))
    started = time.monotonic()
    must(in_child(lambda: build(out_dir, 1001)))
    length_s = time.monotonic() - started
    moments = random.Random(seed)  # noqa: S311 - moments, no secrets
    tally = Tally()
    rounds = 0
    while tally.kills < count and rounds < 5 * count:
        wait_s = moments.uniform(0, length_s)
        before, started = tally.kills, time.monotonic()
        ended = in_child(lambda number=rounds: build(out_dir, number), kill_after_s=wait_s)  # type: ignore[misc]
        took_s = time.monotonic() - started
        tally.after_kill(out_dir, rounds, ended)
        rounds += 1
        if tally.kills == before:
            length_s = min(length_s, took_s)
    return tally.as_json(rounds, [])


def main(arguments: list[str]) -> None:
    """Run the rig."""
    out_dir = Path(arguments[0])
    out_dir.mkdir(parents=True, exist_ok=True)
    if arguments[1] == "steps":
        text = kill_at_every_step(out_dir)
    else:
        text = kill_at_random(out_dir, int(arguments[2]), int(arguments[3]))
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

"""
`make bench-world`: the build of 192,514 real objects beside that of an earlier commit, in turn.

The earlier code stands in a worktree of its own, and runs with the libraries of this one. Printed
are medians, the ratio of each turn, and for every stage its processor seconds and its memory.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from tests.bench.measure import Row, Run, run
from tests.bench.pairs import Figure, Pair
from tests.bench.peers import Peers
from tests.bench.staged_run import StagedRun, staged_run
from tests.bench.world import WORLD, weights

EARLIER = "8ed07d9"
"""The commit whose time the build is held to."""
RATIO_MAX = 0.4
"""Of the time that a person waits."""
MEMORY_MAX_MB = 1000
TURNS = 2


def command(extract: Path, out_dir: Path) -> list[str]:
    """Write what both run: the same input and day, a folder that is not there yet."""
    build = ["build", str(extract.resolve()), "--no-streets", "--as-of", "2025-11-15"]
    return [sys.executable, "-m", "mapper", *build, "--out", str(out_dir)]


@contextmanager
def worktree(commit: str) -> Iterator[Path]:
    """Check a commit out into a folder of its own, and take it away in the end."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder) / commit
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", at, commit], check=True)  # noqa: S603, S607 - our own checkout
        try:
            yield at
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", at], check=True)  # noqa: S603, S607 - as above


def pairs(folder: Path, _: Peers) -> Iterator[Pair | Row]:
    """Yield the build beside the earlier one, then the weights of what it made."""
    ours, theirs = folder / "world", folder / "earlier"

    def clean(is_ours: bool) -> None:  # noqa: FBT001 - the two sides of a pair
        shutil.rmtree(ours if is_ours else theirs, ignore_errors=True)

    with ExitStack() as opened:
        lacking = "" if _is_here(EARLIER) else f"this checkout has no commit {EARLIER}"
        earlier = Path.cwd() if lacking else opened.enter_context(worktree(EARLIER))
        yield Pair(
            "192,514 objects from PBF to release and site",
            command(WORLD, ours),
            f"commit {EARLIER}",
            command(WORLD, theirs),
            figure=Figure.WAIT,
            ratio_max=RATIO_MAX,
            memory_max_mb=MEMORY_MAX_MB,
            before=clean,
            lacking=lacking,
            turns=TURNS,
            peer_in=earlier,
            by=_of_all_processes,
        )
    if ours.exists():
        yield from weights(ours)


def _is_here(commit: str) -> bool:
    asked = ["git", "cat-file", "-e", f"{commit}^{{commit}}"]
    return not subprocess.run(asked, check=False, capture_output=True).returncode  # noqa: S603 - our own words


def _of_all_processes(words: Sequence[str], folder: Path | None) -> Run:
    took = built(words, folder or Path.cwd())
    return Run(took.wall_s, took.cpu_s, took.peak_mb, 0)


def built(words: Sequence[str], folder: Path) -> StagedRun:
    """
    Build twice: alone for the time, and watched for the stages and their memory.

    Whoever asks three large processes what they hold, five times a second, takes a tenth of a
    core, and each of them waits meanwhile: 27 s where the build alone took 24.
    """
    alone = run(words, cwd=folder)
    # What stands would not be made again.
    shutil.rmtree(words[-1])
    took = staged_run(list(words), cwd=folder)
    if took.exit_code:
        msg = f"exit code {took.exit_code} in {folder.name}: {took.said[-500:]}"
        raise RuntimeError(msg)
    took.wall_s, took.cpu_s = alone.wall_s, alone.cpu_s
    return took


def in_turn(folders: Sequence[Path], extract: Path, turns: int) -> list[list[StagedRun]]:
    """
    Build from each checkout, the first one first, as often as there are turns.

    Raises
    ------
    RuntimeError
        If a build fails: a time of half a build is no time.
    """
    taken: list[list[StagedRun]] = [[] for _ in folders]
    for _ in range(turns):
        for number, folder in enumerate(folders):
            with tempfile.TemporaryDirectory() as out:
                taken[number].append(built(command(extract, Path(out) / "build"), folder))
    return taken


def report(earlier: Sequence[StagedRun], ours: Sequence[StagedRun]) -> str:
    """Lay out both: totals, the ratio turn by turn, and the stages of the last turn."""
    lines = []
    for name, runs in ((f"commit {EARLIER}", earlier), ("this checkout", ours)):
        wall_s, cpu_s, peak_mb = (
            median(getattr(one, figure) for one in runs)
            for figure in ("wall_s", "cpu_s", "peak_mb")
        )
        lines.append(
            f"{name}: {wall_s:.1f} s of wall, {cpu_s:.1f} s of processor, {peak_mb:,.0f} MB"
        )
        lines += [f"    {stage.text()}" for stage in runs[-1].stages]
    for what, bar in (("wall_s", f" (bar {RATIO_MAX})"), ("cpu_s", "")):
        ratios = [
            getattr(own, what) / getattr(old, what) for old, own in zip(earlier, ours, strict=True)
        ]
        each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        lines.append(f"ratio of {what}{bar}: {median(ratios):.2f}, turn by turn {each}")
    lines.append(f"memory, all processes together: bar {MEMORY_MAX_MB:,} MB")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Measure and print; ``--turns=3`` takes longer and is surer."""
    if not WORLD.exists():
        sys.stdout.write(f"{WORLD} is not there; nothing was measured\n")
        return 1
    named = [word.removeprefix("--turns=") for word in arguments if word.startswith("--turns=")]
    sys.stdout.write(f"{' '.join(command(WORLD, Path('OUT'))[1:])}\n")
    with worktree(EARLIER) as earlier:
        taken = in_turn([earlier, Path.cwd()], WORLD, int(named[0]) if named else TURNS)
    sys.stdout.write(report(*taken))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A command is measured stage by stage, with everything that runs below it."""

import sys
from pathlib import Path

import pytest

from tests.bench.earlier_commit import report
from tests.bench.staged_run import Stage, StagedRun, staged_run

_SMALL_THEN_LARGE = """
import subprocess, sys, time
say = lambda text: print(text, file=sys.stderr, flush=True)
say("reading a.pbf ...")
say("  reading a.pbf: 5 in 1.0 s")
say("write (1,200) ...")
time.sleep(0.5)
held = "held = bytearray(90_000_000); print('.', flush=True); input()"
pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
child = subprocess.Popen([sys.executable, "-c", held], **pipes)
child.stdout.readline()
time.sleep(1)
say("page ...")
child.communicate(b"\\n")
say("done")
"""


def test_stages_are_those_that_the_command_names_and_hold_the_memory_of_its_children() -> None:
    took = staged_run((sys.executable, "-c", _SMALL_THEN_LARGE), cwd=Path.cwd())
    assert took.exit_code == 0
    assert [stage.name for stage in took.stages] == ["start", "reading a.pbf", "write", "page"]
    peaks = {stage.name: stage.peak_mb for stage in took.stages}
    assert peaks["write"] > peaks["reading a.pbf"] + 80
    assert took.peak_mb == max(peaks.values())
    assert took.said.endswith("done\n")


def test_a_command_that_fails_is_told_with_what_it_said() -> None:
    code = "import sys; sys.stderr.write('no room'); sys.exit(3)"
    took = staged_run((sys.executable, "-c", code), cwd=Path.cwd())
    assert (took.exit_code, took.said) == (3, "no room")


@pytest.mark.parametrize(("ours_s", "ratio"), [(20.0, "0.50"), (10.0, "0.25")])
def test_the_ratio_is_that_of_turns_and_not_of_sums(ours_s: float, ratio: str) -> None:
    earlier = [StagedRun(wall_s=40.0, cpu_s=40.0, stages=[Stage("write", 2.0, 900.0)])]
    ours = [StagedRun(wall_s=ours_s, cpu_s=40.0, stages=[Stage("write", 1.0, 700.0)])]
    text = report(earlier, ours)
    assert f"ratio of wall_s (bar 0.4): {ratio}, turn by turn {ratio}" in text
    assert "ratio of cpu_s: 1.00" in text
    assert "40.0 s of processor, 700 MB" in text

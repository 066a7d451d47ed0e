"""A build killed with -9: the last release stays whole, and the next run needs no cleaning."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def run_rig(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.release.kill_rig", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_a_build_killed_at_every_step_leaves_the_last_release_whole(tmp_path: Path) -> None:
    result = run_rig(str(tmp_path), "steps")
    assert result["rounds"] > 60
    assert {"open", "before fsync", "os.rename", "before write", "half written"} <= set(
        result["steps"]
    )
    assert result["kills"] == result["rounds"]
    assert result["whole"] == result["rounds"]
    assert result["next_runs"] == result["rounds"]
    assert result["leftovers"] == 0


def test_a_build_killed_at_twenty_random_moments_leaves_the_last_release_whole(
    tmp_path: Path,
) -> None:
    result = run_rig(str(tmp_path), "random", "20", "20181123")
    assert result["kills"] == 20
    assert result["whole"] == result["rounds"]
    assert result["next_runs"] == result["rounds"]
    assert result["leftovers"] == 0

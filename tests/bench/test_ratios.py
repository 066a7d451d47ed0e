"""The comparison of ratios: a loss is said, and so is a measurement that nobody committed."""

import json
import sys
from pathlib import Path

import pytest

from tests.bench.ratios import COMMITTED, Pair, losses, measure, pairs


def test_a_ratio_that_is_sixteen_percent_worse_is_a_loss_and_fourteen_is_none() -> None:
    committed = {"build": 0.5, "help": 2.0}
    assert losses({"build": 0.57, "help": 2.28}, committed) == []
    assert losses({"build": 0.58, "help": 2.0}, committed) == ["build: 0.58, and 0.50 is committed"]
    assert losses({"new": 0.1}, committed) == ["new: no committed ratio"]


def test_every_pair_has_a_committed_ratio(tmp_path: Path) -> None:
    committed = json.loads(COMMITTED.read_text(encoding="utf-8"))
    assert [pair.name for pair in pairs(tmp_path)] == list(committed)


def test_the_two_are_run_in_turn_and_a_failure_is_no_figure(tmp_path: Path) -> None:
    log = tmp_path / "log"

    def noting(word: str) -> tuple[str, ...]:
        return (sys.executable, "-c", f"open({str(log)!r}, 'a').write({word!r})")

    measured = measure(Pair("x", noting("o"), "y", noting("p")), turns=2)
    assert log.read_text() == "popo"
    assert measured.ratio > 0
    assert "python -c" in "\n".join(measured.lines())
    with pytest.raises(RuntimeError, match="exit code 3"):
        measure(Pair("x", (sys.executable, "-c", "raise SystemExit(3)"), "y", noting("p")), turns=1)

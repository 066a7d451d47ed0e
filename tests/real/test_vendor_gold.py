"""The bars for vendor names, on the half of the labelled values that nobody looked at."""

import warnings
from pathlib import Path

import pytest

from tests.bench.vendor_score import NAMING, Half, ScoreTable, score
from tests.resolve.vendors.vendor_rows import ROOT, carried_registry

REAL = ROOT.parent / "shared" / "real"
GOLD = REAL / "vendor_gold_dev.csv"
RAW = REAL / "osm_world_202511" / "vendor_operator_raw_values_dev.csv"

pytestmark = [pytest.mark.real, pytest.mark.filterwarnings("default:real data")]


def _table(half: Half) -> ScoreTable | None:
    missing = [path.name for path in (GOLD, RAW) if not Path(path).exists()]
    if missing:
        warnings.warn(f"real data: {', '.join(missing)} not there; nothing scored", stacklevel=2)
        return None
    return score(GOLD, RAW, carried_registry(), half)


def test_no_value_of_the_held_out_half_is_assigned_to_a_wrong_maker() -> None:
    table = _table(Half.HELD_OUT)
    if table is None:
        return
    assert [found.wrong for found in table.scores if found.wrong] == []
    # Of 60 and more right ones, none wrong: the bound says at least 94 of 100.
    assert table.of(NAMING).precision.interval[0] > 0.93


def test_the_held_out_half_is_recalled_as_the_bars_ask() -> None:
    table = _table(Half.HELD_OUT)
    if table is None:
        return
    naming = table.of(NAMING)
    assert naming.recall.total > 75
    assert (naming.recall.value or 0) >= 0.85
    assert (naming.recall_proposed.value or 0) >= 0.95


def test_nothing_of_the_half_that_was_written_from_is_wrong() -> None:
    table = _table(Half.WRITTEN_FROM)
    if table is None:
        return
    assert [found.wrong for found in table.scores if found.wrong] == []

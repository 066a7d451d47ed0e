"""The bars for legal lists: facts worked out from the lists themselves, and every reading."""

import csv
import sys
import warnings
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from mapper.answers.legal_status import status
from mapper.clean.partial_date import parse
from mapper.registry.checked import load
from mapper.registry.registry import Registry

ROOT = Path(__file__).parents[2]
LISTS = ROOT.parent / "shared" / "reference" / "facts" / "lists"

pytestmark = [pytest.mark.real, pytest.mark.filterwarnings("default:real data")]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load(ROOT / "data" / "registry")


def _rows(name: str) -> list[dict[str, str]]:
    path = LISTS / name
    if not path.exists():
        warnings.warn(f"real data: {name} not there; nothing scored", stacklevel=2)
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score(registry: Registry, facts: list[dict[str, str]]) -> dict[str, Counter[str]]:
    """Return, for each list, how often a truth met an answer: ``yes answered unknown``."""
    table: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        (found,) = status(registry, fact["org_id"], fact["list"], parse(fact["on"]))
        table[fact["list"]][f"{fact['truth']} answered {found.answer}"] += 1
    return dict(sorted(table.items()))


def test_no_fact_is_answered_wrongly_and_most_are_answered(registry: Registry) -> None:
    table = score(registry, _rows("expected.csv"))
    for list_id, counts in table.items():
        told = ", ".join(f"{count} {words}" for words, count in sorted(counts.items()))
        sys.stdout.write(f"{list_id:18} {told}\n")
    total = sum(table.values(), Counter[str]())
    assert total["yes answered no"] == total["no answered yes"] == 0
    true = sum(count for words, count in total.items() if words.startswith("yes "))
    assert total["yes answered yes"] >= 0.9 * true
    assert total["no answered unknown"] == 0


REACHED_THROUGH_AN_OWNER = frozenset({"bk-group", "vega-radio-engineering"})
"""Of a listed owner (Hikvision by a subsidiary, Rostec): "not named" is no "no" for them."""


def test_every_reading_answers_on_its_day_as_its_list_did(registry: Registry) -> None:
    answers = {"listed": "yes", "not_listed": "no"}
    # A firm entered twice stands as one row since; the readings named both.
    merged = {row.subject_id: row.replaced_by for row in registry.retractions if row.replaced_by}
    wrong = []
    for row in _rows("registry/list_checks.csv"):
        day = parse(row["checked_on"])
        if not day.is_day or row["org_id"] in REACHED_THROUGH_AN_OWNER:
            continue
        org_id = merged.get(row["org_id"], row["org_id"])
        (found,) = status(registry, org_id, row["list"], day)
        if found.answer != answers[row["result"]]:
            wrong.append((row["list"], row["org_id"], row["checked_on"], str(found.answer)))
    assert wrong == []


def test_a_pair_that_was_left_out_is_never_answered_no_on_the_day_of_the_text(
    registry: Registry,
) -> None:
    days = {row["snapshot"]: row["snapshot_date"] for row in _rows("snapshots.csv")}
    for row in _rows("not_checked.csv"):
        day = parse(days[row["snapshot"]])
        if day.is_day:
            (found,) = status(registry, row["org_id"], row["list"], day)
            assert found.answer != "no", row

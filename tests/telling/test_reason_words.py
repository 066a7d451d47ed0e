"""Why an answer was given is put into words in one room, for every code there is."""

import ast
import re
from pathlib import Path

import pytest

from mapper.answers.reasons import Reason, Why
from mapper.clean.partial_date import parse
from mapper.registry.checked import load
from mapper.registry.codes import StatusWord
from mapper.registry.registry import Registry
from mapper.settings import Settings
from mapper.telling.reason_words import STATUS_REASONS, reason_words

ROOT = Path(__file__).resolve().parents[2]
DAYS = (parse("2022-05-06"), parse("2026-03"))


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load(Settings().registry_dir)


@pytest.mark.parametrize("why", Why)
def test_every_code_has_one_whole_sentence(why: Why, registry: Registry) -> None:
    org_id = registry.organisations[0].org_id
    told = reason_words(registry, Reason(why, DAYS, org_id))
    assert re.fullmatch(r"[A-Z][^{}]+\.", told), told


def test_no_two_codes_say_the_same(registry: Registry) -> None:
    org_id = registry.organisations[0].org_id
    told = [reason_words(registry, Reason(why, DAYS, org_id)) for why in Why]
    assert len(set(told)) == len(told)


def test_the_days_and_the_owner_stand_in_the_sentence(registry: Registry) -> None:
    row = registry.organisations[0]
    assert reason_words(registry, Reason(Why.ABSENT_BEFORE_AND_AFTER, DAYS)) == (
        "It was not in the list as of 6 May 2022, nor as of March 2026; "
        "the days between were not read."
    )
    assert f"but names {row.name}, to which it belongs" in reason_words(
        registry, Reason(Why.OWNER_LISTED, org_id=row.org_id)
    )


def test_every_status_of_a_relation_has_its_reason() -> None:
    assert set(STATUS_REASONS) == set(StatusWord)


def sentences_of(path: Path) -> list[str]:
    """Return what a module holds as sentences for a reader, no docstring and no error."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        # `msg = ...; raise UsageError(msg, next_step=...)` is for who typed the command.
        if isinstance(node, ast.Raise) or (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == "msg"
        ):
            apart |= {id(inner) for inner in ast.walk(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.count(" ") > 1
        and id(node) not in apart
    ]


def test_answers_holds_no_sentence() -> None:
    rooms = sorted((ROOT / "mapper" / "answers").glob("*.py"))
    assert {path.name: sentences_of(path) for path in rooms} == {path.name: [] for path in rooms}


def test_a_sentence_in_answers_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "status.py"
    module.write_text('"""What this is."""\n\nREASON = "It was in force."\n', encoding="utf-8")
    assert sentences_of(module) == ["It was in force."]

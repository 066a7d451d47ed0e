"""Equal statements are one statement with all their sources, told once in a text."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mapper.telling.repeats import Repeats, pool_sources, without
from mapper.telling.statements import Ref, Statement

SAID = Statement(
    who=Ref("City of Riverton", "organisation", "riverton"),
    role="",
    part="authority",
    when="May 2024",
    says="",
    text="The city bought 40 cameras.",
    subject=None,
    sources=("ledger-1",),
)
AGAIN = replace(SAID, sources=("press-2",))
OTHER = replace(SAID, text="The city rents them.", sources=("press-2",))


def test_equal_statements_of_two_sources_are_one_with_both() -> None:
    assert pool_sources([SAID, OTHER, AGAIN]) == (
        replace(SAID, sources=("ledger-1", "press-2")),
        OTHER,
    )


def test_a_statement_is_told_once_with_the_sources_of_the_whole_text() -> None:
    repeats = Repeats([SAID, OTHER, AGAIN])
    assert repeats.mark_repeats([SAID]) == (replace(SAID, sources=("ledger-1", "press-2")),)
    assert repeats.mark_repeats([OTHER, AGAIN]) == (OTHER, replace(AGAIN, is_again=True))


def test_equal_statements_at_one_place_are_not_a_repeat_of_each_other() -> None:
    both = replace(SAID, sources=("ledger-1", "press-2"))
    assert Repeats(()).mark_repeats([SAID, AGAIN]) == (both,)


def test_what_stands_directly_above_is_left_out_whatever_its_source() -> None:
    assert without([AGAIN, OTHER], [SAID]) == (OTHER,)


def test_another_subject_is_another_statement_unless_the_subject_is_not_asked_for() -> None:
    here = replace(AGAIN, subject=Ref("City video", "deployment", "city-video"))
    assert pool_sources([SAID, here]) == (SAID, here)
    assert pool_sources([SAID, here], whatever_subject=True) == (
        replace(SAID, sources=("ledger-1", "press-2")),
    )


@given(st.lists(st.lists(st.sampled_from([SAID, AGAIN, OTHER]), max_size=4), max_size=4))
def test_no_source_and_no_text_is_lost_or_told_twice(places: list[list[Statement]]) -> None:
    repeats = Repeats(statement for place in places for statement in place)
    told = [statement for place in places for statement in repeats.mark_repeats(place)]
    new = [statement for statement in told if not statement.is_again]
    assert sorted(statement.text for statement in new) == sorted(
        {statement.text for place in places for statement in place}
    )
    for text in {statement.text for statement in new}:
        theirs = {s for place in places for row in place if row.text == text for s in row.sources}
        (first,) = (statement for statement in new if statement.text == text)
        assert set(first.sources) == theirs

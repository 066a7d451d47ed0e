"""No cell of a file that the page hands over begins a formula."""

from itertools import product

from mapper.export.formula_guard import guard
from tests.website.front_end_module import answer_of

_SCRIPT = """
import { guardFormulas } from "site/take_away.js";
answer(given.map(guardFormulas));
"""
_SIGNS = "=-@;\t\n '\u00a0\uff1da"


def test_a_formula_behind_a_semicolon_is_text() -> None:
    assert answer_of(_SCRIPT, ["a; =1", " =1", "\uff1d1", "a=1", "a b"]) == [
        "a;' =1",
        "' =1",
        "'\uff1d1",
        "a=1",
        "a b",
    ]


def test_the_page_guards_the_same_places_as_the_release() -> None:
    texts = ["".join(signs) for length in range(5) for signs in product(_SIGNS, repeat=length)]
    assert answer_of(_SCRIPT, texts) == [guard(text) for text in texts]

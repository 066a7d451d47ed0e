"""Answers asked once a distinct value are those that each cell would be given by itself."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mapper.resolve.text_categories import categorised
from mapper.validate.contact_patterns import NAME_KEYS, holds_contact
from mapper.validate.observed_tags import in_order
from mapper.validate.privacy_gate import _are_plain_references, is_plain_reference
from mapper.validate.value_gates import _are_plain
from mapper.validate.values_asked import by_value

CELLS = st.lists(st.none() | st.sampled_from(["a", "b", "ab", "é"]), max_size=20)
NAMES = st.lists(
    st.sampled_from(["Anna", "at", "arroba", "sobaka", "dot", "punkt", "com", "É,", "o'ß", "²"])
).map(" ".join)
REFS = st.from_regex(r"(node|way|relation|row)/?[0-9]{1,20}", fullmatch=True) | st.sampled_from(
    [
        "node/0",
        "Anna node/12 Smith",
        "node/1\n",
        "Smith, 12 Elm Street",
        "Bridge-4",
        "node/\uff11\uff12",
        "",
        "+44 20 7946 0958",
    ]
)


@given(CELLS)
def test_a_column_of_categories_is_answered_as_one_of_texts(cells: list[str | None]) -> None:
    texts = pd.Series(cells, dtype=object)
    categories = pd.Series(categorised(texts.to_numpy(object)))
    expected = [cell is not None and "b" in cell for cell in cells]
    assert by_value(texts, lambda text: "b" in text).tolist() == expected
    assert by_value(categories, lambda text: "b" in text).tolist() == expected
    # A part of it still knows the values that stand in none of its cells.
    assert by_value(categories[1:], lambda text: "b" in text).tolist() == expected[1:]


@given(NAMES, st.sampled_from(sorted(NAME_KEYS)))
def test_a_name_of_letters_is_searched_as_every_other_text(name: str, key: str) -> None:
    # With another sign at its end it is no name of letters, and all patterns are asked.
    assert holds_contact(key, name) == holds_contact(key, f"{name} ;")


def test_an_address_spelled_in_words_alone_is_contact_data() -> None:
    assert holds_contact("operator", "anna at riverton dot com")
    assert not holds_contact("operator", "anna at riverton")


@given(st.lists(REFS, max_size=8))
def test_references_are_judged_together_as_one_by_one(refs: list[str]) -> None:
    judged = _are_plain_references(pd.Series(refs, dtype=object))
    assert judged.tolist() == [is_plain_reference(ref) for ref in refs]


@given(st.lists(st.text(max_size=5), unique=True, max_size=10))
def test_references_in_any_script_are_sorted_sign_by_sign(refs: list[str]) -> None:
    cells = np.array([*refs, None], dtype=object)[:-1]
    order = in_order(cells, np.arange(len(refs)))
    assert [refs[row] for row in order] == sorted(refs)


def test_texts_are_plain_together_where_each_of_them_is() -> None:
    assert _are_plain(["node/1", "https://example.org"])
    for odd in ("", "a\tb", "\x7f", "é", "a" * 2049, 7, None):
        assert not _are_plain(["node/1", odd])

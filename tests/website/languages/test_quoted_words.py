"""The words of others inside our sentences say their language, and stay text."""

from html import escape

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from mapper.website.languages.quoted_words import mark_quoted, quoted

_ENGLISH = Markup(' lang="en"')
_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]))


@given(before=_TEXT, said=_TEXT, after=_TEXT)
def test_what_was_quoted_stands_in_an_element_that_says_its_language(
    before: str, said: str, after: str
) -> None:
    told = escape(f"{before}{quoted(said)}{after}")

    page = mark_quoted(f"<p>{told}</p>", _ENGLISH)

    assert page == (f'<p>{escape(before)}<bdi lang="en">{escape(said)}</bdi>{escape(after)}</p>')


@given(said=_TEXT)
def test_where_no_element_can_stand_the_words_stand_alone(said: str) -> None:
    told = escape(f"ours {quoted(said)} ours")
    plain = escape(f"ours {said} ours")
    body = '<svg><title>{0}</title><text x="1">{0}</text></svg><p title="{0}">x</p>'

    assert mark_quoted(body.format(told), _ENGLISH) == body.format(plain)


def test_a_page_that_quotes_nobody_stays_as_it_is() -> None:
    page = "<p>ours</p>"

    assert mark_quoted(page, _ENGLISH) is page

"""Blanks of a kept page: what stands in them, and what can never be one."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader

from mapper.registry.registry import Registry
from mapper.website.pages.blanks import END, OTHERWISE, blank, filled, where
from mapper.website.pages.page_templates import PageTemplates


class Answers:
    """Holds for rows that begin with ``a``, and puts each blank's own name where it was."""

    def holds(self, condition: str, row_id: str) -> bool:
        """Whether a condition on a row holds."""
        return condition == "named" and row_id.startswith("a")

    def text(self, name: str, row_id: str, held: Mapping[str, int]) -> str:
        """Say what was asked for."""
        return f"[{name} {row_id} {held['named']}]"


def test_a_blank_is_filled_and_of_two_texts_the_one_stands_whose_condition_holds() -> None:
    first = where("named", "acme") + "acme" + OTHERWISE + "nobody" + END
    other = where("named", "zeta") + "zeta" + blank("lost", "x") + OTHERWISE + "nobody" + END
    # A number at the head of a page counts what stands below it.
    page = f"<p>{blank('lines')}</p>{first}; {other}<i>{blank('cell', 'acme')}</i>"
    assert filled(page, Answers()) == "<p>[lines  1]</p>acme; nobody<i>[cell acme 1]</i>"
    assert filled("<p>no blank</p>", Answers()) == "<p>no blank</p>"


def test_within_a_text_that_does_not_stand_nothing_stands_or_counts() -> None:
    inner = where("named", "acme") + "yes" + OTHERWISE + "no" + END
    within_none = where("named", "zeta") + inner + OTHERWISE + "left" + END
    within_one = where("named", "acme") + inner + "." + END
    assert filled(within_none, Answers()) == "left"
    assert filled(within_one + blank("n"), Answers()) == "yes.[n  2]"


@given(st.text(alphabet="<!->/ blankwhereoend&'\"", max_size=30))
def test_no_value_of_the_data_is_a_blank(value: str) -> None:
    loader = DictLoader({"page.html": "<i title='{{ value }}'>{{ value }}</i>"})
    page = PageTemplates(Registry(), loader=loader, autoescape=True).get_template("page.html")
    for one in (value, f"<!--blank {value}-->", f"<!--where {value} acme-->"):
        told = page.render(value=one)
        assert filled(told, Answers()) == told

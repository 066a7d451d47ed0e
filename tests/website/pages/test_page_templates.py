"""The templates of the static pages escape what they are given, however they were compiled."""

from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment
from markupsafe import Markup

from mapper.registry.registry import Registry
from mapper.website.languages.page_words import PageWords
from mapper.website.pages.page_templates import PageTemplates, Sentences

_TEMPLATES = {
    "page.html": (
        "{% macro said(text) %}<b>{{ text }}</b>{% endmacro %}"
        "{{ value }} {{ said(value) }} {% set whole %}{{ value }}{% endset %}{{ whole }}"
        "<i title='{{ value }}'>{{ value ~ 1 }}</i>{{ value | safe }}"
        "{% autoescape false %}{{ value }}{% endautoescape %}"
    ),
}


class Text(str):
    """A text of another class, as members of enums are."""

    __slots__ = ()


class Html:
    """Says itself what it is in a page."""

    def __html__(self) -> str:
        """Return its markup."""
        return "<u>&amp;</u>"


@given(
    st.one_of(st.text(), st.text().map(Text), st.text().map(Markup), st.integers(), st.builds(Html))
)
def test_every_value_is_escaped_as_jinja_escapes_it(value: object) -> None:
    loader = DictLoader(_TEMPLATES)
    ours = PageTemplates(Registry(), loader=loader, autoescape=True)
    theirs = Environment(loader=loader, autoescape=True)
    rendered = [
        environment.get_template("page.html").render(value=value) for environment in (ours, theirs)
    ]
    assert rendered[0] == rendered[1]


def test_a_text_is_escaped_each_time_and_what_is_escaped_only_once() -> None:
    templates = PageTemplates(Registry(), loader=DictLoader(_TEMPLATES), autoescape=True)
    page = templates.get_template("page.html")
    for _ in range(2):
        assert page.render(value="<script>").startswith("&lt;script&gt; <b>&lt;script&gt;</b> ")


def test_a_sentence_escapes_its_values_and_has_its_percent_sign_once() -> None:
    of_page = PageWords(
        "de", {}, {"Data": "Daten <1>", "%(n)s of 100 %%": "%(n)s von 100 %%", "%%": "%%"}
    )
    sentences = Sentences(of_page)
    # A sentence is ours, and may have markup.
    assert [sentences.gettext("Data") for _ in range(2)] == ["Daten <1>"] * 2
    assert [sentences.gettext("%%") for _ in range(2)] == ["%"] * 2
    assert [sentences.gettext("%(n)s of 100 %%", n=n) for n in ("<b>", Markup("<b>"))] == [
        "&lt;b&gt; von 100 %",
        "<b> von 100 %",
    ]

"""The templates of the static pages, with the words and rows that they can ask for."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from types import MethodType
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from markupsafe import Markup, escape

from mapper.answers.entry_in_force import last_shown
from mapper.answers.supply import Edge
from mapper.registry.registry import Registry
from mapper.registry.tables import Designation, DesignationEvent
from mapper.settings import Presentation
from mapper.telling import words
from mapper.telling.citation import page_citation
from mapper.telling.figures import figures_of
from mapper.telling.footnotes import Footnotes
from mapper.telling.language import day
from mapper.telling.legal_words import EFFECT_NAMES, EFFECT_WORDS, event_words
from mapper.telling.repeats import pool_sources
from mapper.telling.row_words import period, span, tie_details
from mapper.telling.statements import Presenter, Ref, Supply
from mapper.website.compiled_templates import CompiledTemplates
from mapper.website.languages.page_words import SOURCE_LANGUAGE, PageWords
from mapper.website.map.vocabulary import KINDS, RUNGS
from mapper.website.pages.asked_inputs import PageInputs
from mapper.website.pages.blanks import END, OTHERWISE, blank, where
from mapper.website.pages.data_page import FURTHER_CREDITS, file_size, percent
from mapper.website.pages.deployment import supplier_ids
from mapper.website.pages.listings import entered_in, reading_words

_COMPILED: Final = CompiledTemplates()
_MACROS: Final = "static_parts.html"


class _DirectContext(Context):
    """
    Calls a macro or a method as what it is.

    Jinja asks every callable four times whether it wants the context; macros and the methods of
    rows, three hundred thousand calls in a build, never do.
    """

    @internalcode
    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as jinja's own
        if type(called) in {Macro, MethodType}:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            # Without the context of evaluation a macro escapes as its environment does: always.
            return called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


class _PageTemplate(Template):
    """A template whose macros are made once for all pages that they see in the same way."""

    def make_module(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 - as jinja's own
        shared: bool = False,  # noqa: FBT001, FBT002 - as jinja's own
        locals: Mapping[str, Any] | None = None,  # noqa: A002 - as jinja's own
    ) -> TemplateModule:
        """Return the macros: of all that a page has, they see its way and its footnotes alone."""
        if self.name != _MACROS or vars is None or "footnotes" not in vars:
            return super().make_module(vars, shared, locals)
        seen = {name: vars[name] for name in ("way", "footnotes")}
        key = (seen["way"].top, seen["way"].pages, id(seen["footnotes"]))
        modules: dict[object, TemplateModule] = self.__dict__.setdefault("modules", {})
        if key not in modules:
            # A macro that asks for more fails: it would be told of the first page's.
            modules[key] = super().make_module(seen)
        return modules[key]


class _DirectOutput(CodeGenerator):
    """Writes code that leaves what is escaped already as it is, without making it anew."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - as jinja's own
        """Name what `_output_child_pre` calls."""
        self.writeline("escaped = environment.escaped")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401 - jinja's own
        # Elsewhere, and where a template turns the escaping off, it stays as jinja has it.
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("escaped(")


def _escaped(value: object) -> Markup:
    """Escape a value for a page; one of four is what a macro has made, and escaped."""
    if type(value) is Markup:
        return value
    return _escaped_text(value) if type(value) is str else escape(value)


_escaped_text: Final = lru_cache(maxsize=32_768)(escape)
"""Names, days and addresses come many times."""


class Sentences:
    """
    The sentences of a language for templates, as jinja's own extension says them.

    Of most no value is a part: each of those is put together once, not a hundred thousand times.
    """

    def __init__(self, page: PageWords) -> None:
        self._page = page
        self._whole: dict[str, Markup] = {}

    def gettext(self, text: str, **variables: object) -> Markup:
        """Say a sentence, its values escaped."""
        if variables:
            return Markup(self._page.gettext(text)) % variables  # noqa: S704 - a sentence of ours
        if text not in self._whole:
            # Put together without values too, for a sentence has its percent signs twice.
            self._whole[text] = Markup(self._page.gettext(text)) % {}  # noqa: S704 - as above
        return self._whole[text]


class PageTemplates(Environment):
    """The templates of one language, and what they told of the page that is being made."""

    code_generator_class = _DirectOutput
    context_class = _DirectContext
    escaped = staticmethod(_escaped)
    template_class = _PageTemplate

    def __init__(self, registry: Registry, **options: Any) -> None:  # noqa: ANN401 - as jinja's own
        super().__init__(**options)
        self.told: dict[int, tuple[Edge, Supply]] = {}
        self.footnotes = Footnotes(registry)

    def begin_page(self) -> None:
        """Forget what the page before this one was told: the next notes what it asks itself."""
        self.told.clear()
        self.footnotes.begin()

    def supply(self, presenter: Presenter, edge: Edge) -> Supply:
        """Put a relation into words once a page: overview, sections and head ask for it."""
        # By identity, which is cheap; the relation is held, so that no other takes its place.
        if id(edge) not in self.told:
            self.told[id(edge)] = (edge, presenter.supply(edge))
        return self.told[id(edge)][1]


def english_attributes(page: PageWords) -> Markup:
    """Return the attributes of an English text on a page in another language; none on ours."""
    if page.lang == SOURCE_LANGUAGE:
        return Markup()
    direction = Markup(' dir="ltr"') if page.direction == "rtl" else Markup()
    return Markup(' lang="en"') + direction


def page_templates(
    front_end: Path, page: PageWords, inputs: PageInputs, presentation: Presentation
) -> PageTemplates:
    """
    Return the templates of a front end.

    What they can reach never changes, or notes what it is asked (`asked_inputs`): else a page
    that was kept could say what is no longer so.

    Parameters
    ----------
    front_end
        Holds ``templates/``.
    page
        The language that they are written in.
    """
    presenter = Presenter(inputs.registry)

    def entry_events(entry: Designation) -> tuple[DesignationEvent, ...]:
        return inputs.registry.rows(DesignationEvent, "designation_id", entry.designation_id)

    def country_ref(code: str | None) -> Ref:
        return Ref(page.country(code), "country", code or "")

    def by_country(rows: Sequence[Any]) -> list[Any]:
        codes = (row[0] if isinstance(row, tuple) else row.code for row in rows)
        ordered = zip(codes, rows, strict=True)
        return [row for _, row in sorted(ordered, key=lambda pair: page.place_in_order(pair[0]))]

    environment = PageTemplates(
        inputs.registry,
        extensions=["jinja2.ext.i18n"],
        loader=FileSystemLoader(front_end / "templates"),
        bytecode_cache=_COMPILED,
        autoescape=True,
        undefined=StrictUndefined,
        # Templates do not change while the pages are written.
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    # The extension adds this method; jinja's types do not know of it.
    install: Any = vars(environment)["install_gettext_callables"]
    install(page.gettext, page.ngettext, newstyle=True)
    environment.globals["gettext"] = Sentences(page).gettext
    environment.filters.update(
        day=day,
        iso_day=page.day,
        number=partial(words.format_number, locale=page.locale),
        share=page.share,
        said=words.said,
        technologies=page.technologies,
        country=page.country,
        by_country=by_country,
        period=period,
        span=span,
        tie_details=tie_details,
        seat_words=words.seat_words,
        figures=figures_of,
        supplier_ids=supplier_ids,
        file_size=file_size,
        percent=percent,
        address=inputs.index.address,
        open_address=inputs.open_address,
        organisation=presenter.organisation,
        deployment=presenter.deployment,
        country_ref=country_ref,
        supply=partial(environment.supply, presenter),
        goods=presenter.goods,
        claims=presenter.claims,
        pool_sources=pool_sources,
        last_shown=last_shown,
        event_words=event_words,
        entered_in=entered_in,
        entry_events=entry_events,
        reading_words=reading_words,
    )
    environment.globals.update(
        # Beside a text of the registry or of a publisher, which is never translated.
        english=english_attributes(page),
        page_lang=page.lang,
        citation=partial(page_citation, inputs.registry),
        t=page.strings,
        say=page.say,
        presentation=presentation,
        lang=page.lang,
        direction=page.direction,
        blank=blank,
        where=where,
        otherwise=OTHERWISE,
        end_where=END,
        further_credits=FURTHER_CREDITS,
        registry=inputs.registry,
        presenter=presenter,
        kinds=KINDS,
        rungs=RUNGS,
        kind_names=words.KINDS,
        layers=words.LAYERS,
        links=words.LINKS,
        organisation_kinds=words.ORGANISATION_KINDS,
        effect_names=EFFECT_NAMES,
        effect_words=EFFECT_WORDS,
    )
    if inputs.info is not None:
        environment.globals["release"] = inputs.info
    return environment

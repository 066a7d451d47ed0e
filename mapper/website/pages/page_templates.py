"""The templates of the static pages, with the words and rows that they can ask for."""

from functools import partial
from pathlib import Path
from typing import Final

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from mapper.answers.entry_in_force import last_shown
from mapper.clean.date_words import format_date, format_iso_date
from mapper.registry.tables import Designation, DesignationEvent
from mapper.settings import Presentation
from mapper.telling import words
from mapper.telling.citation import page_citation
from mapper.telling.figures import figures_of
from mapper.telling.legal_words import EFFECT_NAMES, EFFECT_WORDS, event_words
from mapper.telling.repeats import pool_sources
from mapper.telling.row_words import period, span, tie_details
from mapper.telling.statements import Presenter
from mapper.website.languages.page_words import page_words
from mapper.website.map.vocabulary import KINDS, RUNGS
from mapper.website.pages.asked_inputs import PageInputs
from mapper.website.pages.data_page import FURTHER_CREDITS, file_size, percent
from mapper.website.pages.deployment import supplier_ids
from mapper.website.pages.listings import entered_in, reading_words


class _Compiled(BytecodeCache):
    """Templates that this process has compiled; jinja holds each to the hash of its text."""

    def __init__(self) -> None:
        self._bodies: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._bodies:
            bucket.bytecode_from_string(self._bodies[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._bodies[bucket.key] = bucket.bytecode_to_string()


_COMPILED: Final = _Compiled()


def page_templates(
    front_end: Path, lang: str, inputs: PageInputs, presentation: Presentation
) -> Environment:
    """
    Return the templates of a front end.

    What they can reach never changes, or notes what it is asked (`asked_inputs`): else a page
    that was kept could say what is no longer so.

    Parameters
    ----------
    front_end
        Holds ``templates/`` and ``i18n/``.
    """
    presenter = Presenter(inputs.registry)

    def entry_events(entry: Designation) -> tuple[DesignationEvent, ...]:
        return inputs.registry.rows(DesignationEvent, "designation_id", entry.designation_id)

    environment = Environment(
        loader=FileSystemLoader(front_end / "templates"),
        bytecode_cache=_COMPILED,
        autoescape=True,
        undefined=StrictUndefined,
        # Templates do not change while the pages are written.
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=format_date,
        iso_day=format_iso_date,
        number=words.format_number,
        plain=words.plain,
        technologies=words.technologies,
        country=words.country,
        period=period,
        span=span,
        tie_details=tie_details,
        seat_words=words.seat_words,
        figures=figures_of,
        supplier_ids=supplier_ids,
        file_size=file_size,
        percent=percent,
        address=inputs.index.address,
        organisation=presenter.organisation,
        deployment=presenter.deployment,
        country_ref=presenter.country,
        supply=presenter.supply,
        goods=presenter.goods,
        claims=presenter.claims,
        pool_sources=pool_sources,
        last_shown=last_shown,
        event_words=event_words,
        entered_in=entered_in,
        entry_events=entry_events,
        reading_words=reading_words,
    )
    page = page_words(front_end / "i18n", lang, own_title=presentation.title)
    environment.globals.update(
        citation=partial(page_citation, inputs.registry),
        t=page.strings,
        presentation=presentation,
        lang=lang,
        direction=page.direction,
        release=inputs.info,
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
    return environment

"""
A dossier as one HTML file that stands by itself: styles inside, no script, no way to another page.

It is made from the templates and words of the pages. An address inside the site would become an
address on this machine once it is printed, so names lead nowhere; sources keep theirs. What is ours
is said in the language asked for; how to cite it stays in English, as titles and statements do.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mapper.answers.deployment_profile import deployment_profile
from mapper.answers.documented_systems import standing_deployments
from mapper.answers.legal_status import ListStatus, status
from mapper.answers.organisation_profile import vendor_profile
from mapper.answers.rulings import rulings_on
from mapper.answers.supply_chain import chain
from mapper.clean.partial_date import PartialDate
from mapper.model.release import Counts, ReleaseInfo
from mapper.registry.codes import Answer
from mapper.registry.registry import Registry
from mapper.registry.tables import Deployment, Organisation
from mapper.settings import Settings
from mapper.telling import words
from mapper.telling.citation import citation_text, row_items
from mapper.telling.figures import figures_of
from mapper.telling.footnotes import Footnotes, cited
from mapper.telling.language import day, gettext, ngettext, speaking
from mapper.telling.legal_words import entries_sentence, list_sentence, readings_sentence
from mapper.telling.open_questions import (
    questions_of_law,
    questions_of_parties,
    questions_of_system,
)
from mapper.telling.repeats import own_statements, pool_sources
from mapper.telling.row_words import period, place_of
from mapper.telling.statements import Presenter
from mapper.telling.told_chain import ToldChain, told_chain
from mapper.telling.told_rulings import tell_rulings
from mapper.website.languages.page_way import PageWay
from mapper.website.languages.page_words import SOURCE_LANGUAGE, page_words
from mapper.website.languages.quoted_words import mark_quoted
from mapper.website.pages.addresses import PageIndex
from mapper.website.pages.asked_inputs import PageInputs
from mapper.website.pages.chain_picture import Picture, wide_picture
from mapper.website.pages.deployment import headline_of, spot_of
from mapper.website.pages.locator_map import Land, Locator
from mapper.website.pages.page_templates import english_attributes, page_templates

_LAND_FILE: Final = "land_110m.json"
_STYLES: Final = "dossier.css"
_NO_CAMERAS: Final = Counts(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class LawOfSupplier:
    """
    How the law stood on a day for one organisation.

    Attributes
    ----------
    lines
        A sentence for each list with an entry of it or of its kin, and the sources of each.
    rest
        What the other lists say, in one sentence.
    """

    name: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    rest: str


@dataclass(frozen=True, slots=True)
class SystemPart:
    """A system in a dossier, with its chain in words and, where it stands alone, as a picture."""

    row: Deployment
    told: ToldChain
    facts: tuple[tuple[str, str], ...]
    figures: tuple[Any, ...]
    picture: Picture | None


def dossier_html(
    registry: Registry,
    kind: str,
    row_id: str,
    on: PartialDate,
    *,
    settings: Settings,
    language: str = SOURCE_LANGUAGE,
) -> str:
    """
    Return a dossier as HTML.

    Parameters
    ----------
    kind
        ``deployment``, ``organisation`` or ``country``.
    on
        The day for the law.
    language
        Its tag, one of those that ``page.json`` names.

    Raises
    ------
    UsageError
        If the catalogue of the language is not complete.
    """
    page = json.loads((settings.site_source_dir / "page.json").read_text(encoding="utf-8"))
    sheets = [*page["pages_css"], _STYLES]
    styles = "\n".join(
        (settings.site_source_dir / "css" / name).read_text(encoding="utf-8") for name in sheets
    )
    words_of_page = page_words(
        settings.site_source_dir / "i18n", language, own_title=settings.presentation.title
    )
    environment = page_templates(
        settings.site_source_dir, words_of_page, _inputs(registry), settings.presentation
    )
    writer = _Dossier(registry, on, Land(settings.boundaries_dir / _LAND_FILE))
    parts = {
        "deployment": writer.of_deployment,
        "organisation": writer.of_organisation,
        "country": writer.of_country,
    }
    # One form of citing for all languages, as on the pages, so written before another is spoken.
    citing = citation_text(row_items(registry, kind, row_id)[:1])
    with speaking(words_of_page.language):
        told = environment.get_template("dossier.html").render(
            root="",
            way=PageWay("", "", ()),
            styles=styles,
            footnotes=Footnotes(registry),
            kind=kind,
            row_id=row_id,
            day=day(on),
            evidence_on=registry.evidence_on,
            citing=citing,
            **parts[kind](row_id),
        )
    return mark_quoted(told, english_attributes(words_of_page))


def _inputs(registry: Registry) -> PageInputs:
    """Return inputs that know no page of any row, so that no name leads anywhere."""
    nowhere = PageIndex(frozenset(), frozenset(), frozenset())
    info = ReleaseInfo("", registry.evidence_on, "", _NO_CAMERAS, (), evidence_on="")
    return PageInputs(registry, nowhere, info)


class _Dossier:
    """What stands in a dossier, kind by kind."""

    def __init__(self, registry: Registry, on: PartialDate, land: Land) -> None:
        self._registry = registry
        self._on = on
        self._land = land
        self._presenter = Presenter(registry)

    def of_deployment(self, deployment_id: str) -> dict[str, Any]:
        """Gather the parts of one system."""
        profile = deployment_profile(self._registry, deployment_id)
        part = self._system(deployment_id, has_picture=True)
        suppliers = _suppliers([part])
        laws, asked = self._laws(suppliers)
        return {
            "title": part.row.name,
            "headline": headline_of(profile, part.told),
            "locator": self._locator([part.row]),
            "map_place": part.row.place,
            "systems": [part],
            "profile": None,
            "said": part.told.said,
            "own": part.told.own,
            "rulings": tell_rulings(self._presenter, profile.rulings),
            "laws": laws,
            "questions": [*questions_of_system(profile, part.told.root), *asked],
            "counted_silent": 0,
        }

    def of_organisation(self, org_id: str) -> dict[str, Any]:
        """Gather the parts of one organisation."""
        profile = vendor_profile(self._registry, org_id)
        row = profile.organisation
        laws, asked = self._laws([org_id])
        places = dict.fromkeys(
            edge.relation.deployment_id for edge in profile.supplies if edge.relation.deployment_id
        )
        rows = [self._registry.deployment[place] for place in places]
        if not profile.own_statements:
            own = gettext(
                "What does {name} say itself? No statement of it was read.", name=row.name
            )
            asked = [own, *asked]
        return {
            "title": row.name,
            "headline": _headline_of_organisation(row, len(rows)),
            "locator": self._locator(rows),
            "map_place": "",
            "systems": [],
            "profile": profile,
            "said": pool_sources(self._presenter.claims(profile.claims_about)),
            "own": own_statements(self._presenter, profile),
            "rulings": tell_rulings(self._presenter, profile.rulings),
            "laws": laws,
            "questions": asked,
            "counted_silent": 0,
        }

    def of_country(self, code: str) -> dict[str, Any]:
        """Gather the parts of one country."""
        rows = [row for row in standing_deployments(self._registry) if row.country_code == code]
        parts = [self._system(row.deployment_id, has_picture=False) for row in rows]
        named = [part for part in parts if any(node.supply for node in part.told.root.walk())]
        laws, asked = self._laws(_suppliers(named))
        records = [row for row in rulings_on(self._registry) if row.ruling.country_code == code]
        gaps = [
            gettext("{name}: {question}", name=part.row.name, question=question)
            for part in named
            for question in questions_of_parties(part.told.root)
        ]
        return {
            "title": words.country(code),
            "headline": ngettext(
                "{n} system is documented here; at {named} of them sources name a supplier.",
                "{n} systems are documented here; at {named} of them sources name a supplier.",
                len(rows),
                n=words.format_number(len(rows)),
                named=words.format_number(len(named)),
            ),
            "locator": self._locator(rows),
            "map_place": "",
            "systems": named,
            "profile": None,
            "said": (),
            "own": (),
            "rulings": tell_rulings(self._presenter, records),
            "laws": laws,
            "questions": [*gaps, *asked],
            "counted_silent": len(parts) - len(named),
        }

    def _system(self, deployment_id: str, *, has_picture: bool) -> SystemPart:
        row = self._registry.deployment[deployment_id]
        profile = deployment_profile(self._registry, deployment_id)
        told = told_chain(self._presenter, chain(self._registry, deployment_id))
        facts = (
            (gettext("Place"), place_of(row)),
            (gettext("Run by"), profile.operator_name or gettext("not known")),
            (gettext("What it does"), words.technologies(row.technologies)),
            (gettext("In use"), period(row) or gettext("not known")),
        )
        picture = wide_picture(told.root) if has_picture else None
        return SystemPart(row, told, facts, figures_of(profile.counts), picture)

    def _locator(self, rows: Iterable[Deployment]) -> Locator | None:
        spots = [spot for row in rows if (spot := spot_of(row, ""))]
        return self._land.locator(spots)

    def _laws(self, org_ids: Sequence[str]) -> tuple[list[LawOfSupplier], list[str]]:
        laws: list[LawOfSupplier] = []
        asked: list[str] = []
        for org_id in org_ids:
            answers = status(self._registry, org_id, None, self._on)
            laws.append(self._law(org_id, answers))
            asked += questions_of_law(self._registry, org_id, answers)
        return laws, asked

    def _law(self, org_id: str, answers: Sequence[ListStatus]) -> LawOfSupplier:
        told = [row for row in answers if row.entries or row.answer is Answer.YES]
        sights = [sight for row in answers for sight in row.sights]
        others = [row for row in answers if row not in told]
        counted = {answer: sum(row.answer is answer for row in others) for answer in Answer}
        rest = gettext(
            "Of the other lists of the registry, {no} answer no and {unknown} unknown"
            " for that day.",
            no=str(counted[Answer.NO]),
            unknown=str(counted[Answer.UNKNOWN]),
        )
        if not told:
            rest = f"{readings_sentence(self._registry, org_id, sights)} {rest}"
        return LawOfSupplier(
            name=self._registry.name(org_id),
            lines=tuple(
                (
                    " ".join(filter(None, (list_sentence(self._registry, row), _beside(row)))),
                    # Every text that was read would fill pages; the entries name their own.
                    cited(entry.source_id for entry in row.entries),
                )
                for row in told
            ),
            rest=rest,
        )


def _beside(row: ListStatus) -> str:
    """Say from when to when the entries of a list stood, where its answer is no plain yes."""
    is_plain = row.answer is Answer.YES and len(row.by_entry) == 1
    return "" if is_plain else entries_sentence(row.entries)


def _headline_of_organisation(row: Organisation, systems: int) -> str:
    """Say what an organisation is, where, and at how many systems sources name it."""
    kind = gettext(words.ORGANISATION_KINDS[row.kind])
    begun = kind[0].upper() + kind[1:]
    return ngettext(
        "{kind}, {seat}. Sources name it at {n} system.",
        "{kind}, {seat}. Sources name it at {n} systems.",
        systems,
        kind=begun,
        seat=words.country(row.country_code) if row.country_code else gettext("country not known"),
        n=words.format_number(systems),
    )


def _suppliers(parts: Iterable[SystemPart]) -> list[str]:
    """Return who stands behind some systems, each once, in the order of the chains."""
    return list(
        dict.fromkeys(
            node.name.row_id
            for part in parts
            for node in part.told.root.walk()
            if node.supply is not None
        )
    )

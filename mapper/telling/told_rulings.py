"""Rulings of courts and regulators put into words once, for the terminal and the pages."""

from collections.abc import Iterable
from dataclasses import dataclass

from mapper.answers.rulings import RulingRecord
from mapper.registry.law_codes import ReviewResult, RulingEffect, RulingPart
from mapper.registry.tables import Ruling, RulingParty
from mapper.telling import words
from mapper.telling.footnotes import cited
from mapper.telling.language import day, gettext
from mapper.telling.repeats import pool_sources
from mapper.telling.statements import Presenter, Ref, Statement

RULING_EFFECTS: dict[RulingEffect, str] = {
    RulingEffect.BREACH_FOUND: "a breach was found",
    RulingEffect.NO_BREACH: "no breach was found",
    RulingEffect.REQUEST_DISMISSED: "the request was dismissed",
    RulingEffect.USE_STOPPED: "the use must end or must not begin",
    RulingEffect.USE_SUSPENDED: "the use is suspended for the time being",
    RulingEffect.USE_ALLOWED: "the use may go on or begin",
    RulingEffect.COMPLIANCE_ORDER: "an order to comply",
    RulingEffect.DELETION_ORDER: "an order to delete data",
    RulingEffect.FINE: "a fine",
    RulingEffect.DAMAGES: "damages",
    RulingEffect.OPINION_AGAINST: "an opinion against the use",
    RulingEffect.WARNING: "a warning",
    RulingEffect.SETTLEMENT: "a settlement",
    RulingEffect.AWARD_REFUSED: "the award was refused",
    RulingEffect.SENT_BACK: "the case was sent back",
    RulingEffect.JURISDICTION_CONFIRMED: "the regulator has power over the case",
    RulingEffect.JURISDICTION_DENIED: "the regulator has no power over the case",
    RulingEffect.ENTRY_UPHELD: "the entry in the list stands",
    RulingEffect.ENTRY_ANNULLED: "the entry in the list is annulled",
    RulingEffect.PROCEDURAL: "a step of the proceedings; nothing decided by it",
    RulingEffect.NOT_READ: "the outcome was not read",
}

REVIEWS: dict[ReviewResult, str] = {
    ReviewResult.UPHELD: "upheld",
    ReviewResult.UPHELD_IN_PART: "upheld in part",
    ReviewResult.SET_ASIDE: "set aside",
    ReviewResult.SET_ASIDE_IN_PART: "set aside in part",
    ReviewResult.WITHOUT_EFFECT: "left without effect, the proceedings having ended",
    ReviewResult.NOT_READ: "reviewed, with a result that was not read",
}

PARTIES: dict[RulingPart, str] = {
    RulingPart.ADDRESSEE: "addressee",
    RulingPart.APPLICANT: "applicant",
    RulingPart.SUPPLIER: "its product was used; not a party",
}


_WITH_SUM = frozenset({RulingEffect.FINE, RulingEffect.DAMAGES})


@dataclass(frozen=True, slots=True)
class ToldRuling:
    """
    A ruling in words.

    Attributes
    ----------
    body
        Who ruled; ``chamber`` is its chamber or instance.
    case
        Number of the case or decision; empty where none was read.
    effect
        What it does, as one text with the sum of a fine.
    final
        When it became final; empty where that was not read.
    reviewed
        What later rulings did to it, and what it did to an earlier one; a sentence each.
    deployment
        Which system it speaks of; None where it speaks of none.
    parties
        Organisations it names, each with its part.
    statements
        What was decided, by whom that is told.
    """

    row_id: str
    body: Ref
    chamber: str
    case: str
    when: str
    final: str
    effect: str
    technologies: str
    deployment: Ref | None
    parties: tuple[tuple[Ref, str], ...]
    reviewed: tuple[str, ...]
    statements: tuple[Statement, ...]
    sources: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The day, the body, the case and what the ruling does."""
        chamber = f" ({self.chamber})" if self.chamber else ""
        case = f", {self.case}" if self.case else ""
        final = f"; final on {self.final}" if self.final else ""
        return f"{self.when}: {self.body.name}{chamber}{case}: {self.effect}{final}"

    @property
    def concerns(self) -> str:
        """The system and the organisations it names, as one text."""
        system = [self.deployment.name] if self.deployment else []
        named = [f"{ref.name} ({part})" for ref, part in self.parties]
        return "; ".join([*system, *named])


def tell_rulings(presenter: Presenter, records: Iterable[RulingRecord]) -> tuple[ToldRuling, ...]:
    """Put rulings into words, in the order given."""
    return tuple(_told(presenter, record) for record in records)


def _told(presenter: Presenter, record: RulingRecord) -> ToldRuling:
    row = record.ruling
    return ToldRuling(
        row_id=row.ruling_id,
        body=presenter.organisation(row.body_org),
        chamber=row.chamber or "",
        case=row.case_ref or "",
        when=day(row.decided_on),
        final=day(row.final_on),
        effect=_effect(row),
        technologies=words.technologies(row.technologies) if row.technologies else "",
        deployment=presenter.deployment(row.deployment_id) if row.deployment_id else None,
        parties=tuple(_party(presenter, party) for party in record.parties),
        reviewed=tuple(_reviews(presenter, record)),
        statements=pool_sources(presenter.claims(record.claims)),
        sources=cited(record.source_ids),
    )


def _effect(row: Ruling) -> str:
    parts = []
    for effect in row.effects:
        told = gettext(RULING_EFFECTS[effect])
        # The sum belongs to the fine, not to the order beside it.
        if effect in _WITH_SUM and row.value is not None and row.value_bound is not None:
            number = words.bounded(row.value_bound, words.format_number(row.value))
            fined = f"{number} {row.currency}"
            told = gettext("{effect} of {sum}", effect=told, sum=fined)
        parts.append(told)
    return words.join(parts)


def _party(presenter: Presenter, party: RulingParty) -> tuple[Ref, str]:
    return presenter.organisation(party.org_id), gettext(PARTIES[party.part])


def _reviews(presenter: Presenter, record: RulingRecord) -> list[str]:
    told = [
        gettext(
            "Later {result} by {body} ({day}).",
            result=gettext(REVIEWS[row.review_result]),
            body=presenter.organisation(row.body_org).name,
            day=day(row.decided_on),
        )
        for row in record.later
        if row.review_result is not None
    ]
    row = record.ruling
    if row.reviews is not None and row.review_result is not None:
        earlier = presenter.registry.ruling[row.reviews]
        told.append(
            gettext(
                "The ruling of {body} ({day}) was {result}.",
                body=presenter.organisation(earlier.body_org).name,
                day=day(earlier.decided_on),
                result=gettext(REVIEWS[row.review_result]),
            )
        )
    return told

"""Every word of the closed lists, and every sentence with a name: what each language must have."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from mapper.answers.chain_steps import Step
from mapper.clean import date_words
from mapper.registry.codes import (
    Answer,
    Counted,
    Event,
    NameKind,
    Qualifier,
    SourceKind,
    StatusWord,
    ValueScope,
)
from mapper.registry.supply_codes import ContractOutcome
from mapper.telling import (
    footnotes,
    legal_words,
    reason_words,
    row_words,
    told_parts,
    told_rulings,
    words,
)

_SAID_AS_CODES: Final[tuple[type[StrEnum], ...]] = (
    StatusWord,
    Step,
    Event,
    ValueScope,
    ContractOutcome,
    NameKind,
    SourceKind,
    Answer,
)
"""Lists whose codes read as words; `words.said` says them."""


def closed_words() -> Iterator[str]:
    """Yield the words, some more than once; those that have forms by number are not among them."""
    for codes in _SAID_AS_CODES:
        yield from map(words.plain, codes)
    yield from map(words.counted_english, Counted)
    yield from map(words.qualified_english, Qualifier)
    for of_code in (
        words.ROLES,
        words.LAYERS,
        words.STAGES,
        words.SAYS,
        words.BY,
        words.TECHNOLOGIES,
        words.ORGANISATION_KINDS,
        words.LINKS,
        words.BOUNDS,
        words.SEATS,
        row_words.PER,
        footnotes.TIE_WORDS,
        legal_words.EFFECT_NAMES,
        legal_words.EFFECT_WORDS,
        legal_words.EVENT_WORDS,
        reason_words.REASONS,
        told_rulings.RULING_EFFECTS,
        told_rulings.REVIEWS,
        told_rulings.PARTIES,
        told_parts.KNOWN_BY,
    ):
        # An empty one says nothing, in every language.
        yield from filter(None, of_code.values())
    for kinds in told_parts.PARTS.values():
        yield from kinds
    yield from (words.PART_OF_SYSTEM_WORDS, words.NAMES_ONLY)
    yield from (row_words.FROM_DAY, row_words.TO_DAY)
    yield from (date_words.BEFORE, date_words.AFTER, date_words.BETWEEN)

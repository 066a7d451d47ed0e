"""
Equal statements of one text, told once with all their sources.

One statement may bear on several supplies, and several sources may carry it. A reader should see
one statement and how many sources it has; where it bears on a later supply too, its speaker is
named there and the reader sent back.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.telling.footnotes import cited
from mapper.telling.statements import Presenter, Ref, Statement

_Key = tuple[Ref, str, str, str, str, str, Ref | None]

if TYPE_CHECKING:
    # Most of what is worded here is of no such answer.
    from mapper.answers.organisation_profile import VendorProfile


def pool_sources(
    statements: Iterable[Statement], *, whatever_subject: bool = False
) -> tuple[Statement, ...]:
    """
    Make one of statements that differ in nothing but their source, at the first one's place.

    Parameters
    ----------
    whatever_subject
        Makes one also of those on several subjects; the first one's is kept.
    """
    pooled: dict[_Key, Statement] = {}
    for statement in statements:
        # Compared by what a reader sees; the source is what may differ.
        key = _key(replace(statement, subject=None) if whatever_subject else statement)
        first = pooled.setdefault(key, statement)
        if first is not statement:
            pooled[key] = replace(first, sources=cited((*first.sources, *statement.sources)))
    return tuple(pooled.values())


def own_statements(presenter: Presenter, profile: "VendorProfile") -> tuple[Statement, ...]:
    """Tell what an organisation said itself; one statement may bear on several relations."""
    return pool_sources(
        (
            presenter.claim(claim, presenter.subject(claim, profile.organisation.org_id))
            for claim in profile.own_statements
            if claim.statement is not None
        ),
        whatever_subject=True,
    )


def without(statements: Iterable[Statement], above: Iterable[Statement]) -> tuple[Statement, ...]:
    """Leave out statements equal to some that stand directly above them."""
    keys = {_key(statement) for statement in above}
    return tuple(statement for statement in statements if _key(statement) not in keys)


class Repeats:
    """Tells the statements of a text in its order, and knows which were told before."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """
        Gather the sources of equal statements.

        Parameters
        ----------
        statements
            All of the text.
        """
        self._sources = {
            _key(statement): statement.sources for statement in pool_sources(statements)
        }
        self._told: set[_Key] = set()

    def mark_repeats(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        """
        Pool equal statements, and mark those told before.

        Returns
        -------
        tuple of Statement
            First the new ones, each with the sources of all equal ones of the text; then those
            that stand above as ``is_again``, with their own sources.
        """
        new, again = [], []
        for statement in pool_sources(statements):
            key = _key(statement)
            if key in self._told:
                again.append(replace(statement, is_again=True))
            else:
                # Told once, it carries the sources of all its equals, those further down too.
                new.append(replace(statement, sources=self._sources.get(key, statement.sources)))
            self._told.add(key)
        # What is new first: who reads on has not missed it behind "as said above".
        return (*new, *again)


def _key(statement: Statement) -> _Key:
    return (
        statement.who,
        statement.role,
        statement.part,
        statement.when,
        statement.says,
        statement.text,
        statement.subject,
    )

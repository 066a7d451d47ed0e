"""
Equal statements of one page, told once with all their sources.

One statement may bear on several supplies, and several sources may carry it. A reader should see
one statement and how many sources it has; where it bears on a later supply too, its speaker is
named there and the reader sent back.
"""

from collections.abc import Iterable
from dataclasses import replace

from mapper.website.pages.footnotes import cited
from mapper.website.pages.statements import Ref, Statement

_Key = tuple[Ref, str, str, str, str, str, Ref | None]


def joined(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Make one of statements that differ in nothing but their source, at the first one's place."""
    found: dict[_Key, Statement] = {}
    for statement in statements:
        known = found.get(_key(statement))
        if known is None:
            found[_key(statement)] = statement
        else:
            found[_key(statement)] = replace(
                known, sources=cited((*known.sources, *statement.sources))
            )
    return tuple(found.values())


def without(statements: Iterable[Statement], told: Iterable[Statement]) -> tuple[Statement, ...]:
    """Leave out statements equal to some that stand directly above them."""
    known = {_key(one) for one in told}
    return tuple(statement for statement in statements if _key(statement) not in known)


class Once:
    """Tells the statements of a page in the page's order."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """
        Gather the sources of equal statements.

        Parameters
        ----------
        statements
            All of the page.
        """
        self._sources = {_key(one): one.sources for one in joined(statements)}
        self._told: set[_Key] = set()

    def tell(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        """Join equal statements; those told before come as ``is_again``, with their own sources."""
        found = []
        for one in joined(statements):
            key = _key(one)
            if key in self._told:
                found.append(replace(one, is_again=True))
            else:
                found.append(replace(one, sources=self._sources[key]))
            self._told.add(key)
        return tuple(found)


def _key(one: Statement) -> _Key:
    return (one.who, one.role, one.part, one.when, one.says, one.text, one.subject)

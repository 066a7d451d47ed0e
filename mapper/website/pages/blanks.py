"""
Blanks in a page that is kept: what cameras and a release say is put in when the page is written.

A kept page rests on the registry alone, so that every build, of a town or of the world, takes the
same one. Where it tells of cameras it has a blank, or two texts of which one will stand. Each is
named by a comment; no value of the data can be one, for its ``<`` is escaped.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final, Protocol

from markupsafe import Markup

_COMMENT: Final = re.compile(r"<!--(blank|where|or|end)(?: (\w+))?(?: ([^ >]+))?-->")


class Answers(Protocol):
    """What stands in the blanks of a page."""

    def holds(self, condition: str, row_id: str) -> bool:
        """Whether a condition on a row holds."""

    def text(self, name: str, row_id: str, held: Mapping[str, int]) -> str:
        """
        Return what stands in a blank, as markup.

        Parameters
        ----------
        held
            Condition -> at how many places of the page it holds.
        """


def blank(name: str, row_id: str = "") -> Markup:
    """Leave a blank."""
    return _comment("blank", name, row_id)


def where(condition: str, row_id: str) -> Markup:
    """Begin a text that stands where a condition holds; ``OTHERWISE`` may follow, and ``END``."""
    return _comment("where", condition, row_id)


def _comment(*words: str) -> Markup:
    # Names of ours, and ids, which are made of small letters, digits and hyphens.
    return Markup(f"<!--{' '.join(filter(None, words))}-->")  # noqa: S704


OTHERWISE: Final = _comment("or")
END: Final = _comment("end")


def filled(text: str, answers: Answers) -> str:
    """Return a page without blanks."""
    if "<!--" not in text:
        return text
    first, *rest = _COMMENT.split(text)
    standing = [True]
    held: Counter[str] = Counter()
    # A blank is a name and a row, everything else is text; a number is not known before the end.
    pieces: list[str | tuple[str, str]] = [first]
    for begin in range(0, len(rest), 4):
        kind, name, row_id, after = rest[begin : begin + 4]
        if kind == "where":
            standing.append(standing[-1] and answers.holds(name, row_id))
            held[name] += standing[-1]
        elif kind == "or":
            standing[-1] = standing[-2] and not standing[-1]
        elif kind == "end":
            standing.pop()
        elif standing[-1]:
            pieces.append((name, row_id or ""))
        if standing[-1]:
            pieces.append(after)
    return "".join(
        piece if isinstance(piece, str) else answers.text(*piece, held) for piece in pieces
    )

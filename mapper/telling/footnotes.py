"""Sources as footnotes: numbered in the order in which a text first names them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mapper.registry.media_codes import MediaTie
from mapper.registry.registry import Registry
from mapper.registry.tables import MediaFunding, Source
from mapper.telling.language import as_written, day, gettext
from mapper.telling.words import country, said

TIE_WORDS: Final[Mapping[MediaTie, str]] = {
    MediaTie.FUNDED: "from a medium that the state funds",
    MediaTie.PUBLIC_BROADCASTER: "from a public broadcaster",
    MediaTie.OWNED: "from a medium of the state",
    MediaTie.CONTROLLED: "from a medium under control of the state",
}


def cited(source_ids: Iterable[str | None]) -> tuple[str, ...]:
    """Return the sources that something rests on, each once, in the order given."""
    return tuple([source_id for source_id in dict.fromkeys(source_ids) if source_id is not None])


@dataclass(frozen=True, slots=True)
class Mark:
    """
    A footnote's number in the text.

    Attributes
    ----------
    is_first
        Whether this is the mark that the note leads back to.
    """

    number: int
    is_first: bool


@dataclass(frozen=True, slots=True)
class MediumNote:
    """What ties the medium of a source to a state: in words, and where that was read."""

    words: str
    source: Source


@dataclass(frozen=True, slots=True)
class Note:
    """
    A source as a footnote.

    Attributes
    ----------
    medium
        What is known of who pays for, owns or controls the medium; empty where nothing is.
    """

    number: int
    source: Source
    medium: tuple[MediumNote, ...] = ()

    @property
    def is_described(self) -> bool:
        """Whether the title is our description, no title having been shown."""
        return self.source.title.startswith("[") and self.source.title.endswith("]")

    @property
    def title(self) -> str:
        """The title, or our description of what has none."""
        return self.source.title[1:-1] if self.is_described else self.source.title

    @property
    def full_title(self) -> str:
        """The title in quotation marks, or our description, said to be one."""
        return (
            f"{as_written(self.title)} ({gettext('described, no title shown')})"
            if self.is_described
            else (f"“{self.title}”")
        )

    @property
    def details(self) -> str:
        """The day as the source shows it, the kind, the grade, and whether an excerpt was read."""
        row = self.source
        when = day(row.published_on) or _in_words(row) or gettext("undated")
        parts = [f"{when}; {said(row.kind)}", gettext("grade {grade}", grade=row.grade)]
        if row.excerpt_only:
            parts.append(gettext("excerpt read"))
        return gettext(", ").join(parts)


def _in_words(row: Source) -> str:
    """Return the day in words, where no date can hold it; they are English in every language."""
    return as_written(row.published_as_written) if row.published_as_written else ""


def medium_notes(registry: Registry, source_id: str) -> tuple[MediumNote, ...]:
    """Return what ties the medium of a source to a state, each tie with its own source."""
    return tuple(
        MediumNote(
            gettext(
                "{tie} ({country}, as {publisher} tells)",
                tie=gettext(TIE_WORDS[row.tie]),
                country=country(row.country_code),
                publisher=registry.source[row.funding_source_id].publisher,
            ),
            registry.source[row.funding_source_id],
        )
        for row in registry.rows(MediaFunding, "source_id", source_id)
    )


class Footnotes:
    """
    The footnotes of one text, numbered while it is written.

    Whoever writes asks for the marks as it comes to them, so the numbers run as the reader reads
    and every note has a place in the text to lead back to.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._numbers: dict[str, int] = {}

    def begin(self) -> None:
        """Begin another text, with the number 1."""
        self._numbers.clear()

    def marks(self, source_ids: Iterable[str | None]) -> tuple[Mark, ...]:
        """Return the marks of some sources, by number; None is where there is no source."""
        marks = []
        for source_id in cited(source_ids):
            is_first = source_id not in self._numbers
            number = self._numbers.setdefault(source_id, len(self._numbers) + 1)
            marks.append(Mark(number, is_first))
        # [2][5], whatever the order in which the row names them.
        return tuple(sorted(marks, key=lambda mark: mark.number))

    def numbers(self, source_ids: Iterable[str | None]) -> list[int]:
        """Return the numbers of some sources, rising, for a text that shows no marks."""
        numbers = self._numbers
        return sorted(
            [numbers.setdefault(source_id, len(numbers) + 1) for source_id in cited(source_ids)]
        )

    def notes(self) -> tuple[Note, ...]:
        """Return the notes named so far, in the order of their numbers."""
        return tuple(
            Note(
                number,
                self._registry.source[source_id],
                medium_notes(self._registry, source_id),
            )
            for source_id, number in self._numbers.items()
        )

"""Sources as footnotes: numbered in the order in which a page's text first names them."""

from collections.abc import Iterable
from dataclasses import dataclass

from mapper.registry.registry import Registry
from mapper.website.pages import page_words as words


def cited(source_ids: Iterable[str | None]) -> tuple[str, ...]:
    """Return the sources that something rests on, each once, in the order given."""
    return tuple(dict.fromkeys(source_id for source_id in source_ids if source_id is not None))


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
class Note:
    """
    A source as a footnote.

    Attributes
    ----------
    is_described
        Whether the title is our description, no title having been shown.
    day
        As the source shows it; empty where it shows none.
    """

    number: int
    title: str
    is_described: bool
    publisher: str
    day: str
    grade: str
    kind: str
    is_excerpt: bool
    url: str
    archive_url: str


class Footnotes:
    """
    The footnotes of one page, numbered while its text is written.

    The template asks for the marks as it comes to them, so the numbers run as the reader reads
    and every note has a place in the text to lead back to.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._numbers: dict[str, int] = {}

    def marks(self, source_ids: Iterable[str]) -> tuple[Mark, ...]:
        """Return the marks of some sources, by number."""
        marks = []
        for source_id in source_ids:
            is_first = source_id not in self._numbers
            number = self._numbers.setdefault(source_id, len(self._numbers) + 1)
            marks.append(Mark(number, is_first))
        return tuple(sorted(marks, key=lambda mark: mark.number))

    def rows(self) -> tuple[Note, ...]:
        """Return the notes named so far, in the order of their numbers."""
        return tuple(self._note(source_id) for source_id in self._numbers)

    def _note(self, source_id: str) -> Note:
        source = self._registry.source[source_id]
        is_described = source.title.startswith("[") and source.title.endswith("]")
        return Note(
            number=self._numbers[source_id],
            title=source.title[1:-1] if is_described else source.title,
            is_described=is_described,
            publisher=source.publisher,
            day=words.day(source.published_on) or source.published_as_written or "",
            grade=str(source.grade),
            kind=str(source.kind),
            is_excerpt=source.excerpt_only,
            url=source.url,
            archive_url=source.archive_url or "",
        )

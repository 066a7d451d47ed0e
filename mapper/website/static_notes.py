"""Sources as footnotes: numbered in the order a page first names them."""

from collections.abc import Iterable
from dataclasses import dataclass

from mapper.registry.evidence import Registry
from mapper.website import static_words as words


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
    uses
        How often the page names it.
    """

    number: int
    title: str
    is_described: bool
    publisher: str
    day: str
    grade: str
    kind: str
    language: str
    is_excerpt: bool
    url: str
    archive_url: str
    uses: int


class Notes:
    """The footnotes of one page."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._uses: dict[str, int] = {}

    def marks(self, source_ids: Iterable[str | None]) -> tuple[Mark, ...]:
        """Give the marks of some sources, by number; None is no source."""
        marks = []
        for source_id in dict.fromkeys(source_ids):
            if source_id is None:
                continue
            is_first = source_id not in self._uses
            self._uses[source_id] = self._uses.get(source_id, 0) + 1
            number = list(self._uses).index(source_id) + 1
            marks.append(Mark(number, is_first))
        return tuple(sorted(marks, key=lambda mark: mark.number))

    def rows(self) -> tuple[Note, ...]:
        """Give the notes in the order of their numbers."""
        return tuple(
            self._note(number, source_id) for number, source_id in enumerate(self._uses, start=1)
        )

    def _note(self, number: int, source_id: str) -> Note:
        source = self._registry.source[source_id]
        is_described = source.title.startswith("[") and source.title.endswith("]")
        return Note(
            number=number,
            title=source.title[1:-1] if is_described else source.title,
            is_described=is_described,
            publisher=source.publisher,
            day=words.day(source.published_on) or source.published_as_written or "",
            grade=str(source.grade),
            kind=str(source.kind),
            language=source.language or "",
            is_excerpt=source.excerpt_only,
            url=source.url,
            archive_url=source.archive_url or "",
            uses=self._uses[source_id],
        )

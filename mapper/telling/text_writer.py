"""Lines of plain text, each with the numbers of its sources, which stand at the end."""

from collections.abc import Iterable

from mapper.registry.registry import Registry
from mapper.telling.footnotes import Footnotes, Note
from mapper.telling.statements import Statement, Supply
from mapper.telling.told_rulings import ToldRuling


def statement_text(statement: Statement) -> str:
    """Say who says what, in which part, when; sources apart."""
    says = f"; {statement.says}" if statement.says else ""
    subject = f"; on {statement.subject.name}" if statement.subject is not None else ""
    return f"{statement.byline}{says}{subject}: {statement.text}"


def note_text(note: Note) -> str:
    """Return title, publisher, day, kind, grade and address of a source, and whose medium it is."""
    source = note.source
    medium = "".join(f" It is {tie.words}: {tie.source.url}" for tie in note.medium)
    return f"{note.full_title}, {source.publisher}, {note.details}. {source.url}" + medium


class TextWriter:
    """Writes lines, each with the marks of its sources."""

    def __init__(self, registry: Registry) -> None:
        self._footnotes = Footnotes(registry)

    def line(self, text: str, source_ids: Iterable[str | None]) -> str:
        """End a line with the marks of its sources, ``[1][4]``."""
        marks = self._footnotes.marks(source_ids)
        return f"{text} {''.join(f'[{mark.number}]' for mark in marks)}".rstrip()

    def statements(self, statements: Iterable[Statement]) -> list[str]:
        """Say statements, a line each; of those told above only the speakers, in one line."""
        told = tuple(statements)
        lines = [
            self.line(statement_text(statement), statement.sources)
            for statement in told
            if not statement.is_again
        ]
        # Long statements often bear on ten supplies; said ten times they would bury what is new.
        again = self._speakers(statement for statement in told if statement.is_again)
        return [*lines, f"As said above: {again}"] if again else lines

    def supply(self, supply: Supply, line: str) -> list[str]:
        """End the line of a supply, then say what is said of it."""
        named = self._speakers(supply.named_by)
        return [
            self.line(line, supply.sources),
            *([f"Named, and no more said, by {named}"] if named else []),
            *self.statements(supply.said),
            *self.statements(supply.own),
        ]

    def rulings(self, rulings: Iterable[ToldRuling]) -> list[str]:
        """Say rulings: a line each, and below it whom it concerns and what is told of it."""
        lines = []
        for ruling in rulings:
            lines.append(self.line(f"- {ruling.headline}", ruling.sources))
            if ruling.concerns:
                lines.append(f"  concerns: {ruling.concerns}")
            lines += [f"  {sentence}" for sentence in ruling.reviewed]
            lines += [f"  {line}" for line in self.statements(ruling.statements)]
        return lines

    def text(self, lines: Iterable[str]) -> str:
        """Join lines, and list the sources named in them."""
        notes = [f"[{note.number}] {note_text(note)}" for note in self._footnotes.notes()]
        return "\n".join([*lines, *(["", "Sources", *notes] if notes else [])])

    def _speakers(self, statements: Iterable[Statement]) -> str:
        return "; ".join(self.line(statement.byline, statement.sources) for statement in statements)

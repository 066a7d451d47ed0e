"""What an organisation said itself, as text for the terminal."""

from mapper.answers.own_words import OwnWords
from mapper.registry.codes import Says
from mapper.registry.registry import Registry
from mapper.telling import words
from mapper.telling.repeats import pool_sources
from mapper.telling.statements import Presenter
from mapper.telling.systems_text import asked_days
from mapper.telling.text_writer import TextWriter

_ASKED = {
    None: "in its own words",
    Says.SUPPORTS: "what it confirms or tells",
    Says.DISPUTES: "what it denies",
    Says.LIMITS: "what it limits",
    Says.ENDS: "what it says has ended",
}


def own_words_text(registry: Registry, told: OwnWords) -> str:
    """Say what an organisation said, each statement once with all its sources, by day."""
    presenter, writer = Presenter(registry), TextWriter(registry)
    name = registry.name(told.org_id)
    days = f", {asked_days(told.window)}" if told.window is not None else ""
    statements = pool_sources(
        (presenter.claim(row, presenter.subject(row, told.org_id)) for row in told.claims),
        whatever_subject=True,
    )
    many = words.count_noun(len(statements), "statement", "statements")
    lines = [f"{name} ({told.org_id}), {_ASKED[told.says]}{days}: {many}", ""]
    lines += [f"- {line}" for line in writer.statements(statements)]
    if not statements:
        # Silence in the registry is no silence of the organisation.
        lines.append("No such statement of it was read. That says nothing of what it said.")
    if told.undated:
        lines += ["", f"{words.count_noun(told.undated, 'of these has', 'of these have')} no day."]
    if told.others:
        other = words.count_noun(told.others, "statement", "statements")
        lines += ["", f"Other {other} of it: mapper said {told.org_id}"]
    return writer.text(lines)

"""How an organisation stood on each list at the beginning and at the end of a stretch of days."""

from mapper.answers.legal_status import ListStatus, status
from mapper.answers.time_window import Window
from mapper.clean.date_words import format_date
from mapper.clean.partial_date import PartialDate, from_day
from mapper.registry.codes import Answer
from mapper.registry.registry import Registry
from mapper.telling.legal_words import EFFECT_NAMES
from mapper.telling.text_writer import TextWriter


def law_lines(registry: Registry, writer: TextWriter, org_id: str, window: Window) -> list[str]:
    """
    Say the answer of every list that ever named an organisation, at both ends of a stretch.

    A list whose entries all came later, or that never named it, is told in one line together.
    """
    # One column where both ends are one day.
    days = list(dict.fromkeys((window.first, window.last)))
    asked = [from_day(day) for day in days]
    answers = [status(registry, org_id, None, day) for day in asked]
    by_list = list(zip(*answers, strict=True))
    named = [row for row in by_list if row[0].entries]
    name = registry.name(org_id)
    if not named:
        return [f"The law: no list of the registry has an entry of {name}."]
    lines = [f"The law on {name} in that time"]
    for row in named:
        told = "; ".join(
            f"{answer.answer} on {format_date(day)}" for answer, day in zip(row, asked, strict=True)
        )
        starts = _starts(row[-1], asked[-1])
        # Every text that was read would fill pages; the entries name their own.
        sources = (entry.source_id for entry in row[0].entries)
        lines.append(writer.line(f"- {row[0].legal_list.name}: {told}{starts}", sources))
    return lines


def law_on(registry: Registry, org_id: str, day: PartialDate) -> str:
    """Say in one line how every list that ever named an organisation answers for one day."""
    named = [row for row in status(registry, org_id, None, day) if row.entries]
    told = "; ".join(f"{row.legal_list.name} {row.answer}" for row in named)
    return f"The law on {format_date(day)}: {told or 'no list of the registry has an entry of it'}"


def _starts(answer: ListStatus, last: PartialDate) -> str:
    """Say since when its entries are in force, and what each does; later ones are left out."""
    told = []
    for part in answer.by_entry:
        entry = part.entry
        if part.answer is Answer.NO and (
            entry.effective_on is None or entry.effective_on.certainly_after(last)
        ):
            continue
        since = format_date(entry.effective_on) or "a day not known"
        end = f" until {format_date(entry.ended_on)}" if entry.ended_on is not None else ""
        told.append(f"{EFFECT_NAMES[entry.effect]} since {since}{end}")
    return f" ({'; '.join(told)})" if told else ""

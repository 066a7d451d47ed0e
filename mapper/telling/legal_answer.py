"""The legal answer of a day as text: one sentence a list, and below it how that is known."""

from collections.abc import Iterable

from mapper.answers.legal_status import EntryStatus, ListStatus
from mapper.answers.rulings import rulings_naming
from mapper.clean.date_words import format_date
from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import Answer
from mapper.registry.registry import Registry
from mapper.telling.legal_words import (
    EFFECT_NAMES,
    entry_sentence,
    event_words,
    kin_words,
    list_sentence,
    meaning_of,
    readings_sentence,
)
from mapper.telling.repeats import pool_sources
from mapper.telling.statements import Presenter
from mapper.telling.text_writer import TextWriter
from mapper.telling.told_rulings import tell_rulings


def status_text(
    registry: Registry, org_id: str, statuses: Iterable[ListStatus], on: PartialDate
) -> str:
    """
    Say, list by list, whether an organisation was listed on a day, and how that is known.

    Lists with an entry come first, each entry with its own answer and its own days; then the
    lists that answer "no" or "unknown" without one, each with its reason. An organisation
    without any entry is told first which lists were read, and for which of its names.
    """
    writer = TextWriter(registry)
    answers = list(statuses)
    lines = [f"{registry.name(org_id)}, as of {format_date(on)}"]
    with_entry = [status for status in answers if status.entries or status.answer is Answer.YES]
    # A list of which nobody read any text says nothing of an organisation it does not hold.
    silent = [
        status for status in answers if not registry.sights.readings(status.legal_list.list_id)
    ]
    # Three kinds that must not be mixed: looked at, looked at without an answer, and not looked at.
    without = [status for status in answers if status not in with_entry and status not in silent]
    silent = [status for status in silent if status not in with_entry]
    if not with_entry:
        sights = [sight for status in answers for sight in status.sights]
        lines += ["", readings_sentence(registry, org_id, sights)]
    for status in with_entry:
        lines += ["", *_with_entry(registry, status, writer)]
    for answer, heading in ((Answer.NO, "Not listed"), (Answer.UNKNOWN, "Unknown")):
        same = [status for status in without if status.answer is answer]
        if same:
            lines += ["", f"{heading}:", *_without_entry(registry, same, writer)]
    if silent:
        lines += ["", "Unknown (no text of the list was read, and no entry is recorded):"]
        lines += [f"- {status.legal_list.name}" for status in silent]
    # What was decided later is no part of the law on that day.
    records = rulings_naming(registry, org_id)
    known_then = [row for row in records if not row.ruling.decided_on.certainly_after(on)]
    told = tell_rulings(Presenter(registry), known_then)
    if told:
        lines += ["", "Rulings of courts and regulators that name it", *writer.rulings(told)]
    return writer.text(lines)


def _with_entry(registry: Registry, status: ListStatus, writer: TextWriter) -> list[str]:
    lines = [writer.line(list_sentence(registry, status), status.source_ids)]
    if status.last_read is not None:
        lines.append(f"  list last read: {format_date(status.last_read)}")
    for number, entry in enumerate(status.by_entry, start=1):
        alone = len(status.by_entry) == 1
        if not alone:
            told = entry_sentence(registry, entry)
            lines.append(f"  entry {number} of {len(status.by_entry)}: {told}")
        lines += [f"  {line}" for line in _entry_lines(registry, entry)]
        said = pool_sources(Presenter(registry).claims(entry.claims))
        lines += [f"  {line}" for line in writer.statements(said)]
    if status.kin:
        lines.append(f"  other entries in this list: {kin_words(registry, status.kin)}")
    return lines


def _without_entry(
    registry: Registry, statuses: Iterable[ListStatus], writer: TextWriter
) -> list[str]:
    lines = []
    for status in statuses:
        lines.append(writer.line(f"- {list_sentence(registry, status)}", status.source_ids))
        if status.kin:
            lines.append(f"  other entries in this list: {kin_words(registry, status.kin)}")
    return lines


def _entry_lines(registry: Registry, status: EntryStatus) -> list[str]:
    entry = status.entry
    lines = [f"effect: {EFFECT_NAMES[entry.effect]}"]
    if status.answer is not Answer.YES:
        lines.append(f"while it is in force, {meaning_of(registry, entry)}")
    if entry.name_as_listed is not None:
        lines.append(f"named there as: {entry.name_as_listed}")
    lines.append(f"announced: {format_date(entry.announced_on) or 'not known'}")
    if status.answer is not Answer.YES:
        # A "yes" has said these in its sentence.
        lines += [
            f"effective: {format_date(entry.effective_on) or 'not known'}",
            f"ended: {format_date(entry.ended_on) or 'no end recorded'}",
            f"instrument: {entry.instrument or 'not read'}",
            f"last text that shows it: {format_date(status.last_shown) or 'none read'}",
        ]
    lines += [event_words(event) for event in status.events]
    if entry.note is not None:
        lines.append(f"note: {entry.note}")
    return lines

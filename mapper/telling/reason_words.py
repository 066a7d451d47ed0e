"""The words for why a list, an entry or a relation has its answer: one sentence a code."""

from typing import Final

from mapper.answers.reasons import Reason, Why
from mapper.registry.codes import StatusWord
from mapper.registry.registry import Registry
from mapper.telling.language import day, gettext

STATUS_REASONS: Final[dict[StatusWord, str]] = {
    StatusWord.RETRACTED: "Retracted here: it was our error.",
    StatusWord.DISPUTED: "A party disputes it.",
    StatusWord.ENDED: "It has ended, by a claim with a source.",
    StatusWord.CONFIRMED: "A party's own word or an official document supports it.",
    StatusWord.NAMED_ONLY: "Named only: no source read states the supply in words.",
    StatusWord.REPORTED: "Reported; no first-hand support was read.",
}
"""Why a relation has its status."""

# {first} and {last} are the reason's days, {name} its organisation.
REASONS: Final[dict[Why, str]] = {
    Why.ENTRY_IN_FORCE: "It was in force.",
    Why.TAKES_EFFECT_LATER: "It took effect later.",
    Why.ANNOUNCED_LATER: "It was announced later.",
    Why.ENTRY_ENDED: "It had ended.",
    Why.FIRST_DAY_NOT_RECORDED: ("An entry is recorded, but not the day on which it took effect."),
    Why.FIRST_DAY_IN_DOUBT: "Known of the first day: {first}; it may lie before or after.",
    Why.END_IN_DOUBT: "Known of the end: {first}; it may lie before or after.",
    Why.MISSING_BETWEEN_TEXTS: ("A text read between two that show the entry does not show it."),
    Why.NOT_SHOWN_SINCE: "No end is recorded, but no text read after {first} shows the entry.",
    Why.SHOWN_THAT_DAY: "The list was read on that day and showed the entry.",
    Why.SOME_ENTRY_IN_FORCE: "An entry was in force.",
    Why.NOT_SHOWN_THAT_DAY: "The list was read on that day and did not show it.",
    Why.READ_THROUGHOUT: "No entry was in force; the list was read from {first} to {last}.",
    Why.OWNER_LISTED: (
        "The list does not name it, but names {name}, to which it belongs; "
        "whether the entry reaches it was not established."
    ),
    Why.LIKE_NAME_LISTED: (
        "The list names somebody with a like name; who is meant was not established."
    ),
    Why.ABSENT_BEFORE_AND_AFTER: (
        "It was not in the list as of {first}, nor as of {last}; the days between were not read."
    ),
    Why.ABSENT_BEFORE: "It was not in the latest text read of the list, as of {first}.",
    Why.ABSENT_AFTER: "It was not in the first text read of the list, as of {first}.",
    Why.NOT_READ: "The list was not checked for that day.",
}
"""Why a list or an entry has its answer."""


def reason_words(registry: Registry, reason: Reason) -> str:
    """Say in one sentence why an answer was given."""
    values = dict(zip(("first", "last"), map(day, reason.days), strict=False))
    if reason.org_id is not None:
        values["name"] = registry.name(reason.org_id)
    # The braces are this module's own; names and days go in as arguments and are not parsed.
    return gettext(REASONS[reason.why], **values)

"""Why a list answers as it does on a day: a code and what it speaks of, never a sentence."""

from dataclasses import dataclass
from enum import StrEnum

from mapper.clean.partial_date import PartialDate


class Why(StrEnum):
    """What decided an answer; the words for it stand in ``telling/reason_words.py``."""

    ENTRY_IN_FORCE = "entry_in_force"
    TAKES_EFFECT_LATER = "takes_effect_later"
    ANNOUNCED_LATER = "announced_later"
    ENTRY_ENDED = "entry_ended"
    FIRST_DAY_NOT_RECORDED = "first_day_not_recorded"
    FIRST_DAY_IN_DOUBT = "first_day_in_doubt"
    """``days``: the first day, as far as it is recorded."""

    END_IN_DOUBT = "end_in_doubt"
    """``days``: the end, as far as it is recorded."""

    MISSING_BETWEEN_TEXTS = "missing_between_texts"
    NOT_SHOWN_SINCE = "not_shown_since"
    """``days``: the last day for which some text shows the entry."""

    SHOWN_THAT_DAY = "shown_that_day"
    SOME_ENTRY_IN_FORCE = "some_entry_in_force"
    NOT_SHOWN_THAT_DAY = "not_shown_that_day"
    READ_THROUGHOUT = "read_throughout"
    """``days``: the first and the last day of the span that was read."""

    OWNER_LISTED = "owner_listed"
    """``org_id``: the owner that the list names."""

    LIKE_NAME_LISTED = "like_name_listed"
    ABSENT_BEFORE_AND_AFTER = "absent_before_and_after"
    """``days``: the texts before and after the day asked for."""

    ABSENT_BEFORE = "absent_before"
    """``days``: the latest text read, which is older than the day asked for."""

    ABSENT_AFTER = "absent_after"
    """``days``: the first text read, which is younger than the day asked for."""

    NOT_READ = "not_read"


@dataclass(frozen=True, slots=True)
class Reason:
    """
    Why one answer was given.

    Attributes
    ----------
    why
        What decided.
    days
        The days it speaks of, as `Why` says for each code.
    org_id
        The organisation it speaks of; None where it speaks of none.
    """

    why: Why
    days: tuple[PartialDate, ...] = ()
    org_id: str | None = None

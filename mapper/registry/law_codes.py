"""The closed words of the readings of legal lists, and of the later days of an entry."""

from enum import StrEnum


class CheckResult(StrEnum):
    """
    What a reading of the list itself showed.

    ``like_name``: it names somebody with a like name, and who is meant is not shown.
    ``owner_named``: it names the owner and not the organisation, and may reach it all the same.
    ``left_out``: the organisation was not compared with this text.
    """

    LISTED = "listed"
    NOT_LISTED = "not_listed"
    LIKE_NAME = "like_name"
    OWNER_NAMED = "owner_named"
    LEFT_OUT = "left_out"


class Completeness(StrEnum):
    """Whether a text was read whole; only then somebody can be said not to be in it."""

    WHOLE = "whole"
    PART = "part"


class Comparison(StrEnum):
    """
    How names were compared with the entries of a list.

    ``by_eye``: exactly once case, accents and legal forms are left out, and then every entry
    with all telling words of a name, one by one. ``exact``: the first of these alone.
    """

    BY_EYE = "by_eye"
    EXACT = "exact"


class EntryEvent(StrEnum):
    """What happened to an entry between its first day and its last."""

    AMENDED = "amended"
    RENEWED = "renewed"
    CHALLENGED = "challenged"
    RULED = "ruled"
    UPHELD = "upheld"
    ANNULLED = "annulled"
    WITHDRAWN = "withdrawn"

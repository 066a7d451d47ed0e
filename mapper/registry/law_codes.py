"""The closed words of list readings, of the later days of an entry, and of rulings."""

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


class RulingBody(StrEnum):
    """What kind of body ruled; ``audit``: one that watches over spending or over access."""

    COURT = "court"
    TRIBUNAL = "tribunal"
    REGULATOR = "regulator"
    AUDIT = "audit"


class RulingEffect(StrEnum):
    """
    What a ruling does.

    ``use_stopped``: the use must end or must not begin; ``use_suspended``: for the time of the
    proceedings; ``use_allowed``: it may go on or begin. ``entry_upheld``: an entry in a legal list
    stands. ``procedural``: a step of the proceedings, nothing decided yet. ``not_read``: the
    outcome was in no text that was read.
    """

    BREACH_FOUND = "breach_found"
    NO_BREACH = "no_breach"
    REQUEST_DISMISSED = "request_dismissed"
    USE_STOPPED = "use_stopped"
    USE_SUSPENDED = "use_suspended"
    USE_ALLOWED = "use_allowed"
    COMPLIANCE_ORDER = "compliance_order"
    DELETION_ORDER = "deletion_order"
    FINE = "fine"
    DAMAGES = "damages"
    OPINION_AGAINST = "opinion_against"
    WARNING = "warning"
    SETTLEMENT = "settlement"
    AWARD_REFUSED = "award_refused"
    SENT_BACK = "sent_back"
    JURISDICTION_CONFIRMED = "jurisdiction_confirmed"
    JURISDICTION_DENIED = "jurisdiction_denied"
    ENTRY_UPHELD = "entry_upheld"
    ENTRY_ANNULLED = "entry_annulled"
    PROCEDURAL = "procedural"
    NOT_READ = "not_read"


class ReviewResult(StrEnum):
    """
    What a later ruling did to the one it reviewed.

    ``without_effect``: the proceedings ended without a decision on the matter, and the earlier
    ruling lost its effect by that.
    """

    UPHELD = "upheld"
    UPHELD_IN_PART = "upheld_in_part"
    SET_ASIDE = "set_aside"
    SET_ASIDE_IN_PART = "set_aside_in_part"
    WITHOUT_EFFECT = "without_effect"
    NOT_READ = "not_read"


class RulingPart(StrEnum):
    """
    In which part an organisation stands in a ruling.

    ``addressee``: whom it orders, fines, warns or clears. ``applicant``: who asked for it.
    ``supplier``: whose product was used, without being a party.
    """

    ADDRESSEE = "addressee"
    APPLICANT = "applicant"
    SUPPLIER = "supplier"

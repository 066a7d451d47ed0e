"""Legal lists on the pages: what the texts of a list show of an organisation, and who is in it."""

from collections.abc import Sequence

from mapper.answers.listed_kin import kin_of
from mapper.answers.organisation_profile import VendorProfile
from mapper.registry.codes import SubjectKind
from mapper.registry.law_codes import CheckResult, Comparison, Completeness
from mapper.registry.list_entries import Sight
from mapper.registry.registry import Registry
from mapper.registry.tables import Designation, LegalList, ListReading
from mapper.telling.language import as_written, day, gettext
from mapper.telling.statements import Presenter, Ref

LISTS_PAGE = "lists.html"


def unlisted_of(registry: Registry, profile: VendorProfile) -> list[tuple[LegalList, str]]:
    """Say of every list read without an entry of the organisation what the texts show."""
    entered = {row.list for row in profile.listings}
    return [
        (registry.legal_list[list_id], _told(registry, sights))
        for list_id, sights in profile.sights
        if list_id not in entered
    ]


def kin_listings(presenter: Presenter, org_id: str) -> list[tuple[LegalList, str, Ref]]:
    """
    Return the entries of owners and owned, never inherited, the nearest first, each list once.

    Returns
    -------
    list of tuple
        The list, how the organisation is tied to the one entered, and that one's name.
    """
    registry = presenter.registry
    return [
        (
            legal_list,
            gettext("it belongs to") if kin.is_owner else gettext("it owns"),
            presenter.organisation(kin.org_id),
        )
        for kin in dict.fromkeys(kin_of(registry, org_id))
        for legal_list in registry.legal_lists
        if registry.entries(legal_list.list_id, kin.org_id)
    ]


def entered_in(presenter: Presenter, list_id: str) -> list[Ref]:
    """Name the organisations that have an entry in a list, by name."""
    registry = presenter.registry
    entered = {
        entry.org_id
        for entry in registry.rows(Designation, "list", list_id)
        if registry.retraction(SubjectKind.DESIGNATION, entry.designation_id) is None
    }
    return sorted(map(presenter.organisation, entered), key=lambda ref: (ref.name, ref.row_id))


def reading_words(reading: ListReading) -> str:
    """Say of which days a text of a list is, and how much of it was read."""
    is_whole = reading.completeness is Completeness.WHOLE
    whole = gettext("Whole") if is_whole else gettext("In part")
    return f"{_span(reading)}. {whole}" + (
        f": {as_written(reading.scope)}." if reading.scope else "."
    )


def _span(reading: ListReading) -> str:
    days = [reading.covers_from, reading.as_of, reading.covers_to]
    told = [day(one) for one in days if one is not None]
    if told[0] == told[-1]:
        return told[0]
    return gettext("{first} to {last}", first=told[0], last=told[-1])


def _told(registry: Registry, sights: Sequence[Sight]) -> str:
    """Say what the texts of one list show of an organisation that has no entry in it."""
    told = []
    absent = [sight for sight in sights if sight.is_absent]
    if absent:
        spans = dict.fromkeys(_span(sight.reading) for sight in absent)
        told.append(gettext("not in the texts of {days}", days="; ".join(spans)))
        if absent[0].compared is Comparison.EXACT:
            told[-1] += gettext(", by exact name only")
    owners = dict.fromkeys(sight.owner_org for sight in sights if sight.owner_org is not None)
    told += [
        gettext("{owner}, to which it belongs, is named, and it is not", owner=registry.name(owner))
        for owner in owners
    ]
    if any(sight.result is CheckResult.LIKE_NAME for sight in sights):
        told.append(
            gettext("somebody with a like name is named, and who is meant was not established")
        )
    return "; ".join(told) or gettext("not compared")

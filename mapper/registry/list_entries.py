"""
What the readings of the legal lists showed of an organisation, and which entry explains it.

A reading is one row for everybody who was looked for in it. Somebody who was looked for in a
whole reading and has no row of its own in ``list_checks`` was not in it; that is worked out
here and nowhere else.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mapper.clean.partial_date import PartialDate
from mapper.registry.codes import Answer
from mapper.registry.law_codes import CheckResult, Comparison, Completeness
from mapper.registry.tables import Designation, ListCheck, ListReading, ListSearch


@dataclass(frozen=True, slots=True)
class Sight:
    """
    What one reading showed of one organisation.

    Attributes
    ----------
    result
        Of its row in ``list_checks``, or not listed, where it has none and was looked for.
    owner_org
        The owner that the text names, for a result that says so.
    compared
        How closely its names were compared; None where it was looked for by itself.
    """

    reading: ListReading
    result: CheckResult
    owner_org: str | None = None
    compared: Comparison | None = None

    @property
    def as_of(self) -> PartialDate:
        """The day of the text."""
        return self.reading.as_of

    @property
    def is_listed(self) -> bool:
        """Whether the text names it."""
        return self.result is CheckResult.LISTED

    @property
    def is_absent(self) -> bool:
        """Whether the text certainly does not name it."""
        return self.result is CheckResult.NOT_LISTED

    @property
    def first(self) -> date:
        """The first day of which this reading knows every entry."""
        # The later bound of a partial day: only from there on is every version known.
        return (self.reading.covers_from or self.reading.as_of).latest

    @property
    def last(self) -> date:
        """
        The last day of which this reading knows enough to say that somebody was not listed.

        Later additions were read up to there; removals were not, so that an entry it shows is
        known only up to the day of the text.
        """
        # Who was added later would have been seen up to there; who was removed would not.
        end = self.reading.covers_to if self.is_absent else None
        return (end or self.reading.as_of).earliest

    def covers(self, on: PartialDate) -> bool:
        """Whether every day that ``on`` can be lies within."""
        return self.first <= on.earliest and on.latest <= self.last


class Sights:
    """The readings, by list and organisation."""

    def __init__(
        self,
        readings: Iterable[ListReading],
        checks: Iterable[ListCheck],
        searches: Iterable[ListSearch],
    ) -> None:
        self._of_list: defaultdict[str, list[ListReading]] = defaultdict(list)
        for reading in sorted(readings, key=lambda row: (row.as_of.sort_key(), row.reading_id)):
            self._of_list[reading.list].append(reading)
        self._checks = {(row.reading_id, row.org_id): row for row in checks}
        looked_for: defaultdict[str, dict[str, Comparison]] = defaultdict(dict)
        for row in searches:
            looked_for[row.search_id][row.org_id] = row.compared
        self._looked_for: Mapping[str, Mapping[str, Comparison]] = looked_for
        self._seen: dict[tuple[str, str], tuple[Sight, ...]] = {}
        self._asked_for = {org_id for _, org_id in self._checks}.union(*looked_for.values())

    def of(self, list_id: str, org_id: str) -> tuple[Sight, ...]:
        """Return what each reading of a list showed of an organisation, by day of the text."""
        # Its page asks for every list, and then for those that show something, again.
        key = (list_id, org_id)
        if key not in self._seen:
            sights = (self._sight(reading, org_id) for reading in self._of_list.get(list_id, ()))
            self._seen[key] = tuple(sight for sight in sights if sight is not None)
        return self._seen[key]

    def lists_of(self, org_id: str) -> tuple[str, ...]:
        """Return the lists of which some reading showed something of an organisation, sorted."""
        # Few were ever looked for; every page asks.
        if org_id not in self._asked_for:
            return ()
        return tuple(list_id for list_id in sorted(self._of_list) if self.of(list_id, org_id))

    def readings(self, list_id: str) -> tuple[ListReading, ...]:
        """Return the readings of a list, by day of the text."""
        return tuple(self._of_list.get(list_id, ()))

    def listed_in(self, list_id: str) -> frozenset[str]:
        """Return the organisations that some reading of a list shows."""
        ids = {reading.reading_id for reading in self._of_list.get(list_id, ())}
        return frozenset(
            org_id
            for (reading_id, org_id), row in self._checks.items()
            if reading_id in ids and row.result is CheckResult.LISTED
        )

    def was_looked_for(self, org_id: str) -> bool:
        """Whether any search looked for an organisation."""
        return any(org_id in names for names in self._looked_for.values())

    def _sight(self, reading: ListReading, org_id: str) -> Sight | None:
        check = self._checks.get((reading.reading_id, org_id))
        searched = self._looked_for.get(reading.search_id or "", {})
        if check is not None:
            return Sight(reading, check.result, check.owner_org, searched.get(org_id))
        # Both are needed for an absence: the whole text, and somebody who looked for this name in
        # it.
        if reading.completeness is Completeness.WHOLE and org_id in searched:
            return Sight(reading, CheckResult.NOT_LISTED, None, searched[org_id])
        return None


def may_explain(entry: Designation, day: PartialDate) -> bool:
    """Whether an entry may have been in force on the day of a text that shows its organisation."""
    over = entry.ended_on is not None and entry.ended_on.certainly_not_after(day)
    return not over and begun_on(entry, day) is not Answer.NO


def begun_on(entry: Designation, on: PartialDate) -> Answer:
    """
    Return whether an entry had taken effect on a day.

    Without an effective day, only a later announcement gives an answer: not yet.
    """
    if entry.effective_on is not None:
        if entry.effective_on.certainly_not_after(on):
            return Answer.YES
        return Answer.NO if entry.effective_on.certainly_after(on) else Answer.UNKNOWN
    if entry.announced_on is not None and entry.announced_on.certainly_after(on):
        return Answer.NO
    return Answer.UNKNOWN

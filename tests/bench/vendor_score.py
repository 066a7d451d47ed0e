"""
How well written names are resolved, against values that people labelled.

The labelled file was made from raw OSM values before any alias was written. Half of it, by a
hash of key and value, may be looked at and written into the registry; the other half is only
scored. A label is a slug of the maker's name: ``a|b`` is right with either, ``a;b`` with both,
``NIL`` is no maker, ``UNCERTAIN`` is left out. The slugs are no ids of the registry: they are
looked up as names, so a maker that the registry does not have counts as missed.
"""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from pathlib import Path

from mapper.model.enums import DeviceType
from mapper.registry.registry import Registry
from mapper.resolve.vendors.ladder import VendorResolver

NAMING = "all but operator"
WITHOUT_TOP = "all but operator, without the most frequent maker"

_NIL = "NIL"
_UNCERTAIN = "UNCERTAIN"
_Z_95 = 1.959963984540054


class Half(StrEnum):
    """The two halves of the labelled values."""

    WRITTEN_FROM = "written_from"
    HELD_OUT = "held_out"


@dataclass(frozen=True, slots=True)
class Labelled:
    """
    One labelled value.

    Attributes
    ----------
    alternatives
        Each set of organisations is a right answer; empty where the value names no maker. An
        id that begins with ``?`` is a maker that the registry does not have.
    records
        How many objects carry the value; 0 where the raw values do not say.
    """

    tag: str
    value: str
    alternatives: tuple[frozenset[str], ...]
    records: int


@dataclass(frozen=True, slots=True)
class Share:
    """A share ``right`` of ``total`` with its Wilson score interval at 95 %."""

    right: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, or None of nothing."""
        return self.right / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """
        Return the bounds, both in [0, 1]; of nothing they are 0 and 1.

        Wilson, E. B. (1927): Probable inference, the law of succession, and statistical
        inference. JASA 22, 209-212.
        """
        if not self.total:
            return 0.0, 1.0
        n, share, z = self.total, self.right / self.total, _Z_95
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        """Say it as ``0.853 [0.763, 0.913] 64/75``."""
        if self.value is None:
            return "none"
        low, high = self.interval
        return f"{self.value:.3f} [{low:.3f}, {high:.3f}] {self.right}/{self.total}"


@dataclass(frozen=True, slots=True)
class Score:
    """
    The score of one tag, or of all together.

    Attributes
    ----------
    scope
        A tag, `NAMING` or `WITHOUT_TOP`.
    unit
        ``string`` or ``record``.
    precision, recall
        Of what is assigned by itself; recall is of the values with a maker.
    recall_proposed
        Counting the proposals too.
    wrong, missed
        Values assigned to a wrong maker; values neither assigned nor proposed rightly.
    """

    scope: str
    unit: str
    precision: Share
    recall: Share
    recall_proposed: Share
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """All scores of one half."""

    half: Half
    scores: tuple[Score, ...]

    def of(self, scope: str, unit: str = "string") -> Score:
        """
        Return one score.

        Raises
        ------
        KeyError
            If there is no such scope or unit.
        """
        for score in self.scores:
            if (score.scope, score.unit) == (scope, unit):
                return score
        raise KeyError((scope, unit))

    def __str__(self) -> str:
        """Return a plain text table, one line a scope and unit."""
        head = ("scope", "unit", "precision", "recall", "recall with proposals")
        rows = [
            (s.scope, s.unit, str(s.precision), str(s.recall), str(s.recall_proposed))
            for s in self.scores
        ]
        widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in (head, *rows)
        ]
        return "\n".join([f"vendor names, half {self.half}", *lines])


def half_of(tag: str, value: str) -> Half:
    """
    Say to which half a value belongs.

    The first byte of SHA-256 over tag, newline and value (UTF-8): even, it may be looked at.
    """
    first = hashlib.sha256(f"{tag}\n{value}".encode()).digest()[0]
    return Half.HELD_OUT if first % 2 else Half.WRITTEN_FROM


def score(gold_path: Path, raw_path: Path, registry: Registry, half: Half) -> ScoreTable:
    """
    Score the resolver on one half of the labelled values.

    Parameters
    ----------
    gold_path
        CSV with ``tag``, ``raw_value``, ``label``.
    raw_path
        CSV with ``tag``, ``raw_value``, ``count``: how many objects carry each value.

    Returns
    -------
    ScoreTable
        For every tag, for all but ``operator``, and for those without the maker that is most
        frequent among them; each by string and by record.
    """
    resolver = VendorResolver(
        organisations=registry.organisations,
        organisation_names=registry.organisation_names,
        products=registry.products,
        footprints=registry.footprints,
        organisation_links=registry.organisation_links,
    )
    labelled = [
        one
        for one in read_labelled(gold_path, raw_path, resolver)
        if half_of(one.tag, one.value) is half
    ]
    return ScoreTable(half, tuple(_scores(labelled, resolver)))


def read_labelled(gold_path: Path, raw_path: Path, resolver: VendorResolver) -> list[Labelled]:
    """Read the labelled values, those left out excepted, with their labels as organisations."""
    with raw_path.open(encoding="utf-8", newline="") as file:
        counts = {(r["tag"], r["raw_value"]): int(r["count"]) for r in csv.DictReader(file)}
    with gold_path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["label"] != _UNCERTAIN]
    return [
        Labelled(
            tag=row["tag"],
            value=row["raw_value"],
            alternatives=_alternatives(row["label"], resolver),
            # A labelled value that the extract does not hold has no records in it.
            records=counts.get((row["tag"], row["raw_value"]), 0),
        )
        for row in rows
    ]


def _alternatives(label: str, resolver: VendorResolver) -> tuple[frozenset[str], ...]:
    if label == _NIL:
        return ()
    return tuple(
        frozenset(_organisation(slug, resolver) for slug in option.split(";"))
        for option in label.split("|")
    )


def _organisation(slug: str, resolver: VendorResolver) -> str:
    found = resolver.organisations.read_whole(slug.replace("_", " ")).org_ids
    return found[0] if found else f"?{slug}"


def _scores(labelled: Sequence[Labelled], resolver: VendorResolver) -> Iterable[Score]:
    named = [one for one in labelled if one.tag != "operator"]
    scopes = {tag: [one for one in labelled if one.tag == tag] for tag in _tags(labelled)}
    scopes[NAMING] = named
    top = _most_frequent(named)
    scopes[WITHOUT_TOP] = [
        one for one in named if not any(top in option for option in one.alternatives)
    ]
    for scope, values in scopes.items():
        yield _score(scope, "string", [(one, 1) for one in values], resolver)
        yield _score(scope, "record", [(one, one.records) for one in values], resolver)


def _tags(labelled: Iterable[Labelled]) -> list[str]:
    return sorted({one.tag for one in labelled})


def _most_frequent(labelled: Iterable[Labelled]) -> str:
    counts: dict[str, int] = {}
    for one in labelled:
        for org_id in {org_id for option in one.alternatives for org_id in option}:
            counts[org_id] = counts.get(org_id, 0) + one.records
    return max(counts, key=lambda org_id: (counts[org_id], org_id), default="")


def _score(
    scope: str, unit: str, weighted: Sequence[tuple[Labelled, int]], resolver: VendorResolver
) -> Score:
    assigned = right = with_maker = right_or_proposed = 0
    wrong: list[str] = []
    missed: list[str] = []
    for one, weight in weighted:
        automatic, proposed = _answers(one, resolver)
        is_right = _is_right(automatic, one)
        is_near = is_right or (not automatic and _is_right(proposed, one))
        assigned += weight if automatic else 0
        right += weight if is_right else 0
        with_maker += weight if one.alternatives else 0
        right_or_proposed += weight if is_near else 0
        if automatic and not is_right:
            wrong.append(one.value)
        if one.alternatives and not is_near:
            missed.append(one.value)
    return Score(
        scope=scope,
        unit=unit,
        precision=Share(right, assigned),
        recall=Share(right, with_maker),
        recall_proposed=Share(right_or_proposed, with_maker),
        wrong=tuple(wrong),
        missed=tuple(missed),
    )


def _is_right(answer: frozenset[str], one: Labelled) -> bool:
    """Whether an answer is one of the options, or names several of them and nothing else."""
    options = [option for option in one.alternatives if option <= answer]
    return bool(options) and answer == frozenset().union(*options)


def _answers(one: Labelled, resolver: VendorResolver) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a release would publish of a camera, and what is proposed where nothing is."""
    answer = resolver.resolve_one(
        {one.tag: one.value}, device_type=DeviceType.CAMERA, country_code=None
    )
    automatic = frozenset(answer.vendor_ids)
    proposal = None if automatic or one.tag == "operator" else resolver.makers.proposal(one.value)
    return automatic, frozenset() if proposal is None else frozenset({proposal.org_id})

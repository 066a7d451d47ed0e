"""
What becomes of the operators of the real developer set: shares, and the commonest of each kind.

For people to look at both lists, the published and the withheld, and mend what is wrong.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from mapper.validate.operators import Operator, operator_of

COMMONEST = 100


def counted_operators(raw_path: Path) -> Counter[str]:
    """Read how many objects carry each operator: CSV with ``tag``, ``raw_value``, ``count``."""
    with raw_path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["tag"] == "operator"]
    return Counter({row["raw_value"]: int(row["count"]) for row in rows})


def operator_report(counts: Counter[str], organisation_names: Iterable[str]) -> Iterator[str]:
    """Write one line for each kind with its share of records, then its commonest values."""
    names = frozenset(organisation_names)
    kinds = {value: operator_of(value, names) for value in counts}
    for kind in Operator:
        of_kind = Counter({value: n for value, n in counts.items() if kinds[value] is kind})
        share = of_kind.total() / max(counts.total(), 1)
        yield f"{kind}: {of_kind.total():,} of {counts.total():,} records, {share:.1%}"
        shown = sorted(of_kind.items(), key=lambda pair: (-pair[1], pair[0]))[:COMMONEST]
        yield "    " + " | ".join(f"{value} {n}" for value, n in shown)

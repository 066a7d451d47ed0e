"""
Which operators are in the registry, and why the others are not; and what the gate makes of each.

What becomes of the operators of the real developer set: shares, and the commonest of each kind.

For people to look at both lists, the published and the withheld, and mend what is wrong.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from mapper.resolve.agencies import short_name
from mapper.resolve.vendors.ladder import VendorResolver
from mapper.validate.name_words import normalise
from mapper.validate.operators import Operator, operator_of

COMMONEST = 100
RESOLVED_OF = 300
"""So many of the commonest operators resolve, or have a reason why not."""


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


_BODIES_ALONE = """
police, police municipale, mairie, commune, ville, private, hôpital, hospital, school, bank,
polizei, policia, policja, polizia, МВД, city, council, university, stadt, gemeinde
"""
_BODIES = frozenset(normalise(word) for word in _BODIES_ALONE.split(","))
NOBODY = "names nobody, or the writer is not sure"
MAKER = "is the name of a maker of cameras, which is read as its maker"
KIND_ALONE = "is a word for a kind of body, not a name"
NO_SYSTEM_HERE = "is a police or sheriff's office whose supply, at this place, no document states"
NOT_IN_REGISTRY = "is an organisation or a person of which no supply, system or law was read"


def why_not(written: str, resolver: VendorResolver) -> str:
    """Say why an operator that does not resolve is not in the registry."""
    answer = resolver.resolve_one({"operator": written}, device_type="camera", country_code=None)
    if answer.operator_is_vendor:
        return MAKER
    if operator_of(written) is Operator.NOBODY or "?" in written:
        return NOBODY
    if normalise(written) in _BODIES:
        return KIND_ALONE
    return NO_SYSTEM_HERE if short_name(written) else NOT_IN_REGISTRY


def resolution_report(
    written: pd.Series, operator_ids: pd.Series, resolver: VendorResolver
) -> Iterator[str]:
    """
    Write one line for each of the commonest operators: who it is, or why it is nobody here.

    Parameters
    ----------
    written, operator_ids
        One per camera, None where there is none: the operator as written, and as resolved.
    """
    known = operator_ids[written.notna()].groupby(written[written.notna()])
    counts = known.size().sort_values(ascending=False, kind="stable")
    shares: Counter[str] = Counter()
    for name, count in counts.head(RESOLVED_OF).items():
        ids = known.get_group(name).dropna()
        said = (
            f"{', '.join(sorted(set(ids)))} ({len(ids)})"
            if len(ids)
            else why_not(str(name), resolver)
        )
        shares["is resolved" if len(ids) else said] += 1
        yield f"{count:>6} | {name} | {said}"
    yield from (f"{count:>6} of {RESOLVED_OF}: {said}" for said, count in shares.most_common())
    resolved = int(operator_ids.notna().sum())
    yield f"{resolved:>6} of {int(written.notna().sum()):,} cameras with an operator are resolved"

"""The rules of rulings: whom or what they concern, sums with their currency, reviews in order."""

from collections.abc import Iterator

from mapper.registry.cells import Placed, Problem, Tables, each, problem
from mapper.registry.law_codes import RulingEffect
from mapper.registry.tables import Ruling, RulingParty

_WITH_SUM = frozenset({RulingEffect.FINE, RulingEffect.DAMAGES})


def problems_of_rulings(tables: Tables) -> Iterator[Problem]:
    """Find the rulings whose cells, or whose reviews, contradict each other."""
    rulings = {row.ruling_id: row for _, row in each(tables, Ruling)}
    with_party = {row.ruling_id for _, row in each(tables, RulingParty)}
    for placed, ruling in each(tables, Ruling):
        if not (ruling.deployment_id or ruling.designation_id or ruling.ruling_id in with_party):
            allowed = "a ruling on a deployment or an entry in a list, or with a party"
            yield problem("rulings", placed, "ruling_id", allowed)
        yield from _sum(placed, ruling)
        yield from _review(placed, ruling, rulings)


def _sum(placed: Placed, ruling: Ruling) -> Iterator[Problem]:
    if (ruling.value is None) != (ruling.currency is None):
        yield problem("rulings", placed, "currency", "a currency with a value, and none without")
    if (ruling.value is None) != (ruling.value_bound is None):
        yield problem("rulings", placed, "value_bound", "a bound with a value, and none without")
    if ruling.value is not None and not _WITH_SUM & frozenset(ruling.effects):
        allowed = "a sum only where fine or damages is among the effects"
        yield problem("rulings", placed, "value", allowed)


def _review(placed: Placed, ruling: Ruling, rulings: dict[str, Ruling]) -> Iterator[Problem]:
    if (ruling.reviews is None) != (ruling.review_result is None):
        allowed = "filled where reviews is, and empty elsewhere"
        yield problem("rulings", placed, "review_result", allowed)
    earlier = rulings.get(ruling.reviews or "")
    if earlier is None:
        return
    # A review of a later decision, or of itself, would run in a circle.
    if ruling is earlier or earlier.decided_on.certainly_after(ruling.decided_on):
        yield problem("rulings", placed, "reviews", "a ruling of an earlier day")

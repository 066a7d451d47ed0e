"""The words of a question looked up in what the registry holds of a system."""

from collections.abc import Iterable, Iterator

from mapper.answers.documented_systems import DocumentedSupply, DocumentedSystem
from mapper.clean.country_names import country_name
from mapper.clean.spelling import folded_words, nearest
from mapper.registry.codes import SubjectKind
from mapper.registry.names import names_by_organisation
from mapper.registry.registry import Registry
from mapper.registry.tables import Claim
from mapper.registry.technology_names import TECHNOLOGY_NAMES


class SearchWords:
    """
    The words of a question; each must begin some word of what is searched.

    What is searched of a system: its name, place, country and technologies, who runs it, what
    is said of it, and the titles of the sources. What is searched of a supply: every name of
    its supplier and recipient, its product, what is said of it, and the titles.
    """

    def __init__(self, registry: Registry, text: str) -> None:
        self._registry = registry
        self._words = folded_words(text).split()
        self._names = names_by_organisation(registry)

    def in_system(self, system: DocumentedSystem) -> DocumentedSystem | None:
        """
        Return a system as far as the words fit it; None where they do not.

        All of it, where they fit the system itself; else only the supplies that they fit
        together with it.
        """
        # A question may mix words of the system with words of a supply ("Riverton cameras Hall"),
        # so a supply is searched together with its system.
        own = _joined(self._of_system(system))
        if self._all_in(own):
            return system
        supplies = tuple(
            supply
            for supply in system.supplies
            if self._all_in(f"{own}{_joined(self._of_supply(supply))}")
        )
        return system.with_supplies(supplies) if supplies else None

    def _all_in(self, searched: str) -> bool:
        # The space in front makes a word match beginnings only: "art" must not find "smart".
        return all(f" {word}" in searched for word in self._words)

    def _of_system(self, system: DocumentedSystem) -> Iterator[str]:
        yield from self._names.get(system.recipient_org or "", ())
        row = system.deployment
        if row is None:
            return
        yield from (row.deployment_id, row.name, row.place, country_name(row.country_code))
        for called, meant in TECHNOLOGY_NAMES.items():
            if meant & set(row.technologies):
                yield called
        said = [*self._registry.claims_on(SubjectKind.DEPLOYMENT, row.deployment_id)]
        for count in system.counts:
            said += self._registry.claims_on(SubjectKind.COUNT, count.count_id)
            yield self._registry.source[count.source_id].title
            yield count.scope or ""
        yield from self._of_claims(said)

    def _of_supply(self, supply: DocumentedSupply) -> Iterator[str]:
        row = supply.edge.relation
        yield from self._names[row.supplier_org]
        yield from self._names.get(row.recipient_org or "", ())
        yield from (supply.edge.product_name, row.product_as_written or "", row.layer, row.role)
        yield from self._of_claims(supply.edge.claims)

    def _of_claims(self, claims: Iterable[Claim]) -> Iterator[str]:
        for claim in claims:
            yield claim.statement or ""
            yield self._registry.source[claim.source_id].title


def words_like(registry: Registry, text: str) -> tuple[str, ...]:
    """Propose names of organisations, systems, products and places that are like a text."""
    names = [name for names in names_by_organisation(registry).values() for name in names]
    names += [row.name for row in registry.deployments]
    names += [row.name for row in registry.products]
    names += [row.place for row in registry.deployments]
    # Of an id and a name that are folded alike, the name is shown.
    names += [row.name for row in registry.organisations]
    # Later names win: see above, a name over the id that folds to the same.
    folded = {folded_words(name): name for name in names}
    wanted = folded_words(text)
    # First the whole text, then each word: one misspelt word of several must still be caught.
    parts = [wanted, *wanted.split()] if " " in wanted else [wanted]
    near = [name for part in parts for name in nearest(part, folded) if name != part]
    return tuple(dict.fromkeys(folded[name] for name in near))[:5]


def _joined(texts: Iterable[str]) -> str:
    return "".join(f" {folded_words(text)}" for text in texts)

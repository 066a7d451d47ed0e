"""Which organisation of the registry a written name is; likeness is shown and decides nothing."""

from collections.abc import Callable

from mapper.clean.spelling import nearest
from mapper.proposals.proposed import NEW, WITHHELD, Match, Party
from mapper.proposals.publisher_codes import short_hash, slug
from mapper.registry.names import names_by_organisation, normalised
from mapper.registry.registry import Registry

ReadName = Callable[[str], tuple[str, str] | None]
"""A written name -> the ``org_id`` it names and how (``exact``, ``alias``), or None."""


class Resolver:
    """
    Finds the organisations of one run.

    Parameters
    ----------
    read_name
        Decides by whole names alone.
    is_organisation
        Whether a name says of itself that it is an organisation's. One that does not is withheld:
        suppliers may be persons, and persons are not named.
    """

    def __init__(
        self, registry: Registry, read_name: ReadName, is_organisation: Callable[[str], bool]
    ) -> None:
        self.registry = registry
        self._read_name = read_name
        self._is_organisation = is_organisation
        by_name: dict[str, str] = {}
        for org_id, names in names_by_organisation(registry).items():
            by_name.update({normalised(name): org_id for name in names})
        self._by_name = by_name
        self._shown = tuple(by_name)
        self._near: dict[str, tuple[str, ...]] = {}
        self._new: dict[tuple[str, str], str] = {}
        self._taken = set(registry.organisation)

    def find(self, party: Party) -> Match:
        """Find the organisation a party is, or the id that a new row would have."""
        organisation = self.known(party.name)
        if organisation is not None:
            org_id, how = organisation
            return Match(org_id, how, self._of_another_country(party, org_id))
        # Asked only of names the registry does not have: those of its organisations were looked at
        # by a person.
        if not party.is_surely_organisation and not self._is_organisation(party.name):
            return Match("", WITHHELD)
        # With the country: two companies of one name in two countries are two.
        key = (normalised(party.name), party.country_code)
        if key not in self._new:
            self._new[key] = self._free_id(party)
        return Match(self._new[key], NEW, self.near(party.name))

    def known(self, name: str) -> tuple[str, str] | None:
        """Return the organisation of the registry that a whole name names, and how."""
        return self._read_name(name) if normalised(name) else None

    def near(self, name: str) -> tuple[str, ...]:
        """Return organisations with a like name, at most five, the likest first."""
        wanted = normalised(name)
        if wanted not in self._near:
            org_ids = dict.fromkeys(self._by_name[key] for key in nearest(wanted, self._shown))
            self._near[wanted] = tuple(
                f"{self.registry.name(org_id)} ({org_id})" for org_id in org_ids
            )
        return self._near[wanted]

    def _of_another_country(self, party: Party, org_id: str) -> tuple[str, ...]:
        """Warn where the party sits in another country: a subsidiary is another organisation."""
        here = self.registry.organisation[org_id].country_code
        if not party.country_code or here is None or here == party.country_code:
            return ()
        return (f"check: the source says {party.country_code}, {org_id} is of {here}",)

    def _free_id(self, party: Party) -> str:
        first = slug(party.name)
        country = party.country_code.lower()
        wanted = (first, f"{first}-{country}" if country else first)
        free = [org_id for org_id in wanted if org_id not in self._taken]
        chosen = free[0] if free else f"{first}-{short_hash(party.name + country)}"
        # New organisations of one run must not share an id either.
        self._taken.add(chosen)
        return chosen

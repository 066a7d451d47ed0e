"""The keys under which the names of the registry are looked up, and how each was known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from mapper.registry.codes import NameKind
from mapper.registry.tables import Organisation, OrganisationName
from mapper.resolve.vendors.vendor_text import key_of, without_legal_form, words_of
from mapper.resolve.vendors.vendor_words import TRADE_FORMS


class How(StrEnum):
    """How a name was matched; the second word of ``vendor_method``."""

    EXACT = "exact"
    ALIAS = "alias"
    PRODUCT = "product"
    PARTS = "parts"
    QID = "qid"
    MISSPELT = "misspelt"


_SPELT_KINDS = frozenset({NameKind.LEGAL, NameKind.BRAND, NameKind.ALIAS, NameKind.FORMER})
_EXACT_KINDS = frozenset({NameKind.LEGAL, NameKind.BRAND})


def name_keys(
    shown: Iterable[Organisation], names: Iterable[OrganisationName]
) -> Iterator[tuple[str, str]]:
    """Yield the key of every name with its organisation."""
    pairs = [(row.name, row.org_id) for row in shown]
    pairs += [
        (row.name, row.org_id) for row in names if row.kind is not NameKind.SECOND_WIKIDATA_ID
    ]
    for name, org_id in pairs:
        yield key_of(words_of(name)), org_id


def trade_variants(
    shown: Iterable[Organisation], names: Iterable[OrganisationName]
) -> Iterator[tuple[str, str]]:
    """Yield names with their last word of a trade in its other forms: Tech, Technologies."""
    pairs = [(row.name, row.org_id) for row in shown]
    pairs += [(row.name, row.org_id) for row in names if row.kind in _SPELT_KINDS]
    for name, org_id in pairs:
        *words, last = without_legal_form(words_of(name)) or ("",)
        for forms in TRADE_FORMS if words else ():
            if last in forms:
                yield from ((key_of((*words, form)), org_id) for form in forms - {last})


def qids(
    shown: Iterable[Organisation], names: Iterable[OrganisationName]
) -> Iterator[tuple[str, str]]:
    """Yield the Wikidata ids with their organisations."""
    for organisation in shown:
        if organisation.wikidata_id is not None:
            yield organisation.wikidata_id, organisation.org_id
    for name in names:
        # Wikidata holds some makers twice; the second id stands among the names.
        if name.kind is NameKind.SECOND_WIKIDATA_ID:
            yield name.name, name.org_id


def hows(shown: Iterable[Organisation], names: Iterable[OrganisationName]) -> dict[str, How]:
    """Return how each key was known: exact, or by an alias."""
    hows = {
        key_of(words_of(row.name)): How.EXACT if row.kind in _EXACT_KINDS else How.ALIAS
        for row in sorted(names, key=lambda row: row.kind in _EXACT_KINDS)
    }
    return hows | {key_of(words_of(row.name)): How.EXACT for row in shown}


def unshared(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the keys that one organisation alone has; the order of the rows does not matter."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for key, org_id in pairs:
        owners[key].add(org_id)
    return {key: next(iter(ids)) for key, ids in sorted(owners.items()) if key and len(ids) == 1}


def grouped(by_qid: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return the Wikidata ids of each organisation."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for qid, org_id in by_qid.items():
        groups[org_id].add(qid)
    return {org_id: frozenset(qids) for org_id, qids in groups.items()}

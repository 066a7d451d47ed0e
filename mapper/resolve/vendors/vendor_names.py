"""
From a written maker's name to organisations: exact after cleaning, or by a name of the registry.

A long name with one letter written wrongly is read where nothing else is like it, and never more
than weakly believed. Any other likeness is for people to look at (`NameIndex.proposal`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz

from mapper.registry.codes import Layer
from mapper.registry.tables import Organisation, OrganisationName, Product
from mapper.resolve.vendors.likeness import (
    LETTERS_MIN,
    contained_names,
    in_latin,
    is_model_behind,
    like_names,
    one_letter_off,
)
from mapper.resolve.vendors.name_keys import (
    How,
    grouped,
    hows,
    name_keys,
    qids,
    trade_variants,
    unshared,
)
from mapper.resolve.vendors.vendor_text import (
    is_not_known,
    key_of,
    qid_in,
    read_written,
    without_legal_form,
    without_site,
    words_of,
)
from mapper.resolve.vendors.vendor_words import (
    DEVICE_WORDS,
    LEGAL_TAILS,
    ORDINARY_WORDS,
    SOFT_WORDS,
)

_DISTINCTIVE_LETTERS_MIN = 5
_NAME_WORDS_MAX = 8
_GENERATIONS = frozenset(["ii", "iii", "iv", "mk", "plus", "gen"])
_LEGAL_WORDS = frozenset(word for tail in LEGAL_TAILS for word in tail)


@dataclass(frozen=True, slots=True)
class NameReading:
    """
    What a value names.

    Attributes
    ----------
    org_ids
        None: nothing that is known. One: that maker. Several: the value names several.
    how
        None where ``org_ids`` is empty.
    is_uncertain
        Whether the mapper doubts.
    says_something
        False for an absent value and for ``Unknown``.
    """

    org_ids: tuple[str, ...] = ()
    how: How | None = None
    is_uncertain: bool = False
    says_something: bool = True


NOTHING_SAID = NameReading(says_something=False)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A likely maker for a value that no rule resolves; never assigned by itself."""

    org_id: str
    name_key: str
    ratio: float


class NameIndex:
    """
    The names of some organisations, ready to be looked up.

    A key that two organisations share names neither. The order of the rows does not matter.

    Parameters
    ----------
    brands
        A pair of organisations -> the one of them that is the other's brand or subsidiary. A
        value that names both names that one: what stands on the device is kept.
    """

    def __init__(
        self,
        organisations: Iterable[Organisation],
        names: Iterable[OrganisationName],
        products: Iterable[Product] = (),
        *,
        brands: Mapping[frozenset[str], str] = MappingProxyType({}),
    ) -> None:
        self._brands = brands
        shown = tuple(organisations)
        org_ids = {row.org_id for row in shown}
        maker_names = tuple(row for row in names if row.org_id in org_ids)
        made = tuple(row for row in products if row.org_id in org_ids and row.layer is Layer.CAMERA)
        exact = unshared(name_keys(shown, maker_names))
        owned = {key for key, _ in name_keys(shown, maker_names)}
        shorter = unshared(trade_variants(shown, maker_names))
        self._by_key = {k: v for k, v in shorter.items() if k not in owned} | exact
        self._by_product = unshared((key_of(words_of(row.name)), row.org_id) for row in made)
        self._how = dict.fromkeys(shorter, How.ALIAS) | hows(shown, maker_names)
        self._by_qid = unshared(qids(shown, maker_names))
        self.qids_of: Mapping[str, frozenset[str]] = grouped(self._by_qid)
        like = {k: org for k, org in self._by_product.items() if k not in ORDINARY_WORDS}
        self._like = {k: v for k, v in (like | self._by_key).items() if _is_long(k)}

    def org_of_qid(self, qid: str) -> str | None:
        """Return the organisation of a Wikidata id, or None where the registry has it not."""
        return self._by_qid.get(qid)

    def read_whole(self, text: str) -> NameReading:
        """
        Match the whole value against the names: exact or alias, nothing cut off but legal forms.

        This is all that ``operator`` is read with.
        """
        if is_not_known(text):
            return NOTHING_SAID
        key = key_of(words_of(text))
        org_id = self._by_key.get(key)
        return NameReading((org_id,), self._how[key]) if org_id else NameReading()

    def organisation_named(self, text: str) -> tuple[str, str] | None:
        """Return the one organisation that a whole name is of, and how: ``exact``, ``alias``."""
        reading = self.read_whole(text)
        if len(reading.org_ids) != 1 or reading.how is None:
            return None
        return reading.org_ids[0], "exact" if reading.how is How.EXACT else "alias"

    def read(self, text: str) -> NameReading:
        """
        Match a value of ``manufacturer`` or ``brand``.

        In turn: nothing said; a Wikidata id in place of a name; the whole value as a name, then
        as a product; then each part, in which every word must be accounted for as a name, a
        product, a type number, a word for a device or a company form. One word that is not
        leaves the value unresolved: "Bosch Car Service" is not Bosch.
        """
        if is_not_known(text):
            return NOTHING_SAID
        qid = qid_in(text)
        if qid is not None:
            org_id = self._by_qid.get(qid)
            return NameReading((org_id,), How.QID) if org_id else NameReading()
        named = without_site(text)
        name = read_written(named)
        if not name.parts:
            return NOTHING_SAID
        match = self._whole_name(name.whole)
        if match:
            return NameReading((match[0],), match[1], name.is_uncertain)
        org_ids = self._parts(named)
        if org_ids:
            return NameReading(org_ids, How.PARTS, name.is_uncertain)
        org_ids = self._misspelt(named)
        return NameReading(org_ids, How.MISSPELT if org_ids else None, name.is_uncertain)

    def _misspelt(self, text: str) -> tuple[str, ...]:
        """Return the one maker whose long name has a single letter written wrongly."""
        parts = read_written(text, keep_hyphens=True).parts
        if len(parts) != 1:
            return ()
        key = self._core_key(parts[0])
        name = one_letter_off(key, self._like)
        return (self._like[name],) if name else ()

    def read_model(self, text: str) -> NameReading:
        """Match a value of ``model``: a product, or words that name a maker and a product."""
        if is_not_known(text):
            return NOTHING_SAID
        org_id = self._by_product.get(key_of(words_of(text)))
        return NameReading((org_id,), How.PRODUCT) if org_id else self.read(text)

    def proposal(self, text: str) -> Proposal | None:
        """
        Return the one maker whose name is like an unresolved value.

        Compared after taking off words for devices and company forms; one organisation alone
        must be like it (`likeness.like_names`), or stand whole among words that nobody knows.
        """
        parts = read_written(text, keep_hyphens=True).parts
        proposals = [self._part_proposal(part) for part in parts]
        kept = [one for one in proposals if one is not None]
        if len(kept) != len(proposals) or len({one.org_id for one in kept}) != 1:
            return None
        return max(kept, key=lambda one: (one.ratio, one.name_key))

    def _whole_name(self, words: tuple[str, ...]) -> tuple[str, How] | None:
        key = key_of(words)
        if key in self._by_key:
            return self._by_key[key], self._how[key]
        if key in self._by_product and not _is_ordinary(words):
            return self._by_product[key], How.PRODUCT
        return None

    def _parts(self, text: str) -> tuple[str, ...]:
        """Return the makers named, in the order written; empty unless every word is accounted."""
        org_ids: list[str] = []
        for part in read_written(text, keep_hyphens=True).parts:
            accounted = self._accounted(part)
            if accounted is None:
                return ()
            org_ids += accounted
        brand = self._brands.get(frozenset(org_ids))
        return (brand,) if brand else tuple(dict.fromkeys(org_ids))

    def _accounted(self, words: tuple[str, ...]) -> tuple[str, ...] | None:
        """
        Account for every word of a part, the longest names first.

        Returns
        -------
        org_ids
            Empty where the words name nobody but are all accounted for; None where one is not.
        """
        org_ids: list[str] = []
        leftovers: list[str] = []
        lines: list[str] = []
        distinctive = False
        at = counted = 0
        while at < len(words):
            length, key = self._longest_name(words, at)
            if length and key in self._by_key:
                org_ids.append(self._by_key[key])
                distinctive = distinctive or _is_distinctive(words[at : at + length], key)
            elif length:
                lines.append(key)
                counted = at + length
            elif words[at] in DEVICE_WORDS:
                counted = at + 1
            elif not (at == counted > 0 and _is_generation(words[at])):
                leftovers.append(words[at])
            at += max(length, 1)
        org_ids += self._product_makers(lines, frozenset(org_ids))
        if len(set(org_ids)) == 1 and is_model_behind(words, leftovers):
            return tuple(org_ids)
        if any(not _is_plain(word, soft=distinctive) for word in leftovers):
            return None
        if any(self._by_product[key] not in org_ids for key in lines):
            return None
        return tuple(org_ids)

    def _product_makers(self, lines: Iterable[str], named: frozenset[str]) -> list[str]:
        # An ordinary word such as Falcon is a product only beside its maker's name.
        return [
            self._by_product[key]
            for key in lines
            if self._by_product[key] in named or key not in ORDINARY_WORDS
        ]

    def _longest_name(self, words: tuple[str, ...], at: int) -> tuple[int, str]:
        for length in range(min(_NAME_WORDS_MAX, len(words) - at), 0, -1):
            key = key_of(words[at : at + length])
            if key in self._by_key or key in self._by_product:
                return length, key
        return 0, ""

    def _part_proposal(self, words: tuple[str, ...]) -> Proposal | None:
        whole = key_of(words)
        if whole in self._by_key:
            return Proposal(self._by_key[whole], whole, 100.0)
        near = like_names(in_latin(self._core_key(words)), self._like)
        if not near:
            return self._contained(words)
        if len({self._like[name] for name, _ in near}) != 1:
            return None
        name, ratio = near[0]
        return Proposal(self._like[name], name, ratio)

    @staticmethod
    def _core_key(words: tuple[str, ...]) -> str:
        core = [word for word in words if word not in DEVICE_WORDS and not _is_type_number(word)]
        return key_of(without_legal_form(tuple(core)))

    def _contained(self, words: tuple[str, ...]) -> Proposal | None:
        """Propose the one maker whose name stands whole among words that nobody knows."""
        names = {key: org_id for key, org_id in self._like.items() if key not in ORDINARY_WORDS}
        contained = contained_names(words, names)
        if len(contained) != 1:
            return None
        (org_id,) = contained
        key = next(word for word in words if names.get(word) == org_id)
        return Proposal(org_id, key, float(fuzz.ratio(key, "".join(words))))


def _is_plain(word: str, *, soft: bool) -> bool:
    if word in DEVICE_WORDS or word in _LEGAL_WORDS or _is_type_number(word):
        return True
    return soft and word in SOFT_WORDS


def _is_generation(word: str) -> bool:
    """Whether a word counts the makes of one product: "Spectra IV", "Pro 3"."""
    return word in _GENERATIONS or (word.isdigit() and len(word) <= 2)  # noqa: PLR2004 - "2.0"


def _is_type_number(word: str) -> bool:
    """Whether a word is a type number: letters and digits, or three to five digits."""
    digits = sum(map(str.isdigit, word))
    if word.isdigit():
        return 3 <= digits <= 5  # noqa: PLR2004 - "Axis 2100" is one, "Ring 2" is not
    return digits > 0 and any(map(str.isalpha, word))


def _is_long(key: str) -> bool:
    return len(key) >= LETTERS_MIN


def _is_ordinary(words: tuple[str, ...]) -> bool:
    return all(word in ORDINARY_WORDS for word in without_legal_form(words))


def _is_distinctive(words: tuple[str, ...], key: str) -> bool:
    return len(key) >= _DISTINCTIVE_LETTERS_MIN and not _is_ordinary(words)

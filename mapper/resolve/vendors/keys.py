"""
What the keys of one object say of its maker, the strongest key first.

``manufacturer`` and ``surveillance:brand`` name a maker. ``brand`` does so on a plate reader
alone; elsewhere it is mostly the host (of 157 distinct values 132 were banks and shops) and is
believed weakly, if it is a maker's name at all. ``model`` is weak. ``operator`` says who runs
the device; the name of a maker of devices there is a tagging habit, and weak evidence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mapper.model.enums import DeviceType, Flag
from mapper.resolve.vendors.name_keys import How
from mapper.resolve.vendors.vendor_names import NOTHING_SAID, NameIndex, NameReading
from mapper.resolve.vendors.vendor_text import is_not_known, qid_in

MAY_OPERATE: frozenset[str] = frozenset(
    {
        "adt",
        "amazon",
        "american-traffic-solutions",
        "bosch",
        "canon",
        "cisco",
        "honeywell",
        "huawei",
        "idemia",
        "kapsch-trafficcom",
        "panasonic",
        "raytheon",
        "redflex",
        "rekor",
        "samsung",
        "sensys-gatso",
        "siemens",
        "sony",
        "transcore",
        "verisure",
        "verra-mobility",
        "xiaomi",
        "zte",
    }
)
"""Makers that also run cameras: on their own grounds, for tolls and fines, or as a watch.
As ``operator`` they are taken at their word; every other maker of devices there is the tagging
habit that OSM's name-suggestion index refuses for Flock Safety."""

_NAMING_KEYS = ("manufacturer", "surveillance:brand", "brand")


class Outcome(StrEnum):
    """What one key, or all keys together, come to."""

    NOTHING = "nothing"
    UNREAD = "unread"
    ONE = "one"
    SEVERAL = "several"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Keys:
    """The tags of one object that speak of makers and operators."""

    tags: Mapping[str, str | None]
    device_type: DeviceType

    @classmethod
    def of(cls, tags: Mapping[str, str | None], device_type: DeviceType) -> "Keys":
        """Take the tags as they are; an absent one is None."""
        return cls(tags, device_type)

    def is_strong(self, key: str) -> bool:
        """Whether a name under this key is a maker's."""
        if key == "brand":
            return self.device_type is DeviceType.PLATE_READER
        return key in {"manufacturer", "surveillance:brand"}


@dataclass(frozen=True, slots=True)
class KeyReading:
    """What one key with its Wikidata id says."""

    key: str
    outcome: Outcome
    reading: NameReading
    as_written: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What all keys say together.

    Attributes
    ----------
    others
        Makers that weaker naming keys name beside ``org_id``.
    named
        The makers of a key that names several, in the order written; then ``org_id`` is None.
    """

    outcome: Outcome
    org_id: str | None = None
    as_written: str | None = None
    method: str | None = None
    is_weak: bool = False
    others: frozenset[str] = frozenset()
    named: tuple[str, ...] = ()
    flags: frozenset[Flag] = field(default=frozenset())
    operator_id: str | None = None
    operator_is_vendor: bool = False


def read_keys(
    keys: Keys, makers: NameIndex, organisations: NameIndex, device_makers: frozenset[str]
) -> Verdict:
    """
    Read every key and let the strongest that speaks decide.

    A key that names several makers, or whose name and Wikidata id contradict each other, ends
    the search without a maker: nothing weaker can settle it.
    """
    operator_id, operator_is_vendor = _operator(keys, organisations, device_makers)
    readings = tuple(_readings(keys, makers))
    operator_flags = {Flag.OPERATOR_IS_VENDOR} if operator_is_vendor else set()
    said = next((r for r in readings if r.outcome not in {Outcome.NOTHING, Outcome.UNREAD}), None)
    if said is None and operator_is_vendor:
        return _from_operator(keys, organisations, readings, operator_flags)
    verdict = _verdict(keys, readings, said)
    return Verdict(
        outcome=verdict.outcome,
        org_id=verdict.org_id,
        as_written=verdict.as_written,
        method=verdict.method,
        is_weak=verdict.is_weak,
        others=verdict.others,
        named=verdict.named,
        flags=verdict.flags | operator_flags,
        operator_id=operator_id,
        operator_is_vendor=operator_is_vendor,
    )


def _verdict(keys: Keys, readings: tuple[KeyReading, ...], said: KeyReading | None) -> Verdict:
    unread = next(
        (r for r in readings if r.outcome is Outcome.UNREAD and keys.is_strong(r.key)), None
    )
    if said is None:
        silent = next((r for r in readings if r.as_written and keys.is_strong(r.key)), None)
        shown = unread or silent
        return Verdict(Outcome.NOTHING, as_written=shown.as_written if shown else None)
    flags = {Flag.VENDOR_UNCERTAIN} if said.reading.is_uncertain else set()
    if said.outcome is not Outcome.ONE:
        flags |= {
            Outcome.CONFLICT: {Flag.VENDOR_CONFLICT},
            Outcome.SEVERAL: {Flag.VENDOR_SEVERAL},
        }[said.outcome]
        # A name and an id that exclude each other name nobody; several names name all of them.
        named = said.reading.org_ids if said.outcome is Outcome.SEVERAL else ()
        return Verdict(
            said.outcome,
            as_written=said.as_written,
            method=f"{said.key} {said.reading.how}" if named else None,
            named=named,
            flags=frozenset(flags),
        )
    (org_id,) = said.reading.org_ids
    every = {one for r in readings if r.key in _NAMING_KEYS for one in r.reading.org_ids}
    # A stronger key with a name that nobody knows may be another maker's.
    doubted = unread is not None and readings.index(unread) < readings.index(said)
    return Verdict(
        Outcome.ONE,
        org_id=org_id,
        as_written=said.as_written,
        method=f"{said.key} {said.reading.how}",
        is_weak=(
            not keys.is_strong(said.key)
            or said.reading.is_uncertain
            or said.reading.how is How.MISSPELT
            or doubted
        ),
        others=frozenset(every - {org_id}),
        flags=frozenset(flags),
    )


def _readings(keys: Keys, makers: NameIndex) -> Iterator[KeyReading]:
    """Read the naming keys, the strongest first, then the model."""
    ordered = sorted(_NAMING_KEYS, key=lambda key: not keys.is_strong(key))
    for key in ordered:
        said = _read_key(key, keys.tags[key], keys.tags[f"{key}:wikidata"], makers)
        if said.reading.how is How.MISSPELT and not keys.is_strong(key):
            # A shop's name may be one letter from a maker's.
            said = KeyReading(key, Outcome.UNREAD, NameReading(), said.as_written)
        yield said
    model = keys.tags["model"]
    if model is not None:
        reading = makers.read_model(model)
        outcome = Outcome.ONE if len(reading.org_ids) == 1 else Outcome.NOTHING
        yield KeyReading("model", outcome, reading, model)


def _read_key(key: str, text: str | None, wikidata: str | None, makers: NameIndex) -> KeyReading:
    qid = qid_in(wikidata) if wikidata is not None else None
    owner = makers.org_of_qid(qid) if qid is not None else None
    if text is None:
        if owner is None:
            return KeyReading(key, Outcome.NOTHING, NOTHING_SAID, None)
        return KeyReading(key, Outcome.ONE, NameReading((owner,), How.QID), wikidata)
    reading = makers.read(text)
    if _contradicts(reading, qid, owner, makers):
        return KeyReading(key, Outcome.CONFLICT, reading, text)
    if not reading.says_something:
        return KeyReading(key, Outcome.NOTHING, reading, text)
    outcome = {0: Outcome.UNREAD, 1: Outcome.ONE}.get(len(reading.org_ids), Outcome.SEVERAL)
    return KeyReading(key, outcome, reading, text)


def _contradicts(
    reading: NameReading, qid: str | None, owner: str | None, makers: NameIndex
) -> bool:
    """
    Whether a name and the Wikidata id beside it exclude each other.

    An id of the registry must be the named maker's. Another id contradicts a maker whose id
    the registry knows, unless it is that id half typed (``Q1084854`` of ``Q108485435``). Ids
    that the registry does not know say nothing of a maker without one.
    """
    if qid is None:
        return False
    if owner is not None:
        return owner not in reading.org_ids
    maker_qids = [one for org_id in reading.org_ids for one in makers.qids_of.get(org_id, ())]
    return bool(maker_qids) and not any(one.startswith(qid) for one in maker_qids)


def _operator(
    keys: Keys, organisations: NameIndex, device_makers: frozenset[str]
) -> tuple[str | None, bool]:
    """
    Return who runs the device, and whether the value is a maker's name instead.

    Only a whole name, exact or alias, counts; of the Wikidata id, only what agrees.
    """
    org_id = _operator_org(keys, organisations)
    if org_id in device_makers - MAY_OPERATE:
        return None, True
    return org_id, False


def _operator_org(keys: Keys, organisations: NameIndex) -> str | None:
    text, wikidata = keys.tags["operator"], keys.tags["operator:wikidata"]
    qid = qid_in(wikidata) if wikidata is not None else None
    owner = organisations.org_of_qid(qid) if qid is not None else None
    if text is None:
        return owner
    if is_not_known(text):
        return None
    reading = organisations.read_whole(text)
    if not reading.org_ids or _contradicts(reading, qid, owner, organisations):
        return None
    return reading.org_ids[0]


def _from_operator(
    keys: Keys,
    organisations: NameIndex,
    readings: tuple[KeyReading, ...],
    flags: set[Flag],
) -> Verdict:
    text = keys.tags["operator"]
    reading = organisations.read_whole(text) if text is not None else None
    how = reading.how if reading is not None else How.QID
    unread = next((r for r in readings if r.outcome is Outcome.UNREAD), None)
    if unread is not None and keys.is_strong(unread.key):
        return Verdict(
            Outcome.NOTHING,
            as_written=unread.as_written,
            flags=frozenset(flags),
            operator_is_vendor=True,
        )
    return Verdict(
        Outcome.ONE,
        org_id=_operator_org(keys, organisations),
        as_written=text if text is not None else keys.tags["operator:wikidata"],
        method=f"operator {how}",
        is_weak=True,
        flags=frozenset(flags),
        operator_is_vendor=True,
    )

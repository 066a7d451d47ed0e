"""
Items of Wikidata: anybody may edit them, so ownership is a statement by Wikidata with its dates.

A date is as exact as its precision: a year is told as the first of January and is read as a year.
An item must be an organisation; a cell with several values is told and not proposed.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from mapper.clean import partial_date
from mapper.errors import ValueRefusedError
from mapper.proposals.award import Notice
from mapper.proposals.entity import Entity, Owner, rows_of_entity
from mapper.proposals.json_reading import answers, list_of, object_of, text_of
from mapper.proposals.proposed import LeftOut, Party, Proposed
from mapper.proposals.resolving import Resolver

ORIGIN = "wikidata"
_ENTITY = "http://www.wikidata.org/entity/"
_QID = re.compile(r"Q[1-9][0-9]*", re.ASCII)
_TIES = {"P749": ("parent", "parent organisation"), "P127": ("shareholder", "owned by")}
_LENGTHS = {"9": 4, "10": 7, "11": 10}
"""Wikidata's precision of a time -> letters of the ISO day that are meant."""

_Binding = Mapping[str, str]


def rows(
    body: bytes, retrieved_on: str, resolver: Resolver
) -> tuple[list[Proposed], list[LeftOut]]:
    """
    Return the rows that the kept answers propose for organisations of the registry.

    Raises
    ------
    SourceError
        If a result is of another shape.
    """
    by_item: defaultdict[str, list[_Binding]] = defaultdict(list)
    for answer in answers(body):
        results = object_of(object_of(answer.content, ORIGIN).get("results"), "results")
        for binding in list_of(results.get("bindings"), "bindings"):
            values = _values(object_of(binding, "binding"))
            by_item[_qid(values["c"])].append(values)
    found: dict[str, Proposed] = {}
    left: list[LeftOut] = []
    for qid, bindings in sorted(by_item.items()):
        one = _entity(qid, bindings, retrieved_on, resolver)
        if isinstance(one, LeftOut):
            left.append(one)
            continue
        for row in rows_of_entity(one, resolver):
            found.setdefault(row.proposal_id, row)
    return list(found.values()), left


def _values(binding: dict[str, Any]) -> _Binding:
    return {name: text_of(cell, "value") for name, cell in binding.items()}


def _qid(uri: str) -> str:
    return uri.removeprefix(_ENTITY)


def _entity(
    qid: str, bindings: list[_Binding], retrieved_on: str, resolver: Resolver
) -> Entity | LeftOut:
    if _QID.fullmatch(qid) is None:
        return LeftOut(qid[:20], "no id of an item")
    if _all(bindings, "isOrganisation") != ["true"]:
        return LeftOut(qid, "the item is no organisation")
    known = _known(qid, _all(bindings, "label"), resolver)
    if known is None:
        return LeftOut(qid, "no organisation of the registry has the id or the name")
    told = {
        "wikidata_id": [qid],
        "country_code": _all(bindings, "country"),
        "founded": _dates(bindings, "founded"),
        "dissolved": _dates(bindings, "ended"),
        "lei": _all(bindings, "lei"),
        "website": _all(bindings, "site"),
    }
    several = [name for name, values in told.items() if len(values) > 1]
    revision = next(iter(_all(bindings, "rev")), "")
    notice = Notice(
        origin=ORIGIN,
        ref=qid,
        title=f"Wikidata item {qid}",
        publisher="Wikidata",
        url=f"https://www.wikidata.org/w/index.php?title={qid}&oldid={revision}",
        license_id="CC0-1.0",
        retrieved_on=retrieved_on,
        kind="registry",
        grade="C",
    )
    return Entity(
        org_id=known[0],
        how=known[1],
        notice=notice,
        cells={name: values[0] for name, values in told.items() if len(values) == 1},
        owners=tuple(_owners(bindings)),
        note=f"Wikidata has several values for {', '.join(several)}" if several else "",
    )


def _known(qid: str, labels: list[str], resolver: Resolver) -> tuple[str, str] | None:
    for row in resolver.registry.organisations:
        if row.wikidata_id == qid:
            return row.org_id, "identifier"
    by_id = [
        organisation_name.org_id
        for organisation_name in resolver.registry.organisation_names
        if organisation_name.name == qid
    ]
    if by_id:
        return by_id[0], "identifier"
    return resolver.known(labels[0]) if len(labels) == 1 else None


def _owners(bindings: list[_Binding]) -> list[Owner]:
    owners: dict[tuple[str, ...], Owner] = {}
    references: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for values in bindings:
        if values.get("otherIsOrganisation") != "true" or values.get("tie") not in _TIES:
            continue
        label, qid = values.get("otherLabel", ""), _qid(values["other"])
        if not label or _QID.fullmatch(qid) is None:
            continue
        kind, words = _TIES[values["tie"]]
        begin, end = _date(values, "from"), _date(values, "to")
        key = (values["tie"], qid, begin, end)
        references[key] |= {values["ref"]} if "ref" in values else set()
        told = ", ".join(sorted(references[key])) or "none"
        owners[key] = Owner(
            party=Party(label, is_surely_organisation=True),
            kind=kind,
            cells={"wikidata_id": qid},
            valid_from=begin,
            valid_to=end,
            note=f"Wikidata states \u201c{words}\u201d ({values['tie']}); its references: {told}",
        )
    return [owners[key] for key in sorted(owners)]


def _all(bindings: list[_Binding], name: str) -> list[str]:
    return sorted({values[name] for values in bindings if values.get(name)})


def _dates(bindings: list[_Binding], name: str) -> list[str]:
    return sorted({date for values in bindings if (date := _date(values, name))})


def _date(values: _Binding, name: str) -> str:
    """Return a partial date as exact as its precision; empty for a decade and less."""
    length = _LENGTHS.get(values.get(f"{name}Precision", ""))
    if length is None or name not in values:
        return ""
    try:
        return partial_date.parse(values[name][:length]).text
    except ValueRefusedError:
        return ""

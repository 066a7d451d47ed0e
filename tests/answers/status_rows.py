"""A registry of one relation and the claims on it, to read the status rule against."""

from dataclasses import dataclass
from typing import TypeVar

from mapper.registry.registry import Registry
from mapper.registry.tables import (
    Claim,
    Deployment,
    OrganisationLink,
    Relation,
    Retraction,
    Row,
    Source,
)

_RowT = TypeVar("_RowT", bound=Row)


def _row(model: type[_RowT], cells: dict[str, str]) -> _RowT:
    return model.model_validate({**dict.fromkeys(model.model_fields, ""), **cells})


@dataclass(frozen=True)
class C:
    """A claim, written short: says, by, and what differs from a plain press-day claim."""

    says: str
    by: str
    as_of: str = ""
    about: str = "supply"
    speaker: str = ""
    source: str = "press-b"
    settles: str = ""
    retracted: bool = False
    statement: str = "Said."


@dataclass(frozen=True)
class Case:
    """Claims, and what they amount to."""

    claims: list[C]
    word: str
    ended: str = "no"
    on: str = ""
    valid_to: str = ""


SUPPLIER_SAYS = C("supports", "supplier")
PRESS_SAYS = C("supports", "third_party")
SUPPLIER_DENIES = C("disputes", "supplier")

SOURCES = {
    "press-b": ("press", "B", "2023-03-28"),
    "press-undated": ("press", "B", ""),
    "mirror-c": ("press", "C", "2022-10-01"),
    "tender-a": ("procurement", "A", "2021-05-03"),
    "law-a-minus": ("law", "A-", "2021-01-01"),
    "court-a": ("court", "A", "2023-05-01"),
    "court-c": ("court", "C", "2023-05-01"),
    "registry-a": ("registry", "A", "2023-05-01"),
    "authority-a": ("authority", "A", "2022-12-15"),
}

LINKS = (
    ("council", "city", "division_of"),
    ("city", "works", "parent"),
    ("state", "city", "parent"),
    ("partner", "city", "partner"),
    ("city", "sister", "partner"),
)


def registry_of(claims: list[C], *, valid_to: str = "", taken_back: bool = False) -> Registry:
    """Return a registry whose relation ``r`` carries these claims, ``c1``, ``c2`` and so on."""
    relation = {
        "relation_id": "r",
        "supplier_org": "maker",
        "recipient_org": "city",
        "deployment_id": "city-video",
        "layer": "software",
        "role": "developer",
        "valid_to": valid_to,
    }
    subjects = [("claim", f"c{n}") for n, claim in enumerate(claims, start=1) if claim.retracted]
    subjects += [("relation", "r")] if taken_back else []
    return Registry(
        sources=tuple(_source(source_id) for source_id in SOURCES),
        organisation_links=tuple(_link(*ends) for ends in LINKS),
        deployments=(_deployment(),),
        relations=(_row(Relation, relation),),
        claims=tuple(_claim(number, claim) for number, claim in enumerate(claims, start=1)),
        retractions=tuple(_retraction(kind, subject_id) for kind, subject_id in subjects),
    )


def _source(source_id: str) -> Source:
    kind, grade, day = SOURCES[source_id]
    cells = {
        "source_id": source_id,
        "title": source_id,
        "publisher": "Publisher",
        "kind": kind,
        "published_on": day,
        "url": "https://publisher.example/",
        "grade": grade,
        "excerpt_only": "false",
    }
    return _row(Source, cells)


def _link(from_org: str, to_org: str, kind: str) -> OrganisationLink:
    cells = {"from_org": from_org, "to_org": to_org, "kind": kind, "source_id": "press-b"}
    return _row(OrganisationLink, cells)


def _deployment() -> Deployment:
    cells = {
        "deployment_id": "city-video",
        "name": "City video",
        "operator_org": "police",
        "country_code": "RU",
        "place": "City",
        "technologies": "cctv",
    }
    return _row(Deployment, cells)


def _claim(number: int, claim: C) -> Claim:
    cells = {
        "claim_id": f"c{number}",
        "subject_kind": "relation",
        "subject_id": "r",
        "says": claim.says,
        "about": claim.about,
        "by": claim.by,
        "speaker_org": claim.speaker,
        "as_of": claim.as_of,
        "statement": claim.statement,
        "settles": claim.settles,
        "source_id": claim.source,
    }
    return _row(Claim, cells)


def _retraction(kind: str, subject_id: str) -> Retraction:
    cells = {
        "subject_kind": kind,
        "subject_id": subject_id,
        "retracted_on": "2026-11-20",
        "kept": "kept",
        "reason": "Wrong.",
    }
    return _row(Retraction, cells)

"""The status of a relation: a table of cases, each read off the rule by hand."""

from dataclasses import dataclass
from typing import TypeVar

import pytest

from mapper.clean.partial_date import parse
from mapper.errors import RegistryError
from mapper.registry.evidence import Registry
from mapper.registry.status import relation_status
from mapper.registry.tables import Claim, Relation, Retraction, Row, Source

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


SUPPLIER_SAYS = C("supports", "supplier")
PRESS_SAYS = C("supports", "third_party")
SUPPLIER_DENIES = C("disputes", "supplier")

SOURCES = {
    "press-b": ("press", "B", "2023-03-28"),
    "press-undated": ("press", "B", ""),
    "mirror-c": ("press", "C", "2022-10-01"),
    "tender-a": ("procurement", "A", "2021-05-03"),
    "law-a-minus": ("law", "A-", "2021-01-01"),
}


def _registry(claims: list[C], *, valid_to: str = "", taken_back: bool = False) -> Registry:
    sources = [
        _row(
            Source,
            {
                "source_id": source_id,
                "title": source_id,
                "publisher": "Publisher",
                "kind": kind,
                "published_on": day,
                "url": "https://publisher.example/",
                "grade": grade,
                "excerpt_only": "false",
            },
        )
        for source_id, (kind, grade, day) in SOURCES.items()
    ]
    relation = _row(
        Relation,
        {
            "relation_id": "r",
            "supplier_org": "maker",
            "recipient_org": "city",
            "layer": "software",
            "role": "developer",
            "valid_to": valid_to,
        },
    )
    rows = [
        _row(
            Claim,
            {
                "claim_id": f"c{number}",
                "subject_kind": "relation",
                "subject_id": "r",
                "says": claim.says,
                "about": claim.about,
                "by": claim.by,
                "speaker_org": claim.speaker,
                "as_of": claim.as_of,
                "statement": "Said.",
                "settles": claim.settles,
                "source_id": claim.source,
            },
        )
        for number, claim in enumerate(claims, start=1)
    ]
    subjects = [("claim", f"c{n}") for n, claim in enumerate(claims, start=1) if claim.retracted]
    subjects += [("relation", "r")] if taken_back else []
    retractions = [
        _row(
            Retraction,
            {
                "subject_kind": kind,
                "subject_id": subject_id,
                "retracted_on": "2026-11-20",
                "kept": "kept",
                "reason": "Wrong.",
            },
        )
        for kind, subject_id in subjects
    ]
    return Registry(
        sources=tuple(sources),
        relations=(relation,),
        claims=tuple(rows),
        retractions=tuple(retractions),
    )


# name: claims, valid_to, on, status, ended
CASES: dict[str, tuple[list[C], str, str, str, str]] = {
    # confirmed: somebody first-hand supports it
    "the supplier says so": ([SUPPLIER_SAYS], "", "", "confirmed", "no"),
    "the recipient says so": ([C("supports", "recipient")], "", "", "confirmed", "no"),
    "an authority says so": ([C("supports", "authority")], "", "", "confirmed", "no"),
    "a tender says so, whoever speaks": (
        [C("supports", "third_party", source="tender-a")],
        "",
        "",
        "confirmed",
        "no",
    ),
    "a source graded A- confirms": (
        [C("supports", "authority", source="law-a-minus")],
        "",
        "",
        "confirmed",
        "no",
    ),
    "press and the supplier": ([PRESS_SAYS, SUPPLIER_SAYS], "", "", "confirmed", "no"),
    "confirmed and limited by the supplier": (
        [SUPPLIER_SAYS, C("limits", "supplier")],
        "",
        "",
        "confirmed",
        "no",
    ),
    "the day asked for does not filter evidence": (
        [C("supports", "supplier", "2023-03-28")],
        "",
        "2022-06",
        "confirmed",
        "no",
    ),
    "a passed term is no end by a claim": ([SUPPLIER_SAYS], "2019", "2022", "confirmed", "no"),
    # reported: no first-hand support
    "press alone": ([PRESS_SAYS], "", "", "reported", "no"),
    "two press reports": ([PRESS_SAYS, PRESS_SAYS], "", "", "reported", "no"),
    "the supplier's word only in a mirror": (
        [C("supports", "supplier", source="mirror-c")],
        "",
        "",
        "reported",
        "no",
    ),
    "an authority's word only in a mirror": (
        [C("supports", "authority", source="mirror-c")],
        "",
        "",
        "reported",
        "no",
    ),
    "a limit by the supplier alone": ([C("limits", "supplier")], "", "", "reported", "no"),
    "press, and a third party objects": (
        [PRESS_SAYS, C("disputes", "third_party")],
        "",
        "",
        "reported",
        "no",
    ),
    "press, and another authority objects": (
        [PRESS_SAYS, C("disputes", "authority", speaker="court")],
        "",
        "",
        "reported",
        "no",
    ),
    "the supplier supports a use only": (
        [PRESS_SAYS, C("supports", "supplier", about="use")],
        "",
        "",
        "reported",
        "no",
    ),
    # disputed: a party denies the supply
    "the supplier denies": ([PRESS_SAYS, SUPPLIER_DENIES], "", "", "disputed", "no"),
    "the recipient denies": ([PRESS_SAYS, C("disputes", "recipient")], "", "", "disputed", "no"),
    "the recipient denies as an authority": (
        [PRESS_SAYS, C("disputes", "authority", speaker="city")],
        "",
        "",
        "disputed",
        "no",
    ),
    "a tender names it and the supplier denies": (
        [C("supports", "recipient", source="tender-a"), SUPPLIER_DENIES],
        "",
        "",
        "disputed",
        "no",
    ),
    "a denial known only from a mirror": (
        [PRESS_SAYS, C("disputes", "supplier", source="mirror-c")],
        "",
        "",
        "disputed",
        "no",
    ),
    "nothing but a third party's doubt": ([C("disputes", "third_party")], "", "", "disputed", "no"),
    "denied and ended": (
        [SUPPLIER_DENIES, C("ends", "recipient", "2021")],
        "",
        "",
        "disputed",
        "yes",
    ),
    # a dispute about something else, or one that is settled, does not count
    "the supplier disputes a use": (
        [SUPPLIER_SAYS, C("disputes", "supplier", about="use")],
        "",
        "",
        "confirmed",
        "no",
    ),
    "the supplier disputes the terms of its end": (
        [SUPPLIER_SAYS, C("disputes", "supplier", about="terms")],
        "",
        "",
        "confirmed",
        "no",
    ),
    "the recipient disputes the law": (
        [PRESS_SAYS, C("disputes", "recipient", about="legality")],
        "",
        "",
        "reported",
        "no",
    ),
    "a court settles the denial": (
        [SUPPLIER_DENIES, C("supports", "authority", settles="c1")],
        "",
        "",
        "confirmed",
        "no",
    ),
    "one of two denials is settled": (
        [SUPPLIER_DENIES, C("disputes", "recipient"), C("supports", "authority", settles="c1")],
        "",
        "",
        "disputed",
        "no",
    ),
    "the settling claim is retracted": (
        [SUPPLIER_DENIES, C("supports", "authority", settles="c1", retracted=True)],
        "",
        "",
        "disputed",
        "no",
    ),
    "the denial is retracted": (
        [SUPPLIER_SAYS, C("disputes", "supplier", retracted=True)],
        "",
        "",
        "confirmed",
        "no",
    ),
    # ended, and on which day
    "the supplier ended it": (
        [SUPPLIER_SAYS, C("ends", "supplier", "2022-03-04")],
        "",
        "",
        "ended",
        "yes",
    ),
    "press reports the end": (
        [SUPPLIER_SAYS, C("ends", "third_party", "2022-03-04")],
        "",
        "",
        "ended",
        "yes",
    ),
    "nothing but the end is known": ([C("ends", "recipient", "2022")], "", "", "ended", "yes"),
    "asked for the day of the end": (
        [SUPPLIER_SAYS, C("ends", "supplier", "2022-03-04")],
        "",
        "2022-03-04",
        "ended",
        "yes",
    ),
    "asked for the day before the end": (
        [SUPPLIER_SAYS, C("ends", "supplier", "2022-03-04")],
        "",
        "2022-03-03",
        "confirmed",
        "no",
    ),
    "asked for the month of the end": (
        [SUPPLIER_SAYS, C("ends", "supplier", "2022-03-04")],
        "",
        "2022-03",
        "confirmed",
        "unknown",
    ),
    "the end is known to the year": (
        [SUPPLIER_SAYS, C("ends", "supplier", "2022")],
        "",
        "2022-06-01",
        "confirmed",
        "unknown",
    ),
    "the end is known to the year before": (
        [SUPPLIER_SAYS, C("ends", "supplier", "2021")],
        "",
        "2022-06-01",
        "ended",
        "yes",
    ),
    "an end announced ahead, before it comes": (
        [SUPPLIER_SAYS, C("ends", "recipient", "2026-02-24")],
        "2026-03-31",
        "2026-03-01",
        "confirmed",
        "no",
    ),
    "an end announced ahead, once it came": (
        [SUPPLIER_SAYS, C("ends", "recipient", "2026-02-24")],
        "2026-03-31",
        "2026-04-01",
        "ended",
        "yes",
    ),
    "a term that had passed when the end was said": (
        [SUPPLIER_SAYS, C("ends", "recipient", "2022-09-01")],
        "2021",
        "2022-03-01",
        "confirmed",
        "no",
    ),
    "an undated end in a dated source, asked later": (
        [SUPPLIER_SAYS, C("ends", "recipient")],
        "",
        "2024",
        "ended",
        "yes",
    ),
    "an undated end in a dated source, asked earlier": (
        [SUPPLIER_SAYS, C("ends", "recipient")],
        "",
        "2022-01-01",
        "confirmed",
        "unknown",
    ),
    "an undated end in an undated source": (
        [SUPPLIER_SAYS, C("ends", "recipient", source="press-undated")],
        "",
        "2024",
        "confirmed",
        "unknown",
    ),
    "an undated end, no day asked for": (
        [SUPPLIER_SAYS, C("ends", "recipient", source="press-undated")],
        "",
        "",
        "ended",
        "yes",
    ),
    "ended, then supported again by the recipient": (
        [C("ends", "recipient", "2022-03"), C("supports", "recipient", "2023-01")],
        "",
        "",
        "confirmed",
        "no",
    ),
    "ended, then seen again by the press alone": (
        [SUPPLIER_SAYS, C("ends", "supplier", "2022-03"), C("supports", "third_party", "2022-10")],
        "",
        "",
        "ended",
        "yes",
    ),
    "taken up again only after the day asked for": (
        [SUPPLIER_SAYS, C("ends", "recipient", "2022-03"), C("supports", "supplier", "2023-01")],
        "",
        "2022-06",
        "ended",
        "yes",
    ),
    "the earlier of two ends decides": (
        [SUPPLIER_SAYS, C("ends", "recipient", "2022-03"), C("ends", "supplier", "2023-05")],
        "",
        "2022-06",
        "ended",
        "yes",
    ),
    "the end of a use is not the end of the supply": (
        [SUPPLIER_SAYS, C("ends", "recipient", "2022-03", about="use")],
        "",
        "",
        "confirmed",
        "no",
    ),
    # retracted: our own correction
    "its only claim is retracted": (
        [C("supports", "supplier", retracted=True)],
        "",
        "",
        "retracted",
        "no",
    ),
    "all its claims are retracted": (
        [C("supports", "supplier", retracted=True), C("ends", "supplier", "2022", retracted=True)],
        "",
        "2024",
        "retracted",
        "no",
    ),
    "the better claim is retracted": (
        [C("supports", "supplier", retracted=True), PRESS_SAYS],
        "",
        "",
        "reported",
        "no",
    ),
}


@pytest.mark.parametrize(("claims", "valid_to", "on", "word", "ended"), CASES.values(), ids=CASES)
def test_the_claims_amount_to(
    claims: list[C], valid_to: str, on: str, word: str, ended: str
) -> None:
    registry = _registry(claims, valid_to=valid_to)
    found = relation_status(registry, "r", parse(on) if on else None)
    assert (found.word, found.ended) == (word, ended)


def test_the_table_has_at_least_forty_cases() -> None:
    assert len(CASES) >= 40
    assert {case[3] for case in CASES.values()} == {
        "confirmed",
        "reported",
        "disputed",
        "ended",
        "retracted",
    }


def test_a_retracted_relation_is_retracted_whatever_supports_it() -> None:
    registry = _registry([SUPPLIER_SAYS, SUPPLIER_DENIES], taken_back=True)
    assert relation_status(registry, "r").word == "retracted"


def test_a_status_names_the_claims_that_decided() -> None:
    registry = _registry([PRESS_SAYS, SUPPLIER_SAYS, C("supports", "recipient")])
    assert relation_status(registry, "r").claim_ids == ("c2", "c3")


def test_an_end_says_its_day() -> None:
    claims = [SUPPLIER_SAYS, C("ends", "recipient", "2026-02-24")]
    found = relation_status(_registry(claims, valid_to="2026-03-31"), "r")
    assert str(found.ended_on) == "2026-03-31"


def test_an_undated_end_lies_not_after_its_source() -> None:
    found = relation_status(_registry([SUPPLIER_SAYS, C("ends", "recipient")]), "r")
    assert str(found.ended_on) == "before:2023-03-29"


def test_the_order_of_the_claims_does_not_matter() -> None:
    for claims, valid_to, on, word, ended in CASES.values():
        if any(claim.settles for claim in claims):
            continue
        registry = _registry(claims[::-1], valid_to=valid_to)
        found = relation_status(registry, "r", parse(on) if on else None)
        assert (found.word, found.ended) == (word, ended)


def test_a_relation_without_a_claim_has_no_status() -> None:
    with pytest.raises(RegistryError, match="rests on no claim"):
        relation_status(_registry([]), "r")

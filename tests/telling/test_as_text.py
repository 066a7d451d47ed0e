"""The plain text: what a reader of the terminal sees, and what must never be in it."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from mapper.answers.legal_status import status
from mapper.answers.organisation_profile import vendor_profile
from mapper.answers.supply_chain import chain
from mapper.clean.neutral_words import lint_words
from mapper.clean.partial_date import parse
from mapper.registry.registry import Registry
from mapper.telling.as_text import chain_text, vendor_text
from mapper.telling.footnotes import Note
from mapper.telling.legal_answer import status_text
from mapper.telling.text_writer import note_text

GOLDEN = Path(__file__).parent / "golden"


def _texts(registry: Registry) -> dict[str, str]:
    day = parse("2022-06")
    texts = {
        row.deployment_id: chain_text(registry, chain(registry, row.deployment_id, day))
        for row in registry.deployments
    }
    for row in registry.organisations:
        texts[f"{row.org_id} status"] = status_text(
            registry, row.org_id, status(registry, row.org_id, None, day), day
        )
        texts[f"{row.org_id} vendor"] = vendor_text(registry, vendor_profile(registry, row.org_id))
    return texts


@pytest.mark.parametrize("name", ["chain", "status", "vendor"])
def test_the_text_is_the_one_read_through_by_a_person(good: Registry, name: str) -> None:
    day = parse("2022-06")
    made = {
        "chain": chain_text(good, chain(good, "riverton-city-video", day)),
        "status": status_text(
            good, "hall-cameras", status(good, "hall-cameras", None, parse("2020")), parse("2020")
        ),
        "vendor": vendor_text(good, vendor_profile(good, "acme-silicon")),
    }
    assert made[name] + "\n" == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_every_mark_has_its_source_and_every_source_its_mark(good: Registry) -> None:
    for name, text in _texts(good).items():
        body, _, footnotes = text.partition("\nSources\n")
        listed = [line.partition("]")[0] + "]" for line in footnotes.splitlines()]
        assert listed == [f"[{number}]" for number in range(1, len(listed) + 1)], name
        assert all(mark in body for mark in listed), name
        assert f"[{len(listed) + 1}]" not in body, name


def test_no_text_holds_a_loaded_word_or_a_control_character(good: Registry) -> None:
    for text in _texts(good).values():
        assert lint_words(text) == ()
        assert {unicodedata.category(letter) for letter in text if letter != "\n"}.isdisjoint(
            {"Cc", "Cf"}
        )


def test_a_component_is_never_said_to_be_supplied_to_the_operator(good: Registry) -> None:
    text = chain_text(good, chain(good, "riverton-city-video"))
    (line,) = [splitline for splitline in text.splitlines() if "compute: Acme Silicon" in splitline]
    assert "maker of a component (Acme T4) in products of Facet Labs" in line
    assert "Riverton" not in line


def test_a_gap_is_named(good: Registry) -> None:
    text = chain_text(good, chain(good, "exland-plates"))
    for gap in ("operator: unknown", "integrator: unknown", "cameras: unknown", "engine: unknown"):
        assert gap in text


def test_a_reply_stands_directly_below_the_claims_it_answers(good: Registry) -> None:
    lines = chain_text(good, chain(good, "riverton-city-video")).splitlines()
    (at,) = [n for n, line in enumerate(lines) if "Hall Cameras, reply, 30 March 2023" in line]
    assert "sold nothing to the city" in lines[at - 1]
    assert lines[at].index("Hall Cameras") == lines[at - 1].index("Hall Cameras")


def test_a_retracted_supply_is_told_without_repeating_it(good: Registry) -> None:
    text = vendor_text(good, vendor_profile(good, "hall-cameras"))
    assert "Retracted here\n- Exland plate readers: The copy did not name the maker." in text
    assert "plate readers)" not in text


def test_a_company_that_contests_its_entry_is_heard_below_it(good: Registry) -> None:
    day = parse("2024")
    text = status_text(good, "facet", status(good, "facet", None, day), day)
    entry, _, rest = text.partition("announced: 20 July 2023\n")
    assert "EU human rights list: yes" in entry
    assert rest.startswith("  Facet Labs (spokesperson), supplier, 21 July 2023; disputes it: ")


def test_the_parts_of_a_law_stand_apart_each_with_its_own_days(good: Registry) -> None:
    (first,) = [row for row in good.designations if row.designation_id == "hall-trade"]
    parts = tuple(
        first.model_copy(
            update={
                "designation_id": f"hall-{scope}",
                "scope": scope,
                "effective_on": parse(day),
                "checked_on": parse(day),
                "ended_on": None,
            }
        )
        for scope, day in (("part A", "2019-08-13"), ("part B", "2020-08-13"))
    )
    law = replace(good, designations=parts, list_readings=(), list_checks=())
    on = parse("2020-01-01")
    text = status_text(law, "hall-cameras", status(law, "hall-cameras", "us-trade", on), on)
    head, one, two = text.split("\n  entry ")
    # By hand: nothing read between 13 August 2019 and that day shows part A; part B came later.
    assert "Trade Control List: unknown." in head
    assert "Last known: yes, on 13 August 2019. [" in head
    assert "August 2020" not in one
    assert "(limited to part A)" in one
    assert "1 of 2: unknown." in one
    assert "no text read after 13 August 2019" in one
    assert "last text that shows it: 13 August 2019" in one
    assert "August 2019" not in two
    assert "2 of 2: no. It took effect later." in two
    assert "last text that shows it: 13 August 2020" in two
    assert "last check" not in text


def test_an_organisation_nobody_looked_for_is_told_so(good: Registry) -> None:
    day = parse("2022")
    text = status_text(good, "lumen-vision", status(good, "lumen-vision", None, day), day)
    assert "Lumen Vision was not looked for in any list" in text
    assert "- Trade Control List: unknown. The list was not checked for that day." in text
    assert "no entry is recorded):\n- EU human rights list" in text


def test_a_statement_that_two_sources_carry_is_said_once_with_both_marks(good: Registry) -> None:
    again = good.claim["riverton-court"].model_copy(
        update={"claim_id": "riverton-court-2", "source_id": "tender-2021"}
    )
    twice = replace(good, claims=(*good.claims, again))
    text = chain_text(twice, chain(twice, "riverton-city-video"))
    (line,) = [splitline for splitline in text.splitlines() if "A court dismissed" in splitline]
    assert line.count("[") == 2


def test_what_a_maker_says_of_itself_is_said_once(good: Registry) -> None:
    second = good.relation["acme-facet"].model_copy(
        update={"relation_id": "acme-lumen", "recipient_org": "lumen-vision"}
    )
    claim = good.claim["acme-facet-1"].model_copy(
        update={"claim_id": "acme-lumen-1", "subject_id": "acme-lumen"}
    )
    (scope,) = good.scopes_of("acme-facet-1")
    tied = scope.model_copy(update={"claim_id": "acme-lumen-1"})
    both = replace(
        good,
        relations=(*good.relations, second),
        claims=(*good.claims, claim),
        claim_scopes=(*good.claim_scopes, tied),
    )
    text = chain_text(both, chain(both, "riverton-city-video"))
    assert text.count("compute: Acme Silicon") == 2
    assert text.count("had stopped all shipments") == 1
    # The second time only its speakers are named, with their sources.
    assert text.count("As said above: Acme Silicon, supplier, November 2017 [") == 1
    assert text.count("Acme Silicon (spokesperson), supplier, 5 March 2022 [") == 1
    assert text.count("129 shipments") == 1


def test_one_statement_on_two_supplies_is_said_once_with_the_sources_of_both(
    good: Registry,
) -> None:
    (first,) = [row for row in good.claims if row.statement and row.subject_id == "facet-riverton"]
    again = first.model_copy(
        update={"claim_id": "again", "subject_id": "lumen-riverton", "source_id": "lumen-2022"}
    )
    both = replace(good, claims=(*good.claims, again))
    lines = chain_text(both, chain(both, "riverton-city-video")).splitlines()
    (told,) = [line for line in lines if str(first.statement) in line]
    assert told.count("[") == 2
    (back,) = [line for line in lines if "As said above:" in line]
    assert "As said above: Facet Labs (spokesperson), supplier, 2022 [" in back
    assert back.count("[") == 1


def test_a_source_says_that_only_an_excerpt_was_read(good: Registry) -> None:
    assert note_text(Note(1, good.source["mirror-2022"])) == (
        "Copy of a report on engines (described, no title shown), Copyhouse, n.d. (2022); "
        f"{good.source['mirror-2022'].kind}, grade C, excerpt read. https://copyhouse.example/engines"
    )

"""Who pays for a medium stands with each of its texts, with the source of that."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from mapper.answers.registry_excerpt import excerpt
from mapper.answers.supply_chain import chain
from mapper.registry.checked import load
from mapper.registry.registry import Registry
from mapper.registry.tables import MediaFunding
from mapper.settings import EvidenceScope
from mapper.telling.as_text import chain_text

DATA = Path(__file__).parents[2] / "data" / "registry"
STATE_MEDIA = re.compile(r"\b(TASS|Xinhua|Sputnik|RFE/RL|RNZ|China Daily|Philippine News Agency)\b")


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load(DATA)


def test_a_note_says_who_pays_for_the_medium_and_where_that_was_read(registry: Registry) -> None:
    (line,) = [
        line
        for line in chain_text(registry, chain(registry, "moscow-city-video")).splitlines()
        if "https://tass.com/society/1112251" in line
    ]
    assert "It is from a medium that the state funds (Russia, as UAWire" in line
    assert line.endswith(registry.source["uawire-media-2016"].url)


def test_a_note_on_a_medium_that_nothing_is_known_of_says_nothing(good: Registry) -> None:
    text = chain_text(good, chain(good, "riverton-city-video"))
    assert "It is from" not in text
    cells = {"source_id": "daily-2023", "tie": "owned", "country_code": "NZ", "as_of": ""}
    row = MediaFunding.model_validate({**cells, "funding_source_id": "lumen-2022"})
    told = chain_text(
        replace(good, media_funding=(row,)),
        chain(replace(good, media_funding=(row,)), "riverton-city-video"),
    )
    assert "It is from a medium of the state (New Zealand, as Lumen Vision tells)" in told


def test_no_text_of_a_medium_that_was_looked_up_is_without_its_row(registry: Registry) -> None:
    told = {row.source_id for row in registry.media_funding}
    of_state = {row.source_id for row in registry.sources if STATE_MEDIA.search(row.publisher)}
    assert of_state
    assert of_state <= told


def test_the_evidence_of_one_country_keeps_who_pays_for_its_media(registry: Registry) -> None:
    part = excerpt(registry, country_codes={"RU"}, org_ids=(), scope=EvidenceScope.COUNTRY)
    kept = {row.source_id for row in part.sources}
    assert {row.source_id for row in part.media_funding} == kept & {
        row.source_id for row in registry.media_funding
    }
    assert "tass-1112251" in kept
    assert {row.funding_source_id for row in part.media_funding} <= kept

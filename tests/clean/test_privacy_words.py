"""Words that decide about privacy are understood in the languages of lists; the rest is not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.clean.privacy_words import Privacy, as_osm_words, privacy_of
from mapper.model.tags import PRIVACY_TAGS, PUBLISHED_TAGS
from mapper.validate import homes

INSIDE = [
    "Indoors", "INSIDE", "Innenraum", "intérieur", "interieur", "à l'intérieur", "interior",
    "interno", "Binnen", "wewnątrz", "uvnitř", "vnútri", "inomhus", "innendørs", "indendørs",
    "sisätila", "beltéri", "în interior", "εσωτερικό", "iç mekan", "в помещении", "屋内", "室內",
    "실내", "in-door", "internal", "Im Gebäude", "indoor;yes", "Indoor / Outdoor",
]  # fmt: skip


@pytest.mark.parametrize("word", INSIDE)
def test_inside_is_understood_in_every_language(word: str) -> None:
    assert Privacy.INDOOR in (privacy_of(word) or frozenset())


def test_the_gate_withholds_what_is_inside_in_every_language() -> None:
    tags = pd.DataFrame(None, index=range(len(INSIDE)), columns=[*PUBLISHED_TAGS, *PRIVACY_TAGS])
    tags = tags.astype(object).where(pd.notna(tags), None)
    tags["surveillance"] = INSIDE
    assert homes.insides(tags, np.zeros(len(INSIDE), dtype=bool)).all()


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("Türklingel", Privacy.DOORBELL), ("sonnette", Privacy.DOORBELL),
        ("deurbel", Privacy.DOORBELL), ("домофон", Privacy.DOORBELL), ("Wohnhaus", Privacy.HOME),
        ("vivienda", Privacy.HOME), ("rodinný dům", Privacy.HOME), ("квартира", Privacy.HOME),
        ("Privatgrundstück", Privacy.PRIVATE), ("propiedad privada", Privacy.PRIVATE),
        ("soukromý", Privacy.PRIVATE), ("частная", Privacy.PRIVATE), ("Draußen", Privacy.OUTDOOR),
        ("venkovní", Privacy.OUTDOOR), ("espace public", Privacy.PUBLIC),
    ],
)  # fmt: skip
def test_other_words_are_understood_as_what_they_mean(word: str, meaning: Privacy) -> None:
    assert privacy_of(word) == frozenset({meaning})


@pytest.mark.parametrize("word", ["level 2", "Mezzanine", "indoor level 2", "xyz", "inn"])
def test_what_is_no_such_word_is_not_taken_for_safe(word: str) -> None:
    assert privacy_of(word) is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_and_what_is_understood_reads_back(text: str) -> None:
    meanings = privacy_of(text)
    if meanings is not None:
        again = privacy_of(as_osm_words(meanings))
        assert (again or frozenset()) | {Privacy.NOTHING} == meanings | {Privacy.NOTHING}

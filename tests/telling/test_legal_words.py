"""The words for legal lists: neutral in what is written, and a lint that would notice."""

import pytest

from mapper.clean.neutral_words import lint_words
from mapper.registry.codes import Effect
from mapper.registry.registry import Registry
from mapper.telling.legal_words import EFFECT_NAMES, EFFECT_WORDS, legal_wording

NOT_A_FREEZE = sorted(set(Effect) - {Effect.ASSET_FREEZE})


@pytest.mark.parametrize("effect", NOT_A_FREEZE)
def test_no_effect_but_a_freeze_is_called_a_sanction(good: Registry, effect: Effect) -> None:
    entry = good.designations[1].model_copy(update={"effect": effect})
    said = " ".join((legal_wording(good, entry), EFFECT_WORDS[effect], EFFECT_NAMES[effect]))
    assert "sanction" not in said.lower()
    assert lint_words(said) == ()


def test_every_effect_has_its_own_words() -> None:
    assert set(EFFECT_WORDS) == set(EFFECT_NAMES) == set(Effect)
    assert len(set(EFFECT_WORDS.values())) == len(Effect)


def test_an_entry_is_said_with_its_days_apart(good: Registry) -> None:
    assert legal_wording(good, good.designations[1]) == (
        "Hall Cameras is named in the Trade Control List: while the entry is in force, a licence "
        "is needed to export controlled goods and technology to it (limited to items of the "
        "control list); announced 7 October 2019; effective 9 October 2019; no longer in force "
        "from June 2024; instrument: 84 TR 54."
    )


def test_an_unknown_day_is_said_to_be_unknown(good: Registry) -> None:
    entry = good.designations[0].model_copy(
        update={"announced_on": None, "effective_on": None, "instrument": None}
    )
    assert legal_wording(good, entry) == (
        "Facet Labs is named in the EU human rights list: while the entry is in force, its funds "
        "and economic resources are frozen; announced on a day not known; effective from a day "
        "not known."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Hikvision has been sanctioned by its entry in the US Entity List.",
        "Under the FCC Covered List the company is sanctioned.",
        "US export-control sanctions apply to Dahua.",
        "The procurement sanction of section 889 covers five makers.",
        "Sanctions: NS-CMIC.",
        "The equipment authorisation sanction took effect in 2023.",
        "It is on the 1260H list of sanctioned firms.",
        "The company violates the rules of the list.",
        "The maker is complicit.",
    ],
)
def test_a_loaded_sentence_is_found(text: str) -> None:
    assert len(lint_words(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The EU froze assets under its Global Human Rights Sanctions Regime.",
        "An export licence is needed under the US Entity List.",
        "[1] “Chinese firm calls on US to reconsider its trade sanction, Entity List”, SCMP",
        "Entity List, https://sanctionsnews.example/entity-list",
        "The EU sanctions list names it. The Entity List does not.",
        "Entity List\nEU sanctions list",
        "Dahua said that it is not involved in rights violations.",
    ],
)
def test_a_plain_sentence_passes(text: str) -> None:
    assert lint_words(text) == ()

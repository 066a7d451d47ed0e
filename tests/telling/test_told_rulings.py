"""Rulings in words: the terminal and the pages say the same of them."""

from mapper.answers.legal_status import status
from mapper.answers.organisation_profile import vendor_profile
from mapper.answers.rulings import rulings_at
from mapper.answers.supply_chain import chain
from mapper.clean.neutral_words import lint_words
from mapper.clean.partial_date import parse
from mapper.registry.law_codes import RulingEffect
from mapper.registry.registry import Registry
from mapper.telling.as_json import chain_json, status_json, vendor_json
from mapper.telling.as_text import chain_text, vendor_text
from mapper.telling.legal_answer import status_text
from mapper.telling.statements import Presenter
from mapper.telling.told_rulings import RULING_EFFECTS, tell_rulings


def test_a_ruling_says_its_day_its_body_its_case_and_what_it_does(good: Registry) -> None:
    first, second = tell_rulings(Presenter(good), rulings_at(good, "riverton-metro-video"))
    assert first.headline == (
        "3 May 2021: High Court of Exland (first chamber), case 7/21: a breach was found, "
        "the use must end or must not begin and a fine of about 250,000 RUB"
    )
    assert first.concerns == (
        "Riverton metro video; Riverton Metro (addressee); "
        "Facet Labs (its product was used; not a party)"
    )
    assert first.reviewed == ("Later set aside by High Court of Exland (March 2022).",)
    assert second.headline.endswith("the request was dismissed; final on 1 June 2022")
    assert second.reviewed == ("The ruling of High Court of Exland (3 May 2021) was set aside.",)


def test_every_effect_has_neutral_words() -> None:
    assert set(RULING_EFFECTS) == set(RulingEffect)
    assert all(lint_words(text) == () for text in RULING_EFFECTS.values())


def test_chain_vendor_and_status_tell_rulings_as_text_and_as_data(good: Registry) -> None:
    heading = "Rulings of courts and regulators"
    found = chain(good, "riverton-metro-video")
    assert heading in chain_text(good, found)
    assert [row["ruling_id"] for row in chain_json(good, found)["rulings"]] == [
        "metro-faces-2021",
        "metro-faces-2022",
    ]
    profile = vendor_profile(good, "facet")
    assert heading in vendor_text(good, profile)
    told = vendor_json(good, profile)["rulings"][0]
    assert told["reviewed_by"] == ["metro-faces-2022"]
    assert told["effects"] == ["breach_found", "use_stopped", "fine"]
    day = parse("2022-01")
    answers = status(good, "facet", None, day)
    text = status_text(good, "facet", answers, day)
    assert "case 7/21" in text
    assert "The entry rests on enough evidence." not in text
    entries = status_json(good, "facet", answers, day)["lists"][0]["by_entry"]
    assert [row["ruling_id"] for row in entries[0]["rulings"]] == ["facet-entry-2024"]


def test_a_ruling_of_a_later_day_is_no_part_of_the_law_on_a_day(good: Registry) -> None:
    day = parse("2021-01")
    text = status_text(good, "facet", status(good, "facet", None, day), day)
    assert "Rulings of courts" not in text

"""Chips by model: what is known of a system's cameras, and the unknown said by its name."""

from dataclasses import replace
from pathlib import Path

import pytest

from mapper.answers.organisation_profile import vendor_profile
from mapper.answers.product_parts import chips_at, parts_of, wholes_of
from mapper.answers.supply_chain import chain
from mapper.registry.checked import load
from mapper.registry.registry import Registry
from mapper.registry.supply_codes import PartKind, PartKnownBy
from mapper.registry.tables import Relation
from mapper.telling.as_text import chain_text, vendor_text
from mapper.telling.statements import Presenter
from mapper.telling.told_parts import KNOWN_BY, PARTS, tell_chips, tell_parts

DATA = Path(__file__).parents[2] / "data" / "registry"


@pytest.fixture(scope="module")
def registry() -> Registry:
    """Return the real evidence."""
    return load(DATA)


def _with_model(good: Registry, product_id: str) -> Registry:
    def named(row: Relation) -> Relation:
        is_hall = row.relation_id == "hall-riverton"
        return row.model_copy(update={"product_id": product_id}) if is_hall else row

    return replace(good, relations=tuple(map(named, good.relations)))


def test_a_supply_without_a_model_leaves_the_chips_unknown_and_says_so(good: Registry) -> None:
    (chips,) = chips_at(good, "riverton-city-video")
    assert (chips.maker_org, chips.product_ids, chips.is_known) == ("hall-cameras", (), False)
    assert chips.models_read == 2
    assert dict(chips.makers_read[PartKind.PROCESSOR]) == {"acme-silicon": 2}
    (told,) = tell_chips(Presenter(good), [chips])
    assert told.sentence == (
        "Hall Cameras: no source says which model stands here, so its chips are not known. Of this "
        "maker the chips of 2 models are known, whether or not of here: processors of Acme "
        "Silicon (2)."
    )
    assert told.parts == ()


def test_a_named_model_has_its_own_parts_and_no_other_ones(good: Registry) -> None:
    (chips,) = chips_at(_with_model(good, "hall-h2"), "riverton-city-video")
    assert chips.is_known
    assert {part.product_id for part in chips.parts} == {"hall-h2"}
    (told,) = tell_chips(Presenter(good), [chips])
    assert told.sentence == "Hall Cameras: sources name Hall H2."
    (part,) = told.parts
    assert part.of_product == (
        "processor Acme T4 of Acme Silicon (devices opened or read out, May 2022)"
    )
    assert part.sources == ("daily-2023", "mirror-2022")


def test_a_system_without_a_maker_of_cameras_names_no_chip(good: Registry) -> None:
    assert chips_at(good, "exland-plates") == ()


def test_a_part_knows_its_wholes_and_a_product_its_parts(good: Registry) -> None:
    assert [row.product_id for row in wholes_of(good, "acme-t4")] == [
        "hall-h2",
        "hall-h2",
        "hall-h3",
    ]
    assert [row.source_id for row in parts_of(good, "hall-h3")] == ["lumen-2022"]
    assert len(vendor_profile(good, "acme-silicon").inside) == 3
    assert "Hall Cameras Hall H3: processor" in vendor_text(
        good, vendor_profile(good, "acme-silicon")
    )
    assert "Chips in its cameras" in chain_text(good, chain(good, "riverton-city-video"))


def test_every_kind_of_part_and_of_knowing_has_its_words(good: Registry) -> None:
    assert set(PARTS) == set(PartKind)
    assert set(KNOWN_BY) == set(PartKnownBy)
    assert tell_parts(Presenter(good), ()) == ()


def test_a_hundred_parts_by_model_are_known_and_each_has_a_source(registry: Registry) -> None:
    assert len(registry.product_parts) >= 100
    assert len({row.product_id for row in registry.product_parts}) >= 60
    for row in registry.product_parts:
        # A modem or a wireless module belongs to the network layer.
        assert registry.product[row.part_product_id].layer in {"chip", "network"}
        assert registry.source[row.source_id].url.startswith("http")
    hikvision = vendor_profile(registry, "hikvision")
    assert {registry.product[row.part_product_id].org_id for row in hikvision.parts} >= {
        "ambarella",
        "hisilicon",
        "fullhan",
    }


def test_a_citys_cameras_answer_for_their_chips_or_name_the_unknown(registry: Registry) -> None:
    for row in registry.deployments:
        for told in tell_chips(Presenter(registry), chips_at(registry, row.deployment_id)):
            assert told.parts or "not known" in told.sentence or "no chip" in told.sentence

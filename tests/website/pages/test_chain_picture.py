"""The chain as a picture: every node once, nothing on top of another, texts inside their boxes."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.answers.supply_chain import chain
from mapper.registry.checked import load
from mapper.registry.registry import Registry
from mapper.settings import Settings
from mapper.telling.statements import Presenter, Ref
from mapper.telling.told_chain import ToldNode, told_chain
from mapper.website.pages.chain_picture import (
    Box,
    Picture,
    broken,
    narrow_picture,
    text_width,
    wide_picture,
)
from tests.website.pages.static_page import good_registry

CITY = "riverton-city-video"
LAYOUTS = (wide_picture, narrow_picture)


@pytest.fixture(scope="module")
def real() -> Registry:
    return load(Settings().registry_dir)


def _told(registry: Registry, deployment_id: str) -> ToldNode:
    return told_chain(Presenter(registry), chain(registry, deployment_id)).root


@pytest.fixture(scope="module")
def city() -> ToldNode:
    return _told(good_registry(), CITY)


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _check(picture: Picture) -> None:
    for box in picture.boxes:
        assert box.x >= 0
        assert box.x + box.width <= picture.width
        assert picture.top <= box.y
        assert box.y + box.height <= picture.top + picture.height + 0.1
        for line in (*box.name_lines, *box.product_lines):
            assert text_width(line) <= box.width - 20
        lines = len(box.name_lines) + len(box.product_lines)
        assert 36 + 17 * (lines - 1) < box.height
    for one, other in combinations(picture.boxes, 2):
        assert not _overlap(one, other), (one, other)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_node_of_the_chain_is_one_box_and_every_other_has_its_arrow(
    city: ToldNode, layout: object
) -> None:
    picture = layout(city)  # type: ignore[operator] # one of the two layouts
    found = list(city.walk())
    assert len(picture.boxes) == len(found)
    assert len(picture.arrows) == len(found) - 1
    assert [box.is_gap for box in picture.boxes] == [node.is_gap for node in found]


def test_what_nothing_names_is_a_gap_that_says_unknown(city: ToldNode) -> None:
    gaps = [box for box in wide_picture(city).boxes if box.is_gap]
    # By hand: nothing read names the chips behind Lumen Vision's engine.
    assert [(box.step, box.name_lines, box.name.kind) for box in gaps] == [
        ("compute", ("unknown",), "")
    ]


def test_the_line_and_the_word_beside_it_say_the_status(city: ToldNode) -> None:
    arrows = wide_picture(city).arrows
    said = {(arrow.role, arrow.status, arrow.status_text) for arrow in arrows}
    # By hand from the claims: the maker of the cameras disputes, the chip maker stopped.
    assert ("manufacturer", "disputed", "disputed") in said
    assert ("component", "ended", "ended") in said
    assert ("developer", "confirmed", "confirmed") in said
    assert ("run by", "runs", "") in said


def test_a_recipient_beside_the_operator_is_a_box_of_its_own() -> None:
    good = good_registry()
    moved = tuple(
        row.model_copy(update={"recipient_org": "towns-council"})
        if row.relation_id == "hall-riverton"
        else row
        for row in good.relations
    )
    picture = wide_picture(_told(replace(good, relations=moved), CITY))
    boxes = {box.title.partition(" (")[0].partition(",")[0]: box for box in picture.boxes}
    recipient = boxes["recipient: Councils of the Riverton region"]
    assert recipient.x == boxes["operator: Riverton Department of Information"].x
    maker = boxes["cameras: Hall Cameras"]
    middle = pytest.approx(maker.y + maker.height / 2, abs=0.1)
    (arrow,) = [one for one in picture.arrows if one.y == middle and one.x > recipient.x]
    # The line to the maker begins at the middle of the recipient's box.
    start = float(arrow.trunk[1:].partition(" ")[2].partition("H")[0])
    assert start == pytest.approx(recipient.y + recipient.height / 2, abs=0.1)
    assert ("supplied to", "runs") in {(one.role, one.status) for one in picture.arrows}


def test_a_box_holds_what_its_page_is_found_by(city: ToldNode) -> None:
    place, *boxes = wide_picture(city).boxes
    assert place.name == Ref("Riverton", "country", "RU")
    named = {" ".join(box.name_lines): (box.name.kind, box.name.row_id) for box in boxes}
    assert named["Facet Labs"] == ("organisation", "facet")
    assert named["Hall Cameras"] == ("organisation", "hall-cameras")


def test_a_chip_maker_stands_to_the_right_of_the_engine_it_is_in(city: ToldNode) -> None:
    boxes = {" ".join(box.name_lines): box for box in wide_picture(city).boxes}
    operator, engine = boxes["Riverton Department of Information"], boxes["Facet Labs"]
    assert operator.x < engine.x < boxes["Acme Silicon"].x


def test_the_narrow_picture_fits_a_phone(city: ToldNode) -> None:
    assert narrow_picture(city).width <= 344


def test_no_picture_of_the_registry_has_boxes_or_texts_on_top_of_each_other(
    real: Registry,
) -> None:
    for row in real.deployments:
        found = _told(real, row.deployment_id)
        for layout in LAYOUTS:
            _check(layout(found))


@given(st.text(max_size=80), st.integers(40, 260), st.integers(1, 4))
def test_broken_lines_fit_and_lose_nothing_where_there_is_room(
    text: str, room: int, lines_max: int
) -> None:
    lines = broken(text, room, lines_max)
    assert len(lines) <= lines_max
    assert all(text_width(line) <= room for line in lines)
    if not lines or not lines[-1].endswith("…"):
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_on_a_phone_a_gap_says_that_it_is_unknown_once(city: ToldNode) -> None:
    picture = narrow_picture(city)
    assert sum(box.name_lines == ("unknown",) for box in picture.boxes if box.is_gap) > 0
    assert {arrow.role for arrow in picture.arrows if arrow.status == "gap"} == {""}

"""A sudden fall is blocked and names its groups; a reason lets it through and is kept."""

import csv
from dataclasses import replace

import pytest

from mapper.errors import GateError
from mapper.model.release import Earlier, LastRelease
from mapper.settings import bundled_root
from mapper.validate.drop_gate import BOUNDS_PATH, bounds, drop
from mapper.validate.findings import Material
from mapper.validate.gates import count_objects, require
from mapper.validate.suppression import Suppression
from tests.release.factory import device, reading
from tests.release.small_release import CREDIT, published_of

COUNTRIES = [f"{first}{second}" for first in "ABCD" for second in "VWXYZ"]
PER_COUNTRY = 40


def world() -> list[dict[str, object]]:
    """Return 20 countries of 40 cameras; every second camera is of its country's own vendor."""
    return [
        device(
            place * PER_COUNTRY + number,
            country_code=country,
            vendor_id=f"maker-{number % 2}",
            vendor_rung="B",
            vendor_as_written="Maker",
            vendor_method="manufacturer exact",
        )
        for place, country in enumerate(COUNTRIES)
        for number in range(PER_COUNTRY)
    ]


def material(rows: list[dict[str, object]], last: LastRelease | None) -> Material:
    tags = {str(row["source_ref"]): {"manufacturer": "Maker"} for row in rows}
    published = published_of(rows, tags)
    counts = count_objects((reading(rows),), published)
    return Material(published, (CREDIT,), counts, Suppression(), last)


LAST = LastRelease(
    release_id="2018-02-01.1",
    cameras=len(COUNTRIES) * PER_COUNTRY,
    by_country=dict.fromkeys(COUNTRIES, PER_COUNTRY),
    by_vendor={"maker-0": 400, "maker-1": 400},
)


def test_the_same_number_of_cameras_passes() -> None:
    assert require(material(world(), LAST)) == []


def test_a_first_release_has_nothing_to_compare_with() -> None:
    assert drop(material(world()[:50], None)) == []


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 1.0])
def test_a_fall_of_any_country_blocks_and_names_it(country: str, share: float) -> None:
    gone = round(PER_COUNTRY * share)
    inside = [row for row in world() if row["country_code"] == country]
    lost = {row["camera_id"] for row in inside[:gone]}
    now = material([row for row in world() if row["camera_id"] not in lost], LAST)
    texts = [finding.text for finding in drop(now) if finding.blocks]
    assert any(
        text.startswith(f"country {country}: {PER_COUNTRY - gone} cameras") for text in texts
    )


@pytest.mark.parametrize("kept", [0, 320, 480, 640, 679])
def test_a_fall_of_the_whole_by_a_fifth_or_more_blocks(kept: int) -> None:
    rows = world()
    spread = [
        row for number, row in enumerate(rows) if number * kept // 800 != (number + 1) * kept // 800
    ]
    assert len(spread) == kept
    last = replace(LAST, by_country={}, by_vendor={})
    (finding,) = drop(material(spread or rows[:1], last))
    assert finding.blocks
    assert "against 800 in release 2018-02-01.1" in finding.text


def test_a_fall_within_the_bound_passes() -> None:
    last = replace(LAST, by_country={}, by_vendor={})
    assert drop(material(world()[:680], last)) == []


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 1.0])
@pytest.mark.parametrize("group", ["source osm", "kind camera", "vendor maker-0", "the whole"])
def test_a_fall_of_any_kind_of_group_blocks_and_names_it(group: str, share: float) -> None:
    last = replace(LAST, by_source={"osm": 800}, by_kind={"camera": 800})
    rows = world()
    if group == "vendor maker-0":
        gone = [row for row in rows if row["vendor_id"] == "maker-0"][: round(400 * share)]
    else:
        # One row is left, so that there is a frame to count in.
        gone = rows[1 : round(800 * share) + 1]
    lost = {row["camera_id"] for row in gone}
    now = material([row for row in rows if row["camera_id"] not in lost], last)
    assert any(one.blocks and one.text.startswith(f"{group}: ") for one in drop(now))


def test_a_fall_in_small_steps_is_held_against_the_median_of_the_releases_before() -> None:
    # Each release lost 8 %: no step is a fall, and what is left is 78 % of the middle.
    medians = {"whole": {"whole": 1020.0}, "country": {"AV": 51.0, "AW": 44.0}}
    last = replace(
        LAST, by_country={"AV": 43, "AW": 43}, earlier=Earlier(medians, 6, "2017-08-01.1")
    )
    texts = [one.text for one in drop(material(world(), last)) if one.blocks]
    told = "against {}, the median of 6 releases since 2017-08-01.1"
    assert texts == [
        f"the whole: 800 cameras, -22% {told.format('1020')}",
        f"country AV: 40 cameras, -22% {told.format('51')}",
    ]


def test_a_group_that_fell_at_once_is_named_once() -> None:
    medians = {"country": {"AV": 90.0}}
    last = replace(LAST, by_country={"AV": 80}, earlier=Earlier(medians, 3, "2017-11-01.1"))
    texts = [one.text for one in drop(material(world(), last))]
    assert texts == ["country AV: 40 cameras, -50% against 80 in release 2018-02-01.1"]


def test_every_bound_is_a_share_with_a_reason() -> None:
    assert set(bounds()) == set(LAST.groups())
    for bound in bounds().values():
        # A fall by a fifth blocks in every kind of group.
        assert 0.8 < bound.least_share < 1 < bound.most_share
    with (bundled_root() / BOUNDS_PATH).open(encoding="utf-8", newline="") as file:
        assert all(len(row["why"]) > 20 for row in csv.DictReader(file))


def test_a_vendor_that_vanishes_blocks_and_is_named() -> None:
    rows = [row for row in world() if row["vendor_id"] == "maker-0"]
    last = replace(LAST, cameras=400, by_country={})
    (finding,) = drop(material(rows, last))
    assert finding.text.startswith("vendor maker-1: 0 cameras, -100%")


def test_more_than_twice_as_many_cameras_block() -> None:
    last = replace(LAST, cameras=399, by_country={}, by_vendor={})
    (finding,) = drop(material(world(), last))
    assert finding.blocks


@pytest.mark.parametrize(("size", "blocks"), [(29, True), (5, True), (4, False)])
def test_a_small_group_among_the_twenty_largest_may_not_vanish(size: int, blocks: bool) -> None:  # noqa: FBT001
    last = replace(LAST, by_country={"QQ": size}, by_vendor={})
    texts = [finding.text for finding in drop(material(world(), last)) if finding.blocks]
    told = f"country QQ: 0 cameras, -100% against {size} in release 2018-02-01.1"
    assert texts == ([told] if blocks else [])


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 1.0])
@pytest.mark.parametrize("place", range(20))
def test_in_a_release_of_twenty_small_groups_each_fall_of_one_blocks(
    place: int, share: float
) -> None:
    rows = [row for number, row in enumerate(world()) if number % 4 == 0]
    inside = [row["camera_id"] for row in rows if row["country_code"] == COUNTRIES[place]]
    gone = set(inside[: round(10 * share)])
    last = replace(LAST, cameras=200, by_country=dict.fromkeys(COUNTRIES, 10), by_vendor={})
    now = material([row for row in rows if row["camera_id"] not in gone], last)
    texts = [finding.text for finding in drop(now) if finding.blocks]
    assert [text.partition(",")[0] for text in texts] == [
        f"country {COUNTRIES[place]}: {10 - len(gone)} cameras"
    ]


def test_a_small_group_beyond_the_twenty_largest_may_change() -> None:
    last = replace(LAST, by_country={**LAST.by_country, "QQ": 29}, by_vendor={})
    assert drop(material(world(), last)) == []
    at_median = Earlier(
        {"country": {**dict.fromkeys(COUNTRIES, 40.0), "QQ": 29.0}}, 3, "2017-11-01.1"
    )
    assert drop(material(world(), replace(LAST, by_vendor={}, earlier=at_median))) == []


def test_the_median_of_a_small_group_among_the_largest_holds_too() -> None:
    earlier = Earlier({"country": {"QQ": 12.0}}, 3, "2017-11-01.1")
    last = replace(LAST, by_country={}, by_vendor={}, earlier=earlier)
    (text,) = [finding.text for finding in drop(material(world(), last)) if finding.blocks]
    assert text.startswith("country QQ: 0 cameras, -100% against 12, the median of 3 releases")


def test_a_reason_lets_the_fall_through_and_keeps_it_as_a_remark() -> None:
    fallen = material(world()[:400], LAST)
    with pytest.raises(GateError) as refused:
        require(fallen)
    assert "--accept-change" in refused.value.next_step
    remarks = require(replace(fallen, accept_change="the extract was narrowed"))
    assert remarks
    assert not any(remark.blocks for remark in remarks)

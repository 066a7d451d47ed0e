"""The score: what counts as right, and the interval."""

from pathlib import Path

import pytest

from mapper.registry.registry import Registry
from tests.bench.vendor_score import NAMING, WITHOUT_TOP, Half, Share, half_of, score
from tests.resolve.vendors.vendor_rows import FOOTPRINTS, NAMES, ORGANISATIONS, PRODUCTS

REGISTRY = Registry(
    organisations=ORGANISATIONS,
    organisation_names=NAMES,
    products=PRODUCTS,
    footprints=FOOTPRINTS,
)

GOLD = (
    ("manufacturer", "Flock Safety", "flock_safety"),
    ("manufacturer", "Avigilon", "avigilon|motorola_solutions"),
    ("manufacturer", "Reolink;Arlo", "reolink;arlo"),
    ("manufacturer", "Hickvisson", "hikvision"),
    ("manufacturer", "Acmecorp", "acmecorp"),
    ("manufacturer", "Unknown", "NIL"),
    ("manufacturer", "Star", "UNCERTAIN"),
    ("manufacturer", "Genetec", "NIL"),
    ("brand", "Motorola/Avigilon", "motorola_solutions|avigilon"),
    ("brand", "Axis", "reolink;axis_communications"),
    ("operator", "Springfield Police", "NIL"),
)


def _files(folder: Path, half: Half) -> tuple[Path, Path]:
    """Write the labelled values with so many spaces behind that all fall into one half."""
    gold, raw = folder / "gold.csv", folder / "raw.csv"
    gold_lines, raw_lines = ["tag,raw_value,label"], ["tag,raw_value,count,wikidata_counts"]
    for number, (tag, value, label) in enumerate(GOLD):
        padded = next(
            value + " " * spaces
            for spaces in range(99)
            if half_of(tag, value + " " * spaces) is half
        )
        gold_lines.append(f"{tag},{padded},{label}")
        raw_lines.append(f"{tag},{padded},{10 * (number + 1)},")
    gold.write_text("\n".join(gold_lines) + "\n", encoding="utf-8")
    raw.write_text("\n".join(raw_lines) + "\n", encoding="utf-8")
    return gold, raw


@pytest.mark.parametrize(
    ("tag", "value", "half"),
    [
        # First byte by sha256sum of "brand", newline, "Rekor", and so on: da, 70, 57, e1.
        ("brand", "Rekor", Half.WRITTEN_FROM),
        ("manufacturer", "Bosch", Half.WRITTEN_FROM),
        ("manufacturer", "Hikvision", Half.HELD_OUT),
        ("manufacturer", "Siqura", Half.HELD_OUT),
    ],
)
def test_the_half_of_a_value_never_changes(tag: str, value: str, half: Half) -> None:
    assert half_of(tag, value) is half


def test_the_halves_are_about_equal() -> None:
    halves = [half_of("manufacturer", str(number)) for number in range(1000)]
    assert 400 < halves.count(Half.HELD_OUT) < 600


def test_labels_are_counted_as_the_guide_says(tmp_path: Path) -> None:
    table = score(*_files(tmp_path, Half.HELD_OUT), REGISTRY, Half.HELD_OUT)
    maker = table.of("manufacturer")
    # Right: Flock Safety, Avigilon, Reolink;Arlo. Wrong: Genetec, labelled as no maker.
    assert (maker.precision.right, maker.precision.total) == (3, 4)
    assert [value.strip() for value in maker.wrong] == ["Genetec"]
    # With a maker: those three, Hickvisson (proposed) and Acmecorp (not in the registry).
    assert (maker.recall.right, maker.recall.total) == (3, 5)
    assert maker.recall_proposed.right == 4
    assert [value.strip() for value in maker.missed] == ["Acmecorp"]


def test_both_of_two_right_makers_are_right_and_one_of_two_needed_is_wrong(tmp_path: Path) -> None:
    brand = score(*_files(tmp_path, Half.HELD_OUT), REGISTRY, Half.HELD_OUT).of("brand")
    assert (brand.precision.right, brand.precision.total) == (1, 2)
    assert [value.strip() for value in brand.wrong] == ["Axis"]


@pytest.mark.parametrize(
    ("value", "label", "is_right"),
    [
        ("Arlo", "arlo", True),
        ("Arlo", "reolink|arlo", True),
        ("Arlo", "reolink;arlo|arlo", True),
        ("Reolink;Arlo", "reolink;arlo", True),
        ("Reolink;Arlo", "reolink|arlo", True),
        ("Arlo", "reolink;arlo", False),
        ("Reolink;Arlo", "arlo", False),
        ("Reolink;Arlo", "arlo|axis_communications", False),
        ("Arlo", "NIL", False),
    ],
)
def test_an_answer_is_an_option_or_several_and_nothing_else(
    tmp_path: Path, value: str, label: str, *, is_right: bool
) -> None:
    gold, raw = tmp_path / "gold.csv", tmp_path / "raw.csv"
    gold.write_text(f"tag,raw_value,label\nbrand,{value},{label}\n", encoding="utf-8")
    raw.write_text(f"tag,raw_value,count\nbrand,{value},1\n", encoding="utf-8")
    precision = score(gold, raw, REGISTRY, half_of("brand", value)).of("brand").precision
    assert (precision.right, precision.total) == (int(is_right), 1)


def test_records_weigh_values_by_their_count(tmp_path: Path) -> None:
    table = score(*_files(tmp_path, Half.HELD_OUT), REGISTRY, Half.HELD_OUT)
    # Flock Safety 10, Avigilon 20, Reolink;Arlo 30 of those and Hickvisson 40, Acmecorp 50.
    assert table.of("manufacturer", "record").recall.right == 60
    assert table.of("manufacturer", "record").recall.total == 150


def test_operators_and_the_top_maker_are_kept_apart(tmp_path: Path) -> None:
    table = score(*_files(tmp_path, Half.HELD_OUT), REGISTRY, Half.HELD_OUT)
    assert table.of("operator").precision.total == 0
    assert table.of(NAMING).recall.total == 7
    # Reolink is the most frequent: 30 records of "Reolink;Arlo" and 100 of "Axis".
    assert table.of(WITHOUT_TOP).recall.total == 5


def test_the_other_half_is_not_scored(tmp_path: Path) -> None:
    table = score(*_files(tmp_path, Half.HELD_OUT), REGISTRY, Half.WRITTEN_FROM)
    assert table.of(NAMING).recall.total == 0


def test_the_table_can_be_read(tmp_path: Path) -> None:
    text = str(score(*_files(tmp_path, Half.HELD_OUT), REGISTRY, Half.HELD_OUT))
    assert "manufacturer" in text
    assert "0.600 [0.231, 0.882] 3/5" in text


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [
        # Brown, Cai, DasGupta (2001) give the formula; worked by hand with z = 1.96.
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (3, 5, 0.231, 0.882),
        (0, 100, 0.0, 0.037),
    ],
)
def test_the_interval_is_wilsons(right: int, total: int, low: float, high: float) -> None:
    assert Share(right, total).interval == pytest.approx((low, high), abs=0.0006)


def test_a_share_of_nothing_has_no_value() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == (0.0, 1.0)
    assert str(Share(0, 0)) == "none"

"""Light and dark, wide and narrow: colours that can be told apart, and targets one can touch."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visit import Visit

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

_COLOURS = Path(__file__).parents[2] / "site" / "css" / "colours.css"
_TEXTS = ("ink", "ink-2", "ink-3", "link")
_MARKS = ("camera", "deployment", "accent", "unknown", *(f"maker-{n}" for n in range(1, 9)))

_SMALL = """
[...document.querySelectorAll('button, input, select, summary, label, .ways a')]
  .filter(e => e.checkVisibility() && !(e.tagName === 'INPUT' && e.closest('label')))
  .filter(e => !e.matches('.grip'))  // its touchable area is a pseudo-element, 44 px with it
  .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([, box]) => box.height > 0 && (box.height < 43.5 || box.width < 43.5))
  .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)
"""


def _colours(visit: Visit) -> dict[str, tuple[int, int, int]]:
    """Read the colour variables as the browser resolves them."""
    names = re.findall(r"--([a-z0-9-]+): var\(--light, #", _COLOURS.read_text(encoding="utf-8"))
    resolved = visit.page.evaluate(
        "names => { const p = document.createElement('p'); document.body.append(p);"
        " const out = names.map(n => { p.style.color = `var(--${n})`;"
        " return getComputedStyle(p).color; }); p.remove(); return out; }",
        sorted(set(names)),
    )
    found = {}
    for name, text in zip(sorted(set(names)), resolved, strict=True):
        red, green, blue = (int(part) for part in re.findall(r"\d+", text)[:3])
        found[name] = (red, green, blue)
    return found


def _luminance(colour: tuple[int, int, int]) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    parts = [value / 255 for value in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_marks_stand_out_and_the_ground_stays_behind(
    visit: Open, town_dir: Path, theme: str
) -> None:
    colours = _colours(visit(town_dir / "site", theme=theme))

    for text in _TEXTS:
        for ground in ("paper", "paper-2"):
            assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for mark in _MARKS:
        for ground in ("land", "sea", "building", "water"):
            assert _contrast(colours[mark], colours[ground]) >= 3, (mark, ground)
    for name in (n for n in colours if re.fullmatch(r"maker-\d", n)):
        assert _contrast(colours["maker-ink"], colours[name]) >= 3, name

    assert _contrast(colours["land"], colours["sea"]) >= 1.25, "the coast is seen without its line"

    for name in ("street-1", "street-2", "street-3", "building", "water", "green", "rail"):
        assert _contrast(colours[name], colours["land"]) < 1.6, name
    land, *streets = (
        _luminance(colours[name]) for name in ("land", "street-3", "street-2", "street-1")
    )
    steps = [abs(street - land) for street in streets]
    assert steps == sorted(set(steps)), "a larger street stands out more"


def test_each_colour_stands_once_with_both_its_values() -> None:
    text = _COLOURS.read_text(encoding="utf-8")
    names = re.findall(r"--([a-z0-9-]+): var\(--light, #", text)

    assert len(names) == len(set(names)) >= 40
    assert text.count("#") == 2 * len(names), "and no colour stands anywhere else"


def test_a_reader_who_chooses_dark_gets_the_same_dark_as_the_system_gives(
    visit: Open, town_dir: Path
) -> None:
    system = visit(town_dir / "site", theme="dark")
    chosen = visit(town_dir / "site", theme="light")
    light = _colours(chosen)

    chosen.page.locator("#theme").click()

    assert _colours(chosen) == _colours(system)
    assert _colours(chosen) != light
    chosen.page.reload()
    chosen.wait_ready()
    assert _colours(chosen) == _colours(system), "the choice is kept"


def test_on_a_phone_everything_to_touch_is_large_enough(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#18/41.31255/-119.04390", width=390, height=844)
    seen.page.locator("#grip").click()
    seen.page.locator("#grip").click()
    expect(seen.page.locator("#panel")).to_have_attribute("data-rest", "full")

    for tab in ("#tab-filter", "#tab-list"):
        seen.page.locator(tab).click()
        small = seen.page.evaluate(_SMALL)
        assert small == []


def test_the_sheet_has_three_rests(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", width=390, height=844)
    panel = seen.page.locator("#panel")
    bar = seen.page.get_by_role("navigation", name="Pages").bounding_box()
    assert bar is not None
    assert bar["y"] + bar["height"] == 844
    heights = []

    for rest in ("peek", "half", "full"):
        expect(panel).to_have_attribute("data-rest", rest)
        box = panel.bounding_box()
        assert box is not None
        heights.append(box["height"])
        assert abs(box["y"] + box["height"] - bar["y"]) < 1
        seen.page.locator("#grip").click()

    expect(panel).to_have_attribute("data-rest", "peek")
    assert heights[0] < 130 < heights[1] < 460 < heights[2]


def test_the_sheet_of_a_camera_is_closed_by_its_cross(visit: Open, town_dir: Path) -> None:
    address = "#17/41.31240/-119.04459&place=US"
    seen = visit(town_dir / "site", address, width=390, height=844)
    drawer = seen.page.locator("#drawer")
    expect(drawer).to_be_visible()
    box = seen.page.locator("#drawer-close").bounding_box()
    assert box is not None

    # Its upper edge too: the grip above reaches further than it is drawn.
    seen.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + 12)

    expect(drawer).to_be_hidden()


def test_a_tapped_camera_is_not_covered_by_its_own_sheet(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", "#17/41.31250/-119.04380", width=390, height=844)
    # The last camera of Market Square's pole with three, made to lie where the sheet will come.
    seen.page.evaluate("site_map.setView([41.3140, -119.0446], 17, {animate: false})")
    seen.click_at(-119.044593, 41.312396)

    drawer = seen.page.locator("#drawer")
    expect(drawer).to_be_visible()
    box = drawer.bounding_box()
    assert box is not None
    assert seen.screen_point(-119.044593, 41.312396)[1] < box["y"]


def test_no_width_scrolls_sideways(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", width=1280, height=800)

    for width in (1280, 1000, 768, 390, 320):
        seen.page.set_viewport_size({"width": width, "height": 800})
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.page.evaluate("document.documentElement.scrollHeight") <= 800


def test_on_paper_there_are_the_map_the_count_and_the_credit(visit: Open, town_dir: Path) -> None:
    seen = visit(town_dir / "site", theme="dark")
    dark = _colours(seen)["paper"]
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen.page.emulate_media(media="print", color_scheme="dark")
    seen.page.set_viewport_size({"width": 690, "height": 975})

    assert _luminance(_colours(seen)["paper"]) > 0.9 > _luminance(dark)
    box = seen.page.locator("#map").bounding_box()
    assert box is not None
    assert box["width"] <= 690, "the whole view is on the paper"
    expect(seen.page.locator("#pane-list .rows li").first).to_be_visible()
    for shown in ("#map", "#count", "#credit", "#scale"):
        expect(seen.page.locator(shown)).to_be_visible()
    for hidden in ("#zoom-in", "#search", ".ways", "#pane-filter"):
        expect(seen.page.locator(hidden)).to_be_hidden()
    seen.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert _colours(seen)["paper"] == dark


@pytest.mark.parametrize("width", [768, 900, 1024, 1280])
def test_what_lies_on_the_map_lies_neither_under_the_drawer_nor_on_itself(
    visit: Open, town_dir: Path, width: int
) -> None:
    seen = visit(town_dir / "site", "#place=RS/Belgrade", width=width, height=900)
    expect(seen.page.locator("#drawer-title")).to_have_text("Belgrade")

    covered = seen.page.evaluate(
        """() => {
        const boxes = ['drawer', 'key', 'legend', 'map-tools']
          .map(id => document.getElementById(id))
          .filter(node => node && node.checkVisibility())
          .map(node => [node.id, node.getBoundingClientRect()])
          .filter(([, box]) => box.width > 0);
        const isOver = (a, b) =>
          a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        return boxes.flatMap(([one, a], i) => boxes.slice(i + 1)
          .filter(([, b]) => isOver(a, b)).map(([other]) => `${one} and ${other}`));
        }"""
    )

    assert covered == []

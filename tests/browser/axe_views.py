"""
Every view of the page, in everything that a reader's screen can be, under axe.

``python -m tests.browser.axe_views`` prints the table of docs/accessibility.md.
"""

import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.settings import Settings
from tests.browser.conftest import TOWN, launched
from tests.browser.visit import Visit

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    # To write down what is right as well takes longer than to look.
    "resultTypes": ["violations"],
}


@dataclass(frozen=True, slots=True)
class Screen:
    """What a reader looks at the page with."""

    width: int = 1280
    height: int = 800
    scheme: Literal["light", "dark"] = "light"
    forced: Literal["none", "active"] = "none"
    motion: Literal["reduce", "no-preference"] = "reduce"


SCREENS = {
    "light": Screen(),
    "dark": Screen(scheme="dark"),
    "phone, 390 px": Screen(390, 844),
    "phone, dark": Screen(390, 844, scheme="dark"),
    "320 px": Screen(320, 640),
    "twice the size": Screen(640, 400),  # what a window of 1280 by 800 has at 200 %
    "forced colours": Screen(forced="active"),
    "motion": Screen(motion="no-preference"),
}
"""Motion is reduced in all but the last."""

TESTED = ("light", "dark", "320 px", "twice the size", "forced colours")
"""The screens that the tests try; the table tries all."""


@dataclass(frozen=True, slots=True)
class View:
    """
    One view.

    Attributes
    ----------
    page_name
        Below the site; ``{lang}`` stands for the folder of a language.
    fragment
        What the address asks the map for.
    shown
        A selector that is visible when the view is there.
    pressed
        What is pressed to come there.
    """

    page_name: str = "{lang}index.html"
    fragment: str = ""
    shown: str = "main"
    pressed: str = ""


VIEWS = {
    "opening": View(shown="#story"),
    "map": View(fragment="#map", shown="#map"),
    "list of cameras": View(fragment="#map", shown="#pane-list", pressed="#tab-list"),
    "camera": View(fragment="#camera=osm:node/900000100020", shown="#drawer"),
    "system": View(fragment="#deployment=moscow-city-video", shown="#drawer"),
    "place": View(fragment="#place=RS/Belgrade", shown="#drawer"),
    "share": View(fragment="#map", shown="#share", pressed="#share-open"),
    "route": View(fragment="#map", shown=".route-answer", pressed="#route-open"),
    "roads into a town": View(
        fragment="#map", shown="html[data-cordon=ready] .route-answer", pressed="#cordon-open"
    ),
    "places": View("{lang}places/index.html"),
    "country": View("{lang}places/rs.html"),
    "vendors": View("{lang}vendors/index.html"),
    "vendor": View("{lang}vendors/ntechlab.html"),
    "deployments": View("{lang}deployments/index.html"),
    "deployment": View("{lang}deployments/moscow-city-video.html"),
    "data": View("{lang}data.html"),
    "lists": View("{lang}lists.html"),
    "method": View("{lang}method.html"),
    "cameras as text": View("{lang}list.html"),
}


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong, as rule and element."""
    answer = Axe().run(page, options=RULES)
    return [
        f"{rule['id']}: {node['html'][:120]}"
        for rule in answer.response["violations"]
        for node in rule["nodes"]
    ]


def faults(visit: Visit, view: View, screens: Iterable[str] = SCREENS) -> dict[str, list[str]]:
    """
    Look at a view on every screen.

    Returns
    -------
    dict
        By the name of a screen what is wrong there: what axe finds, and a page that is wider than
        its window.
    """
    visit.page.locator(view.shown).first.wait_for(state="visible")
    answers: dict[str, list[str]] = {}
    for name in screens:
        screen = SCREENS[name]
        visit.page.set_viewport_size({"width": screen.width, "height": screen.height})
        visit.page.emulate_media(
            color_scheme=screen.scheme, forced_colors=screen.forced, reduced_motion=screen.motion
        )
        wide = visit.page.evaluate("document.documentElement.scrollWidth")
        too_wide = [f"{wide} px wide"] if wide > screen.width else []
        answers[name] = violations(visit.page) + too_wide
    return answers


def opened(visit: Callable[..., Visit], site_dir: Path, view: View, lang: str = "") -> Visit:
    """Go to a view; ``lang`` is the folder of a language with its stroke, as ``ar/``."""
    page_name = view.page_name.format(lang=lang)
    is_map = page_name.endswith("index.html") and page_name.count("/") == lang.count("/")
    seen = visit(site_dir, view.fragment, page_name=page_name, wait=is_map)
    if view.pressed:
        seen.page.locator(view.pressed).click()
    return seen


def _print_table() -> None:
    say = sys.stdout.write
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings = Settings(out_dir=Path(folder), page_languages=("ar",))
        build([str(TOWN)], settings=settings, progress=NoProgress())
        visit = partial(Visit, launched(playwright))
        say("| view | " + " | ".join(SCREENS) + " |\n| --- |" + " ---: |" * len(SCREENS) + "\n")
        for lang, words in (("", ""), ("ar/", ", Arabic")):
            for name, view in VIEWS.items():
                seen = opened(visit, Path(folder) / "site", view, lang)
                counts = (str(len(wrong)) for wrong in faults(seen, view).values())
                say(f"| {name}{words} | " + " | ".join(counts) + " |\n")
                sys.stdout.flush()
                seen.close()


if __name__ == "__main__":
    _print_table()

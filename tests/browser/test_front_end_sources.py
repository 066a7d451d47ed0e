"""Rules of the front end's own files, read as text."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from mapper.model.basemap import ROAD_CLASSES, RoadsState
from mapper.model.enums import CAMERA_TYPES, FirstMappedMethod, Flag, Rung

SITE = Path(__file__).parents[2] / "site"
SCRIPTS = sorted((SITE / "js").glob("*.js"))
STYLES = sorted((SITE / "css").glob("*.css"))
WORDS: dict[str, str] = json.loads((SITE / "i18n" / "en.json").read_text(encoding="utf-8"))

_DOSSIER = "dossier.css"
"""The sheet of a document to print, which has no other sheet and no second theme."""

_FORBIDDEN = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
    "DOMParser",
    "createContextualFragment",
    "srcdoc",
    "fetch(",
    "XMLHttpRequest",
    "sendBeacon",
    "WebSocket",
    "document.cookie",
    "bindPopup",
    "bindTooltip",
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_makes_text_and_asks_nobody(script: Path) -> None:
    text = script.read_text(encoding="utf-8")

    assert [word for word in _FORBIDDEN if word in text] == []
    assert len(text.splitlines()) <= 400


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_a_style_names_no_other_host_and_no_colour_of_its_own(style: Path) -> None:
    text = style.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 400
    assert "url(" not in text
    assert "@import" not in text
    if style.name not in {"colours.css", "print.css", _DOSSIER}:
        assert re.findall(r"#[0-9a-f]{3,8}\b(?=[;\s)])", text.replace("#000 calc", "")) == []


def _imports(script: Path) -> set[str]:
    return set(re.findall(r'from "\./(\w+\.js)"', script.read_text(encoding="utf-8")))


def test_no_module_imports_itself_by_a_detour() -> None:
    imports = {path.name: _imports(path) for path in SCRIPTS}
    order: list[str] = []
    while ready := sorted(
        name for name in imports if name not in order and imports[name] <= set(order)
    ):
        order += ready

    assert sorted(order) == sorted(imports), "what is left stands in a circle"


_BUNDLES = [
    ("BUNDLE", "map.js", ["WC"]),
    ("BUNDLE_EARLY", "before_paint.js", []),
    ("BUNDLE_FIRST", "first_screen.js", []),
    ("BUNDLE_PAGES", "pages.js", []),
    ("BUNDLE_TOOLS", "tools.js", []),
]


@pytest.mark.parametrize(("variable", "name", "_globals"), _BUNDLES)
def test_a_bundle_is_made_from_the_modules_as_they_are(
    variable: str, name: str, _globals: list[str]
) -> None:
    makefile = (SITE.parent / "Makefile").read_text(encoding="utf-8")
    (command,) = re.findall(rf"^{variable} := (.*?[^\\])$", makefile, re.DOTALL | re.MULTILINE)
    bin_dir = str(Path(sys.prefix) / "bin")
    words = shlex.split(command.replace("\\\n", " ").replace("$(BIN)", bin_dir))
    made = subprocess.run(words, cwd=SITE.parent, capture_output=True, check=True).stdout  # noqa: S603

    assert (SITE / "built" / name).read_bytes() == made, "run make bundle"


@pytest.mark.parametrize(("_variable", "name", "names"), _BUNDLES)
def test_a_bundle_is_a_classic_script_that_adds_no_more_than_one_name(
    _variable: str, name: str, names: list[str]
) -> None:
    text = (SITE / "built" / name).read_text(encoding="utf-8")

    assert not re.search(r"(?:^|[;}])\s*(?:import|export)\b", text, re.MULTILINE)
    assert re.findall(r"\b(?:globalThis|window)\.(\w+) ?=(?!=)", text) == names


def test_every_style_is_on_the_page_once() -> None:
    page = json.loads((SITE / "page.json").read_text(encoding="utf-8"))

    assert len(set(page["css"])) == len(page["css"])
    assert sorted({*page["css"], *page["pages_css"], page["noscript_css"], _DOSSIER}) == [
        path.name for path in STYLES
    ]


def _asked() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in SCRIPTS]
    texts += [path.read_text(encoding="utf-8") for path in (SITE / "templates").glob("*.html")]
    keys: set[str] = set()
    for text in texts:
        keys |= set(re.findall(r"""\bt\(\s*"([a-z._]+)"[,)\s]""", text))
        keys |= set(re.findall(r"""\bt\['([a-z._]+)'\]""", text))
    # A key that ends in a dot is completed by a value; those are the closed lists below.
    return {key for key in keys if not key.endswith(".")}


def test_every_word_that_is_asked_for_is_there() -> None:
    assert _asked() - WORDS.keys() == set()
    assert len(_asked()) > 100


@pytest.mark.parametrize(
    ("start", "values"),
    [
        ("kind.", CAMERA_TYPES),
        ("rung.", Rung),
        ("rung.short.", Rung),
        ("mapped.", FirstMappedMethod),
        ("legend.kind.", CAMERA_TYPES),
        ("road.", ROAD_CLASSES),
        ("cordon.", set(RoadsState) - {RoadsState.WHOLE}),
        ("flag.", set(Flag) - {Flag.ALL_ROUND, Flag.AREA_CENTRE}),
    ],
)
def test_every_word_of_a_closed_list_is_there(start: str, values: Iterable[str]) -> None:
    assert [str(value) for value in values if start + str(value) not in WORDS] == []


def test_placeholders_are_well_formed() -> None:
    for key, text in WORDS.items():
        assert text.count("{") == text.count("}") == len(re.findall(r"\{\w+\}", text)), key
        if key.endswith("_one"):
            assert key.removesuffix("_one") in WORDS

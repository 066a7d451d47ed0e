"""The documentation site: whole, asking nobody, its links leading somewhere, its examples true."""

import doctest
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from typer.main import get_command

from mapper.cli import app
from tests.documented_commands import walk

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
# What a browser fetches by itself; an `a` is followed by its reader alone.
_LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.add(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag in _LOADING and values.get(_LOADING[tag]):
            self.loaded.append(values[_LOADING[tag]])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site as `make docs-site` does; a warning is an error."""
    to = tmp_path_factory.mktemp("docs-site")
    words = ["-m", "sphinx", "-q", "-W", "-b", "html", "-d", str(to / "trees")]
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, *words, str(DOCS), str(to / "html")],
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return to / "html"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, _Page]:
    return {path: _Page(path.read_text("utf-8")) for path in sorted(site.rglob("*.html"))}


def test_every_page_of_the_folder_is_in_the_site(site: Path) -> None:
    names = {path.relative_to(DOCS).with_suffix("") for path in DOCS.rglob("*.md")}
    built = {path.relative_to(site).with_suffix("") for path in site.rglob("*.html")}
    assert names - built == {Path("README")}


def test_no_page_loads_anything_from_another_host(pages: dict[Path, _Page], site: Path) -> None:
    for path, page in pages.items():
        assert [one for one in page.loaded if urlsplit(one).netloc] == [], path
    for path in (*site.rglob("*.css"), *site.rglob("*.js")):
        text = path.read_text("utf-8")
        assert not re.search(r"(url\(|@import|fetch\(|src=)\s*[\"']?(https?:)?//", text), path


def test_every_link_within_the_site_leads_somewhere(pages: dict[Path, _Page]) -> None:
    broken = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.exists():
                broken.append((path.name, link))
            elif parts.fragment and target in pages:
                ids = pages[target].ids
                if parts.fragment not in ids:
                    broken.append((path.name, link))
    assert broken == []


def test_the_reference_has_every_command_and_function(site: Path) -> None:
    commands = (site / "commands.html").read_text("utf-8")
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        assert command.hidden or f'id="mapper-{name}"' in commands, name
    api = (site / "api.html").read_text("utf-8")
    for name in ("load", "explore", "history", "evidence", "chain", "status"):
        assert f'id="mapper.{name}"' in api, name


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the examples of the tutorial in order; each says what its page shows."""
    folder = tmp_path_factory.mktemp("tutorial")
    assert walk(DOCS / "tutorial.md", folder) >= 4
    return folder


def test_the_examples_in_python_give_what_they_show(
    worked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(worked)
    result = doctest.testfile(str(DOCS / "library.md"), module_relative=False)
    assert (result.failed, result.attempted >= 8) == (0, True)

"""What the repository cites is in the repository, and every page of docs is in its index."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_CITED = re.compile(r"(?<![\w/.{}<*-])(?:[\w.-]+/)*[\w-]+\.md\b")
# Names of files that the program writes for its users, or that every source has.
# The last is written by `make docs-site`.
_NOT_OURS = frozenset(
    {"ORIGIN.md", "data_dictionary.md", "README.md", "commands.md", "notes.md", "RELEASES.md"}
)


def _tracked(*patterns: str) -> Iterator[Path]:
    listed = subprocess.run(  # noqa: S603 - git of the checkout, with names of our own
        ["git", "ls-files", "-z", *patterns],  # noqa: S607 - as above
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return (ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


PAGES = sorted(_tracked("*.md"))
CODE = sorted(_tracked("*.py", "*.js", "*.css", "*.html", "*.toml", "Makefile"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    targets = [target for target in _LINK.findall(page.read_text("utf-8")) if ":" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_no_file_cites_a_page_that_is_not_here() -> None:
    here = {page.name for page in PAGES} | _NOT_OURS
    lost = {
        f"{path.relative_to(ROOT)}: {cited}"
        for path in (*PAGES, *CODE)
        # An ORIGIN.md names pages of other people's repositories.
        if path != Path(__file__) and path.name != "ORIGIN.md"
        for cited in _CITED.findall(path.read_text("utf-8"))
        if cited.rpartition("/")[2] not in here
    }
    assert lost == set()


def test_every_page_of_docs_stands_in_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    text = index.read_text("utf-8") + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    pages = {page.name for page in PAGES if page.parent == index.parent and page != index}
    assert {page for page in pages if page not in text} == set()

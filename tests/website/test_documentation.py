"""Documentation that was built lies in the site and is linked to; without it no page names it."""

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest

from mapper.errors import UsageError
from mapper.model.progress import NoProgress
from mapper.pipeline.building import build
from mapper.pipeline.last_build import key_of
from mapper.pipeline.own_site import with_documentation
from mapper.settings import Settings
from mapper.website.downloads import copy_documentation

_WAY = re.compile(r'href="([^"]*docs/index\.html)"')


@pytest.fixture
def documentation(tmp_path: Path) -> Path:
    """Write what a builder of documentation leaves."""
    folder = tmp_path / "pages"
    (folder / "_static").mkdir(parents=True)
    (folder / "index.html").write_text("<p>All of it</p>", "utf-8")
    (folder / "_static" / "a.css").write_text("p {}", "utf-8")
    (folder / ".buildinfo").write_text("what the builder keeps for itself", "utf-8")
    return folder


def _ways(site: Path) -> dict[str, set[str]]:
    """Return which pages lead to the documentation, and how."""
    pages = {path: html.unescape(path.read_text("utf-8")) for path in site.rglob("*.html")}
    return {
        path.relative_to(site).as_posix(): set(_WAY.findall(text))
        for path, text in pages.items()
        if "docs" not in path.relative_to(site).parts
    }


def test_every_page_leads_to_the_documentation_where_there_is_one_and_none_where_not(
    tmp_path: Path, documentation: Path, small_bundled_dir: Path
) -> None:
    settings = Settings(
        out_dir=tmp_path / "out", bundled_dir=small_bundled_dir, page_languages=("fr",)
    )
    build(["sample"], settings=settings, progress=NoProgress())
    site = settings.site_dir
    assert set().union(*_ways(site).values()) == set()
    assert "Documentation<" not in (site / "method.html").read_text("utf-8")
    build(["sample"], settings=with_documentation(settings, documentation), progress=NoProgress())
    assert (site / "docs/_static/a.css").is_file()
    assert not (site / "docs/.buildinfo").exists()
    ways = _ways(site)
    assert {"index.html", "fr/index.html", "method.html", "fr/places/index.html"} <= set(ways)
    for page, found in ways.items():
        assert len(found) == 1, page
        (way,) = found
        assert (site / page).parent.joinpath(way).resolve() == site.resolve() / "docs/index.html"


def test_what_is_no_documentation_or_leads_out_of_it_is_refused(
    tmp_path: Path, documentation: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"holds no index\.html"):
        copy_documentation(tmp_path / "empty", tmp_path / "site")
    (documentation / "key").symlink_to("/etc/passwd")
    with pytest.raises(UsageError, match="key is a link"):
        copy_documentation(documentation, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_page_of_the_documentation_that_changed_is_a_reason_to_build(
    documentation: Path,
) -> None:
    settings = with_documentation(Settings(), documentation)
    before = key_of(["sample"], settings)
    assert key_of(["sample"], settings) == before
    (documentation / "index.html").write_text("<p>More of it</p>", "utf-8")
    assert key_of(["sample"], settings) != before
    assert key_of(["sample"], replace(settings, presentation=Settings().presentation)) != before

"""The sample's page in a real browser: what it says where it cannot work, and what it finds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import expect, sync_playwright

from tests.browser.conftest import launched
from tests.browser.visit import Visit
from tests.cases.trial import Case, Trial


@contextmanager
def _sample_page(trial: Trial, *, before: str | None = None) -> Iterator[Visit]:
    """Build the embedded sample and open its page."""
    told = trial.run("build")
    assert told.code == 0, told
    with sync_playwright() as playwright:
        browser = launched(playwright)
        try:
            site = trial.folder / "build" / "site"
            yield Visit(browser, site, wait=before is None, before=before)
        finally:
            browser.close()


def _old_browser(trial: Trial) -> str:
    script = (trial.folder / "init.js").read_text("utf-8")
    with _sample_page(trial, before=script) as seen:
        message = seen.page.locator("#plain")
        expect(message).to_be_visible()
        expect(message).to_contain_text("too old")
        assert message.locator("a").count() > 0
        said = seen.page.locator("body").inner_text()
        assert "reading the cameras" not in said, said
        assert "streets could not" not in said, said
    return "one message, and the plain pages"


def _place_found(trial: Trial) -> str:
    with _sample_page(trial) as seen:
        search = seen.page.locator("#search")
        search.focus()
        seen.page.locator("html[data-search=true]").wait_for(state="attached")
        search.fill("Helsinki")
        first = seen.page.get_by_role("option").first
        expect(first).to_contain_text("Helsinki")
    return "Helsinki is found"


PAGE_CASES: Final = (
    Case("26", "says that the browser is too old", _old_browser),
    Case("29", "the name of a place finds it", _place_found),
)

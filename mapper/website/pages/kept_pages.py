"""
The pages of organisations and of deployments, which are kept from one build to the next.

They rest on the registry and the settings alone, so that they can be made before anything is known
of cameras: what these say is left blank (`blanks`). Each is made from inputs that note what it
asks, so that it can be told whether it would be the same today; see `page_store`.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from mapper.answers.deployment_profile import deployment_profile
from mapper.answers.organisation_profile import vendor_profile
from mapper.registry.registry import Registry
from mapper.settings import Settings
from mapper.telling import words
from mapper.telling.statements import Presenter
from mapper.website.pages.addresses import page_of_organisation, pages_of_registry
from mapper.website.pages.asked_inputs import PageInputs
from mapper.website.pages.deployment import by_country, deployment_page, spot_of
from mapper.website.pages.locator_map import LAND_FILE, Land
from mapper.website.pages.noted_once import NotedOnce
from mapper.website.pages.page_rendering import PageRenderer
from mapper.website.pages.page_store import store_of
from mapper.website.pages.vendor import vendor_page, vendor_row

if TYPE_CHECKING:
    from mapper.registry.asked_registry import Question


def kept_pages(registry: Registry, settings: Settings) -> Mapping[str, str]:
    """
    Return the kept pages, with blanks and without their foot; those that no store has are made.

    They are kept when this returns: a later call, in another process too, takes what this one made.

    Returns
    -------
    Mapping
        Address below the site's folder (``fr/vendors/acme.html``) -> page, in every language that
        the site has it in: of every deployment, and of every organisation of the registry, of
        which cameras name some that nothing else names.
    """
    pages = _KeptPages(registry, settings)
    kept = pages.store.take_all()
    if kept is not None:
        return kept
    pages.take_vendors()
    pages.take_deployments()
    pages.store.write()
    return pages.texts


def are_kept(registry: Registry, settings: Settings) -> bool:
    """Whether every page is kept, so that `kept_pages` makes none."""
    return _KeptPages(registry, settings).store.take_all() is not None


class _KeptPages:
    """The making of these pages, of which those that a store has are taken from there."""

    def __init__(self, registry: Registry, settings: Settings) -> None:
        self._questions: list[Question] = []
        inputs = PageInputs(registry, pages_of_registry(registry))
        self._inputs = inputs.asked(self._questions.append)
        # What is only run through is not asked: each page notes what it shows of a row.
        self._registry = registry
        self._presenter = Presenter(self._inputs.registry)
        self._land = Land(settings.boundaries_dir / LAND_FILE)
        self._renderer = PageRenderer(self._inputs, settings)
        self.store = store_of(inputs, settings, self._renderer.lang)
        self.texts: dict[str, str] = {}
        asked = self._inputs.registry
        self._deployment_of = NotedOnce(partial(deployment_profile, asked), self._questions)
        self._vendor_of = NotedOnce(partial(vendor_profile, asked), self._questions)

    def take_deployments(self) -> None:
        """Take or make every deployment, and the list of them."""
        for row in self._registry.deployments:
            address = self._inputs.index.deployment(row.deployment_id)
            page = partial(self._deployment_page, row.deployment_id)
            self._take(address, "deployment.html", "deployments", page)
        self._take(
            "deployments/index.html", "deployments.html", "deployments", self._deployment_rows
        )

    def _deployment_page(self, deployment_id: str) -> dict[str, Any]:
        profile = self._deployment_of(deployment_id)
        return deployment_page(self._presenter, profile, land=self._land)

    def _deployment_rows(self) -> dict[str, Any]:
        rows, index = self._inputs.registry.deployments, self._inputs.index
        spots = [spot_of(row, index.deployment(row.deployment_id)) for row in rows]
        with_point = [spot for spot in spots if spot is not None]
        countries = by_country(rows, self._deployment_of).items()
        return {
            "countries": sorted(countries, key=lambda country: words.country(country[0])),
            "locator": self._land.locator(with_point, whole_world=True),
            "without_point": len(spots) - len(with_point),
            "total": len(spots),
        }

    def take_vendors(self) -> None:
        """Take or make every organisation, and the list of them."""
        for row in self._registry.organisations:
            page = partial(self._vendor_page, row.org_id)
            self._take(page_of_organisation(row.org_id), "vendor.html", "vendors", page)
        self._take("vendors/index.html", "vendors.html", "vendors", self._vendor_rows)

    def _vendor_page(self, org_id: str) -> dict[str, Any]:
        profile = self._vendor_of(org_id)
        return vendor_page(self._presenter, profile, index=self._inputs.index, land=self._land)

    def _vendor_rows(self) -> dict[str, Any]:
        rows = [
            vendor_row(self._vendor_of(row.org_id)) for row in self._inputs.registry.organisations
        ]
        rows.sort(key=lambda row: (row.name.casefold(), row.profile.organisation.org_id))
        return {"rows": rows}

    def _take(
        self, address: str, template: str, here: str, content: Callable[[], dict[str, Any]]
    ) -> None:
        """Take a page of the store, or else make it and note all that was asked meanwhile."""
        languages = self._renderer.languages
        for lang in languages.langs_of(address):
            kept_as = f"{languages.folder(lang)}{address}"
            text = self.store.take(kept_as)
            if text is None:
                # What the page before this one asked is forgotten.
                self._questions.clear()
                text = self._renderer.render(address, template, here, content, lang)
                self.store.keep(kept_as, text, set(self._questions))
            self.texts[kept_as] = text

"""
The pages of organisations and of deployments, which are kept from one build to the next.

Each is made from inputs that note what it asks, so that it can be told whether it would be the same
today; see `page_store`.
"""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from mapper.answers.deployment_profile import DeploymentProfile, deployment_profile
from mapper.answers.organisation_profile import VendorProfile, vendor_profile
from mapper.settings import Settings
from mapper.telling import words
from mapper.telling.statements import Presenter
from mapper.website.pages.asked_inputs import PageInputs
from mapper.website.pages.deployment import by_country, deployment_page, spot_of
from mapper.website.pages.locator_map import Land
from mapper.website.pages.noted_once import NotedOnce
from mapper.website.pages.page_rendering import PageRenderer
from mapper.website.pages.page_store import PageStore
from mapper.website.pages.vendor import vendor_page, vendor_row

if TYPE_CHECKING:
    from mapper.registry.asked_registry import Question


class KeptPages:
    """
    The making of these pages, of which those that a store has are taken from there.

    Attributes
    ----------
    renderer
        Makes them, and may make others.
    """

    def __init__(
        self,
        inputs: PageInputs,
        open_store: Callable[[], PageStore],
        land: Land,
        settings: Settings,
        put: Callable[[str, str, str], None],
    ) -> None:
        """
        Get ready.

        Parameters
        ----------
        open_store
            Opens the store, once and only where a page is put: a process that leaves these pages
            to a copy of it needs none.
        put
            Takes address, text without its foot and language of every page.
        """
        self._questions: list[Question] = []
        self._inputs = inputs.asked(self._questions.append)
        # What is only run through is not asked: each page notes what it shows of a row.
        self._index, self._rows = inputs.index, inputs.registry.deployments
        self._presenter = Presenter(self._inputs.registry)
        self._open_store = open_store
        self._land = land
        self._put = put
        self.renderer = PageRenderer(self._inputs, settings)
        registry = self._inputs.registry
        self._deployment_of = NotedOnce(partial(deployment_profile, registry), self._questions)

    @property
    def deployments(self) -> dict[str, list[DeploymentProfile]]:
        """Country code -> its deployments by name."""
        return by_country(self._rows, self._deployment_of)

    @cached_property
    def store(self) -> PageStore:
        """What is kept of earlier builds, and will be of this one."""
        return self._open_store()

    def put_deployments(self) -> None:
        """Put every deployment, and the list of them."""
        for row in self._rows:
            address, page = self._index.deployment(row.deployment_id), self._deployment_page
            self._put_kept(
                address, "deployment.html", "deployments", partial(page, row.deployment_id)
            )
        self._put_kept(
            "deployments/index.html", "deployments.html", "deployments", self._deployment_rows
        )

    def _deployment_page(self, deployment_id: str) -> dict[str, Any]:
        return deployment_page(
            self._presenter,
            self._deployment_of(deployment_id),
            tally=self._inputs.tally,
            titles=self._inputs.titles,
            land=self._land,
        )

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

    def put_vendors(self) -> None:
        """Put every organisation, and the list of them."""
        profile_of = NotedOnce(partial(vendor_profile, self._inputs.registry), self._questions)
        for org_id in sorted(self._index.org_ids):
            page = partial(self._vendor_page, profile_of, org_id)
            self._put_kept(self._index.org(org_id), "vendor.html", "vendors", page)
        index = partial(self._vendor_rows, profile_of)
        self._put_kept("vendors/index.html", "vendors.html", "vendors", index)

    def _vendor_page(self, profile_of: NotedOnce[VendorProfile], org_id: str) -> dict[str, Any]:
        return vendor_page(
            self._presenter,
            profile_of(org_id),
            index=self._inputs.index,
            tally=self._inputs.tally,
            land=self._land,
        )

    def _vendor_rows(self, profile_of: NotedOnce[VendorProfile]) -> dict[str, Any]:
        rows = [
            vendor_row(profile_of(org_id), self._inputs.tally)
            for org_id in self._inputs.index.org_ids
        ]
        rows.sort(key=lambda row: (row.name.casefold(), row.profile.organisation.org_id))
        return {
            "makers": [row for row in rows if row.is_maker],
            "others": [row for row in rows if not row.is_maker],
        }

    def _put_kept(
        self, address: str, template: str, here: str, content: Callable[[], dict[str, Any]]
    ) -> None:
        """Put a page of the store, or else make it and note all that was asked meanwhile."""
        languages = self.renderer.languages
        for lang in languages.langs_of(address):
            kept_as = f"{languages.folder(lang)}{address}"
            text = self.store.take(kept_as)
            if text is None:
                # What the page before this one asked is forgotten.
                self._questions.clear()
                text = self.renderer.render(address, template, here, content, lang)
                self.store.keep(kept_as, text, set(self._questions))
            self._put(address, text, lang)

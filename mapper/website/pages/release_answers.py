"""What a release and its cameras say at the blanks of the kept pages."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from mapper.model.release import ReleaseInfo
from mapper.registry.registry import Registry
from mapper.website.pages.addresses import PageIndex, map_of_maker
from mapper.website.pages.blanks import filled
from mapper.website.pages.deployment import spot_of
from mapper.website.pages.mapped_nearby import MappedNearby, mapped_nearby, radius_m_of
from mapper.website.pages.page_rendering import PageRenderer
from mapper.website.pages.tally import CameraTally, Nearby
from mapper.website.pages.vendor import cameras_told


class ReleaseAnswers:
    """
    The numbers of one release for the pages of every language.

    Whole sentences stand in ``blanks.html``, whose macros have the names of the blanks.
    """

    def __init__(
        self,
        registry: Registry,
        index: PageIndex,
        tally: CameraTally,
        info: ReleaseInfo,
        renderer: PageRenderer,
    ) -> None:
        """
        Get ready.

        Parameters
        ----------
        index
            What has a page on this site.
        renderer
            Has the release in its templates.
        """
        self._registry = registry
        self._index = index
        self._tally = tally
        self._titles = {one.source_id: one.title for one in (*info.credits, *info.local_credits)}
        self._renderer = renderer
        self._near: dict[str, Nearby] = {}
        self._conditions = {
            "page": self._has_page,
            "listed": self._has_page,
            "counted": self._has_cameras,
            "uncounted": self._has_none,
            "mapped": self._is_mapped,
        }
        self._contents = {
            "cameras_told": self._cameras_told,
            "cameras_table": self._cameras_table,
            "cameras_cell": self._camera_count,
            "mapped_figures": self._nearby,
            "mapped_within": self._nearby,
        }

    def fill(self, text: str, address: str, lang: str) -> str:
        """Return a kept page as it is in this release."""
        with self._renderer.telling("blanks.html", address, lang) as self._macros:
            return filled(text, self)

    def holds(self, condition: str, row_id: str) -> bool:
        """Whether a condition on a row holds; see `Answers`."""
        return self._conditions[condition](row_id)

    def text(self, name: str, row_id: str, held: Mapping[str, int]) -> str:
        """Return what stands in a blank; see `Answers`."""
        content: Any = self._contents[name](row_id) if row_id else _listed(held)
        return str(getattr(self._macros, name)(content))

    def _has_page(self, org_id: str) -> bool:
        return org_id in self._index.org_ids

    def _has_cameras(self, org_id: str) -> bool:
        return self._has_page(org_id) and self._camera_count(org_id) > 0

    def _has_none(self, org_id: str) -> bool:
        return self._has_page(org_id) and not self._camera_count(org_id)

    def _is_mapped(self, deployment_id: str) -> bool:
        return bool(self._nearby(deployment_id).mapped)

    def _cameras_of(self, org_id: str) -> Mapping[str | None, Counter[str]]:
        return self._tally.vendors.get(org_id, {})

    def _camera_count(self, org_id: str) -> int:
        return sum(by_rung.total() for by_rung in self._cameras_of(org_id).values())

    def _cameras_told(self, org_id: str) -> str:
        return cameras_told(self._camera_count(org_id))

    def _cameras_table(self, org_id: str) -> dict[str, Any]:
        """Return the cameras of an organisation by country, most first, and the map of them."""
        of_maker = self._cameras_of(org_id)
        ranked = sorted(of_maker.items(), key=lambda row: (-row[1].total(), row[0] or ""))
        total = sum(of_maker.values(), Counter[str]())
        return {"countries": ranked, "total": total, "on_map": map_of_maker(org_id)}

    def _nearby(self, deployment_id: str) -> MappedNearby:
        row = self._registry.deployment[deployment_id]
        spot = spot_of(row, "")
        if spot is None:
            msg = f"{deployment_id} has no point to count cameras around"
            raise ValueError(msg)
        if deployment_id not in self._near:
            # Counted once for all languages, and for the condition and what it says.
            near = self._tally.near(spot.lon_deg, spot.lat_deg, radius_m_of(row))
            self._near[deployment_id] = near
        return mapped_nearby(row, self._near[deployment_id], self._titles)


def _listed(held: Mapping[str, int]) -> dict[str, int]:
    """Count the lines in the list of organisations: of makers and of others."""
    return {"makers": held["listed"] + held["counted"], "others": held["uncounted"]}

"""What a page is made from beside the registry, with a note of each question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mapper.model.release import ReleaseInfo
from mapper.registry.asked_registry import (
    AskedMapping,
    AskedRegistry,
    Note,
    Question,
    answers_of,
    digest_of,
)
from mapper.registry.registry import Registry
from mapper.website.pages.addresses import PageIndex
from mapper.website.pages.tally import CameraTally, Nearby


@dataclass(frozen=True, slots=True)
class PageInputs:
    """
    All that the page of an organisation or a deployment can rest on.

    Attributes
    ----------
    titles
        Source of cameras -> its title.
    """

    registry: Registry
    index: PageIndex
    tally: CameraTally
    info: ReleaseInfo
    titles: Mapping[str, str]

    def asked(self, note: Note) -> "PageInputs":
        """Return inputs that answer as these do and note every question."""
        return PageInputs(
            registry=AskedRegistry(self.registry, note),
            index=_AskedIndex(self.index, note),
            tally=_AskedTally(self.tally, note),
            info=_AskedInfo(self.info, note),
            titles=AskedMapping("title", self.titles, note),
        )

    def digests(self) -> Callable[[Question], str]:
        """Return a function that digests today's answer to a question noted of such inputs."""
        of_registry = answers_of(self.registry)
        own: Mapping[str, Callable[..., object]] = {
            "page": lambda kind, row_id: getattr(self.index, kind)(row_id),
            "pages": lambda kind: sorted(getattr(self.index, kind)),
            "near": self.tally.near,
            "release": lambda name: getattr(self.info, name),
        }
        values: Mapping[str, Mapping[str, object]] = {
            "title": self.titles,
            "vendor_cameras": self.tally.vendors,
        }

        def digest(question: Question) -> str:
            kind, *asked = question
            if kind in own:
                return digest_of(repr(own[str(kind)](*asked)))
            if kind == "value" and asked[0] in values:
                return digest_of(repr(values[str(asked[0])].get(str(asked[1]))))
            return of_registry.digest(question)

        return digest


class _AskedIndex(PageIndex):
    """Which pages there are; `PageIndex.address` asks the three methods."""

    __slots__ = ("_note", "_of")
    _note: Note
    _of: PageIndex

    def __init__(self, of: PageIndex, note: Note) -> None:
        object.__setattr__(self, "_of", of)
        object.__setattr__(self, "_note", note)

    @property
    def org_ids(self) -> frozenset[str]:
        """All that have a page: a list of them is another one when there is one more."""
        self._note(("pages", "org_ids"))
        return self._of.org_ids

    def org(self, org_id: str | None) -> str:
        self._note(("page", "org", org_id))
        return self._of.org(org_id)

    def deployment(self, deployment_id: str | None) -> str:
        self._note(("page", "deployment", deployment_id))
        return self._of.deployment(deployment_id)

    def place(self, country_code: str | None) -> str:
        self._note(("page", "place", country_code))
        return self._of.place(country_code)


class _AskedTally(CameraTally):
    """The counts that a page shows; the others are asked for by pages that are never kept."""

    def __init__(self, of: CameraTally, note: Note) -> None:
        self._of = of
        self._note = note
        self.vendors = AskedMapping("vendor_cameras", of.vendors, note)

    def near(self, lon_deg: float, lat_deg: float, radius_m: float) -> Nearby:
        self._note(("near", lon_deg, lat_deg, radius_m))
        return self._of.near(lon_deg, lat_deg, radius_m)


class _AskedInfo(ReleaseInfo):
    """The release, with a note of each of its values."""

    __slots__ = ("_note", "_of")
    _note: Note
    _of: ReleaseInfo

    def __init__(self, of: ReleaseInfo, note: Note) -> None:
        object.__setattr__(self, "_of", of)
        object.__setattr__(self, "_note", note)

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 - as the release's own
        if name.startswith("_"):
            return super().__getattribute__(name)
        self._note(("release", name))
        return getattr(self._of, name)

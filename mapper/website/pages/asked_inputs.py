"""What a page is made from, with a note of each question."""

from collections.abc import Callable
from dataclasses import dataclass

from mapper.model.release import ReleaseInfo
from mapper.registry.asked_registry import (
    AskedRegistry,
    Note,
    Question,
    answers_of,
    digest_of,
    rests_on_registry,
)
from mapper.registry.registry import Registry
from mapper.telling.statements import Ref
from mapper.website.pages.addresses import PageIndex, page_of_organisation


@dataclass(frozen=True, slots=True)
class PageInputs:
    """
    All that a page rests on beside its own content.

    Attributes
    ----------
    info
        None for pages that are kept: what a release says there stands in `blanks`, and a template
        that asks for the release fails.
    """

    registry: Registry
    index: PageIndex
    info: ReleaseInfo | None = None

    def asked(self, note: Note) -> "PageInputs":
        """Return inputs that answer as these do and note every question."""
        return PageInputs(
            registry=AskedRegistry(self.registry, note),
            index=_AskedIndex(self.index, note),
        )

    def digests(self) -> Callable[[Question], str]:
        """Return a function that digests today's answer to a question noted of such inputs."""
        of_registry = answers_of(self.registry)

        def digest(question: Question) -> str:
            if rests_on_registry(question):
                return of_registry.digest(question)
            _, kind, row_id = question
            return digest_of(getattr(self.index, str(kind))(row_id))

        return digest

    def open_address(self, ref: Ref) -> str:
        """Return where a name leads if cameras give it a page; empty where that is known."""
        if self.info is not None or ref.kind != "organisation" or self.index.address(ref):
            return ""
        return page_of_organisation(ref.row_id)


class _AskedIndex(PageIndex):
    """Which pages there are; `PageIndex.address` asks the three methods."""

    __slots__ = ("_note", "_of")
    _note: Note
    _of: PageIndex

    def __init__(self, of: PageIndex, note: Note) -> None:
        object.__setattr__(self, "_of", of)
        object.__setattr__(self, "_note", note)

    def org(self, org_id: str | None) -> str:
        self._note(("page", "org", org_id))
        return self._of.org(org_id)

    def deployment(self, deployment_id: str | None) -> str:
        self._note(("page", "deployment", deployment_id))
        return self._of.deployment(deployment_id)

    def place(self, country_code: str | None) -> str:
        self._note(("page", "place", country_code))
        return self._of.place(country_code)

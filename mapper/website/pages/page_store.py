"""
Static pages as the last build wrote them, each with what was asked while it was made.

A page is taken from here when the code, the templates and the land are the same and every
question has the answer it had; else it is made anew. Either way the site has the bytes of a clean
build. The store is no part of the site: it lies beside it, holds what the pages hold and no more,
and may be deleted at any time.
"""

import platform
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Final

from mapper.clean.file_digests import code_digest, digest_of_files
from mapper.export.registry_tables import registry_sha256
from mapper.registry.asked_registry import Question, digest_of
from mapper.settings import Settings
from mapper.website.pages.asked_inputs import PageInputs
from mapper.website.pages.locator_map import LAND_FILE
from mapper.website.pages.stored_pages import (
    OWNER_ALONE,
    Notes,
    StoredPages,
    packed,
    read_if_readable,
    read_stored,
    write_stored,
)
from mapper.website.pages.user_pages import user_page_file

_LIBRARIES: Final = ("babel", "jinja2", "markupsafe", "numpy", "pydantic", "shapely")


class PageStore:
    """The pages of the last build, and those of this one."""

    def __init__(
        self,
        path: Path,
        last: StoredPages,
        digest: Callable[[Question], str],
        *,
        registry_sha256: str,
        user_path: Path | None = None,
    ) -> None:
        """
        Begin with stored pages, and ask anew what they asked.

        Parameters
        ----------
        path
            A file, whether it is there or not.
        last
            What was read there or elsewhere; its basis is today's, see `basis_of`.
        digest
            Returns the digest of today's answer to a question.
        registry_sha256
            Of all rows of the registry, on which also rests which of them have a page: where it is
            what it was, so is every answer, and none of the forty thousand is asked for again.
        user_path
            The file of all folders of the user, where it may not be there; it is whole, or is none.
        """
        self._path = path
        self._last = last
        self._digest = digest
        self._registry_sha256 = registry_sha256
        self._user_path = user_path
        self._texts: dict[str, str] = {}
        self._made: set[str] = set()

    def take(self, address: str) -> str | None:
        """Return the text of a page that would be the same today; None where it must be made."""
        text = self._last.texts.get(address)
        if text is None or not self._notes.is_same(address):
            return None
        self._texts[address] = text
        return text

    def take_all(self) -> Mapping[str, str] | None:
        """Return the pages where the registry is what it was, and with it every one; else None."""
        if self._last.registry_sha256 != self._registry_sha256:
            return None
        if not self._path.exists():
            write_stored(self._path, self._last.body)
        return self._last.texts

    def keep(self, address: str, text: str, questions: Iterable[Question]) -> None:
        """Keep a page that was made."""
        self._texts[address] = text
        self._notes.note(address, questions)
        self._made.add(address)

    @cached_property
    def _notes(self) -> "_AnswersToday":
        return _AnswersToday(self._last.read_notes(), self._last.texts, self._digest)

    def write(self) -> None:
        """
        Write the pages of this build and no others; a file appears whole.

        The user's file of all folders has the bytes of this one's: it tells of no build.
        """
        if not self._texts:
            self._path.unlink(missing_ok=True)
            return
        texts = dict(sorted(self._texts.items()))
        notes = self._notes.of(texts)
        body = packed(self._last.basis, self._registry_sha256, texts, notes)
        write_stored(self._path, body)
        if self._user_path is not None and self._made:
            # A cache that cannot be written is none, and the build is whole without it.
            with suppress(OSError):
                write_stored(self._user_path, body, mode=OWNER_ALONE)


class _AnswersToday:
    """What each page asked, by the place of a question in one list, and today's answers."""

    def __init__(
        self,
        last: Notes,
        addresses: Iterable[str],
        digest: Callable[[Question], str],
    ) -> None:
        self._questions = list(last.questions)
        self._numbers = {question: number for number, question in enumerate(self._questions)}
        self._asked = dict(zip(addresses, map(frozenset, last.asked), strict=True))
        self._digest = digest
        self._digests: dict[int, str] = {}
        self._changed = {
            number for number, answer in enumerate(last.answers) if self._today(number) != answer
        }

    def is_same(self, address: str) -> bool:
        """Whether all that a page of the last build asked has the same answer today."""
        return self._changed.isdisjoint(self._asked[address])

    def note(self, address: str, questions: Iterable[Question]) -> None:
        """Note what a page asked."""
        self._asked[address] = frozenset(map(self._number, questions))

    def of(self, addresses: Iterable[str]) -> Notes:
        """Return what some pages asked, in an order that no process and no run changes."""
        pages = [self._asked[address] for address in addresses]
        asked = frozenset[int]().union(*pages)
        ranked = sorted(asked, key=lambda number: repr(self._questions[number]))
        ranks = {number: rank for rank, number in enumerate(ranked)}
        return Notes(
            [self._questions[number] for number in ranked],
            [self._today(number) for number in ranked],
            [sorted(map(ranks.__getitem__, page)) for page in pages],
        )

    def _number(self, question: Question) -> int:
        """Return the place of a question in the list, at whose end it is put if it is new."""
        number = self._numbers.setdefault(question, len(self._questions))
        if number == len(self._questions):
            self._questions.append(question)
        return number

    def _today(self, number: int) -> str:
        digest = self._digests.get(number)
        if digest is None:
            digest = self._digests[number] = self._digest(self._questions[number])
        return digest


def store_of(inputs: PageInputs, settings: Settings, lang: str) -> PageStore:
    """
    Open the store of a site's pages.

    Parameters
    ----------
    lang
        Of the pages that are in one language.
    """
    front_end = settings.site_source_dir
    basis = basis_of(
        {
            "templates": front_end / "templates",
            "strings": front_end / "i18n",
            "land": settings.boundaries_dir / LAND_FILE,
        },
        # A site's own title stands in the head of every page.
        repr((lang, settings.page_languages, settings.presentation)),
    )
    path = settings.page_store_path
    if path.is_dir():
        # Shared: sites with other pages leave each other's alone.
        path /= digest_of(
            repr((sorted(inputs.registry.organisation), sorted(inputs.registry.deployment)))
        )
    of_registry = registry_sha256(inputs.registry)
    last, user_path = read_stored(path, basis), user_page_file(settings)
    if not last.texts and user_path is not None:
        last = read_if_readable(user_path, basis)
        if last.registry_sha256 == of_registry:
            # Begun with the file, which is whole.
            user_path = None
    return PageStore(path, last, inputs.digests(), registry_sha256=of_registry, user_path=user_path)


def basis_of(folders: Mapping[str, Path], more: str) -> str:
    """
    Return a digest of the code, its libraries and the files that every page rests on.

    Parameters
    ----------
    folders
        Name -> a file, or a folder whose files all count.
    more
        Whatever else every page rests on.
    """
    parts = [
        code_digest(),
        platform.python_version(),
        *(f"{name} {version(name)}" for name in _LIBRARIES),
        more,
    ]
    whole = blake2b("\n".join(parts).encode("utf-8"))
    for name, place in sorted(folders.items()):
        paths = place.rglob("*") if place.is_dir() else [place]
        whole.update(f"\n{name} {digest_of_files(place, paths)}".encode())
    return whole.hexdigest()

"""
Static pages as the last build wrote them, each with what was asked while it was made.

A page is taken from here when the code, the templates and the land are the same and every
question has the answer it had; else it is made anew. Either way the site has the bytes of a clean
build. The store is no part of the site: it lies beside it, holds what the pages hold and no more,
and may be deleted at any time.
"""

import json
import os
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pyarrow as pa

from mapper.clean.file_digests import code_digest, digest_of_files
from mapper.export.registry_tables import registry_sha256
from mapper.registry.asked_registry import Question, digest_of, rests_on_registry
from mapper.settings import Settings
from mapper.website.pages.asked_inputs import PageInputs
from mapper.website.pages.locator_map import LAND_FILE
from mapper.website.pages.user_pages import UserPages, user_pages

_DIGEST_BYTES: Final = 32
_LIBRARIES: Final = ("babel", "jinja2", "markupsafe", "numpy", "pydantic", "shapely")


@dataclass(frozen=True, slots=True)
class KeptPage:
    """
    A page without its foot, and what was asked while it was made.

    Attributes
    ----------
    asked
        Places in the list of questions of the store that holds the page.
    """

    text: str
    asked: frozenset[int]


@dataclass(frozen=True, slots=True)
class PagesOfPart:
    """
    What a copy of this process has for the store: the pages of its part.

    Attributes
    ----------
    taken
        Addresses of those that were kept; this process has their texts too.
    made
        Address -> page, of those that were made.
    questions, answers
        What was asked while they were made, and the digest of today's answer to each.
    """

    taken: tuple[str, ...]
    made: Mapping[str, KeptPage]
    questions: tuple[Question, ...]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _StoredPages:
    """
    What a file holds.

    Attributes
    ----------
    pages
        Address -> page, by address.
    questions, answers
        What the pages asked, and the digest of each answer.
    """

    basis: str
    registry_sha256: str = ""
    pages: Mapping[str, KeptPage] = field(default_factory=dict)
    questions: Sequence[Question] = ()
    answers: Sequence[str] = ()


class PageStore:
    """The pages of the last build, and those of this one."""

    def __init__(
        self,
        path: Path,
        basis: str,
        digest: Callable[[Question], str],
        *,
        registry_sha256: str,
        user: UserPages | None = None,
    ) -> None:
        """
        Open a store; one that is missing, damaged or of another basis is empty.

        Parameters
        ----------
        path
            A file, whether it is there or not.
        basis
            Digest of all that every page rests on, see `basis_of`.
        digest
            Returns the digest of today's answer to a question.
        registry_sha256
            Of all rows of the registry: where it is what it was, so is every answer of a registry,
            and none of the forty thousand is asked for again.
        user
            Pages of all folders of the user, which a folder without pages begins with.
        """
        self._path = path
        self._basis = basis
        self._digest = digest
        self._registry_sha256 = registry_sha256
        self._user = user
        last = _read(path, basis)
        if not last.pages and user is not None:
            last = _read_if_readable(user.path, basis)
            self._taken_from_user = (
                len(last.pages) if last.registry_sha256 == registry_sha256 else 0
            )
        self._kept, self._questions, answers = last.pages, list(last.questions), last.answers
        self._numbers: dict[Question, int] = {}
        self._is_same_registry = last.registry_sha256 == registry_sha256
        self._digests: dict[int, str] = {}
        if self._is_same_registry:
            self._digests = {
                number: answers[number]
                for number, question in enumerate(self._questions)
                if rests_on_registry(question)
            }
        self._changed = {
            number for number, answer in enumerate(answers) if self._today(number) != answer
        }
        self._pages: dict[str, KeptPage] = {}
        self._made: set[str] = set()

    def take(self, address: str) -> str | None:
        """Return the text of a page that would be the same today; None where it must be made."""
        page = self._kept.get(address)
        if page is None or not self._changed.isdisjoint(page.asked):
            return None
        self._pages[address] = page
        return page.text

    def keep(self, address: str, text: str, questions: Iterable[Question]) -> None:
        """Keep a page that was made."""
        self._pages[address] = KeptPage(text, frozenset(map(self._number, questions)))
        self._made.add(address)

    @property
    def taken_count(self) -> int:
        """How many pages of this build were kept from the last."""
        return len(self._pages) - self.made_count

    @property
    def made_count(self) -> int:
        """How many pages of this build were made."""
        return len(self._made)

    def hand_over(self) -> PagesOfPart:
        """Return what was taken and made here, for the store of the process this is a copy of."""
        made = {address: self._pages[address] for address in sorted(self._made)}
        asked = sorted({number for page in made.values() for number in page.asked})
        return PagesOfPart(
            taken=tuple(sorted(self._pages.keys() - made.keys())),
            made=_renumbered(made, {number: place for place, number in enumerate(asked)}),
            questions=tuple(self._questions[number] for number in asked),
            answers=tuple(self._today(number) for number in asked),
        )

    def accept(self, part: PagesOfPart) -> None:
        """Take in what a copy of this process hands over."""
        numbers = [self._number(question) for question in part.questions]
        self._pages |= {address: self._kept[address] for address in part.taken}
        self._pages |= _renumbered(part.made, dict(enumerate(numbers)))
        self._made |= part.made.keys()
        self._digests |= zip(numbers, part.answers, strict=True)

    def write(self) -> None:
        """Write the pages of this build and no others; the file appears whole."""
        is_same = self._is_same_registry and self._pages.keys() == self._kept.keys()
        if is_same and not self.made_count and self._path.exists():
            return
        if not self._pages:
            self._path.unlink(missing_ok=True)
            return
        _write(self._path, self._told(self._pages))
        if self._user is not None and self.made_count:
            self._offer(self._user)

    def _offer(self, user: UserPages) -> None:
        """Keep for other folders what says nothing of a camera, where that is more than is kept."""
        asked = {number for page in self._pages.values() for number in page.asked}
        private = {
            number
            for number in asked
            if not user.is_public(self._questions[number], self._today(number))
        }
        pages = {
            address: page for address, page in self._pages.items() if private.isdisjoint(page.asked)
        }
        if pages.keys() <= self._kept.keys() and self._is_same_registry:
            # Taken from there, or from what this folder offered before.
            return
        last = _read_if_readable(user.path, self._basis)
        if last.registry_sha256 == self._registry_sha256 and len(last.pages) >= len(pages):
            return
        # A cache that cannot be written is none, and the build is whole without it.
        with suppress(OSError):
            _write(user.path, self._told(pages))

    def _told(self, pages: Mapping[str, KeptPage]) -> _StoredPages:
        """Return pages with what they asked, in an order that no process and no run changes."""
        asked = {number for page in pages.values() for number in page.asked}
        ranked = sorted(asked, key=lambda number: repr(self._questions[number]))
        ranks = {number: rank for rank, number in enumerate(ranked)}
        return _StoredPages(
            self._basis,
            self._registry_sha256,
            _renumbered(dict(sorted(pages.items())), ranks),
            [self._questions[number] for number in ranked],
            [self._today(number) for number in ranked],
        )

    def _number(self, question: Question) -> int:
        """Return the place of a question in the list, at whose end it is put if it is new."""
        if not self._numbers:
            self._numbers = {one: number for number, one in enumerate(self._questions)}
        number = self._numbers.setdefault(question, len(self._questions))
        if number == len(self._questions):
            self._questions.append(question)
        return number

    def _today(self, number: int) -> str:
        digest = self._digests.get(number)
        if digest is None:
            digest = self._digests[number] = self._digest(self._questions[number])
        return digest


def _renumbered(pages: Mapping[str, KeptPage], numbers: Mapping[int, int]) -> dict[str, KeptPage]:
    return {
        address: KeptPage(page.text, frozenset(map(numbers.__getitem__, page.asked)))
        for address, page in pages.items()
    }


def store_of(inputs: PageInputs, settings: Settings, lang: str, *, bare: PageInputs) -> PageStore:
    """
    Open the store of a site's pages.

    Parameters
    ----------
    lang
        Of the pages that are in one language.
    bare
        What a build without any camera would have.
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
        path /= digest_of(repr((sorted(inputs.index.org_ids), sorted(inputs.index.deployment_ids))))
    return PageStore(
        path,
        basis,
        inputs.digests(),
        registry_sha256=registry_sha256(inputs.registry),
        user=user_pages(bare, settings),
    )


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


def _read(path: Path, basis: str) -> _StoredPages:
    """Read what is kept; nothing of what another version, a killed run or an editor left."""
    nothing = _StoredPages(basis)
    try:
        body = path.read_bytes()
    except FileNotFoundError:
        return nothing
    if body[:_DIGEST_BYTES] != _digest_of_body(body[_DIGEST_BYTES:]):
        return nothing
    with pa.ipc.open_file(pa.py_buffer(body[_DIGEST_BYTES:])) as reader:
        table = reader.read_all()
    head = json.loads(table.column("head")[0].as_py())
    if head["basis"] != basis:
        return nothing
    texts = zip(*(table.column(name).to_pylist() for name in ("address", "text")), strict=True)
    asked = map(frozenset, table.column("asked").to_pylist())
    pages = {
        address: KeptPage(text, numbers)
        for (address, text), numbers in zip(texts, asked, strict=True)
    }
    # Thirty megabytes, which Arrow would keep for what it reads next.
    del table
    pa.default_memory_pool().release_unused()
    questions: list[Question] = [tuple(question) for question in head["questions"]]
    return _StoredPages(basis, head["registry_sha256"], pages, questions, head["answers"])


def _read_if_readable(path: Path, basis: str) -> _StoredPages:
    # A cache that cannot be read is none.
    with suppress(OSError):
        return _read(path, basis)
    return _StoredPages(basis)


def _write(path: Path, stored: _StoredPages) -> None:
    head = {
        "basis": stored.basis,
        "registry_sha256": stored.registry_sha256,
        "questions": stored.questions,
        "answers": stored.answers,
    }
    pages = stored.pages.values()
    table = pa.table(
        {
            "address": pa.array(stored.pages, pa.string()),
            # Once, in the first row: a column is packed, and the metadata of a table is not.
            "head": pa.array([json.dumps(head), *[None] * (len(pages) - 1)], pa.large_string()),
            "text": pa.array([page.text for page in pages], pa.large_string()),
            "asked": pa.array([sorted(page.asked) for page in pages], pa.list_(pa.int32())),
        }
    )
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_file(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    body = sink.getvalue().to_pybytes()
    aside = path.with_name(f"{path.name}.{os.getpid()}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    aside.write_bytes(_digest_of_body(body) + body)
    aside.replace(path)


def _digest_of_body(body: bytes) -> bytes:
    return blake2b(body, digest_size=_DIGEST_BYTES).digest()

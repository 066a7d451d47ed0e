"""
What rests on no camera, made by copies of this process while the inputs are read and resolved.

That takes seconds of a core which would have nothing to do until the cameras are known. The files
wait in a folder aside until the release and the site that they belong to are made. What an earlier
build kept is put there instead (`kept_evidence`).
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pipe
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from mapper.clean.gazetteer import places, take_places
from mapper.export.registry_files import PutFiles, write_registry_files
from mapper.export.registry_tables import registry_sha256
from mapper.partitions.work_beside import Made, WorkBeside, may_fork
from mapper.pipeline.kept_evidence import EvidenceStore, ToldEvidence
from mapper.pipeline.kept_places import read_places, write_places
from mapper.registry.registry import Registry
from mapper.release.storage import storage_errors
from mapper.settings import EvidenceScope, Settings
from mapper.website.evidence_data import SiteEvidence, write_evidence_data
from mapper.website.map.coast_cells import write_coast
from mapper.website.map.front_end import FrontEnd
from mapper.website.mapped_world import is_of_world
from mapper.website.pages.kept_pages import are_kept, kept_pages

_Told = TypeVar("_Told")

FOLDER_NAME: Final = ".made-ahead"
_PLACES: Final = "places"

_NICENESS: Final = 10
"""What is made ahead is needed later than what is read and concluded meanwhile."""


@dataclass(slots=True, eq=False)
class _Part(Generic[_Told]):
    """
    Some of the files, made ahead or, where that came to no end, when they are asked for.

    Attributes
    ----------
    write
        Writes them into a folder, and tells what others need to know of them.
    aside
        The folder in which they wait.
    await_word
        Waits, in the copy, until it is known that the files are needed.
    when_aside
        What follows, in the copy, once the files are there.
    made
        What was told of the files in it; None where they are not there.
    """

    write: Callable[[Path], _Told]
    aside: Path
    await_word: Callable[[], object] = lambda: None
    when_aside: Callable[[], object] = lambda: None
    made: Made[_Told] | None = None

    def write_aside(self) -> _Told:
        self.await_word()
        self.aside.mkdir()
        self.made = Made(self.write(self.aside))
        self.when_aside()
        return self.made.value

    def put(self, folder: Path) -> _Told:
        """Put the files into a folder that has none of them, and tell of them."""
        if self.made is None:
            return self.write(folder)
        for path in sorted(self.aside.rglob("*")):
            there = folder / path.relative_to(self.aside)
            if path.is_dir():
                there.mkdir(exist_ok=True)
            else:
                _link(path, there)
        return self.made.value

    def move(self, folder: Path) -> _Told:
        """Put the files as `put` does, but once: a folder of a thousand is one new name."""
        if self.made is None:
            return self.write(folder)
        _move(self.aside, folder)
        return self.made.value


def _move(folder: Path, there: Path) -> None:
    for path in sorted(folder.iterdir()):
        if (there / path.name).is_dir():
            _move(path, there / path.name)
        else:
            # Copied where the site's folder is on another file system.
            shutil.move(path, there / path.name)


def _link(path: Path, there: Path) -> None:
    """Give a file a second name: who puts files may be killed, and then they are put again."""
    try:
        os.link(path, there)
    except OSError:
        # The file system has no second names, or this is another one; a full disk says so below.
        shutil.copyfile(path, there)


def _keep_pages(registry: Registry, settings: Settings, _aside: Path) -> None:
    """Make the pages that are kept; they wait where those of other builds do, to be filled."""
    kept_pages(registry, settings)


class _Maker:
    """
    A copy of this process, and the parts that it makes.

    Parameters
    ----------
    parts
        In the order in which they are needed, which is that in which they come.
    """

    def __init__(self, *parts: _Part[Any]) -> None:
        self._coming = [part for part in parts if part.made is None]

    @contextmanager
    def begun(self) -> Iterator[None]:
        if not self._coming:
            yield
            return
        # Its pipe is made here: a copy made before it would hold that open, and hide its end.
        works = [part.write_aside for part in self._coming]
        with WorkBeside[Any](*works, niceness=_NICENESS) as self._beside:
            yield

    def wait_for(self, part: _Part[Any]) -> None:
        while part in self._coming:
            self._coming.pop(0).made = self._beside.result()


class MadeAhead:
    """
    The files of a release and of a site that no camera changes; each part can be waited for.

    Attributes
    ----------
    front_end
        See `EvidenceAhead`.
    """

    def __init__(
        self,
        registry: Registry,
        settings: Settings,
        front_end: FrontEnd,
        aside: Path,
        *,
        store: EvidenceStore | None,
        with_copies: bool,
    ) -> None:
        self.front_end = front_end
        self._registry, self._aside, self._store = registry, aside, store
        write_site_data = partial(write_evidence_data, registry, settings, front_end)
        self._registry_files = _Part(partial(write_registry_files, registry), aside / "release")
        self._site_data = _Part(write_site_data, aside / "site", when_aside=self._keep)
        self._take_kept()
        self._pages = _Part(partial(_keep_pages, registry, settings), aside / "pages")
        write_all_coast = partial(write_coast, boundaries_dir=settings.boundaries_dir)
        self._hear, self._say = Pipe(duplex=False)
        self._coast = _Part(write_all_coast, aside / "coast", self._hear.recv)
        self._is_of_world = False
        self._overview_dir = settings.overview_dir
        file_parts = (self._registry_files, self._site_data, self._coast)
        self._file_maker = _Maker(*file_parts if with_copies else ())
        # Pages take as long as all files, and a small input is read before either is there.
        self._are_pages_kept = self._registry_files.made is not None and are_kept(
            registry, settings
        )
        makes_pages = with_copies and not self._are_pages_kept
        self._page_maker = _Maker(*[self._pages] if makes_pages else ())

    def _take_kept(self) -> None:
        told = self._store.put(self._aside) if self._store else None
        if told:
            self._registry_files.made = Made(list(told.registry_files))
            self._site_data.made = Made(told.site)
            registry_sha256.keep(self._registry, told.registry_sha256)
            self.front_end.take_words(told.words)
            take_places(read_places(self._aside / _PLACES))

    def _keep(self) -> None:
        files, site = self._registry_files.made, self._site_data.made
        if self._store and files and site:
            words = [self.front_end.words(lang) for lang in self.front_end.languages.of_map]
            write_places(self._aside / _PLACES, places())
            of_rows = registry_sha256(self._registry)
            told = ToldEvidence(of_rows, files.value, site.value, words)
            self._store.keep(self._aside, told)

    def registry_files(self) -> PutFiles:
        """Wait for the files of the release, and return what puts them, here or in a copy."""
        self._file_maker.wait_for(self._registry_files)
        return self._registry_files.put

    def put_site_data(self, folder: Path) -> SiteEvidence:
        """Wait for the files of the site, and put them; see `write_evidence_data`."""
        self._file_maker.wait_for(self._site_data)
        return self._site_data.move(folder)

    def expect(self, row_count: int) -> None:
        """
        Have the copy write the coast of the world too, if so many rows were read as are of it.

        A site of less takes a few of its thousand files, and which is known with the cameras: then
        the copy hears nothing until it goes.
        """
        self._is_of_world = is_of_world(row_count, self._overview_dir)
        if self._is_of_world:
            self._say.send(None)

    def put_coast(self, folder: Path) -> None:
        """Wait for the coast of all the world where it was expected, and put it."""
        if self._is_of_world:
            self._file_maker.wait_for(self._coast)
        self._coast.move(folder)

    def await_pages(self) -> Callable[[], None] | None:
        """
        Return what waits for the pages that are kept; what is not, whoever asks for them makes.

        None where they were kept before: then a copy of this process can fill them, but not of one
        that holds the cameras of the world.
        """
        if self._are_pages_kept and not self._is_of_world:
            return None
        return partial(self._page_maker.wait_for, self._pages)

    @contextmanager
    def begun(self) -> Iterator[None]:
        """Make them beside the block."""
        with self._hear, self._say, self._file_maker.begun(), self._page_maker.begun():
            yield


@contextmanager
def made_ahead(
    registry: Registry,
    settings: Settings,
    front_end: FrontEnd,
    store: EvidenceStore | None = None,
) -> Iterator[MadeAhead | None]:
    """
    Have copies of this process make the files that rest on the evidence alone.

    What is not asked for goes with the block, finished or not. Without a second core what no build
    kept is made when it is asked for.

    Parameters
    ----------
    registry
        All the evidence.
    front_end
        That of the site.
    store
        Holds what earlier builds made; None where nothing is kept.

    Yields
    ------
    MadeAhead or None
        None where of the evidence only that is told which the cameras name.

    Raises
    ------
    StorageError
        If the output folder cannot be written to.
    """
    if settings.evidence_scope is not EvidenceScope.ALL:
        yield None
        return
    aside = settings.out_dir / FOLDER_NAME
    with storage_errors(settings.out_dir):
        # Left by a run that was killed.
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
    try:
        # A page for each.
        with_copies = may_fork(len(registry.deployments) + len(registry.organisations))
        with storage_errors(settings.out_dir):
            ahead = MadeAhead(
                registry, settings, front_end, aside, store=store, with_copies=with_copies
            )
        # Read once, while others read the inputs: this process and the copies of it ask the same.
        places()
        for lang in front_end.languages.of_map:
            front_end.words(lang)
        with ahead.begun():
            yield ahead
    finally:
        shutil.rmtree(aside, ignore_errors=True)

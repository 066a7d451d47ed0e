"""
The pages that are whole without a script: vendors, deployments, places, data, method, list.

Jinja2 with autoescape and an environment of their own, so that folium, which parses what it
renders once more, never sees a value. Every page stands by itself under a strict policy: its
style sheet and its own script, nothing else. What several pages say is gathered once.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from mapper.answers.deployment_profile import DeploymentProfile, deployment_profile
from mapper.model.progress import NoProgress, Progress
from mapper.model.release import ReleaseInfo
from mapper.partitions.work_beside import WorkBeside, may_fork
from mapper.registry.registry import Registry
from mapper.resolve.chosen_rows import CameraColumns
from mapper.resolve.disputed import disputed_rows
from mapper.settings import Settings
from mapper.telling import words
from mapper.telling.citation import as_of
from mapper.website.feeds.write_feeds import feeds_of
from mapper.website.map.label_file import country_views
from mapper.website.mapped_world import MappedWorld
from mapper.website.pages.addresses import map_of_country, pages_of
from mapper.website.pages.asked_inputs import PageInputs
from mapper.website.pages.camera_list import camera_rows
from mapper.website.pages.data_page import (
    camera_tables,
    data_page,
    files_told,
    release_folder,
    withheld_in,
)
from mapper.website.pages.deployment import by_country
from mapper.website.pages.kept_pages import kept_pages
from mapper.website.pages.listings import LISTS_PAGE
from mapper.website.pages.page_rendering import PageRenderer
from mapper.website.pages.place import PlaceRow, disputed_in, place_page
from mapper.website.pages.release_answers import ReleaseAnswers
from mapper.website.pages.tally import CameraTally, Tally
from mapper.website.presentation import own_colours
from mapper.website.released_rows import released_rows
from mapper.website.staging import write_again

_STYLES = "assets/pages.css"
_SCRIPT = "assets/pages.js"

AwaitRelease: TypeAlias = Callable[[], None] | None
"""Waits for a release that a copy of this process is still writing; None where it stands."""

FinishPages: TypeAlias = Callable[[AwaitRelease], int]
"""See `static_pages`."""

_EVIDENCE_DAY = "<!--day of the evidence-->"
"""Stands in the templates; a value of the data cannot, for its ``<`` is escaped."""


@contextmanager
def static_pages(  # noqa: PLR0913 - what the pages are made of
    folder: Path,
    cameras: CameraColumns,
    registry: Registry,
    info: ReleaseInfo,
    world: MappedWorld | None = None,
    *,
    settings: Settings,
    progress: Progress | None = None,
    await_kept: Callable[[], None] | None = None,
) -> Iterator[FinishPages]:
    """
    Begin every static page, and the style sheet and script they share, below a site's folder.

    Where that pays, a copy of this process makes the pages of organisations and deployments beside
    what the block does; unfinished it goes with the block. A front end whose ``page.json`` names
    no ``pages_css`` has no static pages. The same content gives the same bytes.

    Parameters
    ----------
    folder
        Holds ``assets/``.
    cameras
        Columns ``model.columns.CAMERA``, geometry Point in EPSG:4326, any order.
    world
        What is mapped in the world, as context for a release that is not of the world.
    progress
        Told of each page in the stage that has begun.
    await_kept
        Waits for the pages that are kept, where a copy of this process makes them already.

    Yields
    ------
    FinishPages
        Writes the rest and returns how many pages there are. It takes what waits for a release
        that is still being written, called before the one page that tells of its files.
    """
    page = json.loads((settings.site_source_dir / "page.json").read_text(encoding="utf-8"))
    if "pages_css" not in page:
        yield lambda _await_release: 0
        return
    styles = [settings.site_source_dir / "css" / name for name in page["pages_css"]]
    sheets = [path.read_bytes() for path in styles]
    sheets += own_colours(settings.presentation)
    (folder / _STYLES).write_bytes(b"\n".join(sheets))
    bundle = settings.site_source_dir / "built" / page["pages_bundle"]
    (folder / _SCRIPT).write_bytes(bundle.read_bytes())
    site = _Site(folder, cameras, registry, info, world, settings=settings)
    with site.begun(progress or NoProgress(), await_kept) as finish:
        yield finish


class _Site:
    """The content of all pages, gathered once, and the writing of each."""

    def __init__(
        self,
        folder: Path,
        cameras: CameraColumns,
        registry: Registry,
        info: ReleaseInfo,
        world: MappedWorld | None,
        *,
        settings: Settings,
    ) -> None:
        self._folder = folder
        self._last = settings.site_dir if settings.site_dir.is_dir() else None
        self.page_count = 0
        # Numbers speak of the release; pages there are for all that the map leads to.
        self._cameras = released_rows(cameras, info)
        self._registry = registry
        self._info = info
        self._world = world
        self._views = country_views(settings.boundaries_dir)
        self._settings = settings
        mapped = world.countries if world else ()
        self._index = pages_of(registry, cameras, mapped)
        self._tally = CameraTally(self._cameras)
        self._titles = {one.source_id: one.title for one in (*info.credits, *info.local_credits)}
        self._renderer = PageRenderer(PageInputs(registry, self._index, info), settings)
        self._languages = self._renderer.languages

    @contextmanager
    def begun(
        self, progress: Progress, await_kept: Callable[[], None] | None
    ) -> Iterator[FinishPages]:
        """Have a copy of this process make the kept pages beside the block, where that pays."""
        self._progress = progress
        # Where they are made already all that is left is to fill them.
        if await_kept is not None or not may_fork(len(self._index.org_ids)):
            yield partial(self._finish_alone, await_kept)
            return
        # Compiled before, so that they are not compiled in both.
        self._renderer.compile("base.html", "static_parts.html")
        # Also beside a copy that writes the release: three share two cores without waiting, for
        # none of them has half of the work.
        with WorkBeside(self._kept_by_another) as beside:
            yield partial(self._finish_beside, beside)

    def _finish_alone(
        self, await_kept: Callable[[], None] | None, await_release: AwaitRelease
    ) -> int:
        if await_kept is not None:
            await_kept()
        self._put_kept()
        self._put_others(await_release)
        return self.page_count

    def _finish_beside(self, beside: WorkBeside[int], await_release: AwaitRelease) -> int:
        self._put_others(await_release)
        told = beside.result()
        if told is None:
            # What the copy could not do is done here, where its error is told.
            self._put_kept()
        else:
            self.page_count += told.value
            self._progress.advance(told.value)
        return self.page_count

    def _kept_by_another(self) -> int:
        """Write the kept pages in a copy of this process; return how many."""
        # A second bar would be drawn over that of the process which a person watches.
        self._progress = NoProgress()
        self._put_kept()
        return self.page_count

    def _put_kept(self) -> None:
        """Write the pages of organisations and deployments, filled with what the release says."""
        texts = kept_pages(self._registry, self._settings)
        tally, info = self._tally, self._info
        answers = ReleaseAnswers(self._registry, self._index, tally, info, self._renderer)
        for address in self._kept_addresses():
            for lang in self._languages.langs_of(address):
                text = texts[f"{self._languages.folder(lang)}{address}"]
                self._end(address, answers.fill(text, address, lang), lang)

    def _kept_addresses(self) -> Iterator[str]:
        yield from map(self._index.org, sorted(self._index.org_ids))
        yield "vendors/index.html"
        yield from map(self._index.deployment, sorted(self._index.deployment_ids))
        yield "deployments/index.html"

    def _put_others(self, await_release: AwaitRelease) -> None:
        """Write all others; the last tells of the release's files, and waits for them."""
        profile_of = partial(deployment_profile, self._registry)
        self._places(by_country(self._registry.deployments, profile_of))
        self._list()
        self._put(LISTS_PAGE, "lists.html", "")
        self._put("method.html", "method.html", "method", retractions=self._registry.retractions)
        self._data(await_release)

    def _data(self, await_release: AwaitRelease) -> None:
        data = data_page(self._info, self._settings, self._cameras)
        if await_release is not None:
            await_release()
        data |= files_told(self._info, self._settings)
        # Countries that are mapped elsewhere have a page, and no news of this release.
        feeds = feeds_of(pages_of(self._registry, self._cameras), self._info, self._settings)
        self._put("data.html", "data.html", "data", feeds=feeds, **data)

    def _put(self, address: str, template: str, here: str, **content: Any) -> None:  # noqa: ANN401 - what the template takes
        for lang in self._languages.langs_of(address):
            text = self._renderer.render(address, template, here, lambda: content, lang)
            self._end(address, text, lang)

    def _end(self, address: str, text: str, lang: str) -> None:
        """Write a page with its foot; one that the last site has already is not written again."""
        # Of a kept page only the day of the evidence is new.
        text = text.replace(_EVIDENCE_DAY, as_of(self._info.evidence_on))
        write_again(
            f"{text}\n{self._renderer.foot(address, lang)}".encode(),
            f"{self._languages.folder(lang)}{address}",
            folder=self._folder,
            last=self._last,
        )
        self.page_count += 1
        self._progress.advance()

    def _places(self, deployments: dict[str, list[DeploymentProfile]]) -> None:
        table = disputed_rows(self._settings.boundaries_dir)
        rows = []
        mapped = self._world.countries if self._world else {}
        codes = sorted(self._index.country_codes, key=lambda code: (words.country(code), code))
        for code in codes:
            tally = self._tally.countries.get(code, Tally())
            of_country = deployments.get(code, [])
            row = PlaceRow(
                code,
                tally,
                disputed_in(code, tally, table),
                len(of_country),
                mapped.get(code),
            )
            page = place_page(
                row,
                titles=self._titles,
                withheld=withheld_in(self._info, code),
                deployments=of_country,
            )
            # The map knows a country by its cameras or systems; it has none to filter by else.
            is_held = bool(tally.cameras or of_country)
            on_map = map_of_country(code, self._views) if is_held else ""
            page |= {"world": self._world, "on_map": on_map}
            self._put(self._index.place(code), "place.html", "places", **page)
            rows.append(row)
        rows += [
            PlaceRow(code, tally)
            for code, tally in self._tally.countries.items()
            if code not in self._index.country_codes
        ]
        total = PlaceRow(
            None,
            self._tally.whole,
            deployments=len(self._registry.deployments),
            mapped=self._world.whole if self._world else None,
        )
        withheld = self._info.told.withheld
        content = {"rows": rows, "total": total, "withheld": withheld, "world": self._world}
        self._put("places/index.html", "places.html", "places", **content)

    def _list(self) -> None:
        rows = [PlaceRow(code, tally) for code, tally in self._tally.countries.items()]
        self._put(
            "list.html",
            "list.html",
            "",
            cameras=camera_rows(self._cameras),
            rows=sorted(rows, key=lambda row: words.country(row.code)),
            total=PlaceRow(None, self._tally.whole),
            csv=camera_tables(self._info),
            folder=release_folder(self._info, self._settings),
        )

"""
The pages that are whole without a script: vendors, deployments, places, data, method, list.

Jinja2 with autoescape and an environment of their own, so that folium, which parses what it
renders once more, never sees a value. Every page stands by itself under a strict policy: its
style sheet and its own script, nothing else. What several pages say is gathered once.
"""

import json
import logging
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
from markupsafe import Markup

from mapper.answers.deployment_profile import DeploymentProfile, deployment_profile
from mapper.answers.organisation_profile import VendorProfile, vendor_profile
from mapper.model.progress import NoProgress, Progress
from mapper.model.release import ReleaseInfo
from mapper.partitions.work_beside import WorkBeside, may_fork
from mapper.registry.registry import Registry
from mapper.resolve.disputed import disputed_rows
from mapper.settings import Settings
from mapper.telling import words
from mapper.telling.citation import as_of
from mapper.telling.language import speaking
from mapper.telling.statements import Presenter
from mapper.website.feeds.write_feeds import feeds_of
from mapper.website.languages.page_way import PageWay, site_languages
from mapper.website.languages.page_words import page_words
from mapper.website.map.label_file import country_views
from mapper.website.mapped_world import MappedWorld
from mapper.website.pages.addresses import map_of_country, pages_of
from mapper.website.pages.asked_inputs import PageInputs
from mapper.website.pages.camera_list import camera_rows
from mapper.website.pages.data_page import (
    data_page,
    manifest_of,
    release_folder,
    withheld_in,
)
from mapper.website.pages.deployment import by_country, deployment_page, spot_of
from mapper.website.pages.listings import LISTS_PAGE
from mapper.website.pages.locator_map import LAND_FILE, Land
from mapper.website.pages.noted_once import NotedOnce
from mapper.website.pages.page_store import PagesOfPart, store_of
from mapper.website.pages.page_templates import page_templates
from mapper.website.pages.place import PlaceRow, disputed_in, place_page
from mapper.website.pages.tally import CameraTally, Tally
from mapper.website.pages.vendor import vendor_page, vendor_row
from mapper.website.presentation import own_colours
from mapper.website.released_rows import released_rows
from mapper.website.staging import write_again

if TYPE_CHECKING:
    from mapper.registry.asked_registry import Question

_LOG = logging.getLogger(__name__)

_STYLES = "assets/pages.css"
_SCRIPT = "assets/pages.js"

_EVIDENCE_DAY = "<!--day of the evidence-->"
"""Stands in the templates; a value of the data cannot, for its ``<`` is escaped."""


def write_static_pages(  # noqa: PLR0913 - what the pages are made of
    folder: Path,
    cameras: gpd.GeoDataFrame,
    registry: Registry,
    info: ReleaseInfo,
    world: MappedWorld | None = None,
    *,
    settings: Settings,
    await_release: Callable[[], None] | None = None,
    progress: Progress | None = None,
) -> int:
    """
    Write every static page, and the style sheet and script they share, below a site's folder.

    A front end whose ``page.json`` names no ``pages_css`` has no static pages. The same content
    gives the same bytes.

    Parameters
    ----------
    cameras
        Columns ``model.columns.CAMERA``, geometry Point in EPSG:4326, any order.
    world
        What is mapped in the world, as context for a release that is not of the world.
    await_release
        Waits for a release that a copy of this process is still writing; called before the first
        page that tells of its files.
    progress
        Told of each page in the stage that has begun.

    Returns
    -------
    int
        How many pages were written.
    """
    page = json.loads((settings.site_source_dir / "page.json").read_text(encoding="utf-8"))
    if "pages_css" not in page:
        return 0
    styles = [settings.site_source_dir / "css" / name for name in page["pages_css"]]
    sheets = [path.read_bytes() for path in styles]
    sheets += own_colours(settings.presentation)
    (folder / _STYLES).write_bytes(b"\n".join(sheets))
    bundle = settings.site_source_dir / "built" / page["pages_bundle"]
    (folder / _SCRIPT).write_bytes(bundle.read_bytes())
    site = _Site(folder, cameras, registry, info, world, settings=settings)
    site.write(await_release, progress or NoProgress())
    _LOG.info("%d static pages", site.page_count)
    return site.page_count


class _Site:
    """The content of all pages, gathered once, and the writing of each."""

    def __init__(
        self,
        folder: Path,
        cameras: gpd.GeoDataFrame,
        registry: Registry,
        info: ReleaseInfo,
        world: MappedWorld | None,
        *,
        settings: Settings,
    ) -> None:
        page = json.loads((settings.site_source_dir / "page.json").read_text(encoding="utf-8"))
        self._lang = page["lang"]
        self._languages = site_languages(page, settings.page_languages)
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
        self._land = Land(settings.boundaries_dir / LAND_FILE)
        self._titles = {one.source_id: one.title for one in (*info.credits, *info.local_credits)}
        self._foots: dict[tuple[str, int], str] = {}
        self._heads: dict[tuple[str, str, str], Markup] = {}
        inputs = PageInputs(registry, self._index, self._tally, info, self._titles)
        self._questions: list[Question] = []
        # Every page is made from inputs that note what it asks; see `page_store`.
        self._inputs = inputs.asked(self._questions.append)
        self._presenter = Presenter(self._inputs.registry)
        none = cameras.iloc[:0]
        bare = PageInputs(registry, pages_of(registry, none, mapped), CameraTally(none), info, {})
        self._store = store_of(inputs, settings, self._lang, bare=bare)
        front_end, title = settings.site_source_dir, settings.presentation.title
        self._words = {
            one: page_words(front_end / "i18n", one, own_title=title)
            for one in self._languages.of_pages
        }
        self._environments = {
            one: page_templates(front_end, page, self._inputs, settings.presentation)
            for one, page in self._words.items()
        }

    def write(self, await_release: Callable[[], None] | None, progress: Progress) -> None:
        """Write every page; those that tell of the release's files once it stands."""
        self._progress = progress
        # Where the second core writes the release meanwhile, a third process would help nobody.
        if await_release is None and may_fork(len(self._index.org_ids)):
            # Compiled before, so that they are not compiled in both.
            for name in ("base.html", "static_parts.html"):
                self._environments[self._lang].get_template(name)
            with WorkBeside(self._vendors_for_another) as beside:
                self._places(self._deployments())
                told = beside.result()
            # What the copy could not do is done here, where its error is told.
            if told is None:
                self._vendors()
            else:
                self.page_count += told[0]
                progress.advance(told[0])
                self._store.accept(told[1])
        else:
            self._vendors()
            deployments = self._deployments()
            if await_release is not None:
                await_release()
            self._places(deployments)
        self._list()
        data = data_page(self._info, self._manifest, self._settings, self._cameras)
        # Countries that are mapped elsewhere have a page, and no news of this release.
        feeds = feeds_of(pages_of(self._registry, self._cameras), self._info, self._settings)
        self._put("data.html", "data.html", "data", feeds=feeds, **data)
        self._put(LISTS_PAGE, "lists.html", "")
        self._put("method.html", "method.html", "method", retractions=self._registry.retractions)
        self._store.write()

    @cached_property
    def _manifest(self) -> Mapping[str, Any] | None:
        """The release's manifest; a release that is still being written has none yet."""
        return manifest_of(self._info, self._settings)

    def _put(self, address: str, template: str, here: str, **content: Any) -> None:  # noqa: ANN401 - what the template takes
        for lang in self._languages.langs_of(address):
            self._end(address, self._render(address, template, here, lambda: content, lang), lang)

    def _put_kept(
        self, address: str, template: str, here: str, content: Callable[[], dict[str, Any]]
    ) -> None:
        """Write a page from the store, or else make it and note all that was asked meanwhile."""
        for lang in self._languages.langs_of(address):
            kept_as = f"{self._languages.folder(lang)}{address}"
            text = self._store.take(kept_as)
            if text is None:
                # What the page before this one asked is forgotten.
                self._questions.clear()
                text = self._render(address, template, here, content, lang)
                self._store.keep(kept_as, text, set(self._questions))
            self._end(address, text, lang)

    def _render(
        self,
        address: str,
        template: str,
        here: str,
        content: Callable[[], dict[str, Any]],
        lang: str,
    ) -> str:
        way = self._languages.way_of_page(lang, address)
        environment = self._environments[lang]
        environment.begin_page()
        with speaking(self._words[lang].language):
            return environment.get_template(template).render(
                root=way.pages,
                way=way,
                ways_around=self._ways_around(lang, way, here),
                footnotes=environment.footnotes,
                **content(),
            )

    def _ways_around(self, lang: str, way: PageWay, here: str) -> Markup:
        """Return the ways at the head of a page: made once for all pages of a folder."""
        key = (lang, way.pages, here)
        if key not in self._heads:
            environment, home = self._environments[lang], f"{way.pages}index.html"
            parts = (
                environment.get_template(name).render(home=home, way=way, here=here)
                for name in ("brand.html", "ways.html")
            )
            # Rendered with autoescape, so that the page takes it as it is.
            self._heads[key] = Markup("".join(parts))  # noqa: S704
        return self._heads[key]

    def _end(self, address: str, text: str, lang: str) -> None:
        """Write a page with its foot; one that the last site has already is not written again."""
        foot = (lang, address.count("/"))
        if foot not in self._foots:
            way = self._languages.way_of_page(lang, address)
            template = self._environments[lang].get_template("foot.html")
            self._foots[foot] = template.render(root=way.pages, way=way)
        # Of a kept page only the day of the evidence is new.
        text = text.replace(_EVIDENCE_DAY, as_of(self._info.evidence_on))
        write_again(
            f"{text}\n{self._foots[foot]}".encode(),
            f"{self._languages.folder(lang)}{address}",
            folder=self._folder,
            last=self._last,
        )
        self.page_count += 1
        self._progress.advance()

    def _vendors_for_another(self) -> tuple[int, PagesOfPart]:
        """Write the pages of organisations in a copy of this process; return what it made."""
        # A second bar would be drawn over that of the process which a person watches.
        self._progress = NoProgress()
        self._vendors()
        return self.page_count, self._store.hand_over()

    def _deployments(self) -> dict[str, list[DeploymentProfile]]:
        """Write the pages of deployments; return country code -> its deployments by name."""
        profile_of = NotedOnce(partial(deployment_profile, self._inputs.registry), self._questions)
        for row in self._registry.deployments:
            page = partial(self._deployment_page, profile_of, row.deployment_id)
            self._put_kept(
                self._index.deployment(row.deployment_id), "deployment.html", "deployments", page
            )
        index = partial(self._deployment_rows, profile_of)
        self._put_kept("deployments/index.html", "deployments.html", "deployments", index)
        return by_country(self._registry.deployments, profile_of)

    def _deployment_page(
        self, profile_of: NotedOnce[DeploymentProfile], deployment_id: str
    ) -> dict[str, Any]:
        return deployment_page(
            self._presenter,
            profile_of(deployment_id),
            tally=self._inputs.tally,
            titles=self._inputs.titles,
            land=self._land,
        )

    def _deployment_rows(self, profile_of: NotedOnce[DeploymentProfile]) -> dict[str, Any]:
        rows, index = self._inputs.registry.deployments, self._inputs.index
        spots = [spot_of(row, index.deployment(row.deployment_id)) for row in rows]
        with_point = [spot for spot in spots if spot is not None]
        countries = by_country(rows, profile_of).items()
        return {
            "countries": sorted(countries, key=lambda country: words.country(country[0])),
            "locator": self._land.locator(with_point, whole_world=True),
            "without_point": len(spots) - len(with_point),
            "total": len(spots),
        }

    def _vendors(self) -> None:
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
                withheld=withheld_in(self._manifest, code),
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
        files = self._manifest["files"] if self._manifest else []
        layers = sorted({str(row["layer"]) for row in files if row["layer"]})
        self._put(
            "list.html",
            "list.html",
            "",
            cameras=camera_rows(self._cameras),
            rows=sorted(rows, key=lambda row: words.country(row.code)),
            total=PlaceRow(None, self._tally.whole),
            csv=[f"{layer}.csv" for layer in layers if layer.startswith("cameras_")],
            folder=release_folder(self._info, self._settings),
        )

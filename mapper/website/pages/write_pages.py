"""
The pages that need no script: vendors, deployments, places, data, method, list.

Jinja2 with autoescape and an environment of their own, so that folium, which parses what it
renders once more, never sees a value. Every page stands by itself under a strict policy: its
style sheet, nothing else. What several pages say is gathered once.
"""

import json
import logging
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mapper.answers.deployment_profile import deployment_profile
from mapper.answers.organisation_profile import vendor_profile
from mapper.model.release import ReleaseInfo
from mapper.registry.registry import Registry
from mapper.settings import Settings
from mapper.website.pages import page_words as words
from mapper.website.pages.addresses import page_name, pages_of
from mapper.website.pages.camera_list import camera_rows
from mapper.website.pages.data_page import data_page, manifest_of, release_view, withheld_in
from mapper.website.pages.deployment import (
    DeploymentRow,
    deployment_page,
    deployment_rows,
    spot_of,
)
from mapper.website.pages.footnotes import Footnotes
from mapper.website.pages.listings import LISTS_PAGE, list_parts
from mapper.website.pages.locator_map import Land
from mapper.website.pages.place import Known, disputed_rows, place_page, place_row, read_areas
from mapper.website.pages.statements import Ref, Telling
from mapper.website.pages.tally import CameraTally, Tally
from mapper.website.pages.vendor import VendorRow, vendor_page, vendor_row

if TYPE_CHECKING:
    from mapper.registry.tables import Deployment

_LOG = logging.getLogger(__name__)

_LAND_FILE = "land_110m.json"
_STYLES = "assets/pages.css"


def write_static_pages(
    folder: Path,
    cameras: gpd.GeoDataFrame,
    registry: Registry,
    info: ReleaseInfo,
    *,
    settings: Settings,
) -> int:
    """
    Write every static page, and the style sheet they share, below a site's folder.

    A front end whose ``page.json`` names no ``pages_css`` has no static pages. The same content
    gives the same bytes.

    Parameters
    ----------
    cameras
        Columns ``model.columns.CAMERA``, geometry Point in EPSG:4326, any order.

    Returns
    -------
    int
        How many pages were written.
    """
    page = json.loads((settings.site_source_dir / "page.json").read_text(encoding="utf-8"))
    if "pages_css" not in page:
        return 0
    styles = [settings.site_source_dir / "css" / name for name in page["pages_css"]]
    (folder / _STYLES).write_bytes(b"\n".join(path.read_bytes() for path in styles))
    site = _Site(folder, cameras, registry, info, settings=settings, lang=page["lang"])
    site.write()
    _LOG.info("%d static pages", site.written)
    return site.written


class _Site:
    """The content of all pages, gathered once, and the writing of each."""

    def __init__(
        self,
        folder: Path,
        cameras: gpd.GeoDataFrame,
        registry: Registry,
        info: ReleaseInfo,
        *,
        settings: Settings,
        lang: str,
    ) -> None:
        self.written = 0
        self._folder = folder
        self._cameras = cameras
        self._registry = registry
        self._info = info
        self._settings = settings
        self._index = pages_of(registry, cameras)
        self._tally = CameraTally(cameras)
        self._land = Land(settings.boundaries_dir / _LAND_FILE)
        self._manifest = manifest_of(info, settings)
        shown = (*info.credits, *info.local_credits)
        self._titles = {credit.source_id: credit.title for credit in shown}
        strings = settings.site_source_dir / "i18n" / f"{lang}.json"
        self._environment = Environment(
            loader=FileSystemLoader(settings.site_source_dir / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            t=json.loads(strings.read_text(encoding="utf-8")),
            lang=lang,
            release=release_view(info),
        )

    def write(self) -> None:
        """Write every page."""
        rows = self._deployments()
        self._vendors()
        self._places(rows)
        self._put("list.html", "list.html", "", **self._list())
        data = data_page(self._info, self._manifest, self._settings)
        self._put("data.html", "data.html", "data", page=data)
        lists = list_parts(self._registry, self._index)
        self._put(LISTS_PAGE, "lists.html", "", parts=lists)
        self._put("method.html", "method.html", "method", retractions=self._registry.retractions)

    def _put(self, address: str, template: str, here: str, **content: Any) -> None:  # noqa: ANN401 - what the template takes
        path = self._folder / address
        path.parent.mkdir(exist_ok=True)
        root = "../" if "/" in address else ""
        text = self._environment.get_template(template).render(
            root=root, here=here, footnotes=Footnotes(self._registry), **content
        )
        path.write_bytes(text.encode("utf-8"))
        self.written += 1

    def _telling(self) -> Telling:
        return Telling(self._registry, self._index)

    def _deployments(self) -> dict[str, tuple[DeploymentRow, ...]]:
        """Write the pages of deployments; give the lines of each country's."""
        by_country: defaultdict[str, list[Deployment]] = defaultdict(list)
        for row in sorted(
            self._registry.deployments, key=lambda row: (row.name.casefold(), row.deployment_id)
        ):
            by_country[row.country_code].append(row)
            page = deployment_page(
                self._telling(), row, tally=self._tally, titles=self._titles, land=self._land
            )
            address = self._index.deployment(row.deployment_id)
            self._put(address, "deployment.html", "deployments", page=page)
        profiles = {
            row.deployment_id: deployment_profile(self._registry, row.deployment_id)
            for row in self._registry.deployments
        }
        rows = {
            code: deployment_rows(self._telling(), profiles, found)
            for code, found in sorted(by_country.items(), key=lambda one: words.country(one[0]))
        }
        spots = [
            spot
            for row in self._registry.deployments
            if (spot := spot_of(row, self._index.deployment(row.deployment_id))) is not None
        ]
        self._put(
            "deployments/index.html",
            "deployments.html",
            "deployments",
            countries=[
                (Ref(words.country(code), self._index.place(code)), code, found)
                for code, found in rows.items()
            ],
            locator=self._land.locator(spots, whole_world=True),
            without_point=len(self._registry.deployments) - len(spots),
            total=len(self._registry.deployments),
        )
        return rows

    def _vendors(self) -> None:
        rows: list[VendorRow] = []
        for org_id in sorted(self._index.org_ids):
            profile = vendor_profile(self._registry, org_id)
            telling = self._telling()
            page = vendor_page(telling, profile, tally=self._tally, land=self._land)
            self._put(f"vendors/{page_name(org_id)}.html", "vendor.html", "vendors", page=page)
            rows.append(vendor_row(telling, profile, self._tally))
        rows.sort(key=lambda row: (row.name.name.casefold(), row.name.address))
        self._put(
            "vendors/index.html",
            "vendors.html",
            "vendors",
            makers=[row for row in rows if row.is_maker],
            others=[row for row in rows if not row.is_maker],
        )

    def _places(self, deployments: dict[str, tuple[DeploymentRow, ...]]) -> None:
        known = Known(
            makers={maker: self._telling().org(maker) for maker in sorted(self._tally.vendors)},
            titles=self._titles,
            areas=read_areas(self._settings.boundaries_dir),
        )
        rows = []
        codes = sorted(self._index.country_codes, key=lambda code: (words.country(code), code))
        for code in codes:
            tally = self._tally.countries.get(code, Tally())
            found = deployments.get(code, ())
            page = place_page(
                code,
                tally,
                known=known,
                withheld=withheld_in(self._manifest, code),
                deployments=found,
            )
            self._put(self._index.place(code), "place.html", "places", page=page)
            rows.append(place_row(code, tally, self._index, len(found)))
            rows += disputed_rows(code, tally, known.areas)
        rows += [
            place_row(code, tally, self._index, 0)
            for code, tally in self._tally.countries.items()
            if code not in self._index.country_codes
        ]
        self._put(
            "places/index.html",
            "places.html",
            "places",
            rows=rows,
            total=place_row(None, self._tally.whole, self._index, len(self._registry.deployments)),
            withheld=words.number(self._info.counts.withheld + self._info.local_counts.withheld),
        )

    def _list(self) -> dict[str, Any]:
        names = {maker: self._telling().org(maker) for maker in sorted(self._tally.vendors)}
        rows = [
            place_row(code, tally, self._index, 0) for code, tally in self._tally.countries.items()
        ]
        layers = sorted({str(row["layer"]) for row in self._files() if row["layer"]})
        return {
            "cameras": camera_rows(self._cameras, names),
            "rows": sorted(rows, key=lambda row: row.name.name),
            "total": place_row(None, self._tally.whole, self._index, 0),
            "csv": [f"{layer}.csv" for layer in layers if layer.startswith("cameras_")],
            "folder": f"../{self._settings.release_root.name}/{self._info.release_id}/",
        }

    def _files(self) -> list[dict[str, Any]]:
        files: list[dict[str, Any]] = self._manifest["files"] if self._manifest else []
        return files

"""The whole page: every data file and ``index.html``, built aside and put in place at once."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from mapper.clean.file_digests import files_below
from mapper.model.basemap import Basemap
from mapper.model.progress import NoProgress, Progress
from mapper.model.release import ReleaseInfo
from mapper.registry.registry import Registry
from mapper.resolve.chosen_rows import CameraColumns, ChosenRows
from mapper.resolve.standing import stands
from mapper.settings import EvidenceScope, Settings
from mapper.website.downloads import copy_documentation, copy_release
from mapper.website.evidence_data import EvidenceAhead, write_evidence_data
from mapper.website.feeds.write_feeds import write_feeds
from mapper.website.map.basemap_choice import choose_context
from mapper.website.map.basemap_shards import ContextSummary, write_context
from mapper.website.map.camera_planes import pack_cameras
from mapper.website.map.coast_cells import write_coast
from mapper.website.map.coast_nearness import coast_near
from mapper.website.map.data_file import write_data_file
from mapper.website.map.deployment_file import (
    supplier_counts,
    system_countries,
    technologies_of,
)
from mapper.website.map.detail_shards import PageNames, write_detail_shards
from mapper.website.map.front_end import FrontEnd, copy_assets, read_front_end
from mapper.website.map.id_buckets import write_id_buckets
from mapper.website.map.index_html import PageParts, page_html
from mapper.website.map.meta import WrittenParts, meta_payload
from mapper.website.map.overview import overview_of
from mapper.website.map.road_network import roads_payload
from mapper.website.map.route_columns import route_payload
from mapper.website.map.vocabulary import vocabularies_of
from mapper.website.map.world_file import makers_of, world_meta, world_payload
from mapper.website.mapped_world import MappedWorld, world_beside
from mapper.website.pages.addresses import pages_of
from mapper.website.pages.data_page import release_citation
from mapper.website.pages.opening import Opening, opening
from mapper.website.pages.search_file import place_payloads, search_payload
from mapper.website.pages.tally import CameraTally
from mapper.website.pages.write_pages import static_pages
from mapper.website.released_rows import released_rows
from mapper.website.staging import staged

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class SiteContent:
    """
    What the page shows.

    Attributes
    ----------
    cameras, other_devices
        Columns ``model.columns.CAMERA``, geometry Point in EPSG:4326, any order. Planned and
        ended cameras are among them: the map can show them, and no total counts them.
    context
        Streets, water and buildings; None where the input was read without them.
    links
        By the ``source_id`` of a list: columns ``resolve.links.LINK_COLUMNS``.
    first_days
        By ``camera_id`` the ISO day on which it became a camera, where a history tells it.
    """

    cameras: gpd.GeoDataFrame
    other_devices: gpd.GeoDataFrame
    registry: Registry
    info: ReleaseInfo
    context: Basemap | None = None
    links: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    first_days: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """
    What was built, for the closing summary.

    Attributes
    ----------
    index_path
        The file to open.
    size_bytes
        Of all files together.
    """

    index_path: Path
    deployment_count: int
    context: ContextSummary
    size_bytes: int


def build_site(
    content: SiteContent,
    *,
    settings: Settings,
    progress: Progress | None = None,
    await_release: Callable[[], None] | None = None,
    when_ready: Callable[[], None] = lambda: None,
    evidence: EvidenceAhead | None = None,
) -> SiteSummary:
    """
    Build the page into ``settings.site_dir``; until the last step the old one stays whole.

    The same content gives the same bytes.

    Parameters
    ----------
    await_release
        Waits for the release that the page shows, where that is still being written: the page of
        the data tells of its files.
    when_ready
        Called once when the new page lies whole beside the old one, right before it takes its
        place: what must change together with the page.
    evidence
        What rests on the evidence alone, where another process makes it; None makes it here.

    Raises
    ------
    MapperError
        If a frame holds a value that the page has no mark for.
    StorageError
        If the front end's own files are missing.
    """
    progress = progress or NoProgress()
    front_end = (
        evidence.front_end
        if evidence
        else read_front_end(
            settings.site_source_dir, settings.presentation, settings.page_languages
        )
    )
    with staged(settings.site_dir) as folder:
        progress.stage("page")
        copy_assets(front_end, settings.licenses_dir, folder)
        stand = ChosenRows.of(content.cameras, stands(content.cameras))
        # The site of one place is about that place: the counts of the world are left out.
        is_local = settings.evidence_scope is not EvidenceScope.ALL
        world = None if is_local else world_beside(len(stand), settings.overview_dir)
        told = (stand, content.registry, content.info, world)
        with static_pages(
            folder,
            *told,
            settings=settings,
            progress=progress,
            await_kept=evidence.await_pages() if evidence else None,
        ) as finish_pages:
            told_evidence = (
                evidence.put_site_data(folder)
                if evidence
                else write_evidence_data(content.registry, settings, front_end, folder)
            )
            context, deployment_count = _write_data(
                folder,
                content,
                stand,
                world,
                told_evidence.systems,
                settings,
            )
            if world is not None or is_local:
                near = coast_near(content.cameras, told_evidence.systems)
                write_coast(folder, settings.boundaries_dir, near)
            elif evidence:
                evidence.put_coast(folder)
            else:
                write_coast(folder, settings.boundaries_dir)
            _write_maps(
                folder,
                front_end,
                told_evidence.frames,
                _story(content.registry, released_rows(stand, content.info), world),
                settings,
            )
            page_count = finish_pages(await_release)
        if settings.presentation.documentation_dir is not None:
            copy_documentation(settings.presentation.documentation_dir, folder)
        if settings.with_downloads:
            copy_release(folder, content.info, settings)
            index = pages_of(content.registry, stand)
            write_feeds(folder, content.registry, index, content.info, settings)
        size = sum(path.stat().st_size for path in files_below(folder))
        # The pointer of the releases moves here: a page that was not finished must not leave it
        # moved.
        when_ready()
    _LOG.info(
        "%d static pages, page of %d cameras: %d bytes", page_count, len(content.cameras), size
    )
    return SiteSummary(settings.site_dir / "index.html", deployment_count, context, size)


def _write_data(
    folder: Path,
    content: SiteContent,
    stand: CameraColumns,
    world: MappedWorld | None,
    systems: Sequence[dict[str, Any]],
    settings: Settings,
) -> tuple[ContextSummary, int]:
    cameras = content.cameras
    names = PageNames.of_registry(content.registry)
    vocabularies = vocabularies_of(cameras)
    packing = pack_cameras(cameras, vocabularies, content.first_days)
    chosen = choose_context(len(cameras), streets=settings.streets)
    parts = WrittenParts(
        vocabularies,
        packing,
        write_detail_shards(folder, cameras, packing.order, names, links=content.links),
        len(systems),
        write_context(folder, content.context, chosen),
    )
    meta = meta_payload(cameras, content.other_devices, content.info, parts, names.organisations)
    # From here on a camera is its row number in the column file, in every file of the page.
    ids = cameras["camera_id"].iloc[packing.order].tolist()
    vendor_ids = list(vocabularies.vendors.words)
    suppliers = supplier_counts(systems)
    meta["others"] = makers_of(vendor_ids, world, suppliers, names.organisations)
    meta["countries"] += system_countries(systems, vocabularies.countries.words)
    meta["technologies"] = technologies_of(systems)
    meta["world"] = world_meta(world)
    meta["ids"] = {"files": write_id_buckets(folder, ids)}
    meta["page"] = {
        "osm_tiles": settings.allow_osm_tiles,
        "address": settings.presentation.base_address,
        "citation": release_citation(content.info),
    }
    mapped = world.countries if world else ()
    write_data_file(folder, "meta", meta)
    write_data_file(folder, "overview", overview_of(cameras, vocabularies))
    write_data_file(folder, "cameras", packing.payload)
    write_data_file(folder, "route", route_payload(cameras, packing.order))
    write_data_file(folder, "roads", roads_payload(content.context))
    if world is not None:
        maker_ids = [*vendor_ids, *(row["id"] for row in meta["others"])]
        write_data_file(folder, "world", world_payload(world, maker_ids))
    write_data_file(
        folder, "search", search_payload(content.registry, stand, mapped, content.context)
    )
    is_local = settings.evidence_scope is not EvidenceScope.ALL
    for name, payload in place_payloads(stand, near_only=is_local).items():
        write_data_file(folder, name, payload)
    return parts.context, parts.deployment_count


def _story(registry: Registry, stand: CameraColumns, world: MappedWorld | None) -> Opening:
    index = pages_of(registry, stand, world.countries if world else ())
    return opening(registry, index, CameraTally(stand), world)


def _write_maps(
    folder: Path,
    front_end: FrontEnd,
    frames: Mapping[str, str],
    story: Opening,
    settings: Settings,
) -> None:
    """Write the page of the map in every language; they share assets and data."""
    languages = front_end.languages
    styles = front_end.styles()
    for lang in languages.of_map:
        words, way = front_end.words(lang), languages.way_of_map(lang)
        parts = PageParts(
            frames[lang],
            title=words.strings["title"],
            description=words.strings["description"],
            styles=styles,
            body=front_end.body(words, way, story),
            early_script=front_end.early_script(),
            osm_tiles=settings.allow_osm_tiles,
            base_address=settings.presentation.base_address,
        )
        path = folder / languages.folder(lang) / "index.html"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(page_html(parts).encode("utf-8"))

"""Observations to cameras to a release to a page."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib.metadata import version

import geopandas as gpd
import pandas as pd

from mapper.answers.registry_excerpt import excerpt
from mapper.clean.first_mapped import Calibration
from mapper.export.facts import input_key, release_facts
from mapper.export.history_tables import read_first_days
from mapper.model.enums import Completeness, Rung
from mapper.model.progress import Progress
from mapper.model.release import Counts, ReleaseInfo
from mapper.partitions.work_beside import beside
from mapper.pipeline import last_build, linking
from mapper.pipeline.crediting import credit_of
from mapper.pipeline.cycle_search import no_cycle_search
from mapper.pipeline.ground import read_basemap_of
from mapper.pipeline.inputs import Input, known_sources, read_inputs
from mapper.pipeline.kept_evidence import evidence_store
from mapper.pipeline.laid_out import LaidOut, laid_out, laid_together, return_freed_memory
from mapper.pipeline.local_rows import forget_rows, keep_rows
from mapper.pipeline.made_ahead import MadeAhead, made_ahead
from mapper.pipeline.output import unlike_pointer
from mapper.pipeline.reading_ahead import ReadAhead
from mapper.pipeline.recipe import recipe_of
from mapper.pipeline.releasing import Draft, Releasing, begin_release, release
from mapper.pipeline.summary import BuildSummary
from mapper.registry.checked import load
from mapper.registry.names import names_by_organisation
from mapper.registry.registry import Registry
from mapper.release.lock import output_lock
from mapper.release.store import Outcome, last_of_input, point_at
from mapper.resolve.cameras import Resolved, conclude
from mapper.resolve.chosen_rows import ChosenRows
from mapper.resolve.evidence_shares import evidence_shares
from mapper.resolve.first_mapped_columns import dated_again
from mapper.resolve.standing import stands
from mapper.resolve.vendors.ladder import VendorResolver
from mapper.settings import Settings
from mapper.validate.findings import Material
from mapper.validate.gates import count_objects, require
from mapper.validate.privacy import Published, withhold
from mapper.validate.suppression import read_suppressions
from mapper.website.build import SiteContent, SiteSummary, build_site
from mapper.website.downloads import require_documentation
from mapper.website.map.basemap_choice import choose_context
from mapper.website.map.front_end import read_front_end

CODE_VERSION = version("whose-cameras")
_UNNUMBERED = "unnumbered"
LOCAL_ONLY = "none (local lists only)"


def build(
    inputs: Sequence[str],
    *,
    settings: Settings,
    progress: Progress,
    ahead: ReadAhead | None = None,
) -> BuildSummary:
    """
    Make a release and a page of one or more inputs.

    Parameters
    ----------
    inputs
        ``sample``, files, or ids of collected sources.
    ahead
        The same inputs, where somebody began to read them.

    Raises
    ------
    MapperError
        By the cause, each with its exit code; the last release stands.
    """
    if settings.presentation.documentation_dir is not None:
        # A minute before they would be copied.
        require_documentation(settings.presentation.documentation_dir)
    # So is a language that the site does not have.
    front_end = read_front_end(
        settings.site_source_dir, settings.presentation, settings.page_languages
    )
    with output_lock(settings.out_dir), no_cycle_search(), ExitStack() as begun:
        if said := unlike_pointer(settings.release_root, settings.site_dir):
            progress.remark(said)
        key = ahead.key if ahead else last_build.key_of(inputs, settings)
        store = evidence_store(settings)
        registry = load(settings.registry_dir, *settings.own_registry_dirs)
        # Begun before anything is known of cameras, while this process is small.
        evidence = begun.enter_context(made_ahead(registry, settings, front_end, store))
        # Asked while there is nothing else to do than to wait for what is read.
        recipe = recipe_of(registry, settings)
        # Not held here, for its observations shall go once they are laid out.
        published, local = laid_out(
            ahead.inputs() if ahead else read_inputs(inputs, settings=settings, progress=progress),
            settings,
        )
        return_freed_memory()
        if evidence:
            evidence.expect(sum(part.row_count for part in (published, local) if part))
        taken = [one for part in (published, local) if part for one in part.inputs]
        drafts: list[Draft] = []
        releasing = None
        if published:
            drafts.append(_gated(published, registry, settings=settings, progress=progress))
            # Of its tables the draft has what may be shown, and nobody needs the rest.
            published = None
            told = _told_evidence(registry, drafts, settings)
            if evidence:
                drafts[0] = replace(drafts[0], put_registry_files=evidence.registry_files())
            releasing = begun.enter_context(
                begin_release(drafts[0], told, recipe, settings=settings, progress=progress)
            )
        # What has no licence to be published is shown here, and goes no further.
        if local:
            draft = _draft(local, registry, settings=settings, progress=progress)
            remarks = _gate(draft, settings, is_local=True)
            drafts.append(
                replace(draft, remarks=remarks, links=_links_with_released(draft, drafts))
            )
            _keep_local(draft, settings=settings, progress=progress)
        else:
            forget_rows(settings)
        # Also with nothing to keep, for then what an earlier build kept here goes.
        linking.keep_local(drafts[-1].links if local else {}, settings)
        told = _told_evidence(registry, drafts, settings)
        shown = _shown(drafts, releasing.outcome if releasing else None, told)
        site = _site(taken, shown, releasing, evidence, settings=settings, progress=progress)
        summary = _summary(drafts[0], releasing.outcome if releasing else None, site, shown)
        last_build.keep(key, summary, settings)
    return summary


def build_release(inputs: Sequence[str], *, settings: Settings, progress: Progress) -> Outcome:
    """
    Make the release of inputs that may be published, and no page.

    Raises
    ------
    MapperError
        As `build`.
    """
    with output_lock(settings.out_dir), no_cycle_search():
        taken = read_inputs(inputs, settings=settings, progress=progress)
        laid = laid_together(taken, settings)
        registry = load(settings.registry_dir, *settings.own_registry_dirs)
        draft = _gated(laid, registry, settings=settings, progress=progress)
        told, recipe = _told_evidence(registry, [draft], settings), recipe_of(registry, settings)
        return release(draft, told, recipe, settings=settings, progress=progress)


def _gated(laid: LaidOut, registry: Registry, *, settings: Settings, progress: Progress) -> Draft:
    """Conclude, and let the gates look."""
    draft = _draft(laid, registry, settings=settings, progress=progress)
    remarks = _gate(draft, settings)
    cameras = draft.published.cameras
    return replace(draft, remarks=remarks, links=linking.links_of(cameras, cameras))


def _draft(laid: LaidOut, registry: Registry, *, settings: Settings, progress: Progress) -> Draft:
    readings = laid.readings
    resolved: Resolved = conclude(
        laid.tables,
        readings,
        registry=registry,
        settings=settings,
        progress=progress,
        sources=known_sources(settings),
        beside=beside,
    )
    return_freed_memory()
    progress.stage("privacy and gates")
    # Withheld before anything is counted, so that no number of the release tells of what is not in
    # it.
    suppression = read_suppressions(settings.suppression_paths)
    published = withhold(
        resolved.devices,
        resolved.observations,
        organisation_names=[
            name for names in names_by_organisation(registry).values() for name in names
        ],
        suppression=suppression,
        names_maker=VendorResolver.of_registry(registry).names_maker,
    )
    # What is not published is needed no more, and weighs as much as what is.
    superseded = resolved.superseded
    withheld_ids = frozenset(resolved.devices["camera_id"].tolist()).difference(
        published.cameras.index.tolist(), published.other_devices.index.tolist()
    )
    del resolved
    return_freed_memory()
    published = _dated(published, settings)
    info = ReleaseInfo(
        release_id=_UNNUMBERED,
        data_on=laid.data_on,
        code_version=CODE_VERSION,
        counts=count_objects(readings, published, superseded),
        credits=tuple(credit_of(reading, known_sources(settings)) for reading in readings),
        evidence_on=registry.evidence_on,
        withheld_by_country=published.withheld_by_country,
    )
    return Draft(readings, superseded, published, info, suppression, withheld_ids)


def _dated(published: Published, settings: Settings) -> Published:
    """Date the objects of OpenStreetMap by what is published alone, so that it can be proven."""
    # After withholding, and not before: whoever checks the release has only the published rows.
    table = Calibration.load(settings.calibration_dir)
    cameras, other_devices = dated_again(
        [published.cameras, published.other_devices], published.observations, table
    )
    return replace(published, cameras=cameras, other_devices=other_devices)


def _told_evidence(registry: Registry, drafts: Sequence[Draft], settings: Settings) -> Registry:
    """Return what of the evidence is told beside the cameras; they were concluded from all."""
    frames = [
        frame
        for draft in drafts
        for frame in (draft.published.cameras, draft.published.other_devices)
    ]
    named = {
        column: {str(value) for frame in frames for value in frame[column].dropna().unique()}
        for column in ("country_code", "vendor_id", "operator_id")
    }
    return excerpt(
        registry,
        country_codes=named["country_code"] | set(settings.evidence_countries),
        org_ids=named["vendor_id"] | named["operator_id"],
        scope=settings.evidence_scope,
    )


def _links_with_released(local: Draft, released: Sequence[Draft]) -> linking.Links:
    """Link lists without a licence with what is released; empty where nothing is."""
    if not released:
        return {}
    return linking.links_of(local.published.cameras, released[0].published.cameras)


def _keep_local(draft: Draft, *, settings: Settings, progress: Progress) -> None:
    facts = release_facts(draft.published, draft.readings, draft.info, superseded=draft.superseded)
    facts = replace(facts, suppression_entries=len(draft.suppression))
    keep_rows(draft.published, draft.info, facts, settings=settings, progress=progress)


def _gate(draft: Draft, settings: Settings, *, is_local: bool = False) -> tuple[str, ...]:
    previous = last_of_input(settings.release_root, input_key(draft.readings))
    # Held against the last release of the same input; one of another area says nothing of a fall.
    findings = require(
        Material(
            published=draft.published,
            credits=draft.info.credits,
            counts=draft.info.counts,
            suppression=draft.suppression,
            previous=previous,
            accept_change=settings.accept_change,
        ),
        is_local=is_local,
        beside=beside,
    )
    unproven = [
        f"completeness: not proven ({credit.file_name}: {credit.completeness_basis})"
        for credit in draft.info.credits
        if credit.completeness is Completeness.NOT_PROVEN
    ]
    notes = [note for reading in draft.readings for note in reading.notes]
    return (*(finding.text for finding in findings), *unproven, *notes)


@dataclass(frozen=True, slots=True)
class _Shown:
    """
    What the page shows: the release, and what is kept on this machine beside it.

    All cameras are there; only those that stand are counted, and drawn unless others are asked for.

    Attributes
    ----------
    registry
        The evidence told of beside them.
    """

    cameras: gpd.GeoDataFrame
    other_devices: gpd.GeoDataFrame
    info: ReleaseInfo
    links: linking.Links
    registry: Registry


def _shown(drafts: Sequence[Draft], outcome: Outcome | None, registry: Registry) -> _Shown:
    parts = [draft.published for draft in drafts]
    # Counts of the release and of this machine are told apart on the page, and are never added up.
    nothing = replace(
        drafts[0].info, counts=Counts(0, 0, 0, 0, 0), credits=(), withheld_by_country=None
    )
    released, local = (drafts[0].info if outcome else nothing), nothing
    if outcome is None or len(drafts) > 1:
        local = drafts[-1].info
    info = replace(
        released,
        release_id=outcome.release_id if outcome else LOCAL_ONLY,
        local_counts=local.counts,
        local_credits=local.credits,
    )
    links = {source_id: frame for draft in drafts for source_id, frame in draft.links.items()}
    if len(parts) == 1:
        return _Shown(parts[0].cameras, parts[0].other_devices, info, links, registry)
    cameras = pd.concat([part.cameras for part in parts])
    others = pd.concat([part.other_devices for part in parts])
    return _Shown(gpd.GeoDataFrame(cameras), gpd.GeoDataFrame(others), info, links, registry)


def _site(
    taken: Sequence[Input],
    shown: _Shown,
    releasing: Releasing | None,
    evidence: MadeAhead | None,
    *,
    settings: Settings,
    progress: Progress,
) -> SiteSummary:
    chosen = choose_context(len(shown.cameras), streets=settings.streets)
    context = read_basemap_of(taken, shown.cameras, chosen=chosen, progress=progress)
    content = SiteContent(
        shown.cameras,
        shown.other_devices,
        shown.registry,
        shown.info,
        context,
        shown.links,
        read_first_days(settings.history_dir),
    )

    def point() -> None:
        if releasing is not None:
            point_at(settings.release_root, releasing.outcome.release_id)

    return build_site(
        content,
        settings=settings,
        progress=progress,
        await_release=releasing.finish if releasing else None,
        when_ready=point,
        evidence=evidence,
    )


def _summary(
    draft: Draft, outcome: Outcome | None, site: SiteSummary, shown: _Shown
) -> BuildSummary:
    frame = draft.published.cameras
    cameras = ChosenRows.of(frame, stands(frame))
    with_vendor = int((cameras["vendor_rung"] != str(Rung.UNKNOWN)).sum())
    local = tuple(
        f"{title}: no licence is stated; shown on this machine, in no release"
        for title in shown.info.local_titles
    )
    linked = tuple(
        f"{source_id}: {len(links):,} of its cameras are probably in OpenStreetMap too; "
        "`mapper links` lists them"
        for source_id, links in sorted(shown.links.items())
    )
    return BuildSummary(
        release_id=shown.info.release_id,
        is_new=outcome is None or outcome.is_new,
        data_on=draft.info.data_on,
        dates=draft.info.dates,
        counts=draft.info.counts,
        with_vendor=with_vendor,
        vendor_unknown=len(cameras) - with_vendor,
        countries=int(cameras["country_code"].nunique()),
        deployments=site.deployment_count,
        rejected_by_reason=draft.rejected_by_reason,
        withheld_by_reason=dict(draft.published.withheld_by_reason),
        values_withheld=draft.published.values_withheld,
        context=site.context.reason,
        evidence=evidence_shares(cameras),
        suppression_entries=len(draft.suppression),
        local_cameras=shown.info.local_counts.cameras if outcome else 0,
        local_withheld=shown.info.local_counts.withheld if outcome else 0,
        remarks=(*draft.remarks, *local, *linked),
        release_dir=outcome.folder if outcome else None,
        index_path=site.index_path,
        site_mb=site.size_bytes / 1e6,
    )

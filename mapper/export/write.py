"""Write every file of a release into a staging folder."""

import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import geopandas as gpd
import pyarrow as pa

from mapper.errors import GateError
from mapper.export import (
    area_table,
    catalogue_records,
    database,
    descriptors,
    dictionary,
    evidence_table,
    fill_rates,
    links_table,
)
from mapper.export.formats import FormatChoice
from mapper.export.layer import Layer, arrow_table, by_country, coordinates
from mapper.export.registry_files import PutFiles, write_registry_files
from mapper.export.table_format import Format
from mapper.model.boundary_area import BoundaryArea
from mapper.model.progress import NoProgress, Progress
from mapper.model.release import ReleaseInfo, SourceCredit
from mapper.registry.registry import Registry
from mapper.release import area_outlines
from mapper.release.manifest import WrittenFile
from mapper.release.rules import rules_text
from mapper.resolve.countries import Countries
from mapper.resolve.extract_areas import ExtractAreas
from mapper.resolve.first_mapped_columns import OSM_SOURCE_ID
from mapper.resolve.standing import stands
from mapper.settings import bundled_root
from mapper.validate.privacy import Published

REGISTRY_LICENSE: Final = "CC-BY-4.0"
PLACES_LICENSE: Final = "CC-BY-4.0-GeoNames"
# The newspaper's tables of US agencies, which rows of the registry are made of.
AGENCIES_LICENSE: Final = "MIT-McClatchy"
LOCAL_NOTE: Final = (
    "These rows are of lists that may not be passed on. They are kept on this machine alone and "
    "are part of no release: do not publish them."
)
_LOCAL_NOTE_NAME: Final = "NOT-FOR-PUBLICATION.txt"
_SILENCE: Final = NoProgress()
_USUAL: Final = FormatChoice()
FILES_AT_ONCE: Final = 2
"""GDAL, Arrow and zstd work outside of Python's lock."""
_NO_AREAS: Final = ExtractAreas({})


def write_all(  # noqa: PLR0913 - what a release is made of
    published: Published,
    registry: Registry | None,
    stage_dir: Path,
    info: ReleaseInfo,
    *,
    links: links_table.LinkTables | None = None,
    boundaries: Sequence[BoundaryArea] = (),
    choice: FormatChoice = _USUAL,
    at_once: int = FILES_AT_ONCE,
    progress: Progress = _SILENCE,
    put_registry_files: PutFiles | None = None,
) -> list[WrittenFile]:
    """
    Write layers, links, evidence, registry, dictionary, rules and licences.

    Equal contents are equal bytes: the release id stands in none of these files, but for the
    rows of the bridge that are new in this release.

    Parameters
    ----------
    published
        What the privacy gate let through.
    registry
        The curated evidence; None leaves it out.
    links
        Which rows of two layers are probably one camera; None where there is one source only.
    stage_dir
        An empty folder.
    info
        Data date, code version and the credits of every source.
    boundaries
        Of the extract of OpenStreetMap, by which areas are said.
    choice
        Which formats are written beside the usual ones, and which by country.
    at_once
        How many files of a whole layer; a copy of the process beside another takes one.
    progress
        Hears one step per file.
    put_registry_files
        Puts the files that rest on the registry alone into the folder, where they were made before;
        None makes them here.

    Returns
    -------
    files
        A description of every file written, for the manifest.
    """
    layers = _layers(published, info)
    progress.stage("write", total=_steps(published, layers, choice))
    files = _write_layers(layers, choice.whole, stage_dir, progress, at_once)
    files += _write_countries(layers, choice.of_countries, stage_dir, progress)
    texts = _texts(layers, info, attribution_text(info, layers, links))
    license_ids = {layer.license_id for layer in layers}
    # What follows takes as much memory again, and asks the tables no more.
    del layers
    pa.default_memory_pool().release_unused()
    files += _write_observations(published, stage_dir, info, progress)
    files += _write_areas(published, boundaries, stage_dir, info)
    if links is not None:
        files += links_table.write(links, stage_dir, info)
    if registry is not None:
        files += (put_registry_files or partial(write_registry_files, registry))(stage_dir)
        # It says of which day the cameras are.
        files.append(database.write(registry, info, stage_dir / database.FILE_NAME))
    files += _write_texts(texts, stage_dir)
    # The notice of each licence goes along, for a copied file must still say what it may be used
    # for.
    files += _copy_licenses(stage_dir, license_ids)
    files += catalogue_records.write(stage_dir, files, info)
    # The last: it describes all the others.
    return descriptors.write(stage_dir, files, info)


def write_local(
    published: Published, stage_dir: Path, info: ReleaseInfo, progress: Progress
) -> list[WrittenFile]:
    """
    Write the same of rows that stay on this machine: their licences have no notice to go with them.

    Returns
    -------
    files
        A description of every file written, for the manifest.
    """
    layers = _layers(published, info)
    progress.stage("write", total=_steps(published, layers, _USUAL))
    files = _write_layers(layers, _USUAL.whole, stage_dir, progress)
    files += _write_observations(published, stage_dir, info, progress)
    files += _write_texts(_texts(layers, info, attribution_text(info, layers)), stage_dir)
    (stage_dir / _LOCAL_NOTE_NAME).write_text(f"{LOCAL_NOTE}\n", encoding="utf-8", newline="\n")
    files.append(WrittenFile(_LOCAL_NOTE_NAME, "text", REGISTRY_LICENSE))
    return files + _copy_licenses(stage_dir, set())


def _steps(published: Published, layers: Sequence[Layer], choice: FormatChoice) -> int:
    """Count the files that progress is told of; those of the countries are one each format."""
    forms = len(choice.whole) + len(choice.of_countries)
    return len(layers) * forms + len(published.observations)


def _write_observations(
    published: Published, stage_dir: Path, info: ReleaseInfo, progress: Progress
) -> list[WrittenFile]:
    """Write the observations behind each source's rows."""
    files = []
    for credit in _one_per_source(info):
        if credit.source_id in published.observations:
            files.append(_write_evidence(published, credit, stage_dir, info))
            progress.advance()
    return files


def _layers(published: Published, info: ReleaseInfo) -> list[Layer]:
    """Split cameras and other devices by source; empty other devices make no layer."""
    layers = []
    for credit in _one_per_source(info):
        for kind, title, frame in (
            ("cameras", "Surveillance cameras", published.cameras),
            ("other_devices", "Guards, gunshot detectors and sensors", published.other_devices),
        ):
            is_of_source = (frame["source_id"] == credit.source_id).to_numpy(bool)
            # Of one source alone the table is it, and a copy would weigh as much again.
            rows = frame if is_of_source.all() else frame[is_of_source]
            if len(rows) or kind == "cameras":
                layers.append(_layer(rows, f"{kind}_{credit.source_id}", title, credit, info))
    return layers


def _one_per_source(info: ReleaseInfo) -> list[SourceCredit]:
    """Return the first credit of each source; several snapshots of one make one layer."""
    ordered = sorted(info.credits, key=lambda credit: credit.snapshot_sha256)
    first = {credit.source_id: credit for credit in reversed(ordered)}
    return [first[source_id] for source_id in sorted(first)]


def _layer(
    frame: gpd.GeoDataFrame, name: str, title: str, credit: SourceCredit, info: ReleaseInfo
) -> Layer:
    lon_deg, lat_deg = coordinates(frame)
    return Layer(
        name=name,
        title=f"{title}: {credit.title}",
        source_id=credit.source_id,
        license_id=credit.license_id,
        attribution=credit.attribution,
        data_on=info.data_on,
        code_version=info.code_version,
        table=arrow_table(frame),
        lon_deg=lon_deg,
        lat_deg=lat_deg,
    )


def _write_layers(
    layers: Sequence[Layer],
    forms: Sequence[Format],
    stage_dir: Path,
    progress: Progress,
    at_once: int = FILES_AT_ONCE,
) -> list[WrittenFile]:
    """Write every layer in every format, some files at a time."""
    jobs = [(form, layer) for form in forms for layer in layers]
    with ThreadPoolExecutor(max_workers=at_once) as pool:
        waiting = [
            pool.submit(_write_layer, form, layer, stage_dir / f"{layer.name}{form.suffix}")
            for form, layer in jobs
        ]
        for job in waiting:
            job.result()
            progress.advance()
    return [
        WrittenFile(
            f"{layer.name}{form.suffix}", form.name, layer.license_id, layer.name, len(layer)
        )
        for form, layer in jobs
    ]


def _write_layer(form: Format, layer: Layer, path: Path) -> None:
    form.write(layer, path)
    # Arrow keeps what it freed, which is as much as the table, and the next format seldom fits it.
    pa.default_memory_pool().release_unused()


def _write_countries(
    layers: Sequence[Layer], forms: Sequence[Format], stage_dir: Path, progress: Progress
) -> list[WrittenFile]:
    """Write the rows of each country as files of their own; rows of no country are in none."""
    files = []
    for layer in layers if forms else ():
        for part in by_country(layer):
            folder = stage_dir / part.name.rpartition("/")[0]
            folder.mkdir(parents=True, exist_ok=True)
            for form in forms:
                name = f"{part.name}{form.suffix}"
                # Within the file the table bears the name of the whole layer.
                form.write(replace(part, name=layer.name), stage_dir / name)
                files.append(WrittenFile(name, form.name, layer.license_id, part.name, len(part)))
        for _form in forms:
            progress.advance()
    return files


def _write_areas(
    published: Published, boundaries: Sequence[BoundaryArea], stage_dir: Path, info: ReleaseInfo
) -> list[WrittenFile]:
    """Write the counts of areas for each source that has a camera in one, and their outlines."""
    files = []
    cameras = published.cameras[[*area_table.COUNTED, "source_id", "country_code"]]
    cameras = cameras[stands(published.cameras)]
    folder = bundled_root() / "data" / "boundaries"
    own = ExtractAreas.of(boundaries, Countries.load(folder), folder) if boundaries else _NO_AREAS
    for credit in _one_per_source(info):
        rows = cameras[(cameras["source_id"] == credit.source_id).to_numpy()]
        is_osm = credit.source_id == OSM_SOURCE_ID
        if is_osm and boundaries:
            text = area_outlines.outlines_text(boundaries)
            (stage_dir / area_outlines.NAME).write_bytes(text.encode())
            files.append(WrittenFile(area_outlines.NAME, "text", credit.license_id))
        if rows["admin1"].notna().any():
            name = f"areas_{credit.source_id}.csv"
            countries = rows["country_code"][rows["admin1"].notna()].unique()
            areas = (own if is_osm else _NO_AREAS).areas_of(folder, countries)
            (stage_dir / name).write_bytes(area_table.areas_csv(rows, areas).encode())
            files.append(WrittenFile(name, "text", credit.license_id))
    return files


def _write_evidence(
    published: Published, credit: SourceCredit, stage_dir: Path, info: ReleaseInfo
) -> WrittenFile:
    frame = published.observations[credit.source_id]
    name = f"observations_{credit.source_id}"
    evidence_table.write(
        frame,
        stage_dir / f"{name}.parquet",
        {
            "license": credit.license_id,
            "attribution": credit.attribution,
            "data_on": info.data_on,
            "code_version": info.code_version,
        },
    )
    return WrittenFile(f"{name}.parquet", "parquet", credit.license_id, name, len(frame))


def _texts(layers: Sequence[Layer], info: ReleaseInfo, attribution: str) -> dict[str, str]:
    """Return the texts that tell of the layers, by the names of their files."""
    return {
        "rules.json": rules_text(info.code_version),
        "data_dictionary.csv": dictionary.dictionary_csv(),
        "data_dictionary.md": dictionary.dictionary_markdown(),
        fill_rates.NAME: fill_rates.fill_rates_csv(layers),
        "ATTRIBUTION.txt": attribution,
    }


def _write_texts(texts: Mapping[str, str], stage_dir: Path) -> list[WrittenFile]:
    for name, text in texts.items():
        (stage_dir / name).write_bytes(text.encode())
    return [WrittenFile(name, "text", REGISTRY_LICENSE) for name in texts]


def attribution_text(
    info: ReleaseInfo, layers: Sequence[Layer], links: links_table.LinkTables | None = None
) -> str:
    """Say for each layer under which licence it stands and whom to name."""
    lines = [f"Whose Cameras, {info.dates}", ""]
    titles = {credit.source_id: credit for credit in info.credits}
    for layer in layers:
        credit = titles[layer.source_id]
        lines += [f"{layer.name}.*", f"  licence      {layer.license_id}"]
        lines += [
            f"  attribution  {layer.attribution}",
            f"  source       {credit.title}, {credit.url}",
            "",
        ]
    if links is not None:
        lines += links_table.attribution_lines(links, info)
    lines += [
        "registry/*, whose_cameras.sqlite, data_dictionary.*, fill_rates.csv, rules.json",
        f"  licence      {REGISTRY_LICENSE}",
        "  attribution  Whose Cameras",
        "",
        "registry rows of US agencies (source nc-agency-survey and sources alpr-portal-*)",
        f"  licence      {AGENCIES_LICENSE}",
        "  attribution  The News & Observer, https://github.com/mcclatchy-southeast/private_eyes",
        "",
        "the columns admin1 and admin2, areas_*.csv",
        "  boundaries   U.S. Census Bureau, 2017, public domain; Natural Earth, public domain;",
        "               codes and English names: Unicode CLDR, Unicode License v3;",
        "               where the method says so, OpenStreetMap (ODbL), boundaries_osm.geojson.",
        "               areas_*.csv stands under the licence of the cameras that it counts",
        "",
        "the columns nearest_place and nearest_place_km",
        f"  licence      {PLACES_LICENSE}",
        "  attribution  GeoNames, https://www.geonames.org/",
        "",
        "The text or address of each licence lies in LICENSES/.",
        "",
    ]
    return "\n".join(lines)


def _copy_licenses(stage_dir: Path, license_ids: set[str]) -> list[WrittenFile]:
    """Copy the notice of every licence that a file of the release stands under."""
    target = stage_dir / "LICENSES"
    target.mkdir()
    copied = []
    for license_id in sorted(license_ids | {REGISTRY_LICENSE, PLACES_LICENSE, AGENCIES_LICENSE}):
        notice = bundled_root() / "LICENSES" / f"{license_id}.txt"
        if not notice.is_file():
            msg = f"LICENSES has no notice for {license_id}"
            raise GateError(msg, next_step=f"Add LICENSES/{license_id}.txt.")
        shutil.copyfile(notice, target / notice.name)
        copied.append(WrittenFile(f"LICENSES/{notice.name}", "text", license_id))
    return copied

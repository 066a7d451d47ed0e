"""Commands that fetch from the open world, or take a list of one's own."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from mapper.cli.app import app
from mapper.cli.commands.build_commands import Json, Quiet, Raw
from mapper.cli.terminal_progress import talking
from mapper.errors import UsageError
from mapper.settings import Settings

_PANEL = "Collect"
_OSM = "osm"


@app.command(rich_help_panel=_PANEL)
def collect(  # noqa: PLR0913 - each is an option of the command
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="osm | SOURCE_ID...",
            help="`mapper sources` lists them; by default what mapper.toml names.",
        ),
    ] = None,
    *,
    bbox: Annotated[str, typer.Option(metavar="W,S,E,N", help="For osm: degrees.")] = "",
    place: Annotated[
        str,
        typer.Option(help='For osm: Helsinki, "Ghent, BE", "Paris, Texas".'),
    ] = "",
    country: Annotated[
        str, typer.Option(help="For osm: BE, Belgium; all of it, or of --place.")
    ] = "",
    region: Annotated[str, typer.Option(help="For osm: a region that has an extract.")] = "",
    pbf: Annotated[str, typer.Option(metavar="URL", help="For osm: an extract.")] = "",
    world: Annotated[
        bool, typer.Option("--world", help="For osm: every extract; about 80 GB pass through.")
    ] = False,
    overpass: Annotated[
        bool,
        typer.Option("--overpass", help="With --world: 60 questions to Overpass instead."),
    ] = False,
    extract_index: Annotated[
        str, typer.Option(metavar="URL", help="The index of another publisher of extracts.")
    ] = "",
    endpoint: Annotated[str, typer.Option(metavar="URL", help="An Overpass of your own.")] = "",
    streets: Annotated[bool, typer.Option(help="For osm: streets around the cameras too.")] = True,
    offline: Annotated[
        bool, typer.Option("--offline", help="Open no connection: is it in the archive already?")
    ] = False,
    allow_old: Annotated[
        bool, typer.Option("--allow-old", help="For osm: take data of more than 60 days ago.")
    ] = False,
    keep_extract: Annotated[
        bool,
        typer.Option("--keep-extract", help="Keep an extract whole, not only its cameras."),
    ] = False,
    raw: Raw = Path("data/raw"),
    quiet: Quiet = False,
) -> None:
    """
    Fetch sources into the archive, whole or not at all.

    `mapper collect osm --place Helsinki`, then `mapper build osm`.
    """
    from mapper.pipeline import collecting, collecting_osm, own_site

    wanted = own_site.sources_here(sources)
    area: dict[str, str | bool] = {
        "bbox": bbox,
        "place": place,
        "country": country,
        "region": region,
        "pbf_url": pbf,
    }
    if world:
        area["is_world"] = True
    if overpass:
        area["is_by_overpass"] = True
    if any([*area.values(), endpoint]) and wanted != [_OSM]:
        msg = "--bbox, --place, --pbf, --world and --endpoint go with `mapper collect osm` alone"
        raise UsageError(msg, next_step="collect the other sources in a second command.")
    asked = {"with_streets": streets, **(area if any(area.values()) else own_site.area_here())}
    told = []
    with talking(quiet=quiet) as progress:
        if _OSM in wanted:
            if sources and wanted != [_OSM]:
                msg = "`mapper collect osm` is a command of its own"
                raise UsageError(msg, next_step="collect the other sources in a second command.")
            request = collecting_osm.OsmRequest(
                **asked,
                endpoint=endpoint or own_site.endpoint_here(),
                index_url=extract_index,
                is_offline=offline,
                is_old_allowed=allow_old,
                keeps_extract=keep_extract,
            )
            settings = Settings(raw_dir=raw)
            told.append(collecting_osm.collect_osm(request, settings=settings, progress=progress))
        if others := [name for name in wanted if name != _OSM]:
            told.append(
                collecting.collect_sources(
                    others, settings=Settings(raw_dir=raw), progress=progress, is_offline=offline
                )
            )
    # A site of files alone is no error: its workflow collects before every build.
    nothing = "nothing to collect: all that mapper.toml names lies here already"
    typer.echo("\n".join(told) or nothing)


@app.command(rich_help_panel=_PANEL)
def sources(*, raw: Raw = Path("data/raw"), json_: Json = False) -> None:
    """
    List every source: licence, when it was last collected, what it names.

    `mapper sources --json` gives the same to programs.
    """
    from mapper.pipeline import collecting

    typer.echo(collecting.sources(as_json=json_, settings=Settings(raw_dir=raw)))


@app.command("import", rich_help_panel=_PANEL)
def import_(  # noqa: PLR0913 - each is an option of the command
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, ODS, JSON, KML, GeoPackage and others.")],
    *,
    publisher: Annotated[str, typer.Option(help="Who published the list.")] = "",
    date: Annotated[str, typer.Option(help="When: 2018-04-03, 2018-04 or 2018.")] = "",
    license_: Annotated[
        str,
        typer.Option(
            "--license", help="As you hold it, or `none-stated`; what is not open stays local."
        ),
    ] = "",
    title: Annotated[str, typer.Option(help="What the list is called.")] = "",
    id_: Annotated[str, typer.Option("--id", help="The source id; else from the name.")] = "",
    mapping: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A small TOML: which column means what."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be kept; print the mapping.")
    ] = False,
    raw: Raw = Path("data/raw"),
) -> None:
    """
    Take in a list of your own, and say what was recognised, kept and rejected, and why.

    `mapper import cameras.xlsx --dry-run` shows the columns that were recognised and prints a
    mapping to correct; with the mapping the list becomes a source like any other.
    """
    from mapper.pipeline import own_lists

    asked = {"publisher": publisher, "date": date, "licence (or none-stated)": license_}
    if sys.stdin.isatty():
        asked = {name: value or typer.prompt(name, err=True) for name, value in asked.items()}
    publisher, date, license_ = asked.values()
    request = own_lists.ImportRequest(
        path=file,
        publisher=publisher,
        date=date,
        license_id=license_,
        title=title,
        source_id=id_,
        mapping_path=mapping,
        is_dry_run=dry_run,
    )
    typer.echo(own_lists.import_list(request, settings=Settings(raw_dir=raw)))

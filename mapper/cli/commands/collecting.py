"""Commands that fetch from the open world, or take a list of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from mapper.cli.app import app
from mapper.cli.commands.making import Json, Quiet
from mapper.cli.talk import talking
from mapper.errors import UsageError
from mapper.settings import Settings

_PANEL = "Collect"
_OSM = "osm"
Raw = Annotated[Path, typer.Option("--raw", help="The archive of collected bodies.")]


@app.command(rich_help_panel=_PANEL)
def collect(  # noqa: PLR0913 - each is an option of the command
    sources: Annotated[
        list[str], typer.Argument(metavar="osm | SOURCE_ID...", help="`mapper sources` lists them.")
    ],
    *,
    bbox: Annotated[str, typer.Option(metavar="W,S,E,N", help="For osm: degrees.")] = "",
    place: Annotated[str, typer.Option(help="For osm: a place of the offline gazetteer.")] = "",
    pbf: Annotated[str, typer.Option(metavar="URL", help="For osm: an extract.")] = "",
    endpoint: Annotated[str, typer.Option(metavar="URL", help="An Overpass of your own.")] = "",
    streets: Annotated[bool, typer.Option(help="For osm: streets around the cameras too.")] = True,
    raw: Raw = Path("data/raw"),
    quiet: Quiet = False,
) -> None:
    """
    Fetch sources into the archive, whole or not at all.

    `mapper collect osm --place Helsinki`, then `mapper build osm`.
    """
    from mapper.pipeline import collecting

    settings = Settings(raw_dir=raw)
    with talking(quiet=quiet) as talk:
        if sources == [_OSM]:
            request = collecting.OsmRequest(bbox, place, pbf, endpoint, streets)
            told = collecting.collect_osm(request, settings=settings, talk=talk)
        elif _OSM in sources or bbox or place or pbf or endpoint:
            msg = "--bbox, --place, --pbf and --endpoint go with `mapper collect osm` alone"
            raise UsageError(msg, next_step="collect the other sources in a second command.")
        else:
            told = collecting.collect_sources(sources, settings=settings, talk=talk)
    typer.echo(told)


@app.command(rich_help_panel=_PANEL)
def sources(*, raw: Raw = Path("data/raw"), json_: Json = False) -> None:
    """List every source: licence, when it was last collected, what it names."""
    from mapper.pipeline import collecting

    typer.echo(collecting.sources(as_json=json_, settings=Settings(raw_dir=raw)))

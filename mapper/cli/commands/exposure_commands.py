"""Commands that say what of routes and streets cameras look at."""

from pathlib import Path
from typing import Annotated

import typer

from mapper.cli.app import app
from mapper.cli.commands.build_commands import Json, Scheduler, WorkerCount

_PANEL = "Ask"
Release = Annotated[Path, typer.Option("--release", help="A release, or the folder that holds it.")]
Reach = Annotated[float, typer.Option("--reach-m", help="How far a camera sees: an assumption.")]
ViewAngle = Annotated[
    float, typer.Option("--view-angle-deg", help="How wide, where no source says: an assumption.")
]


@app.command(rich_help_panel=_PANEL)
def exposure(  # noqa: PLR0913 - each is an option of the command
    route: Annotated[Path, typer.Argument(help="A .gpx or .geojson with one line or more.")],
    *,
    release: Release = Path("build"),
    reach_m: Reach = 30.0,
    view_angle_deg: ViewAngle = 60.0,
    speed_kmh: Annotated[float, typer.Option("--speed-kmh", help="How fast one goes.")] = 5.0,
    json_: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="One line for each camera.")] = False,
) -> None:
    """
    Say what of a route cameras can see: metres, minutes, by maker and operator.

    `mapper exposure way-home.gpx --reach-m 40`
    """
    from mapper.exposure.sights import Assumptions
    from mapper.pipeline import answer_form, exposing

    form = answer_form.form_of(as_json=json_, as_csv=csv)
    assumptions = Assumptions(reach_m, view_angle_deg, speed_kmh)
    typer.echo(exposing.exposure(route, place=release, assumptions=assumptions, form=form))


Extracts = Annotated[
    list[str],
    typer.Argument(metavar="EXTRACT", help="Files, s3://bucket/name or https:// addresses, PBF."),
]


@app.command(rich_help_panel=_PANEL)
def streets(  # noqa: PLR0913 - each is an option of the command
    extracts: Extracts,
    *,
    release: Release = Path("build"),
    to: Annotated[str, typer.Option("--to", help="A file or s3:// address; default: stdout.")] = "",
    by: Annotated[
        str, typer.Option("--by", help="A row for each: extract, tile or area; metres once.")
    ] = "extract",
    tiles: Annotated[
        str, typer.Option("--tiles", help="Where tiles lie between: a folder, or s3:// for all.")
    ] = "",
    reach_m: Reach = 30.0,
    view_angle_deg: ViewAngle = 60.0,
    workers: WorkerCount = 1,
    scheduler: Scheduler = "",
) -> None:
    """
    Say how much of the streets of extracts cameras can see: a CSV by tile and kind of street.

    `mapper streets porto.osm.pbf andorra.osm.pbf --workers 2`
    """
    from mapper.cli.app import say
    from mapper.cli.terminal_progress import talking
    from mapper.exposure.sights import Assumptions
    from mapper.partitions import partition_addresses
    from mapper.pipeline import tiled_streets
    from mapper.pipeline.partitioned import Workers

    with talking() as progress:
        text = tiled_streets.streets_by(
            extracts,
            by=by,
            tiles=tiles,
            place=release,
            assumptions=Assumptions(reach_m, view_angle_deg),
            workers=Workers(workers, scheduler),
            progress=progress,
        )
    if to:
        partition_addresses.write(to, text.encode("utf-8"))
        say(f"written: {to}")
    else:
        typer.echo(text, nl=False)


@app.command(rich_help_panel="Collect")
def cut(
    extracts: Extracts,
    *,
    to: Annotated[str, typer.Option("--to", help="A folder, or s3://bucket/folder.")] = "cameras",
    workers: WorkerCount = 1,
    scheduler: Scheduler = "",
) -> None:
    """
    Cut the cameras out of large extracts into small ones that `mapper build` reads the same.

    `mapper cut s3://planet/europe.osm.pbf --to s3://planet/cameras --scheduler tcp://host:8786`
    """
    from mapper.cli.terminal_progress import talking
    from mapper.pipeline import partitioned

    with talking() as progress:
        told = partitioned.cut(
            extracts,
            to=to,
            workers=partitioned.Workers(workers, scheduler),
            progress=progress,
        )
    typer.echo(told)


@app.command(rich_help_panel=_PANEL)
def cordon(  # noqa: PLR0913 - each is an option of the command
    town: Annotated[str, typer.Argument(help="A town in any spelling: Ghent, or Porto, PT.")],
    extract: Annotated[str, typer.Argument(help="An OSM PBF that holds it: a file or address.")],
    *,
    at: Annotated[
        tuple[float, float] | None,
        typer.Option("--at", help="Latitude and longitude of the middle, in place of the name's."),
    ] = None,
    radius_km: Annotated[float, typer.Option("--radius-km", help="How far the town reaches.")] = 3,
    release: Release = Path("build"),
    reach_m: Reach = 30.0,
    view_angle_deg: ViewAngle = 60.0,
    json_: Json = False,
) -> None:
    """
    Say which share of the roads into a town passes a plate reader.

    `mapper cordon "Porto, PT" porto.osm.pbf --radius-km 5`
    """
    from mapper.exposure.sights import Assumptions
    from mapper.pipeline import exposing

    told = exposing.cordon_of(
        extract,
        exposing.TownAsked(town, at, radius_km),
        place=release,
        assumptions=Assumptions(reach_m, view_angle_deg),
        as_json=json_,
    )
    typer.echo(told)

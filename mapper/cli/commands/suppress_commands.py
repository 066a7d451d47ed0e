"""The command that leaves a camera out of every later release."""

from pathlib import Path
from typing import Annotated

import typer

from mapper.cli.app import app
from mapper.cli.commands.build_commands import Out, Raw


@app.command(rich_help_panel="Make")
def suppress(
    camera_id: Annotated[str, typer.Argument(metavar="ID", help="As the map shows it.")],
    *,
    at: Annotated[
        str, typer.Option(metavar="LAT,LON", help="Its place, where no release here holds it.")
    ] = "",
    reason: Annotated[str, typer.Option(help="For whoever keeps the list; no names.")] = "",
    out: Out = Path("build"),
    raw: Raw = Path("data/raw"),
) -> None:
    """
    Leave a camera out of every later build here, by its id and by its place.

    `mapper suppress osm:node/123`, then `mapper build`. It stays out when it is collected again,
    drawn anew, numbered anew, or stands in another list.
    """
    from mapper.pipeline import own_site, suppressing

    settings = own_site.settings_here({"out_dir": out, "raw_dir": raw})
    place = suppressing.place_of_text(at) if at else None
    typer.echo(suppressing.suppress(camera_id, settings=settings, at=place, reason=reason))

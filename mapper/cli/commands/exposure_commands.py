"""Commands that say what of routes and streets cameras look at."""

from pathlib import Path
from typing import Annotated

import typer

from mapper.cli.app import app
from mapper.cli.commands.build_commands import Json

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

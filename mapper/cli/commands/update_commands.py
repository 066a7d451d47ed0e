"""Commands that follow what changes in the world."""

from pathlib import Path
from typing import Annotated

import typer

from mapper.cli.app import app
from mapper.cli.commands.build_commands import Out, Quiet, Raw, Scheduler, WorkerCount
from mapper.cli.terminal_progress import talking
from mapper.settings import Settings

_PANEL = "Collect"


@app.command(rich_help_panel=_PANEL)
def update(
    *,
    allow_old: Annotated[
        bool, typer.Option("--allow-old", help="Take data of more than 60 days ago.")
    ] = False,
    around_days: Annotated[
        int,
        typer.Option(
            min=1, help="Collect an extract anew where its streets or boundaries are older."
        ),
    ] = 90,
    raw: Raw = Path("data/raw"),
    quiet: Quiet = False,
) -> None:
    """
    Bring what was collected of OpenStreetMap up to date, by what changed since.

    `mapper update`, then `mapper build osm`.
    """
    from mapper.pipeline import updating_osm

    with talking(quiet=quiet) as progress:
        told = updating_osm.update_osm(
            settings=Settings(raw_dir=raw),
            progress=progress,
            is_old_allowed=allow_old,
            around_days=around_days,
        )
    typer.echo(told)


@app.command(rich_help_panel=_PANEL)
def history(  # noqa: PLR0913 - each is an option of the command
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE.osh.pbf]...", help="History files of OpenStreetMap, or addresses."
        ),
    ] = None,
    *,
    inputs: Annotated[
        list[Path] | None,
        typer.Option("--input", metavar="FILE", help="An input that is not in the archive."),
    ] = None,
    out: Out = Path("build"),
    raw: Raw = Path("data/raw"),
    workers: WorkerCount = 1,
    scheduler: Scheduler = "",
    quiet: Quiet = False,
) -> None:
    """
    Write when each camera came, changed and ended, and how many stood in each month.

    `mapper history riverton.osh.pbf`, or `mapper history` alone over your own releases.
    """
    from mapper.pipeline import history as histories
    from mapper.pipeline.own_site import settings_here
    from mapper.pipeline.partitioned import Workers

    with talking(quiet=quiet) as progress:
        told = histories.history(
            files or [],
            files=inputs or [],
            workers=Workers(workers, scheduler),
            settings=settings_here({"out_dir": out, "raw_dir": raw}),
            progress=progress,
        )
    typer.echo(told)

"""The command that turns contracts, entities and lists into rows for a person to review."""

from pathlib import Path
from typing import Annotated

import typer

from mapper.cli.app import app
from mapper.cli.commands.build_commands import Quiet, Raw
from mapper.cli.terminal_progress import talking
from mapper.settings import Settings


@app.command(rich_help_panel="Collect")
def propose(  # noqa: PLR0913 - each is an option of the command
    source: Annotated[
        str,
        typer.Argument(
            help="ted, find-a-tender, contracts-finder, usaspending, eff-atlas, csl, ecfr, "
            "wikidata or gleif."
        ),
    ],
    *,
    since: Annotated[str, typer.Option(metavar="DAY", help="First day, for contracts.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="Last day, for contracts.")] = "",
    on: Annotated[
        str, typer.Option("--on", metavar="DAY", help="For ecfr: the text of a day.")
    ] = "",
    query: Annotated[str, typer.Option(help="Words to search.")] = "",
    offline: Annotated[bool, typer.Option("--offline", help="From the archive alone.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="Also what the registry holds.")] = False,
    endpoint: Annotated[str, typer.Option(metavar="URL", help="A mirror of your own.")] = "",
    raw: Raw = Path("data/raw"),
    quiet: Quiet = False,
) -> None:
    """
    Print rows that a source proposes for the evidence registry, as CSV to review; write none.

    `mapper propose ecfr --on 2020-01-01`: who of the registry stood on the US Entity List that day.
    """
    from mapper.pipeline import proposing
    from mapper.proposals.request import ProposeRequest

    request = ProposeRequest(
        source=source,
        since=since,
        until=until,
        on=on,
        query=query,
        endpoint=endpoint,
        is_offline=offline,
        shows_all=all_,
    )
    with talking(quiet=quiet) as progress:
        sheet = proposing.propose(request, settings=Settings(raw_dir=raw), progress=progress)
    typer.echo(sheet, nl=False)

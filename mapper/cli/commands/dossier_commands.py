"""The command that writes a brief to print."""

from pathlib import Path
from typing import Annotated

import typer

from mapper.cli.app import app, say


@app.command(rich_help_panel="Ask")
def dossier(
    what: Annotated[
        str, typer.Argument(help="A deployment, an organisation, or a country in any language.")
    ],
    *,
    out: Annotated[Path, typer.Option("--out", help="A .pdf, or an .html.")] = Path("dossier.pdf"),
    on: Annotated[
        str | None, typer.Option("--on", help="The day for the law; default: of the evidence.")
    ] = None,
) -> None:
    """
    Write a brief to print: facts, chain, map, the law on a day, open questions, sources.

    `mapper dossier moscow-city-video --out moscow.pdf --on 2022-06-01`
    """
    from mapper.pipeline import dossiers

    path, remark = dossiers.dossier(what, on=on, out=out)
    typer.echo(path)
    if remark:
        say(remark)

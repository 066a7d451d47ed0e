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
    language: Annotated[
        str | None, typer.Option(metavar="LANG", help="en, fr, de, es, ru, ar or zh; default: en.")
    ] = None,
) -> None:
    """
    Write a brief to print: facts, chain, map, the law on a day, open questions, sources.

    `mapper dossier moscow-city-video --out moscow.pdf --on 2022-06-01`
    `mapper dossier RU --language fr` says it in French; statements and titles stay as written.
    """
    from mapper.pipeline import dossiers

    path, remark = dossiers.dossier(what, on=on, out=out, language=language)
    typer.echo(path)
    if remark:
        say(remark)

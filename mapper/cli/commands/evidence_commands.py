"""Commands that ask the evidence registry."""

from pathlib import Path
from typing import Annotated

import typer

from mapper.cli.app import app
from mapper.cli.commands.build_commands import Json, OwnRegistry

_PANEL = "Ask"
_Csv = Annotated[bool, typer.Option("--csv", help="One line for each supply or list.")]
On = Annotated[str | None, typer.Option("--on", help="A day, month or year: 2022-06.")]
registry_app = typer.Typer(no_args_is_help=True, help="Check the evidence tables.")
app.add_typer(registry_app, name="registry", rich_help_panel=_PANEL)


@app.command(rich_help_panel=_PANEL)
def vendor(
    name: Annotated[str, typer.Argument(help="An id, a name or an alias.")],
    *,
    registry: OwnRegistry = None,
    json_: Json = False,
    csv: _Csv = False,
) -> None:
    """
    Say what is known of a vendor: names, owners, deployments, listings, its own words.

    `mapper vendor Hikvision`
    """
    from mapper.pipeline import answer_form, asking

    form = answer_form.form_of(as_json=json_, as_csv=csv)
    typer.echo(asking.vendor(name, form=form, own_registry=registry))


@app.command(rich_help_panel=_PANEL)
def chain(
    deployment: Annotated[str, typer.Argument(help="The id or the name of a deployment.")],
    *,
    on: On = None,
    registry: OwnRegistry = None,
    json_: Json = False,
    csv: _Csv = False,
) -> None:
    """
    Walk from a place to the makers of its cameras, software and chips, with sources.

    `mapper chain moscow-city-video --on 2022` says how it stood in that year.
    """
    from mapper.pipeline import answer_form, asking

    form = answer_form.form_of(as_json=json_, as_csv=csv)
    typer.echo(asking.chain(deployment, on=on, form=form, own_registry=registry))


@app.command(rich_help_panel=_PANEL)
def status(
    organisation: Annotated[str, typer.Argument(help="An id, a name or an alias.")],
    *,
    on: Annotated[str, typer.Option("--on", help="A day, month or year: 2022-05-01.")],
    list_: Annotated[str | None, typer.Option("--list", help="One list only.")] = None,
    registry: OwnRegistry = None,
    json_: Json = False,
    csv: _Csv = False,
) -> None:
    """
    Say for each legal list whether an organisation stood on it on a date: yes, no, unknown.

    `mapper status Hikvision --on 2019-12`
    """
    from mapper.pipeline import answer_form, asking

    form = answer_form.form_of(as_json=json_, as_csv=csv)
    typer.echo(
        asking.status(organisation, on=on, list_name=list_, form=form, own_registry=registry)
    )


@registry_app.command("check")
def registry_check(
    folder: Annotated[Path | None, typer.Argument(help="Default: the bundled registry.")] = None,
    *,
    registry: OwnRegistry = None,
) -> None:
    """
    Check every row of the evidence tables; name file, line, column and what is allowed.

    `mapper registry check data/registry`
    """
    from mapper.pipeline import asking

    typer.echo(asking.registry_check(folder, registry))

"""Commands for a site of one's own: its folder, and the settings that hold in it."""

from pathlib import Path
from typing import Annotated

import typer

from mapper.cli.app import app
from mapper.cli.commands.build_commands import Json

_PANEL = "Make"
config_app = typer.Typer(no_args_is_help=True, help="The settings of this folder.")
app.add_typer(config_app, name="config", rich_help_panel=_PANEL)


@app.command(rich_help_panel=_PANEL)
def init(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    *,
    place: Annotated[str, typer.Option(help='What to map: Rennes, "Ghent, BE".')] = "",
    country: Annotated[str, typer.Option(help="Or a whole country: BE.")] = "",
    title: Annotated[str, typer.Option(help="What the site is called.")] = "",
    contact: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Whom readers write to: mailto: or https:.")
    ] = "",
    base_address: Annotated[
        str, typer.Option(metavar="URL", help="Where it will stand, https://.../.")
    ] = "",
) -> None:
    """
    Write the folder of a site of your own: settings, workflows that publish it monthly, a README.

    `mapper init ghent --place "Ghent, BE"`, then there `mapper collect` and `mapper build`.
    """
    from mapper.own_site.new_folder import NewSite
    from mapper.pipeline import own_site

    site = NewSite(folder, title, place, country, contact, base_address)
    typer.echo(own_site.init(site))


@config_app.command("show")
def config_show(
    *,
    origin: Annotated[bool, typer.Option("--origin", help="Say which line said it.")] = False,
    json_: Json = False,
) -> None:
    """
    List every setting that holds in this folder, by mapper.toml or by default.

    `mapper config show --origin`
    """
    from mapper.pipeline import own_site

    typer.echo(own_site.config_text(with_origin=origin, as_json=json_))

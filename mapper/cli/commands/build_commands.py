"""Commands that make a dataset and a map, and look at what was made."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mapper.cli.app import app, say
from mapper.cli.terminal_progress import talking

_PANEL = "Make"
Out = Annotated[Path, typer.Option("--out", help="Folder that holds release/ and site/.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON to stdout.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, only errors.")]
WorkerCount = Annotated[int, typer.Option("--workers", help="Processes of this machine.")]
Scheduler = Annotated[
    str, typer.Option("--scheduler", help="A dask scheduler, tcp://host:8786: its workers instead.")
]
Raw = Annotated[Path, typer.Option("--raw", help="The archive of collected bodies.")]
OwnRegistry = Annotated[
    list[Path] | None,
    typer.Option(
        "--registry", metavar="DIR", help="Evidence of your own, added to the bundled tables."
    ),
]


@app.command(rich_help_panel=_PANEL)
def build(  # noqa: PLR0913 - each is an option of the command
    ctx: typer.Context,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT",
            help="`sample`, a .osm.pbf, an OSM or Overpass .json or .json.gz, or the id of a "
            "collected source; by default what mapper.toml names, else the sample.",
        ),
    ] = None,
    *,
    out: Out = Path("build"),
    raw: Raw = Path("data/raw"),
    as_of: Annotated[
        str | None, typer.Option(help="Date of the data, YYYY-MM-DD, where the input has none.")
    ] = None,
    streets: Annotated[
        bool | None,
        typer.Option(help="Streets around the cameras; by default decided by their number."),
    ] = None,
    accept_change: Annotated[
        str, typer.Option(metavar="REASON", help="Publish in spite of a fall in numbers, and why.")
    ] = "",
    allow_osm_tiles: Annotated[
        bool, typer.Option(help="Let readers of the page switch on OSM's own tiles.")
    ] = False,
    registry: OwnRegistry = None,
    evidence: Annotated[
        str, typer.Option(help="Of the world's evidence: `country`, `related` or `all`.")
    ] = "all",
    downloads: Annotated[
        bool, typer.Option(help="Put the release into the site, to publish one folder.")
    ] = False,
    format_: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help="A further format of the release: pmtiles, kmz, kml, geojsonseq, csv-spreadsheet.",
        ),
    ] = None,
    by_country: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A format in which each country gets its own file."),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LANG", help="A language for every page, not the map alone: fr, ... or all."
        ),
    ] = None,
    docs: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Built documentation, to lie in the site as docs/."),
    ] = None,
    json_: Json = False,
    quiet: Quiet = False,
) -> None:
    """
    Make a dataset and a map of INPUT, in one go.

    `mapper build` makes the embedded sample. `mapper build city.osm.pbf --out city` makes yours.
    `mapper build osm` makes what was collected, from the archive: no build opens a connection.
    In a folder with a mapper.toml its settings hold; what the command names holds over them.
    """
    from mapper.pipeline import last_build, own_site
    from mapper.pipeline.output import require_output_folder

    require_output_folder(out)
    given = {
        "out_dir": out,
        "as_of": as_of,
        "accept_change": accept_change,
        "raw_dir": raw,
        **own_site.registry_given(registry),
        **own_site.formats_given(format_, by_country),
        **own_site.languages_given(language),
        **_named(ctx, streets=streets, allow_osm_tiles=allow_osm_tiles, downloads=downloads),
    }
    # Only where the command names it: else the default of the option would hold over mapper.toml.
    if _named(ctx, evidence=evidence):
        given["evidence_scope"] = own_site.scope_of(evidence)
    settings = own_site.with_documentation(own_site.settings_here(given), docs)
    with talking(quiet=quiet) as progress:
        chosen = own_site.inputs_here(inputs)
        summary = last_build.summary_if_unchanged(chosen, settings=settings, progress=progress)
        if summary is None:
            from mapper.pipeline.reading_ahead import reading_ahead

            with reading_ahead(chosen, settings=settings, progress=progress) as ahead:
                # What takes long to import is imported while a copy of this process reads.
                from mapper.pipeline import building

                summary = building.build(chosen, settings=settings, progress=progress, ahead=ahead)
    if json_:
        typer.echo(json.dumps({"schema": 1, **asdict(summary)}, default=str, indent=2))
    elif not quiet:
        say(summary.text())


def _named(ctx: typer.Context, **options: object) -> dict[str, object]:
    """Return the options that the command line itself names, as fields of the settings."""
    fields = {"downloads": "with_downloads"}
    return {
        fields.get(name, name): value
        for name, value in options.items()
        if (source := ctx.get_parameter_source(name)) is not None and source.name == "COMMANDLINE"
    }


@app.command(rich_help_panel=_PANEL)
def verify(
    folder: Annotated[Path, typer.Argument(help="An output folder, or one release in it.")] = Path(
        "build"
    ),
    *,
    deep: Annotated[
        bool, typer.Option(help="Re-read every format and rebuild the cameras from the evidence.")
    ] = False,
    registry: OwnRegistry = None,
    signers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Ask for a signature by one of these SSH keys."),
    ] = None,
) -> None:
    """
    Prove that a release is whole: every hash, every file, every count.

    `mapper verify city --deep` also reads every format again and concludes every value anew.
    """
    from mapper.pipeline import releases

    with talking() as progress:
        findings = releases.verify(
            folder, deep=deep, own_registry=registry, signers=signers, progress=progress
        )
    typer.echo(findings)


@app.command(rich_help_panel=_PANEL)
def sign(
    release: Annotated[Path, typer.Argument(help="A release, or an output folder.")] = Path(
        "build"
    ),
    *,
    key: Annotated[Path, typer.Option(metavar="FILE", help="An SSH key of yours.")],
    out: Out = Path("build"),
) -> None:
    """
    Sign a release by an SSH key, so that others can prove whose it is.

    `mapper sign --key ~/.ssh/id_ed25519`; they run `mapper verify RELEASE --signers FILE`.
    """
    from mapper.pipeline import releases

    typer.echo(releases.signed(release, key, out_dir=out))


@app.command(rich_help_panel=_PANEL)
def diff(
    old: Annotated[
        Path,
        typer.Argument(help="A release or an output folder; alone, against the one before it."),
    ] = Path("build"),
    new: Annotated[Path | None, typer.Argument(help="The later one.")] = None,
    *,
    notes: Annotated[bool, typer.Option("--notes", help="As release notes, in Markdown.")] = False,
    json_: Json = False,
) -> None:
    """
    Say which cameras came, went and changed between two releases, and why.

    `mapper diff` says what the last build brought, `mapper diff build/release/2026-03-01.1 build`
    what came since that day.
    """
    from mapper.pipeline import releases

    typer.echo(releases.diff(old, new, as_json=json_, as_notes=notes))


@app.command(rich_help_panel=_PANEL)
def changelog(
    folder: Annotated[Path, typer.Argument(help="The output folder, with its releases.")] = Path(
        "build"
    ),
) -> None:
    """
    Write the changelog of all releases from what differs between each and the one before.

    `mapper changelog build > RELEASES.md`
    """
    from mapper.pipeline import release_changelog

    with talking() as progress:
        text = release_changelog.changelog(folder, progress=progress)
    typer.echo(text)


@app.command(rich_help_panel=_PANEL)
def rebuild(
    release: Annotated[Path, typer.Argument(help="A release, or an output folder.")] = Path(
        "build"
    ),
    *,
    inputs: Annotated[
        list[Path] | None,
        typer.Option("--input", metavar="FILE", help="An input that is not in the archive."),
    ] = None,
    raw: Raw = Path("data/raw"),
    registry: OwnRegistry = None,
    quiet: Quiet = False,
) -> None:
    """
    Make a release again from its inputs, and say whether its bytes are the same.

    `mapper rebuild build --input city.osm.pbf`; what was collected is read from the archive.
    """
    from mapper.pipeline import rebuilding

    with talking(quiet=quiet) as progress:
        told = rebuilding.rebuild(
            release, files=inputs or [], raw_dir=raw, own_registry=registry, progress=progress
        )
    typer.echo(told)


@app.command(rich_help_panel=_PANEL)
def serve(
    folder: Annotated[Path, typer.Argument(help="An output folder.")] = Path("build"),
    *,
    port: Annotated[int, typer.Option(help="Port on this machine; 0 takes a free one.")] = 8000,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser.")] = True,
) -> None:
    """
    Show the built map on this machine alone, until Ctrl-C.

    `mapper serve city --port 0 --no-open` prints the address and opens nothing.
    """
    from mapper.pipeline import serving_page

    serving_page.serve(folder, port=port, open_browser=open_browser, say=say)


@app.command(rich_help_panel=_PANEL)
def site(
    *,
    to: Annotated[
        Path | None, typer.Option("--zip", metavar="FILE", help="Write the map and its release.")
    ] = None,
    check: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Prove every sum of such a file.")
    ] = None,
    out: Out = Path("build"),
) -> None:
    """
    Pack the built map and its release into one file that opens from a stick, and prove it.

    `mapper site --zip map.zip`, and for whoever receives it `mapper site --check map.zip`.
    """
    from mapper.pipeline import packing_site

    typer.echo(packing_site.pack(out, to=to, check=check))


@app.command(rich_help_panel=_PANEL)
def explain(
    camera_id: Annotated[str, typer.Argument(help="As in the dataset: osm:node/123.")],
    *,
    out: Out = Path("build"),
    registry: OwnRegistry = None,
    json_: Json = False,
) -> None:
    """
    Say for every published value of a camera what was written, where, when, and which rule.

    `mapper explain osm:node/123 --out city`
    """
    from mapper.pipeline import releases

    told = releases.explain(camera_id, out_dir=out, own_registry=registry, as_json=json_)
    typer.echo(told)


@app.command(rich_help_panel=_PANEL)
def links(
    *,
    out: Out = Path("build"),
    source: Annotated[
        str | None, typer.Option(metavar="ID", help="Only the links of this list.")
    ] = None,
    json_: Json = False,
) -> None:
    """
    List which cameras of the lists are probably in OpenStreetMap too, and why.

    `mapper links --out city --source riverton`
    """
    from mapper.pipeline import linking

    typer.echo(linking.told(out, source_id=source, as_json=json_))

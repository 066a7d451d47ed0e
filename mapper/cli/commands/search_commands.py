"""Commands that search the evidence registry: by country, place, supplier, time, words."""

from pathlib import Path
from typing import Annotated

import typer

from mapper.cli.app import app
from mapper.cli.commands.build_commands import Json, Out

_PANEL = "Ask"
_On = Annotated[
    str | None, typer.Option("--on", help="Only what may have stood then: 2022-06, or a year.")
]
_Csv = Annotated[bool, typer.Option("--csv", help="One line for each supply.")]
_Between = Annotated[
    tuple[str, str] | None,
    typer.Option("--between", help="First and last day, month or year: 2019 2022."),
]
_Country = Annotated[
    str, typer.Option("--country", help="A country in any language, EU, or a continent.")
]


@app.command(rich_help_panel=_PANEL)
def country(
    name: Annotated[str, typer.Argument(help="Two letters, or the name in any language.")],
    *,
    on: _On = None,
    json_: Json = False,
    csv: _Csv = False,
) -> None:
    """
    Say what is documented in a country: systems, who supplies them, makers at home there.

    `mapper country Serbia --on 2022`
    """
    from mapper.pipeline import answer_form, searching

    typer.echo(searching.country(name, on=on, form=answer_form.form_of(as_json=json_, as_csv=csv)))


@app.command(rich_help_panel=_PANEL)
def place(
    name: Annotated[str, typer.Argument(help="A town in any spelling: Belgrade, Београд.")],
    *,
    within: Annotated[str, typer.Option("--country", help="Look in this country alone.")] = "",
    on: _On = None,
    json_: Json = False,
    csv: _Csv = False,
) -> None:
    """
    Say what is documented in a town, and in its country as a whole.

    `mapper place Belgrade`
    """
    from mapper.pipeline import answer_form, searching

    form = answer_form.form_of(as_json=json_, as_csv=csv)
    typer.echo(searching.place(name, within=within, on=on, form=form))


@app.command(rich_help_panel=_PANEL)
def find(  # noqa: PLR0913 - each is a word of the question
    words: Annotated[
        str, typer.Argument(help="Words of names, places, statements, titles; or a technology.")
    ] = "",
    *,
    country: _Country = "",
    between: _Between = None,
    supplier: Annotated[str, typer.Option(help="An id, a name or an alias.")] = "",
    technology: Annotated[str, typer.Option(help="cctv, frt, alpr, analytics, gunshot.")] = "",
    layer: Annotated[
        str, typer.Option(help="camera, software, chip, integration, network, cloud.")
    ] = "",
    role: Annotated[str, typer.Option(help="manufacturer, developer, component, ...")] = "",
    home: Annotated[str, typer.Option(help="Where the supplier has its seat.")] = "",
    listed: Annotated[str, typer.Option(help="A legal list that names the supplier.")] = "",
    on: Annotated[str, typer.Option("--on", help="The day for --listed.")] = "",
    json_: Json = False,
    csv: _Csv = False,
) -> None:
    """
    Find systems and supplies by words, place, time, supplier, part and law.

    `mapper find "face recognition" --country NG --between 2019 2022 --supplier huawei`
    """
    from mapper.pipeline import answer_form, searching

    asked = searching.Asked(
        text=words,
        country=country,
        between=between,
        supplier=supplier,
        technology=technology,
        layer=layer,
        role=role,
        home=home,
        listed=listed,
        on=on,
    )
    typer.echo(searching.find(asked, answer_form.form_of(as_json=json_, as_csv=csv)))


@app.command(rich_help_panel=_PANEL)
def said(  # noqa: PLR0913 - each is a word of the question
    organisation: Annotated[str, typer.Argument(help="An id, a name or an alias.")],
    words: Annotated[str, typer.Argument(help="Words that the statement holds.")] = "",
    *,
    says: Annotated[
        str, typer.Option(help="supports, disputes, limits, ends: only such statements.")
    ] = "",
    country: _Country = "",
    between: _Between = None,
    json_: Json = False,
    csv: _Csv = False,
) -> None:
    """
    Say what an organisation said itself, of what, when.

    `mapper said Huawei --says disputes` lists what it denies.
    """
    from mapper.pipeline import answer_form, searching

    told = searching.said(
        organisation,
        text=words,
        says=says,
        country=country,
        between=between,
        form=answer_form.form_of(as_json=json_, as_csv=csv),
    )
    typer.echo(told)


@app.command(rich_help_panel=_PANEL)
def rulings(
    technology: Annotated[
        str, typer.Argument(help="As people call it: face recognition, plate readers, cctv.")
    ] = "",
    *,
    country: _Country = "",
    between: _Between = None,
    json_: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="One line for each ruling.")] = False,
) -> None:
    """
    Say what courts and regulators ruled, on which systems, and what became of it.

    `mapper rulings "face recognition" --country EU`
    """
    from mapper.pipeline import answer_form, searching

    form = answer_form.form_of(as_json=json_, as_csv=csv)
    typer.echo(searching.rulings(technology, country=country, between=between, form=form))


@app.command(rich_help_panel=_PANEL)
def cite(
    what: Annotated[
        str,
        typer.Argument(
            help="The id of a claim, relation, count, source, deployment, organisation or "
            "release; or words and numbers that one row alone holds."
        ),
    ],
    *,
    format_: Annotated[
        str, typer.Option("--format", help="text, csl-json, bibtex or ris.")
    ] = "text",
    out: Out = Path("build"),
) -> None:
    """
    Say how to cite a number, a statement, a supply, a source or a release.

    `mapper cite "Moscow 213,000" --format bibtex`
    """
    from mapper.pipeline import citing

    typer.echo(citing.cite(what, form=format_, out_dir=out))

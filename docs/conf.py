"""How Sphinx builds the documentation site: from these pages and the code, asking no other host."""

from importlib import metadata
from pathlib import Path

import typer
from sphinx.application import Sphinx
from typer.cli import get_docs_for_click

from mapper.cli import app as commands

project = "Whose Cameras"
author = "The Whose Cameras maintainers"
version = release = metadata.version("whose-cameras")
# No `copyright`: licences differ by part, and each part says its own.

extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
# The table of contents of this folder on the forge; the site has index.md instead.
exclude_patterns = ["README.md", "_build"]
myst_heading_anchors = 3
# Fragments are those of the forge, which counts them a little differently. A page that index.md
# does not list yet is built and found by the search.
suppress_warnings = ["myst.xref_missing", "myst.header", "toc.not_included"]

html_theme = "furo"
html_title = f"Whose Cameras {release}"
html_copy_source = False
html_show_sphinx = False
# The colours of links are those of the map (site/css/colours.css).
html_theme_options = {
    "top_of_page_buttons": [],
    "light_css_variables": {"color-brand-primary": "#0b5876", "color-brand-content": "#0b5876"},
    "dark_css_variables": {"color-brand-primary": "#8cc8dd", "color-brand-content": "#8cc8dd"},
}
numpydoc_show_class_members = False
autodoc_typehints = "none"


def _write_commands(site: Sphinx) -> None:
    """Write every command with its options, as ``--help`` says them, before pages are read."""
    command = typer.main.get_command(commands)
    context = typer.Context(command, info_name="mapper")
    text = get_docs_for_click(obj=command, ctx=context, name="mapper", title="Commands")
    for name, each in command.commands.items():
        # The list has the first 45 letters of each; here is room for the sentence, and a link.
        short = f"* `{name}`: {each.get_short_help_str()}"
        sentence = " ".join((each.help or "").partition("\n\n")[0].split())
        text = text.replace(short, f"* [`{name}`](#mapper-{name}): {sentence}")
    Path(site.srcdir, "commands.md").write_text(text, encoding="utf-8")


def setup(site: Sphinx) -> None:
    """Register what runs before the build."""
    site.connect("builder-inited", _write_commands)

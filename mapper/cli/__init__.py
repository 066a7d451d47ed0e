"""
Arguments in, one call to the pipeline, messages out.

stdout is data, stderr is progress and remarks. The heavy imports wait until a command runs, so
that ``mapper --help`` answers at once.
"""

from importlib import import_module

from mapper.cli.app import app, main

__all__ = ["app", "main"]

# Importing a file registers its commands; this is their order in the help text.
for _group in (
    "build",
    "suppress",
    "own_site",
    "evidence",
    "search",
    "dossier",
    "exposure",
    "collect",
    "update",
    "propose",
    "upkeep",
):
    import_module(f"mapper.cli.commands.{_group}_commands")

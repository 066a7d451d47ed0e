"""
Arguments in, one call to the pipeline, messages out.

stdout is data, stderr is talk and progress. The heavy imports wait until a command runs, so that
``mapper --help`` answers at once.
"""

from importlib import import_module

from mapper.cli.app import app, main

__all__ = ["app", "main"]

# Importing a file registers its commands; this is their order in the help text.
for _group in ("making", "evidence", "collecting", "proposing", "curating"):
    import_module(f"mapper.cli.commands.{_group}")

"""The command itself: its help, its exit codes, and what becomes of an error."""

import errno
import logging
import sys
import traceback
from typing import Any

import typer
from typer.core import TyperGroup

from mapper.errors import MapperError

_UNEXPECTED = 1
_STORAGE = 5
_INTERRUPTED = 130
_STORAGE_ERRNOS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EFBIG})

_HELP = """
Which cameras watch a place, who supplies them, and how we know.

Start with `mapper build`, which makes a dataset and a map of the embedded sample; then
`mapper build my-city.osm.pbf` for your own extract, and `mapper serve` to look at it.
"""

_EPILOG = """
Exit codes: 0 done, 1 unexpected, 2 usage, 3 a source failed and the last release stands,
4 a gate blocked the release, 5 storage, 6 verification failed, 75 another run holds the lock,
130 interrupted. stdout is data, stderr is talk.
"""


def say(text: str) -> None:
    """Write one line of talk to stderr."""
    sys.stderr.write(text + "\n")


class Guarded(TyperGroup):
    """Ends every command with a plain message and the documented exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the type is typer's own
        """Run the command."""
        try:
            return super().invoke(ctx)
        except MapperError as error:
            say(f"error: {error}")
            if error.next_step:
                say(f"  next: {error.next_step}")
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            say("interrupted; the last release is as it was, and the next run needs no cleaning.")
            raise typer.Exit(_INTERRUPTED) from error
        except OSError as error:
            if error.errno not in _STORAGE_ERRNOS:
                raise
            say(f"error: {error.strerror}: {error.filename or 'the output folder'}")
            say("  next: make room or choose another folder with --out; the last release stands.")
            raise typer.Exit(_STORAGE) from error


app = typer.Typer(
    cls=Guarded,
    help=_HELP,
    epilog=_EPILOG,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback()
def start(*, verbose: bool = typer.Option(default=False, help="Say what each room does.")) -> None:
    """Set up the log, before any command."""
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
    )
    # The readers of formats below say at WARNING what the errors say better.
    logging.getLogger("pyogrio").setLevel(logging.ERROR)


def main() -> None:
    """Run the command line; the last resort for what nobody foresaw."""
    try:
        app()
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        say(f"error: unexpected {type(error).__name__}: {error}")
        say(f"  where: {frame.name}, line {frame.lineno} of {frame.filename.rpartition('/')[2]}")
        say("  next: run it again with --verbose before the command, and report both outputs.")
        if logging.getLogger().isEnabledFor(logging.INFO):
            traceback.print_exc()
        raise SystemExit(_UNEXPECTED) from error

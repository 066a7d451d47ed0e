"""The command itself: its help, its exit codes, and what becomes of an error."""

import atexit
import errno
import gc
import logging
import os
import sys
import traceback
from copy import copy
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command_name

from mapper.cli.terminal_progress import plain
from mapper.errors import MapperError

_UNEXPECTED = 1
_STORAGE = 5
_INTERRUPTED = 130
_STORAGE_ERRNOS = frozenset(
    {
        *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO),
        *(errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EISDIR, errno.EEXIST),
    }
)
# What to do where the error itself does not say it, by exit code.
_NEXT: Final = {
    1: "run it again with --verbose before the command, and report both outputs.",
    2: "`mapper --help` lists the commands, and each has a --help of its own.",
    3: "use another copy of the data; the last release stands.",
    4: "correct what is named above; the last release stands.",
    5: "make room or choose another folder; the last release stands.",
    6: "build it again, or fetch it again.",
    75: "wait for the other run to end.",
}

_OBJECTS_BETWEEN_LOOKS = 20_000
_SENTENCE_MAX = 200
"""Characters of what the help says of a command; only the first sentence is said."""

_HELP = """
Which cameras watch a place, who supplies them, and how we know.

Start with `mapper build`, which makes a dataset and a map of the embedded sample; then
`mapper build my-city.osm.pbf` for your own extract, and `mapper serve` to look at it.
"""

_EPILOG = """
Exit codes: 0 done, 1 unexpected, 2 usage, 3 a source failed and the last release stands,
4 a gate blocked the release, 5 storage, 6 verification failed, 75 another run holds the lock,
130 interrupted. stdout is data, stderr is progress.
"""


def say(text: str) -> None:
    """Write a remark to stderr; what a file or a server put into it cannot steer the terminal."""
    sys.stderr.write(plain(text) + "\n")
    sys.stderr.flush()


def _say_error(what: str, next_step: str) -> None:
    say(f"error: {what}")
    say(f"  next: {next_step}")


class Guarded(TyperGroup):
    """Ends every command with a plain message and the documented exit code."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - the types are typer's own
        """Run the command line; a word that is not understood is said like every other error."""
        try:
            # Else the parser would write its own message and leave before ours is said.
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except typer.TyperException as error:
            code = _not_understood(error)
        except typer.Abort:
            code = _interrupted()
        sys.exit(code)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - as above
        """Write the commands under the heads of their groups, in the order of work."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                # Of these the plain form of the parser would write one list, cut to one line each.
                head = getattr(command, "rich_help_panel", None) or "Commands"
                told = command.get_short_help_str(_SENTENCE_MAX)
                groups.setdefault(head, []).append((name, told))
        widest = max(len(name) for rows in groups.values() for name, _ in rows)
        for head, rows in groups.items():
            with formatter.section(head):
                formatter.write_dl([(name.ljust(widest), told) for name, told in rows])

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the type is typer's own
        """Run the command."""
        try:
            return super().invoke(ctx)
        except MapperError as error:
            _say_error(str(error), error.next_step or _NEXT[error.exit_code])
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            raise typer.Exit(_interrupted()) from error
        except OSError as error:
            # Any other is a fault of the code, and has to show where it came from.
            if error.errno not in _STORAGE_ERRNOS:
                raise
            where = error.filename or "the output folder"
            _say_error(f"{error.strerror}: {where}", _NEXT[_STORAGE])
            raise typer.Exit(_STORAGE) from error


def _interrupted() -> int:
    _say_error(
        "interrupted; the last release is as it was.", "run it again; nothing needs mending."
    )
    return _INTERRUPTED


def _not_understood(error: typer.TyperException) -> int:
    """Say what of the command line was not understood, in the words of its parser."""
    # By name, for typer does not export it.
    if type(error).__name__ == "NoArgsIsHelpError":
        # Not an error to its reader: somebody who types `mapper` alone asks what there is.
        say(error.format_message())
        return error.exit_code
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "mapper"
    words = " ".join(error.format_message().split())
    _say_error(f"{path}: {words}", f"`{path} --help` says what it takes.")
    return error.exit_code


app = typer.Typer(
    cls=Guarded,
    help=_HELP,
    epilog=_EPILOG,
    no_args_is_help=True,
    # Boxes and colours would cost as much as all the rest of the help, and more than it.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _say_version(wanted: bool) -> None:  # noqa: FBT001 - as typer calls it
    if not wanted:
        return
    from mapper.pipeline.asking import version_line

    typer.echo(version_line())
    raise typer.Exit


@app.callback()
def start(
    *,
    verbose: bool = typer.Option(default=False, help="Say what each room does."),
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_say_version,
            is_eager=True,
            help="Say the version, and the day of the evidence it carries.",
        ),
    ] = False,
) -> None:
    """Set up the log, before any command."""
    del version
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
    )
    # The readers of formats below say at WARNING what the errors say better.
    logging.getLogger("pyogrio").setLevel(logging.ERROR)
    if not verbose:
        # GDAL writes to stderr by itself, past every handler of Python.
        os.environ.setdefault("CPL_LOG", os.devnull)
    # Before Arrow is imported, which else has an allocator of its own, that keeps what was freed:
    # eighty megabytes of a world's release.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


def _look_for_cycles_seldom() -> None:
    """
    Let Python look for cycles of dead objects less often, and not at all at the end.

    It looks after every 700 new objects, which a table of evidence has many times over, and none of
    them dies before the command does: a quarter of the time of a short question went there.
    """
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)
    atexit.register(gc.freeze)


def _with_what_is_asked(word: str) -> typer.Typer:
    """
    Return the command line with the one command that a word names; whole where it names none.

    The parser makes every command with all its options before it looks which is asked.
    """
    commands = [
        each
        for each in app.registered_commands
        if word == (each.name or (each.callback and get_command_name(each.callback.__name__)))
    ]
    groups = [each for each in app.registered_groups if each.name == word]
    if not commands and not groups:
        return app
    asked = copy(app)
    asked.registered_commands, asked.registered_groups = commands, groups
    return asked


def main() -> None:
    """Run the command line; the last resort for what nobody foresaw."""
    _look_for_cycles_seldom()
    try:
        _with_what_is_asked(next(iter(sys.argv[1:]), ""))(prog_name="mapper")
    except Exception as error:
        # The name of the file alone: its folder often holds the name of whoever sends the report.
        frame = traceback.extract_tb(error.__traceback__)[-1]
        say(f"error: unexpected {type(error).__name__}: {error}")
        say(f"  where: {frame.name}, line {frame.lineno} of {frame.filename.rpartition('/')[2]}")
        say(f"  next: {_NEXT[_UNEXPECTED]}")
        if logging.getLogger().isEnabledFor(logging.INFO):
            traceback.print_exc()
        raise SystemExit(_UNEXPECTED) from error

"""Show a built page. Apart from the other commands, so that it loads no geometry or tables."""

import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event

from mapper.errors import UsageError
from mapper.website.serve import serving


def serve(folder: Path, *, port: int, open_browser: bool, say: Callable[[str], None]) -> None:
    """
    Show the built page on this machine alone until it is interrupted.

    Raises
    ------
    UsageError
        If there is no page, or the port is taken.
    """
    site = folder / "site" if (folder / "site" / "index.html").exists() else folder
    if not (site / "index.html").exists():
        msg = f"no page in {folder}"
        raise UsageError(msg, next_step="make one with `mapper build`.")
    # The way to end it that it names is no interruption to tell of.
    with suppress(KeyboardInterrupt), serving(site, port) as url:
        say(f"the map is at {url} (Ctrl-C ends)")
        if open_browser:
            webbrowser.open(url)
        Event().wait()

"""
HTML to PDF by a Chromium of this machine, which asks nobody for anything.

The PDF says nothing of the machine it was made on: not its clock, not its programs, not its
folders. It takes its day from the evidence.
"""

import os
import re
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from typing import Final

from mapper.errors import StorageError

_NAMES: Final = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    *("microsoft-edge", "chrome"),
)
_TIMEOUT_S: Final = 180
_QUIET: Final = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # No name resolves, so that no page and no program of it reaches anybody.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)
_DAY: Final = re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)")
_PROGRAM: Final = re.compile(rb"/(Creator|Producer) \((?:[^()\\]|\\.)*\)")


def chromium_path() -> str | None:
    """Return a Chromium of this machine; None where there is none. CHROMIUM_PATH names one."""
    named = os.environ.get("CHROMIUM_PATH")
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)


def pdf_of(html: str, program: str, day: date) -> bytes:
    """
    Print HTML.

    Parameters
    ----------
    program
        The Chromium, see `chromium_path`.
    day
        What the file says of when it was made.

    Raises
    ------
    StorageError
        If the program ends without a PDF.
    """
    with tempfile.TemporaryDirectory(prefix="dossier-") as folder:
        page, printed = Path(folder) / "dossier.html", Path(folder) / "dossier.pdf"
        page.write_text(html, encoding="utf-8", newline="\n")
        words = [program, *_QUIET, f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}"]
        # The sandbox of Chromium refuses to start for root; Windows has no such number.
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            words.append("--no-sandbox")
        try:
            ended = subprocess.run(  # noqa: S603 - the program the user has, and our own words
                [*words, page.as_uri()],
                capture_output=True,
                check=False,
                timeout=_TIMEOUT_S,
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            msg = f"{program} could not print: {error}"
            raise StorageError(msg, next_step="write HTML instead: --out dossier.html.") from error
        if not printed.is_file():
            said = ended.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            msg = f"{program} ended without a PDF: {' '.join(said)}"
            raise StorageError(msg, next_step="write HTML instead: --out dossier.html.")
        return _anonymous(printed.read_bytes(), day)


def _anonymous(pdf: bytes, day: date) -> bytes:
    """Set the days of a PDF and take its programs out, each in as many bytes as before."""
    stamp = f"D:{day:%Y%m%d}000000+00'00'".encode()

    def with_day(match: re.Match[bytes]) -> bytes:
        room = len(match[0]) - len(match[1]) - 4
        return b"/" + match[1] + b" (" + stamp[:room].ljust(room) + b")"

    def without_program(match: re.Match[bytes]) -> bytes:
        room = len(match[0]) - len(match[1]) - 4
        return b"/" + match[1] + b" (" + b"Whose Cameras"[:room].ljust(room) + b")"

    # The table of a PDF counts bytes, so nothing may grow or shrink.
    return _PROGRAM.sub(without_program, _DAY.sub(with_day, pdf))

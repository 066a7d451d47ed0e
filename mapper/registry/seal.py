"""
The seal of the bundled evidence: which bytes of tables were checked whole, and by which code.

To check every row and every reference takes half a second, and most questions ask for a few rows.
So the check is made once, by ``mapper docs``, and its result lies beside the tables as one digest
(docs/decisions/0105-sealed-evidence.md). A folder whose bytes are others, or whose code is, has no
seal and is checked like any folder of one's own.
"""

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final

SEAL_NAME: Final = "SEAL"

_REMARK: Final = "# Written by `mapper docs` after a check of every row: make docs after an edit.\n"
_CODE: Final = Path(__file__).parent


def table_bodies(folder: Path) -> dict[str, bytes]:
    """
    Read the files of a folder of tables, unread as text.

    Returns
    -------
    dict
        Name of a file -> its bytes, sorted by name; every ``.csv`` and ``.tsv`` of the folder.

    Raises
    ------
    OSError
        If one cannot be read.
    """
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in {".csv", ".tsv"}
    }


def seal_of(bodies: Mapping[str, bytes]) -> str:
    """
    Compute the seal of tables: a digest of their bytes and of the code that says what a row is.

    Raises
    ------
    OSError
        If the code lies where it cannot be read as files.
    """
    whole = blake2b(digest_size=32)
    # A rule that changed has not been asked of these rows yet, so it breaks the seal as they would.
    rules = [*sorted(_CODE.glob("*.py")), _CODE.parent / "clean" / "partial_date.py"]
    for name, body in (*((path.name, path.read_bytes()) for path in rules), *bodies.items()):
        whole.update(f"{name} {len(body)}\n".encode())
        whole.update(body)
    return whole.hexdigest()


def seal_text(bodies: Mapping[str, bytes]) -> str:
    """Return what the file of the seal holds for tables that have been checked."""
    return f"{_REMARK}{seal_of(bodies)}\n"


def sealed_bodies(folder: Path) -> dict[str, bytes] | None:
    """
    Read the files of a folder of tables that carries its seal.

    Returns
    -------
    dict or None
        As `table_bodies` gives them; None where there is no seal of these bytes and this code.
    """
    try:
        seals = (folder / SEAL_NAME).read_text("utf-8").split("\n")
        bodies = table_bodies(folder)
        return bodies if seal_of(bodies) in seals else None
    except (OSError, UnicodeDecodeError):
        # The check that follows says what cannot be read.
        return None

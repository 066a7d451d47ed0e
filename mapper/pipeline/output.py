"""Where a build may write."""

import re
from pathlib import Path
from typing import Final

from mapper.errors import UsageError
from mapper.release.store import RELEASE_ID, latest_id

_PAGE_OF: Final = re.compile(r'"release_id":"([^"]*)"')
_HEAD_CHARS: Final = 400


def require_output_folder(out_dir: Path) -> None:
    """
    Refuse a place that a build would litter or cannot use.

    Raises
    ------
    UsageError
        If it is a file, or the root of the disk, or the user's own folder.
    """
    if out_dir.exists() and not out_dir.is_dir():
        msg = f"--out {out_dir} is a file"
        raise UsageError(msg, next_step="name a folder; it is made if it is not there.")
    place = out_dir.resolve()
    if place in {Path(place.anchor), Path.home().resolve()}:
        msg = f"--out {out_dir} would put release/ and site/ beside everything else"
        raise UsageError(msg, next_step="name a folder of its own, for example --out build.")


def unlike_pointer(release_root: Path, site_dir: Path) -> str:
    """
    Say where the page shows another release than the pointer names; empty where it does not.

    The two change in two steps right after one another. A run that dies between them leaves the
    old page beside the new release, both whole; the next run puts that right.

    Raises
    ------
    VerificationError
        If the pointer is damaged.
    """
    meta = site_dir / "data" / "meta.js"
    latest = latest_id(release_root)
    if latest is None or not meta.is_file():
        return ""
    shown = _PAGE_OF.search(meta.read_text("utf-8", "replace")[:_HEAD_CHARS])
    if shown is None or shown[1] == latest or not RELEASE_ID.fullmatch(shown[1]):
        return ""
    return (
        f"the page shows release {shown[1]} and the latest is {latest}: the last run was stopped "
        "between the two; this run makes both anew"
    )

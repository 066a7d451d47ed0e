"""One file of a built site: written, or proved."""

from pathlib import Path

from mapper.errors import UsageError
from mapper.release.storage import storage_errors
from mapper.website.site_archive import ArchiveSummary, check_site_archive, write_site_archive


def pack(out_dir: Path, *, to: Path | None, check: Path | None) -> str:
    """
    Write an archive of a site or prove one, and say what it holds.

    Raises
    ------
    UsageError
        If neither or both are asked for, or the archive cannot lie where it shall.
    """
    if check is not None and to is None:
        return _told(check_site_archive(check))
    if to is None or check is not None:
        msg = "say one thing to do with a site: --zip FILE or --check FILE"
        raise UsageError(msg, next_step="for example `mapper site --zip map.zip`.")
    if not to.parent.is_dir():
        msg = f"there is no folder {to.parent}"
        raise UsageError(msg, next_step="make it first, or choose another.")
    if to.is_dir():
        msg = f"{to} is a folder"
        raise UsageError(msg, next_step="name a file: mapper site --zip map.zip")
    with storage_errors(to.parent):
        return _told(write_site_archive(out_dir, to))


def _told(summary: ArchiveSummary) -> str:
    size_mb = summary.size_bytes / 1_000_000
    return (
        f"{summary.path}: release {summary.release_id}, {summary.files:,} files, {size_mb:.1f} MB; "
        "every sum is right. Unpack it anywhere and open index.html."
    )

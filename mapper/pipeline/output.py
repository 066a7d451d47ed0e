"""Where a build may write."""

from pathlib import Path

from mapper.errors import UsageError


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

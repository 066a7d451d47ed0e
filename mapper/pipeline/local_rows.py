"""
The rows of lists that may not be passed on: kept whole on this machine, in no release.

They have the form of a release, so that `explain` and `verify` know them as they know every other
source. The folder is never part of what is published; a note in it says so.
"""

import shutil
from dataclasses import replace
from pathlib import Path

from mapper.errors import MapperError
from mapper.export.write import LOCAL_NOTE, write_local
from mapper.model.progress import Progress
from mapper.model.release import ReleaseInfo
from mapper.release.manifest import MANIFEST_NAME, ReleaseFacts
from mapper.release.storage import storage_errors
from mapper.release.store import find_release, publish, staging
from mapper.settings import Settings
from mapper.validate.privacy import Published


def keep_rows(
    published: Published,
    info: ReleaseInfo,
    facts: ReleaseFacts,
    *,
    settings: Settings,
    progress: Progress,
) -> Path:
    """
    Keep rows beside the releases, in place of what an earlier build kept there.

    Returns
    -------
    Path
        The folder, in the form of a release.
    """
    root = settings.local_root
    with storage_errors(root):
        for old in root.glob("*"):
            # Only what has the form of a release is removed: somebody may have put a file of their
            # own there.
            if (old / MANIFEST_NAME).is_file():
                shutil.rmtree(old)
    with staging(root) as stage:
        files = write_local(published, stage, info, progress)
        return publish(root, stage, replace(facts, remarks=(LOCAL_NOTE,)), files).folder


def forget_rows(settings: Settings) -> None:
    """Remove what an earlier build kept, where this one reads no such list."""
    root = settings.local_root
    with storage_errors(root):
        if root.exists():
            shutil.rmtree(root)


def folders_of(place: Path) -> list[Path]:
    """
    Return what a build left in a folder: its release first, then the rows of this machine.

    Parameters
    ----------
    place
        An output folder; any other is asked for the release in it alone.

    Raises
    ------
    UsageError
        If there is neither.
    """
    local = Settings(out_dir=place).local_root
    folders: list[Path] = []
    try:
        folders.append(find_release(place))
    except MapperError:
        if not local.is_dir():
            raise
    if local.is_dir():
        folders.append(find_release(local))
    return folders

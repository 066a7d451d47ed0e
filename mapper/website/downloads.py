"""A copy of the release inside the site, so that one folder is all that is published."""

import shutil
from pathlib import Path
from typing import Final

from mapper.model.release import ReleaseInfo
from mapper.settings import Settings

DOWNLOADS: Final = "downloads"


def copy_release(folder: Path, info: ReleaseInfo, settings: Settings) -> None:
    """
    Copy the release that the page shows into ``downloads/<release_id>/`` of a site's folder.

    Nothing is copied where there is no release, and no list of this machine alone is in one.
    """
    release = settings.release_root / info.release_id
    if release.is_dir():
        shutil.copytree(release, folder / DOWNLOADS / info.release_id)

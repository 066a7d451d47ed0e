"""
Pages kept for all folders of a user, so that a first build into a new one does not make them all.

They tell of companies and systems that the bundled evidence knows, and leave blank what a release
says of its cameras: they are the same in every build of this version, whoever makes it. So the file
always has the same pages with the same words: neither a page nor a gap tells what somebody builds,
or of which place.
"""

import os
import sys
from pathlib import Path

from mapper.settings import EvidenceScope, Presentation, Settings

_OTHERS_CAN_WRITE = 0o022


def user_page_file(settings: Settings) -> Path | None:
    """Return the file; None for a site with words or evidence of its own, and where unsafe."""
    path = settings.user_page_store
    is_own = (
        settings.own_registry_dirs
        or settings.presentation != Presentation()
        or settings.evidence_scope is not EvidenceScope.ALL
        or settings.page_store is not None
    )
    if path is None or is_own:
        return None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A page that another put there would be shown as ours.
        return path if _is_safe(path.parent) else None
    except OSError:
        # No home, or one that cannot be written: every page is made.
        return None


def _is_safe(folder: Path) -> bool:
    """Whether nobody but the user can write into a folder."""
    if sys.platform == "win32":
        # Below the user's profile, which Windows keeps for them.
        return True
    told = folder.stat()
    return told.st_uid == os.geteuid() and not told.st_mode & _OTHERS_CAN_WRITE

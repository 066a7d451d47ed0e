"""
Pages kept for all folders of a user, so that a first build into a new one does not make them all.

Nine pages of ten tell of companies and systems that the bundled evidence knows, and the release has
no camera of. They are the same in every build of this version, whoever makes it. No other page is
kept here: what somebody builds, and of which place, is told by nothing outside the folder that they
chose.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mapper.registry.asked_registry import Question, rests_on_registry
from mapper.settings import EvidenceScope, Presentation, Settings
from mapper.website.pages.asked_inputs import PageInputs

_OTHERS_CAN_WRITE = 0o022


@dataclass(frozen=True, slots=True)
class UserPages:
    """
    Where the pages lie, and which may.

    Attributes
    ----------
    path
        The file; its folder is the user's alone.
    bare_digest
        Digests the answer to a question in a build without any camera.
    """

    path: Path
    bare_digest: Callable[[Question], str]

    def is_public(self, question: Question, answer: str) -> bool:
        """Whether an answer, by its digest, is the one of a build without any camera."""
        if rests_on_registry(question):
            return True
        kind, *asked = question
        of_release = kind == "release" or (kind == "value" and asked[0] == "title")
        return not of_release and answer == self.bare_digest(question)

    def is_safe(self) -> bool:
        """Whether nobody but the user can write where the pages lie."""
        if sys.platform == "win32":
            # Below the user's profile, which Windows keeps for them.
            return True
        told = self.path.parent.stat()
        return told.st_uid == os.geteuid() and not told.st_mode & _OTHERS_CAN_WRITE


def user_pages(bare: PageInputs, settings: Settings) -> UserPages | None:
    """
    Return the pages of the user; None for a site that has words or evidence of its own.

    Parameters
    ----------
    bare
        What a build without any camera would have.
    """
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
        pages = UserPages(path, bare.digests())
        # A page that another put there would be shown as ours.
        return pages if pages.is_safe() else None
    except OSError:
        # No home, or one that cannot be written: every page is made.
        return None

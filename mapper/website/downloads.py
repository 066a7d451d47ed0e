"""A copy of the release inside the site, so that one folder is all that is published."""

import shutil
from pathlib import Path
from typing import Final

from mapper.errors import UsageError
from mapper.model.release import ReleaseInfo
from mapper.release.signature import signature_path
from mapper.settings import Settings
from mapper.website.foreign_loads import foreign_loads

DOWNLOADS: Final = "downloads"
DOCS: Final = "docs"
_SHOWN_MAX = 5


def copy_release(folder: Path, info: ReleaseInfo, settings: Settings) -> None:
    """
    Copy the release that the page shows into ``downloads/<release_id>/`` of a site's folder.

    Nothing is copied where there is no release, and no list of this machine alone is in one.
    """
    release = settings.release_root / info.release_id
    if release.is_dir():
        shutil.copytree(release, folder / DOWNLOADS / info.release_id)
        if (signature := signature_path(release)).is_file():
            shutil.copyfile(signature, folder / DOWNLOADS / signature.name)


def require_documentation(documentation_dir: Path) -> None:
    """
    Refuse what is no documentation that a site may take in, before anything is built around it.

    Raises
    ------
    UsageError
        If it has no first page, a link leads out of its folder, or a page of it would load
        something from another host.
    """
    if not (documentation_dir / "index.html").is_file():
        msg = f"{documentation_dir} holds no index.html: it is no built documentation"
        raise UsageError(msg, next_step="`make docs-site` in a checkout builds it into build/docs.")
    # What lies behind a link may be anything of this machine, and the site is published.
    if linked := sorted(path for path in documentation_dir.rglob("*") if path.is_symlink()):
        msg = f"{linked[0]} is a link"
        raise UsageError(msg, next_step="put the file itself there, or take the link away.")
    _require_own(documentation_dir)


def copy_documentation(documentation_dir: Path, folder: Path) -> None:
    """
    Copy built pages of documentation into ``docs/`` of a site's folder.

    Raises
    ------
    UsageError
        As `require_documentation`.
    """
    # Asked again: they may have been built anew while the rest was.
    require_documentation(documentation_dir)
    # Hidden files are the builder's own notes.
    shutil.copytree(documentation_dir, folder / DOCS, ignore=shutil.ignore_patterns(".*"))


def _require_own(documentation_dir: Path) -> None:
    """Refuse pages that would tell another host who is looking at them."""
    loads = list(foreign_loads(documentation_dir))
    if not loads:
        return
    shown = [f"  {each.path}, line {each.line}: {each.address[:120]!r}" for each in loads]
    more = [f"  and {len(shown) - _SHOWN_MAX:,} more"] if len(shown) > _SHOWN_MAX else []
    lines = "\n".join([*shown[:_SHOWN_MAX], *more])
    msg = f"{documentation_dir}: these pages would load from other hosts, which then learn who "
    msg += f"reads them:\n{lines}"
    step = "let its builder take a copy of each into the folder; plain links may stay."
    raise UsageError(msg, next_step=step)

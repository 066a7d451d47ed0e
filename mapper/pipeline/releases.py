"""What is asked of a release that stands: is it whole, what changed, how is a value known."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from mapper.errors import UsageError
from mapper.export.verify import require_verified
from mapper.export.write import LOCAL_NOTE
from mapper.model.progress import Progress
from mapper.pipeline.local_rows import folders_of
from mapper.pipeline.own_site import registry_given, settings_here
from mapper.registry.checked import load
from mapper.release import told_diff
from mapper.release.change_causes import causes_of
from mapper.release.concluded_again import Recompute, read_rows
from mapper.release.diff import diff as difference
from mapper.release.explain import explain as explained
from mapper.release.manifest import read_manifest
from mapper.release.signature import sign, signer_of
from mapper.release.store import find_release, release_before
from mapper.resolve.cameras import Resolver
from mapper.website.downloads import DOWNLOADS


def verify(
    folder: Path,
    *,
    deep: bool,
    progress: Progress,
    own_registry: Sequence[Path] | None = None,
    signers: Path | None = None,
) -> str:
    """
    Prove a release whole.

    Parameters
    ----------
    deep
        Re-read every format with an independent reader, and conclude every value again from
        the released evidence.
    own_registry
        Folders of one's own evidence; None takes those of ``mapper.toml``.
    signers
        Whose signatures are believed; None asks for none.

    Raises
    ------
    VerificationError
        If a file is missing, extra or different, or a signature that was asked for does not fit.
    """
    recompute = rules(own_registry) if deep else None
    told = []
    for release in folders_of(folder):
        progress.stage(f"verifying {release.name}{' in depth' if deep else ''}")
        verified = require_verified(release, deep=deep, recompute=recompute)
        rows = ", ".join(f"{layer} {count:,}" for layer, count in sorted(verified.rows.items()))
        what = "rows of this machine alone, in no release," if _is_local(release) else "release"
        are = "are" if _is_local(release) else "is"
        told.append(
            f"{what} {verified.release_id} {are} whole: {verified.files} files; rows: {rows}"
        )
        if signers is not None and not _is_local(release):
            told.append(f"signed by {signer_of(release, signers)}")
    return "\n".join(told)


def signed(place: Path, key: Path, *, out_dir: Path) -> str:
    """
    Sign a release, and put the signature into a site that holds it.

    Raises
    ------
    UsageError
        If it is no release, or the key gives no signature.
    VerificationError
        If it is damaged: a signature would vouch for that.
    """
    release = find_release(place)
    require_verified(release)
    path = sign(release, key)
    in_site = settings_here({"out_dir": out_dir}).site_dir / DOWNLOADS
    if (in_site / release.name).is_dir():
        shutil.copyfile(path, in_site / path.name)
    return f"signed {release.name}: {path}"


def _is_local(folder: Path) -> bool:
    return LOCAL_NOTE in read_manifest(folder)["remarks"]


def diff(old: Path, new: Path | None = None, *, as_json: bool, as_notes: bool = False) -> str:
    """
    Say which cameras came, went and changed between two releases, and why.

    Parameters
    ----------
    old
        A release or an output folder; alone, it is compared with the release before it.
    as_notes
        As the notes of the later release, in Markdown. The first release has notes too.

    Raises
    ------
    UsageError
        If one of the two is no release, or there is none before it.
    """
    last = find_release(old if new is None else new)
    before = release_before(last) if new is None else find_release(old)
    if before is None:
        if as_notes:
            return told_diff.first_notes(last)
        msg = f"release {last.name} is the first of its input: there is none to compare it with"
        raise UsageError(msg, next_step="name an earlier one: mapper diff OLD NEW")
    folders = before, last
    change = difference(*folders)
    causes = causes_of(change, *folders)
    if as_json:
        return told_diff.as_json(change, causes)
    return (
        told_diff.as_notes(change, causes, folders[1])
        if as_notes
        else told_diff.as_text(change, causes)
    )


def explain(
    camera_id: str, *, out_dir: Path, as_json: bool, own_registry: Sequence[Path] | None = None
) -> str:
    """
    Say for every published value of a camera what was written, and which rule made it.

    Raises
    ------
    UsageError
        If the latest release has no such camera.
    """
    *others, last = folders_of(out_dir)
    recompute = rules(own_registry)
    for folder in others:
        if camera_id in read_rows(folder, camera_id):
            last = folder
    explanation = explained(last, camera_id, recompute=recompute)
    return explanation.as_json() if as_json else explanation.as_text()


def rules(own_registry: Sequence[Path] | None = None) -> Recompute:
    """Load the rules that conclude every value again, for any release of any source."""
    settings = settings_here(registry_given(own_registry))
    registry = load(settings.registry_dir, *settings.own_registry_dirs)
    return Resolver.load(registry=registry, settings=settings).devices

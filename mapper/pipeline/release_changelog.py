"""The changelog of releases: the notes of each against the one before, written from their diff."""

from collections.abc import Iterator
from pathlib import Path

from mapper.errors import UsageError
from mapper.model.progress import Progress
from mapper.pipeline.releases import diff
from mapper.release.manifest import read_manifest
from mapper.release.store import release_ids

_HEAD = "# Changes from release to release\n\nThe newest first.\n"


def changelog(place: Path, *, progress: Progress) -> str:
    """
    Compare every release with the one before of the same input.

    Parameters
    ----------
    place
        The output folder, or its folder of releases.

    Returns
    -------
    str
        Markdown; a first release of an input is told by its numbers alone.

    Raises
    ------
    UsageError
        If there is no release.
    """
    root = next((each for each in (place / "release", place) if release_ids(each)), None)
    if root is None:
        msg = f"{place} holds no release"
        raise UsageError(msg, next_step="make one with `mapper build`.")
    ids = release_ids(root)
    progress.stage("comparing releases", len(ids))
    parts = []
    for text in _notes(root, ids):
        # Each note is a page of its own elsewhere; here they stand under one title.
        parts.append("#" + text.strip() + "\n")
        progress.advance()
    return "\n".join([_HEAD, *reversed(parts)]).rstrip()


def _notes(root: Path, ids: list[str]) -> Iterator[str]:
    """Yield the notes of each release, oldest first; another input's releases lie between."""
    last_of: dict[str, str] = {}
    for release_id in ids:
        manifest = read_manifest(root / release_id)
        before = last_of.get(manifest["input_key"])
        last_of[manifest["input_key"]] = release_id
        if before is None:
            cameras = f"{manifest['counts']['cameras']:,} cameras of {manifest['data_on']}."
            yield f"# Release {release_id}\n\n{cameras} The first release of this input."
        else:
            yield diff(root / before, root / release_id, as_json=False, as_notes=True)

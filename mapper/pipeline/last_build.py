"""
What the last build of a folder rested on and what it wrote, so that the same is not made twice.

After a build the folder keeps a digest of everything that went into it (the code and its
libraries, the settings, the inputs, the archive, the bundled files, evidence of one's own) and one
of everything that came out. Where both are what they were, a build would write the same bytes
again, and its summary is all that is left to say. This module imports nothing that takes long:
where nothing changed, that would be most of the time.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from hashlib import blake2b
from pathlib import Path
from typing import Final

from mapper.clean.durable_files import replace_file
from mapper.clean.file_digests import code_digest, digest_of_files, files_below, libraries_digest
from mapper.model.progress import Progress
from mapper.pipeline.summary import BuildSummary, as_kept, summary_of
from mapper.release.lock import output_lock
from mapper.release.manifest import read_manifest
from mapper.release.store import POINTER_NAME, latest_id, release_ids
from mapper.settings import Settings, bundled_root

NOTE_NAME: Final = ".last-build.json"
_BUNDLED: Final = ("data", "site", "LICENSES")
_ARCHIVE: Final = "raw"
_PLACES: Final = frozenset(
    {"out_dir", "bundled_dir", "raw_dir", "page_store", "user_page_store", "own_registry_dirs"}
)
"""Settings that say where something lies; what lies there counts, and not its address."""


def summary_if_unchanged(
    inputs: Sequence[str], *, settings: Settings, progress: Progress
) -> BuildSummary | None:
    """
    Return the summary of the last build where the same build would write the same bytes.

    Every byte of the release and of the site is read and compared with the digest of when they
    were made: a file that is missing, damaged or edited is a reason to build.

    Parameters
    ----------
    inputs
        As for ``building.build``.

    Returns
    -------
    BuildSummary or None
        None where anything is different, and where the last build left no note.

    Raises
    ------
    LockedError
        If another run holds the output folder.
    """
    # Whoever accepts a change accepts it once: the next build compares with what was accepted.
    if settings.accept_change or not (settings.out_dir / NOTE_NAME).is_file():
        return None
    with output_lock(settings.out_dir):
        try:
            note = json.loads((settings.out_dir / NOTE_NAME).read_text("utf-8"))
            if note["key"] != key_of(inputs, settings) or note["made"] != _made(settings):
                return None
            summary = summary_of(note["summary"], settings)
        # A note that is damaged, or of another version, is none.
        except (OSError, ValueError, KeyError, TypeError):
            return None
    progress.remark("nothing changed since the last build: its files were compared and stand")
    return summary


def keep(key: str, summary: BuildSummary, settings: Settings) -> None:
    """
    Keep what a build rested on and what it wrote.

    Parameters
    ----------
    key
        As `key_of` gave it before anything was read: what changed meanwhile is different then.
    """
    # Where it cannot be kept, the next run builds, and nothing else is lost.
    with suppress(OSError):
        digests = _released(summary.release_dir) if summary.release_dir else {}
        note = {"key": key, "made": _made(settings, digests), "summary": as_kept(summary)}
        text = json.dumps(note, ensure_ascii=False, indent=1, sort_keys=True)
        replace_file(settings.out_dir / NOTE_NAME, text + "\n")


def key_of(inputs: Sequence[str], settings: Settings) -> str:
    """Return a digest of everything that a build rests on."""
    whole = blake2b()
    for part in _parts(inputs, settings):
        # No part holds a line feed, so that two lists of parts are never one text.
        whole.update(f"{part}\n".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def _parts(inputs: Sequence[str], settings: Settings) -> Iterator[str]:
    yield code_digest()
    yield libraries_digest()
    for each in fields(settings):
        if each.name not in _PLACES:
            value = getattr(settings, each.name)
            # A set has no order of its own.
            yield f"{each.name} {sorted(value) if isinstance(value, frozenset) else value!r}"
    for name in inputs:
        path = Path(name)
        yield f"input {path.name!r} {digest_of_files(path.parent, [path])}"
    for root in sorted({settings.bundled_dir.resolve(), bundled_root().resolve()}):
        for name in _BUNDLED:
            yield f"{name} {_bundled_digest(root / name)}"
    for folder in settings.own_registry_dirs:
        yield f"registry {folder.name!r} {digest_of_files(folder, files_below(folder))}"
    if (documentation := settings.presentation.documentation_dir) is not None:
        yield f"documentation {digest_of_files(documentation, files_below(documentation))}"
    for path in settings.suppression_paths:
        yield f"suppression {digest_of_files(path.parent, [path])}"
    # Another command writes it, between two builds, and the page dates cameras by it.
    history = settings.history_dir
    yield f"history {digest_of_files(history, files_below(history))}"
    yield f"archive {_archive_digest(settings.raw_dir)}"


def _bundled_digest(folder: Path) -> str:
    # In a checkout the archive lies among the bundled files; it is asked for by itself.
    archive = folder / _ARCHIVE
    paths = (path for path in files_below(folder) if archive not in path.parents)
    return digest_of_files(folder, paths)


def _archive_digest(root: Path) -> str:
    """Digest the notes of the archive by their bytes, and its bodies by name, size and time."""
    bodies, notes = [], []
    for path in files_below(root):
        top = path.relative_to(root).parts[0]
        if top == "bodies":
            # Called after its hash and never written again; a year of extracts takes long to read.
            told = path.stat()
            bodies.append(f"{path.name} {told.st_size} {told.st_mtime_ns}")
        elif top != "parts":
            notes.append(path)
    told_bodies = "\n".join(sorted(bodies))
    return f"{digest_of_files(root, notes)} {blake2b(told_bodies.encode()).hexdigest()}"


def _released(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of the files of the release that this build published, by name."""
    # Whoever wrote or compared a file has hashed it, moments ago; those of a world take a second.
    return {row["path"]: row["sha256"] for row in read_manifest(folder)["files"]}


def _made(settings: Settings, digests: Mapping[str, str] | None = None) -> str:
    """
    Return a digest of all that a build writes: release, pointer, site, rows of this machine.

    ``digests`` are digests of files of the latest release; all others are read.
    """
    root = settings.release_root
    release_id = latest_id(root)
    parts = [repr(release_ids(root)), digest_of_files(root, [root / POINTER_NAME])]
    folders = [settings.site_dir, settings.local_root, settings.out_dir / "local"]
    if release_id is not None:
        folder = root / release_id
        parts.append(digest_of_files(folder, files_below(folder), digests))
    parts += [digest_of_files(folder, files_below(folder)) for folder in folders]
    return blake2b("\n".join(parts).encode()).hexdigest()

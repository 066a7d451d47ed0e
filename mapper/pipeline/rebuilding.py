"""A release made again from its inputs, and held against the one that stands, byte for byte."""

import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mapper.clean.file_digests import sha256_of
from mapper.errors import UsageError, VerificationError
from mapper.export.verify import require_verified
from mapper.model.progress import Progress
from mapper.model.release import SourceCredit
from mapper.pipeline.building import CODE_VERSION, build_release
from mapper.pipeline.own_site import registry_given, settings_here
from mapper.pipeline.recipe import recipe_of
from mapper.pipeline.released_inputs import input_of
from mapper.registry.checked import load
from mapper.release.concluded_again import credits_of
from mapper.release.manifest import read_manifest
from mapper.release.store import find_release, release_ids
from mapper.settings import EvidenceScope, Settings
from mapper.validate.suppression import read_suppressions

_SHOWN_MAX = 8
_OTHER_LIST = "another suppression list"


def rebuild(
    place: Path,
    *,
    files: Sequence[Path],
    raw_dir: Path,
    own_registry: Sequence[Path] | None,
    progress: Progress,
) -> str:
    """
    Make a release again beside everything, and say whether its bytes are the same.

    Parameters
    ----------
    place
        A release, or an output folder: its latest one.
    files
        Inputs that do not lie in the archive.
    raw_dir
        The archive of collected bodies.
    own_registry
        Folders of one's own evidence; None takes those of ``mapper.toml``.

    Raises
    ------
    UsageError
        If an input is missing, or the code, the evidence or a library is another one.
    VerificationError
        If the release is damaged, or a file comes out with other bytes.
    """
    release = find_release(place)
    progress.stage(f"verifying {release.name}")
    # First: a difference to a damaged release would say nothing of how it was made.
    require_verified(release)
    manifest = read_manifest(release)
    named = list(credits_of(manifest).values())
    settings = _settings(manifest, named, raw_dir, own_registry)
    _require_same_makings(manifest, settings)
    inputs = [input_of(credit, files, settings) for credit in named]
    root = release.parent
    # Beside the releases: what a run that was killed leaves there is no release, and hidden.
    with TemporaryDirectory(prefix=".rebuild-", dir=root) as folder:
        again = Path(folder)
        _bring_earlier(root, again / "release", release.name)
        aside = replace(settings, out_dir=again)
        made = build_release(inputs, settings=aside, progress=progress)
        differing = _differing(release, made.folder)
    if differing:
        shown = "\n".join(f"  {name}" for name in differing[:_SHOWN_MAX])
        msg = f"{release.name} comes out otherwise in {len(differing)} files:\n{shown}"
        raise VerificationError(msg, next_step="`mapper diff` the two, once both are kept.")
    count = len(manifest["files"]) + 2
    return f"release {release.name} was made again from its inputs: {count} files, the same bytes"


def _settings(
    manifest: Mapping[str, Any],
    named: Sequence[SourceCredit],
    raw_dir: Path,
    own_registry: Sequence[Path] | None,
) -> Settings:
    recipe = manifest.get("recipe")
    if not recipe:
        msg = f"release {manifest['release_id']} was made before releases kept their recipe"
        raise UsageError(msg, next_step="`mapper verify --deep` proves it in another way.")
    given = {
        "raw_dir": raw_dir,
        # It dated the release, or was the day that the inputs gave.
        "as_of": manifest["data_on"],
        "accept_change": manifest["accepted_change"],
        "evidence_scope": EvidenceScope(recipe["evidence_scope"]),
        "evidence_countries": tuple(recipe["evidence_countries"]),
        # Releases of before these could be chosen say nothing of them.
        "formats": tuple(recipe.get("formats", ())),
        "by_country_formats": tuple(recipe.get("by_country_formats", ())),
        "pinned_sha256": frozenset(credit.snapshot_sha256 for credit in named),
        **registry_given(own_registry),
    }
    return settings_here(given)


def _require_same_makings(manifest: Mapping[str, Any], settings: Settings) -> None:
    registry = load(settings.registry_dir, *settings.own_registry_dirs)
    now = recipe_of(registry, settings)
    before = manifest["recipe"]
    other = []
    # All that is other is told at once, so that nobody installs one thing after the other.
    if manifest["code_version"] != CODE_VERSION:
        other.append(f"version {manifest['code_version']} of the code, this is {CODE_VERSION}")
    if before["registry_sha256"] != now["registry_sha256"]:
        other.append(f"other evidence, of {manifest['evidence_on'] or 'no day'}")
    # The bundled list and that of the folder, as a build reads them.
    if manifest["suppression_entries"] != len(read_suppressions(settings.suppression_paths)):
        other.append(_OTHER_LIST)
    other += [
        f"{name} {before['libraries'].get(name, 'none')}, this is {installed}"
        for name, installed in now["libraries"].items()
        if before["libraries"].get(name) != installed
    ]
    if other:
        msg = f"release {manifest['release_id']} was made with {'; '.join(other)}"
        step = (
            "a camera that was suppressed since stays out of what is made now; "
            "`mapper verify --deep` proves a release in another way."
            if other == [_OTHER_LIST]
            else "install what it names (the lock of that version has it), then run this again."
        )
        raise UsageError(msg, next_step=step)


def _bring_earlier(root: Path, to: Path, release_id: str) -> None:
    """Give the new root the releases before: gates and the ids of links look back at them."""
    to.mkdir()
    ids = release_ids(root)
    for earlier in ids[: ids.index(release_id)]:
        for path in sorted((root / earlier).rglob("*")):
            target = to / earlier / path.relative_to(root / earlier)
            if path.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)


def _differing(first: Path, other: Path) -> list[str]:
    names = {
        path.relative_to(folder).as_posix()
        for folder in (first, other)
        for path in folder.rglob("*")
        if path.is_file()
    }
    different = []
    for name in sorted(names):
        same = False
        with suppress(FileNotFoundError):
            same = sha256_of(first / name) == sha256_of(other / name)
        if not same:
            different.append(name)
    return different

"""
A built site with its release as one file, to carry on a stick and open without a network.

The archive holds ``index.html`` (leads to the page), ``site/``, ``release/<id>/`` where the site
links to the release beside it, and ``SHA256SUMS`` over all of them. It is read back and proved
before it takes its name, and anybody can prove it again.
"""

import hashlib
import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from mapper.errors import UsageError, VerificationError
from mapper.website.downloads import DOWNLOADS

SUMS: Final = "SHA256SUMS"
_SITE: Final = "site"
_RELEASE: Final = "release"
_META: Final = f"{_SITE}/data/meta.js"
_CHUNK: Final = 1 << 20
_TEXT_BYTES_MAX: Final = 64 << 20
"""Of the two files that are read whole; the largest sites have some hundred kilobytes of each."""
_SYMLINK: Final = 0o120000
_KIND: Final = 0o170000
_NO_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The first that the format knows: the day of packing would make the same site other bytes."""

_START = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'">
<meta http-equiv="refresh" content="0; url=site/index.html">
<title>Open the map</title>
<p><a href="site/index.html">Open the map</a></p>
</html>
"""


@dataclass(frozen=True, slots=True)
class ArchiveSummary:
    """What an archive holds, after every sum in it was proved."""

    path: Path
    release_id: str
    files: int
    size_bytes: int


def write_site_archive(out_dir: Path, path: Path) -> ArchiveSummary:
    """
    Pack a built site into one file and prove it; the same site gives the same bytes.

    Parameters
    ----------
    out_dir
        Holds ``site/`` and ``release/``.
    path
        Takes the archive's name when it is whole; until then what was there stays.

    Raises
    ------
    UsageError
        If there is no page, if it shows lists that state no licence, or if the release that it
        links to is not beside it.
    """
    meta = _meta_of(out_dir)
    if meta["local"]:
        msg = f"the page in {out_dir} shows lists that state no licence: {', '.join(meta['local'])}"
        raise UsageError(msg, next_step="build it without them; they stay on this machine.")
    files = dict(_files_of(out_dir, str(meta["release_id"])))
    part = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            sums = [_put(archive, name, body) for name, body in sorted(files.items())]
            _put(archive, SUMS, "".join(sums).encode())
        summary = check_site_archive(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return ArchiveSummary(path, summary.release_id, summary.files, path.stat().st_size)


def check_site_archive(path: Path) -> ArchiveSummary:
    """
    Read an archive and compare every file with its sum.

    Raises
    ------
    UsageError
        If there is no such file.
    VerificationError
        If it is no such archive, or a file in it is missing, extra, different or leads outside.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _proved(archive, path)
    except FileNotFoundError as error:
        msg = f"there is no {path}"
        raise UsageError(msg, next_step="write one with `mapper site --zip FILE`.") from error
    # Broken packing, and a password, for which zipfile has no error of its own.
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        msg = f"{path} is no whole archive: {error}"
        raise VerificationError(msg, next_step="Fetch it again.") from error


def _proved(archive: zipfile.ZipFile, path: Path) -> ArchiveSummary:
    names = Counter(archive.namelist())
    leading = {entry.filename for entry in archive.infolist() if not _is_inside(entry)}
    wrong = sorted({name for name, count in names.items() if count > 1} | leading)
    if wrong:
        what = f"{wrong[0]!r} is twice in it or leads outside"
    else:
        what = next((f"it has no {name}" for name in (SUMS, _META) if name not in names), "")
    if what:
        msg = f"{path}: {what}"
        raise VerificationError(msg, next_step="Do not unpack it; fetch it again.")
    wanted = {}
    for line in _text_of(archive, SUMS, path).splitlines():
        digest, _, name = line.partition("  ")
        wanted[name] = digest
    for name in sorted({*names, *wanted} - {SUMS}):
        if name not in names or wanted.get(name) != _digest(archive, name):
            msg = f"{path}: {name} is not what {SUMS} says"
            raise VerificationError(msg, next_step="Do not use it; fetch it again.")
    try:
        release_id = str(_payload(_text_of(archive, _META, path))["release_id"])
    # Whoever packs an archive can make the sums of anything.
    except (ValueError, KeyError) as error:
        msg = f"{path}: {_META} is no file of a map"
        raise VerificationError(msg, next_step="Do not use it; fetch it again.") from error
    return ArchiveSummary(path, release_id, len(names), path.stat().st_size)


def _text_of(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    # By what comes out: an entry can claim any size.
    with archive.open(name) as body:
        content = body.read(_TEXT_BYTES_MAX + 1)
    if len(content) > _TEXT_BYTES_MAX:
        msg = f"{path}: {name} is larger than {_TEXT_BYTES_MAX:,} bytes"
        raise VerificationError(msg, next_step="Do not unpack it; fetch it again.")
    return content.decode("utf-8", "replace")


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as body:
        while chunk := body.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _is_inside(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    path = PurePosixPath(name)
    # Windows reads C: as a drive, and a link leads wherever its text says.
    is_plain = "\\" not in name and ":" not in name
    is_link = (entry.external_attr >> 16) & _KIND == _SYMLINK
    return is_plain and not is_link and not path.is_absolute() and ".." not in path.parts


def _put(archive: zipfile.ZipFile, name: str, body: bytes | Path) -> str:
    """Add a file and return its line for the sums."""
    entry = zipfile.ZipInfo(name, _NO_DAY)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o100644 << 16
    digest = hashlib.sha256()
    with archive.open(entry, "w", force_zip64=isinstance(body, Path)) as out:
        for chunk in _chunks(body):
            digest.update(chunk)
            out.write(chunk)
    return f"{digest.hexdigest()}  {name}\n"


def _chunks(body: bytes | Path) -> Iterator[bytes]:
    if isinstance(body, bytes):
        yield body
        return
    with body.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _meta_of(out_dir: Path) -> dict[str, list[str] | str]:
    try:
        return _payload((out_dir / _META).read_text("utf-8"))
    except FileNotFoundError as error:
        msg = f"no page in {out_dir}"
        raise UsageError(msg, next_step="make one with `mapper build`.") from error


def _payload(text: str) -> dict[str, list[str] | str]:
    """Read what a data file of the page hands over."""
    payload: dict[str, list[str] | str] = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return payload


def _files_of(out_dir: Path, release_id: str) -> Iterator[tuple[str, bytes | Path]]:
    yield "index.html", _START.encode()
    site = out_dir / _SITE
    yield from _below(site, _SITE)
    if (site / DOWNLOADS).is_dir():
        # The site carries the release itself, and its links lead there.
        return
    release = out_dir / _RELEASE / release_id
    if not release.is_dir():
        msg = f"the page shows release {release_id}, which is not in {out_dir / _RELEASE}"
        raise UsageError(msg, next_step="build it again with `mapper build`.")
    yield from _below(release, f"{_RELEASE}/{release_id}")


def _below(folder: Path, name: str) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield f"{name}/{path.relative_to(folder).as_posix()}", path

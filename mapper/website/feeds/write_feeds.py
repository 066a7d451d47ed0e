"""Every feed of a site, from its last releases."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from mapper.model.release import ReleaseInfo
from mapper.registry.registry import Registry
from mapper.release.concluded_again import read_rows
from mapper.release.manifest import MANIFEST_NAME, read_manifest
from mapper.release.store import release_ids
from mapper.settings import Settings
from mapper.telling import words
from mapper.website.feeds.atom import Entry, Feed, atom_text
from mapper.website.feeds.camera_entries import camera_entries
from mapper.website.feeds.claim_entries import claim_entries
from mapper.website.pages.addresses import PageIndex

FOLDER: Final = "feeds"
RELEASES_MAX: Final = 4
"""How far back a feed reaches; a reader that asks once a month misses nothing."""
ENTRIES_MAX: Final = 100
"""Of one release in one feed; how many more there are is said in one entry."""
_AUTHOR = "Whose Cameras"
_KINDS = {"cameras": "New, ended and changed cameras", "claims": "New claims"}


def feeds_of(index: PageIndex, info: ReleaseInfo, settings: Settings) -> dict[str, list[Feed]]:
    """
    Name the feeds of a site by what they tell: one for all, and one for each country with a page.

    A site that is published in one folder has feeds; others have none.
    """
    if not settings.with_downloads or not _folder_of(info, settings):
        return {}
    return {
        kind: [
            Feed(f"{FOLDER}/{kind}.xml", title, None),
            *(
                Feed(f"{FOLDER}/{kind}-{code.lower()}.xml", f"{title}: {words.country(code)}", code)
                for code in sorted(index.country_codes)
            ),
        ]
        for kind, title in _KINDS.items()
    }


def write_feeds(
    folder: Path, registry: Registry, index: PageIndex, info: ReleaseInfo, settings: Settings
) -> None:
    """
    Write every feed below a site's folder.

    Parameters
    ----------
    registry
        The evidence of the release that the site shows.
    """
    feeds = feeds_of(index, info, settings)
    if not feeds:
        return
    releases = _releases(info, settings)
    names = {row.org_id: row.name for row in registry.organisations}
    entries: dict[str, list[Entry]] = {kind: [] for kind in feeds}
    newest = read_rows(releases[-1]) if len(releases) > 1 else {}
    for old, new in reversed(list(pairwise(releases))):
        entries["cameras"] += camera_entries(old, new, names, newest)
    if len(releases) > 1:
        # Older claims stand in the evidence too: what is told is what the last release lacked.
        day = info.evidence_on or info.data_on
        entries["claims"] = claim_entries(
            releases[-2], registry, index, release_id=info.release_id, updated_on=day
        )
    rights = [f"{credit.attribution}, {credit.license_id}" for credit in info.credits]
    rights.append("evidence: Whose Cameras, CC BY 4.0")
    own = settings.presentation
    for kind, of_kind in feeds.items():
        for feed in of_kind:
            path = folder / feed.path
            path.parent.mkdir(exist_ok=True)
            text = atom_text(
                feed,
                _shown(entries[kind], feed),
                updated_on=max(info.data_on, info.evidence_on),
                base_address=own.base_address,
                author=own.title or _AUTHOR,
                rights=rights,
            )
            path.write_bytes(text.encode("utf-8"))


def _shown(entries: Sequence[Entry], feed: Feed) -> list[Entry]:
    """Return the entries of a feed, the newest release first, and of each no more than the most."""
    wanted = [one for one in entries if feed.country_code in {None, one.country_code}]
    shown: list[Entry] = []
    for day in sorted({one.updated_on for one in wanted}, reverse=True):
        of_day = [one for one in wanted if one.updated_on == day]
        shown += of_day[:ENTRIES_MAX]
        if (more := len(of_day) - ENTRIES_MAX) > 0:
            text = f"{words.format_number(more)} more are in the release, at data.html."
            key = f"{day} {feed.path} more"
            shown.append(Entry(key, "And more", text, "data.html", day, None, "more"))
    return shown


def _folder_of(info: ReleaseInfo, settings: Settings) -> Path | None:
    folder = settings.release_root / info.release_id
    return folder if (folder / MANIFEST_NAME).is_file() else None


def _releases(info: ReleaseInfo, settings: Settings) -> list[Path]:
    """Return the release of the site and those of the same input before it, the oldest first."""
    root = settings.release_root
    ids = release_ids(root)
    until = ids[: ids.index(info.release_id) + 1]
    key = read_manifest(root / info.release_id)["input_key"]
    same: list[Path] = []
    for release_id in reversed(until):
        if read_manifest(root / release_id)["input_key"] == key:
            same.insert(0, root / release_id)
        if len(same) == RELEASES_MAX:
            break
    return same

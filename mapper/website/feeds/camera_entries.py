"""
Which cameras are new, ended or changed since the release before.

What left the data is in no feed: it may be gone because somebody asked for it. A feed reaches
back over several releases, so what an earlier one told is held to the newest release as well.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from mapper.release.concluded_again import read_rows
from mapper.release.diff import FieldChange, diff
from mapper.release.manifest import read_manifest
from mapper.telling import words
from mapper.website.feeds.atom import Entry
from mapper.website.pages.addresses import map_at

_OPERATOR: Final = "operator_name"

WATCHED: Final[Mapping[str, str]] = {
    "device_type": "kind",
    "camera_type": "built as",
    "zone": "looks at",
    "visibility": "watches",
    "directions_deg": "looks to",
    _OPERATOR: "operator",
    "vendor_id": "maker",
    "lifecycle": "state",
}
"""Columns whose change is told, and their word; the others say how a value is known."""

_ZOOM = 18
_NOTHING = "not known"


def camera_entries(
    old: Path, new: Path, names: Mapping[str, str], newest: Mapping[str, Mapping[str, Any]]
) -> list[Entry]:
    """
    Tell what became of the cameras between two releases, by kind of news and then by id.

    Parameters
    ----------
    names
        Organisation id -> the name shown.
    newest
        Camera id -> its row in the release that the site shows. A camera that is not there is
        told of no more, nor an operator that is withheld there.
    """
    change = diff(old, new)
    after = read_rows(new)
    day = read_manifest(new)["data_on"]
    ended = set(change.ended)
    # The same camera under another id is no news.
    fresh = change.added.keys() - {pair.after for pair in change.renumbered}
    nameless = {one for one, row in newest.items() if row["operator_withheld"]}
    changed: dict[str, list[FieldChange]] = {}
    for one in change.changed:
        is_withheld = one.column == _OPERATOR and one.camera_id in nameless
        if one.column in WATCHED and one.camera_id not in ended and not is_withheld:
            changed.setdefault(one.camera_id, []).append(one)
    told: list[tuple[str, str, Iterator[str]]] = []
    for category, ids in (("new", fresh), ("ended", ended)):
        told += [
            (category, one, _facts(after[one], names, is_nameless=one in nameless))
            for one in sorted(ids)
        ]
    told += [("changed", one, _changes(rows, names)) for one, rows in sorted(changed.items())]
    return [
        _entry(category, one, after[one], change.new_id, day, texts)
        for category, one, texts in told
        if one in newest
    ]


def _entry(
    category: str,
    camera_id: str,
    row: Mapping[str, Any],
    release_id: str,
    day: str,
    told: Iterator[str],
) -> Entry:
    lon_deg, lat_deg = row["geometry"]
    kind = words.KINDS.get(row["device_type"], (words.plain(row["device_type"]),))[0]
    places = (row["nearest_place"], words.country(row["country_code"]))
    where = ", ".join(place for place in places if place)
    return Entry(
        key=f"{release_id} {category} {camera_id}",
        title=f"{category.capitalize()}: {kind} near {where}",
        text="; ".join((*told, camera_id)),
        link=map_at(lon_deg, lat_deg, _ZOOM, f"camera={camera_id}"),
        updated_on=day,
        country_code=row["country_code"],
        category=category,
    )


def _facts(row: Mapping[str, Any], names: Mapping[str, str], *, is_nameless: bool) -> Iterator[str]:
    left_out = {"device_type", _OPERATOR} if is_nameless else {"device_type"}
    for column, word in WATCHED.items():
        if row[column] is not None and column not in left_out:
            yield f"{word}: {_said(column, row[column], names)}"


def _changes(changes: list[FieldChange], names: Mapping[str, str]) -> Iterator[str]:
    for one in changes:
        before, after = (_said(one.column, value, names) for value in (one.before, one.after))
        yield f"{WATCHED[one.column]}: {before}, now {after}"


def _said(column: str, value: object, names: Mapping[str, str]) -> str:
    if value is None:
        return _NOTHING
    if column == "vendor_id":
        return names.get(str(value), str(value))
    if isinstance(value, list | tuple):
        return ", ".join(words.format_number(part) for part in value)
    return str(value) if column == _OPERATOR else words.plain(value)

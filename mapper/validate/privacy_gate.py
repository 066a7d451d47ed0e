"""
The privacy gate: looks at what would be published with other eyes than ``withhold``.

It shares no pattern with the rules that left things out, so that a slip in one is caught by the
other. What it finds stops the release.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapper.model.columns import CAMERA, ColumnType
from mapper.model.tags import PRIVACY_TAGS, PUBLISHED_TAGS
from mapper.validate.findings import Finding, Mask, Material, by_mask
from mapper.validate.observed_tags import OBSERVATION_NAMES, camera_ids
from mapper.validate.values_asked import by_value

# Ids are checked as references below: long numbers are their nature.
_IDS: Final = {"camera_id", "pole_id", "source_id", "source_ref", "source_url", "snapshot_sha256"}
_TEXTS: Final = tuple(
    column.name
    for column in CAMERA
    if column.column_type in {ColumnType.TEXT, ColumnType.DAY, ColumnType.INSTANT}
    and column.name not in _IDS
)
NUMERIC: Final = {"direction", "camera:direction", "camera:angle", "directions_as_written"}
CONTACT: Final = {
    "an e-mail address": re.compile(r"\S@\S+\.\w\w"),
    "a web or stream address": re.compile(r"://"),
    "a telephone number": re.compile(r"\+\d(?: ?\d){8}"),
}
LONG_NUMBER: Final = re.compile(r"\b\d{10}")
BELL: Final = re.compile(r"door.?bell|doorphone|^door$", re.IGNORECASE)
_ANYWHERE_BELL: Final = re.compile(r"door.?bell|doorphone|klingel|sonnette|dzwonek", re.IGNORECASE)
_DIGITS_OF_A_REFERENCE: Final = re.compile(r"\d[\d ().\u2212-]{6,}\d")
_OF_OPENSTREETMAP: Final = re.compile(r"(?:node|way|relation)/[1-9][0-9]{0,17}")
_OF_OPENSTREETMAP_WHOLE: Final = rf"\A{_OF_OPENSTREETMAP.pattern}\z"
_MADE: Final = re.compile(
    r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?|(?:row-)?[0-9A-Fa-f]{12,64}(?:-\d+)?x*"
    r"|row-[\w.~-]{14}|-?\d{1,3}\.\d{1,7},-?\d{1,2}\.\d{1,7}(?:#\d+)?|(?:node|way|relation|[nwr])/?\d{1,12}",
    re.ASCII,
)
_STREET_OR_CALL: Final = re.compile(
    r"stra(?:ß|ss)e\b|str\.|\b(?:tel|phone|whatsapp|handy|call|sms)\b|(?:[0-9a-f]{2}:){3}|\b(?:street|avenue|ave|road|lane|rue|calle|via|rua|ul|ulica|cad)\b"
    r"|utca\b|gatan\b|katu\b|straat\b|\b(?:ул|вул)\b",
    re.IGNORECASE,
)
_NAME_WORD: Final = re.compile(r"[^\W\d_]{2,}(?:[-'][^\W\d_]{2,})*")
_COUNTED_THINGS: Final = frozenset(["cam", "camera", "caméra", "cctv", "site", "pole", "row"])
HOME_MAKER: Final = re.compile(r"^(ring|nest|arlo|blink|reolink|wyze|eufy)\b", re.IGNORECASE)
_SHORT_REF: Final = 3
_PRIVATE: Final = re.compile(r"\bprivate\b", re.IGNORECASE)
_NOBODY: Final = re.compile(r"individual", re.IGNORECASE)


def privacy(material: Material) -> list[Finding]:
    """Check columns, contact data, homes, operators and the suppression list."""
    findings = []
    for source_id, frame in material.published.observations.items():
        index = camera_ids(source_id, frame)
        findings += _observation_columns(source_id, frame)
        # With foreign columns the searches below would fail on what is missing.
        if not findings:
            tags = frame[list(PUBLISHED_TAGS)].set_axis(index)
            findings += _contacts(tags, index, PUBLISHED_TAGS) + _homes(tags, index)
        lon_deg, lat_deg = frame["lon_deg"].to_numpy(float), frame["lat_deg"].to_numpy(float)
        listed = np.array(
            material.suppression.leaves_out(source_id, frame["source_ref"], lon_deg, lat_deg),
            dtype=bool,
        )
        findings += by_mask("privacy", "on the suppression list", index, listed)
        # A list's own "id" column may hold "Smith, 12 Elm Street".
        odd = ~_are_plain_references(frame["source_ref"])
        findings += by_mask("privacy", "the reference may be a person's data", index, odd)
    for frame in material.frames.values():
        findings += _contacts(frame, frame.index, _TEXTS)
        findings += _operators(frame)
    return findings + _small_counts(material)


def is_plain_reference(ref: str) -> bool:
    """
    Whether a publisher's reference can be published: a number that somebody counted.

    What may be an address, a name, a number to call or a machine's address is none.
    """
    # Full-width digits and letters are the same to a reader.
    ref = unicodedata.normalize("NFKC", ref)
    if _OF_OPENSTREETMAP.fullmatch(ref) or _MADE.fullmatch(ref):
        return True
    if any(pattern.search(ref) for pattern in CONTACT.values()) or "@" in ref:
        return False
    if _STREET_OR_CALL.search(ref) or _DIGITS_OF_A_REFERENCE.search(ref):
        return False
    # One word beside a number is how lists name sites (Bridge-4); two words are how people are
    # called.
    names = [word for word in _NAME_WORD.findall(ref) if word.casefold() not in _COUNTED_THINGS]
    has_digit = any(sign.isdigit() for sign in ref)
    return len(names) <= (1 if has_digit else 0) or (len(ref) <= _SHORT_REF and ref.isascii())


def _are_plain_references(refs: pd.Series) -> Mask:
    """Ask of each reference `is_plain_reference`."""
    # OpenStreetMap's stand once each and are all of one form: a search of Arrow's finds them.
    texts = [ref for ref in refs if isinstance(ref, str)]
    if len(texts) < len(refs) or not "".join(texts).isascii():
        return by_value(refs, is_plain_reference)
    of_osm = pc.match_substring_regex(pa.array(texts, pa.string()), _OF_OPENSTREETMAP_WHOLE)
    plain = np.array(of_osm, dtype=bool)
    others = np.flatnonzero(~plain)
    plain[others] = by_value(refs.iloc[others], is_plain_reference)
    return plain


def _observation_columns(source_id: str, frame: pd.DataFrame) -> list[Finding]:
    """Only listed columns may be published; the privacy tags are not among them."""
    names = set(frame.columns)
    if names == set(OBSERVATION_NAMES) and names.isdisjoint(PRIVACY_TAGS):
        return []
    odd = sorted(names ^ set(OBSERVATION_NAMES))
    return [Finding("privacy", f"observations of {source_id}: columns {odd}")]


def _contacts(frame: pd.DataFrame, index: pd.Index, names: Sequence[str]) -> list[Finding]:
    """Search texts for contact data; each distinct text once for everything together."""
    findings = []
    for name in names:
        patterns = dict(CONTACT)
        if name not in NUMERIC:
            patterns["a long number"] = LONG_NUMBER
        # One search for all, and only where it finds something one for each, to say what it was.
        together = re.compile("|".join(pattern.pattern for pattern in patterns.values()))
        if _search(frame[name], together).any():
            for what, pattern in patterns.items():
                mask = _search(frame[name], pattern)
                findings += by_mask("privacy", f"{name} holds {what}", index, mask)
    return findings


def _homes(frame: pd.DataFrame, index: pd.Index) -> list[Finding]:
    bell = _search(frame["camera:mount"], BELL) | _search(frame["camera:type"], BELL)
    for key in ("surveillance", "surveillance:type", "surveillance:zone", "camera:mount"):
        bell = bell | _search(frame[key], _ANYWHERE_BELL)
    maker = _search(frame["manufacturer"], HOME_MAKER) | _search(frame["brand"], HOME_MAKER)
    # By the published cells alone: that an operator was known and withheld must not excuse private
    # ground.
    nameless = frame[["operator", "operator:wikidata"]].isna().all(axis="columns").to_numpy(bool)
    private = _search(frame["surveillance"], _PRIVATE) & nameless
    return [
        *by_mask("privacy", "a doorbell", index, bell),
        *by_mask("privacy", "made for homes", index, maker),
        *by_mask("privacy", "private ground without an organisation", index, private),
        *by_mask(
            "privacy",
            "operated by a private person",
            index,
            _search(frame["operator:type"], _NOBODY),
        ),
    ]


def _operators(frame: pd.DataFrame) -> list[Finding]:
    """Check that a withheld operator leaves no name and no id."""
    withheld = frame["operator_withheld"].eq(other=True).to_numpy(bool)
    named = (frame["operator_name"].notna() | frame["operator_id"].notna()).to_numpy(bool)
    return by_mask("privacy", "the operator is withheld and named", frame.index, withheld & named)


def _small_counts(material: Material) -> list[Finding]:
    small = {code: n for code, n in material.published.withheld_by_country.items() if n < 10}  # noqa: PLR2004 - k, docs/decisions/0202
    return (
        [Finding("privacy", f"withheld counts that single out: {sorted(small)}")] if small else []
    )


def _search(cells: pd.Series, pattern: re.Pattern[str]) -> Mask:
    return by_value(cells, lambda text: pattern.search(text) is not None)

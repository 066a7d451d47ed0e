"""
Which extract of OpenStreetMap holds a country or a region, by the index of its publisher.

Notes
-----
Source: Geofabrik's ``index-v1-nogeom.json``, as its technical page and the documentation of the R
package osmextract describe it: features whose properties are ``id`` (with ``/`` between a state and
its region), ``parent``, ``name``, ``iso3166-1:alpha2``, ``iso3166-2`` and ``urls`` with ``pbf``.
Several countries may share an extract (Senegal and Gambia), and a state of the United States bears
its country's code beside its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mapper.clean.spelling import unaccented
from mapper.errors import SourceChangedError, UsageError
from mapper.fetch.json_pages import FetchContext, json_page
from mapper.fetch.web_address import require_web

INDEX_URL = "https://download.geofabrik.de/index-v1-nogeom.json"
_JOINTS = re.compile(r"[\s_'-]+")
_SHOWN_MAX = 6


@dataclass(frozen=True, slots=True)
class Extract:
    """
    One extract.

    Attributes
    ----------
    extract_id
        The publisher's own, ``ile-de-france`` or ``us/california``.
    parent_id
        The extract around it; empty for a continent.
    country_codes, region_codes
        ISO 3166-1 alpha-2, and ISO 3166-2.
    """

    extract_id: str
    parent_id: str
    name: str
    country_codes: frozenset[str]
    region_codes: frozenset[str]
    pbf_url: str


def fetch_index(fetch_context: FetchContext, index_url: str) -> tuple[Extract, ...]:
    """
    Ask for the index and read it.

    Raises
    ------
    FetchError
        If it did not come whole, or names what is no address.
    SourceChangedError
        If it is of another shape.
    """
    document = json_page(fetch_context, index_url, {})
    try:
        members = [feature["properties"] for feature in document["features"]]
        return tuple(_extract(member) for member in members if "pbf" in member["urls"])
    except (KeyError, TypeError, AttributeError) as error:
        msg = f"the index of extracts came in another shape (no {error})"
        raise SourceChangedError(msg, next_step="name the extract's address with --pbf.") from error


def choose(extracts: Sequence[Extract], *, country_code: str, region: str) -> Extract:
    """
    Return the extract of a country, or of a region in it.

    Parameters
    ----------
    country_code
        ISO 3166-1 alpha-2; empty to look for the region everywhere.
    region
        The publisher's id, its last part, or its name; case, accents and hyphens do not count.

    Raises
    ------
    UsageError
        If there is none, or more than one.
    """
    if region:
        asked = f"region {region!r}" + (f" in {country_code}" if country_code else "")
        matches = [extract for extract in extracts if _is_called(extract, region)]
        if country_code:
            codes = _codes_with_parents(extracts)
            matches = [match for match in matches if country_code in codes[match.extract_id]]
    else:
        asked = f"country {country_code}"
        matches = [
            extract
            for extract in extracts
            if country_code in extract.country_codes and not extract.region_codes
        ]
        fewest = min((len(extract.country_codes) for extract in matches), default=0)
        matches = [extract for extract in matches if len(extract.country_codes) == fewest]
    if not matches:
        msg = f"no extract is published for the {asked}"
        raise UsageError(msg, next_step="name one with --pbf, or an area with --bbox.")
    if len(matches) > 1:
        shown = ", ".join(extract.extract_id for extract in matches[:_SHOWN_MAX])
        msg = f"{len(matches)} extracts are published for the {asked}: {shown}"
        raise UsageError(msg, next_step="name one of them with --region.")
    return matches[0]


def covering(extracts: Sequence[Extract]) -> tuple[Extract, ...]:
    """
    Return the extracts that cover all others: those that lie within none, sorted by id.

    Raises
    ------
    SourceChangedError
        If there is none, or another does not lie within one of them.
    """
    tops = {extract.extract_id: extract for extract in extracts if not extract.parent_id}
    by_id = {extract.extract_id: extract for extract in extracts}
    for extract in extracts:
        step, seen = extract, {extract.extract_id}
        # Up to the top; a parent that is not there, or that leads back, leaves a gap in the world.
        while step.parent_id and step.parent_id in by_id and step.parent_id not in seen:
            step = by_id[step.parent_id]
            seen.add(step.extract_id)
        if step.extract_id not in tops:
            msg = f"the index of extracts has {extract.extract_id!r} within none that it lists"
            raise SourceChangedError(msg, next_step="name a planet file with --pbf.")
    if not tops:
        msg = "the index of extracts is empty"
        raise SourceChangedError(msg, next_step="name a planet file with --pbf.")
    return tuple(tops[extract_id] for extract_id in sorted(tops))


def _extract(member: Mapping[str, Any]) -> Extract:
    pbf_url = str(member["urls"]["pbf"])
    require_web(pbf_url)
    return Extract(
        extract_id=str(member["id"]),
        parent_id=str(member.get("parent") or ""),
        name=str(member["name"]),
        country_codes=frozenset(map(str, member.get("iso3166-1:alpha2") or ())),
        region_codes=frozenset(map(str, member.get("iso3166-2") or ())),
        pbf_url=pbf_url,
    )


def _is_called(extract: Extract, region: str) -> bool:
    names = (extract.extract_id, extract.extract_id.rpartition("/")[2], extract.name)
    return _folded(region) in {_folded(name) for name in names}


def _codes_with_parents(extracts: Sequence[Extract]) -> Mapping[str, frozenset[str]]:
    """Return each extract's countries, those of every extract around it included."""
    by_id = {extract.extract_id: extract for extract in extracts}
    codes = {}
    for extract in extracts:
        seen: set[str] = set()
        step: Extract | None = extract
        # A parent that leads back to its child ends here, and not never.
        while step is not None and step.extract_id not in seen:
            seen.add(step.extract_id)
            step = by_id.get(step.parent_id)
        own = [by_id[extract_id].country_codes for extract_id in seen]
        prefixes = {code.partition("-")[0] for code in extract.region_codes}
        codes[extract.extract_id] = frozenset(prefixes).union(*own)
    return codes


def _folded(name: str) -> str:
    return _JOINTS.sub(" ", unaccented(name)).strip()

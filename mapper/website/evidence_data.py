"""The data files of the page that rest on the evidence and the bundled map, and on no camera."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from mapper.registry.registry import Registry
from mapper.settings import EvidenceScope, Settings
from mapper.telling.language import speaking
from mapper.website.languages.page_words import SOURCE_LANGUAGE
from mapper.website.map.city_names import city_names_payload
from mapper.website.map.data_file import packed_json, write_data_file
from mapper.website.map.deployment_file import (
    counted_of,
    deployments_file,
    deployments_payload,
    evidence_file,
)
from mapper.website.map.front_end import FrontEnd
from mapper.website.map.label_file import labels_payload
from mapper.website.pages.search_file import name_payloads

# The coast of the first picture is read as it is; the fine one, ten times as long, comes packed.
_LAND_COARSE = "land_110m.json"
_LAND_FINE = "land_50m.json"


@dataclass(frozen=True, slots=True)
class SiteEvidence:
    """
    What the rest of a site needs to know of the evidence and the bundled words.

    Attributes
    ----------
    systems
        Of each system what other files count (`deployment_file.counted_of`).
    frames
        By language the frame of the map's page.
    """

    systems: Sequence[dict[str, Any]]
    frames: Mapping[str, str]


class EvidenceAhead(Protocol):
    """
    What of a site rests on the evidence or the bundled map alone, made by another process.

    Attributes
    ----------
    front_end
        That of the site, which has read the words of every language of the map.
    """

    front_end: FrontEnd

    def put_site_data(self, folder: Path) -> SiteEvidence:
        """Put the files of `write_evidence_data` into a site's folder, and return what it does."""

    def put_coast(self, folder: Path) -> None:
        """Put the coast of all the world into a site's folder; see `write_coast`."""

    def await_pages(self) -> Callable[[], None] | None:
        """
        Return what waits until ``kept_pages`` finds every page kept, or nobody makes them any more.

        None where they are kept already and there is memory for a copy that fills them.
        """


def write_evidence_data(
    registry: Registry, settings: Settings, front_end: FrontEnd, folder: Path
) -> SiteEvidence:
    """
    Write systems, what is said of them, the names of places and the land below a site's folder.

    Parameters
    ----------
    front_end
        Has the words of each language.
    """
    systems = _write_systems(folder, registry, front_end)
    write_data_file(folder, "labels", labels_payload(settings.boundaries_dir))
    for lang in front_end.languages.of_map:
        if lang != SOURCE_LANGUAGE:
            write_data_file(folder, f"labels-{lang}", city_names_payload(lang))
    coarse, fine = (
        json.loads((settings.boundaries_dir / name).read_bytes())
        for name in (_LAND_COARSE, _LAND_FINE)
    )
    write_data_file(folder, "land-110m", coarse)
    write_data_file(folder, "land-50m", {"schema": 2, "gz": packed_json(fine)})
    # A site of one city knows other places, which its cameras tell.
    if settings.evidence_scope is EvidenceScope.ALL:
        for name, payload in name_payloads().items():
            write_data_file(folder, name, payload)
    return SiteEvidence(systems, _frames(front_end))


def _frames(front_end: FrontEnd) -> dict[str, str]:
    """Return the frame of the map's page in each language."""
    # It brings folium along, which a build of what is kept does without.
    from mapper.website.map.index_frame import FrameParts, page_frame  # noqa: PLC0415

    frames = {}
    for lang in front_end.languages.of_map:
        words, way = front_end.words(lang), front_end.languages.way_of_map(lang)
        parts = FrameParts(
            lang,
            words.strings["description"],
            front_end.js_addresses(lang),
            words.direction,
            way.top,
            way.own if way.top else (),
            way.alternates,
        )
        frames[lang] = page_frame(parts)
    return frames


def _write_systems(folder: Path, registry: Registry, front_end: FrontEnd) -> list[dict[str, Any]]:
    """
    Write the systems and their evidence in the words of each language of the map.

    A file for each language: a reader loads one, and all together would be seven times as long.
    """
    counted: list[dict[str, Any]] = []
    for lang in front_end.languages.of_map:
        with speaking(front_end.words(lang).language):
            payload = deployments_payload(registry)
        if lang == SOURCE_LANGUAGE:
            counted = counted_of(payload)
        ending = "" if lang == SOURCE_LANGUAGE else f"-{lang}"
        write_data_file(folder, f"deployments{ending}", deployments_file(payload))
        write_data_file(folder, f"deployment-evidence{ending}", evidence_file(payload))
    return counted

"""What people call a technology, and what the registry calls it."""

from collections.abc import Mapping
from typing import Final

from mapper.clean.spelling import folded_words
from mapper.registry.codes import Technology

_FACES: Final = frozenset({Technology.FRT, Technology.FRT_TESTED})
TECHNOLOGY_NAMES: Final[Mapping[str, frozenset[Technology]]] = {
    "face recognition": _FACES,
    "facial recognition": _FACES,
    "frt": _FACES,
    "live facial recognition": _FACES,
    "video surveillance": frozenset({Technology.CCTV}),
    "cctv": frozenset({Technology.CCTV}),
    "plate reading": frozenset({Technology.ALPR}),
    "plate readers": frozenset({Technology.ALPR}),
    "license plate readers": frozenset({Technology.ALPR}),
    "licence plate readers": frozenset({Technology.ALPR}),
    "number plate recognition": frozenset({Technology.ALPR}),
    "license plate recognition": frozenset({Technology.ALPR}),
    "alpr": frozenset({Technology.ALPR}),
    "anpr": frozenset({Technology.ALPR}),
    "lpr": frozenset({Technology.ALPR}),
    "video analytics": frozenset({Technology.ANALYTICS}),
    "analytics": frozenset({Technology.ANALYTICS}),
    "gunshot detection": frozenset({Technology.GUNSHOT}),
    "gunshot": frozenset({Technology.GUNSHOT}),
}
"""What people call a technology, folded -> what the registry calls it."""


def technologies_called(text: str) -> frozenset[Technology]:
    """Return the technologies that a text names as a whole; empty where it names none."""
    return TECHNOLOGY_NAMES.get(folded_words(text), frozenset())

"""
Which tags make an object of OpenStreetMap a camera, and which say that it does not stand.

A camera may be one of several things that an object is (``man_made=mast;surveillance``), and may
be mapped under a prefix when it is planned or has ended (``disused:man_made=surveillance``).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import Final

from mapper.clean.lifecycle import LIFECYCLE_KEYS, STATE_KEYS, told_state
from mapper.clean.site_count import site_camera_count
from mapper.errors import ValueRefusedError
from mapper.model.tags import COUNT_TAG, LIFECYCLE_TAG, NOT_UNDERSTOOD, READ_TAGS

Get = Callable[[str], str | None]
"""Returns the value of a tag as written, None where the object has none."""

CAMERA_WORDS: Final = {"man_made": "surveillance", "highway": "speed_camera"}
"""By main key, the value that means a camera; ``surveillance=*`` alone is not a camera."""

ENFORCEMENT_TAG: Final = ("type", "enforcement")
"""A relation with it points at cameras by the role ``DEVICE_ROLE``."""

PREFIXED_KEYS: Final = {
    f"{prefix}:{key}": (prefix, key) for prefix in LIFECYCLE_KEYS for key in CAMERA_WORDS
}
"""``disused:man_made``, by its two parts."""

_SEPARATORS: Final = re.compile("[;,|]")
_SAYS_YES_OR_NO: Final = frozenset({"yes", "no"})
_OSM_STATE_KEYS: Final = (*STATE_KEYS, LIFECYCLE_TAG)
_PLAIN_KEYS: Final = tuple(sorted(READ_TAGS - {LIFECYCLE_TAG, COUNT_TAG}))
_WORDS: Final = frozenset(CAMERA_WORDS.values())
_PLAIN_SET: Final = frozenset(_PLAIN_KEYS)
_KEYS_WITH_RULES: Final = frozenset((*PREFIXED_KEYS, *LIFECYCLE_KEYS, *_OSM_STATE_KEYS, COUNT_TAG))

ASKED_KEYS: Final = frozenset(
    (
        *_PLAIN_KEYS,
        *CAMERA_WORDS,
        *_KEYS_WITH_RULES,
        *(f"{prefix}:{key}" for prefix, key in product(LIFECYCLE_KEYS, _PLAIN_KEYS)),
    )
)
"""All keys that `is_camera` and `read_tags` ask for; any other key of an object says nothing."""


def camera_word(value: object) -> str | None:
    """Return the value that means a camera where it is one of those written; else None."""
    return _camera_word_in(value) if isinstance(value, str) else None


@lru_cache(maxsize=10_000)
def _camera_word_in(value: str) -> str | None:
    # Nearly all objects have one of a few values; the others may be anything.
    # Lower case alone: folding makes an s of more letters than the reader of blocks looks for, so
    # that a camera would be one in one format and none in another.
    parts = {part.strip().lower() for part in _SEPARATORS.split(value)}
    return min(parts & _WORDS, default=None)


def is_camera(get: Get) -> bool:
    """Tell whether an object is a candidate by its own tags, standing, planned or ended."""
    return _stands(get) or any(True for _ in _ends(get))


def camera_filters(spellings: frozenset[str]) -> list[tuple[str, str]]:
    """
    Return each key and value that a candidate may have, for a filter of exact tags.

    Parameters
    ----------
    spellings
        The values in the file that name a camera among other things.
    """
    keys = [*CAMERA_WORDS, *PREFIXED_KEYS, *LIFECYCLE_KEYS]
    return [(key, value) for key in keys for value in sorted(spellings | _WORDS)]


def read_tags_at_hand(tags: Mapping[str, str]) -> dict[str, str]:
    """Return what `read_tags` does, for an object of which all tags are read already."""
    # Ninety-nine objects of a hundred have no key with a rule of its own: their seven tags are
    # looked at, instead of asking for each of some ninety keys.
    if not _KEYS_WITH_RULES.isdisjoint(tags):
        return read_tags(tags.get)
    picked = {key: tags[key] for key in sorted(_PLAIN_SET.intersection(tags))}
    # JSON has values that are none.
    return {key: value for key, value in picked.items() if value is not None}


def read_tags(get: Get) -> dict[str, str]:
    """
    Pick the tags that are read, in the order of their keys.

    What stands under a prefix alone (``removed:surveillance:type``) is read like what stands
    under the plain key; the tag ``lifecycle`` tells of the prefix.
    """
    prefixes = [] if _stands(get) else sorted({prefix for prefix, _ in _ends(get)})
    tags = {key: value for key in _PLAIN_KEYS if (value := get(key)) is not None}
    # One object in a hundred: the others are spared the spelling of every key under a prefix.
    for key, prefix in product(_PLAIN_KEYS, prefixes):
        if key not in tags and (value := get(f"{prefix}:{key}")) is not None:
            tags[key] = value
    if said := _lifecycle(get):
        tags[LIFECYCLE_TAG] = said
    if (count := get(COUNT_TAG)) is not None:
        tags[COUNT_TAG] = _told_count(count)
    return dict(sorted(tags.items()))


def _stands(get: Get) -> bool:
    """Tell whether one of the plain main keys names a camera."""
    return any(camera_word(get(key)) == word for key, word in CAMERA_WORDS.items())


def _ends(get: Get) -> Iterator[tuple[str, str]]:
    """Yield prefix and tag of what says that the camera is planned or has ended."""
    for key, (prefix, main) in PREFIXED_KEYS.items():
        if (value := get(key)) is not None and camera_word(value) == CAMERA_WORDS[main]:
            yield prefix, f"{key}={CAMERA_WORDS[main]}"
    for key in LIFECYCLE_KEYS:
        if (value := get(key)) is not None and (word := camera_word(value)):
            yield key, f"{key}={word}"


def _lifecycle(get: Get) -> str:
    """Write down every tag that speaks of the object's life; free text becomes a question mark."""
    said = [tag for _, tag in _ends(get)]
    for key in LIFECYCLE_KEYS:
        value = get(key)
        if isinstance(value, str) and camera_word(value) is None:
            word = value.strip().casefold()
            said.append(f"{key}={word if word in _SAYS_YES_OR_NO else NOT_UNDERSTOOD}")
    said.extend(
        f"{key}={told_state(value)}"
        for key in _OSM_STATE_KEYS
        if isinstance(value := get(key), str)
    )
    return ";".join(said)


def _told_count(text: object) -> str:
    """Return a count as written where it is one; anything else may be free text."""
    try:
        return str(text) if isinstance(text, str) and site_camera_count(text) else NOT_UNDERSTOOD
    except ValueRefusedError:
        return NOT_UNDERSTOOD

"""
Tags as OPL or JSON writes them, read once for each different set of tags.

Two thirds of all cameras have the tags of another one, and most of their tags are of a few hundred
different ones. So a text is cut into tags that are looked up, and read as the tags of an object
only where no object before had the same.

Notes
-----
Source: the OPL format, https://osmcode.org/file-formats/opl-file-format-manual.html: tags are
separated by commas, and what separates or is not seen stands as its code point between percents.
"""

import re
from collections.abc import Mapping

from mapper.clean.text import CleanTags, clean_tags
from mapper.sources.osm.tag_reading import ASKED_KEYS, is_camera, read_tags_at_hand

NO_CAMERA = -1
"""Stands for the tags of an object that is no candidate."""

_ESCAPED = re.compile("%([0-9a-f]+)%")

_Tag = tuple[str, str]


class TagSets:
    """
    The different sets of tags of one file.

    Attributes
    ----------
    sets
        Those of candidates, cleaned; tags that nobody reads are left out.
    """

    def __init__(self) -> None:
        self.sets: list[CleanTags] = []
        self._numbers: dict[tuple[_Tag, ...], int] = {}
        self._asked_for = _AskedFor()

    def number_of(self, opl: str) -> int:
        """
        Return the position of a set in ``sets``, or ``NO_CAMERA``.

        Parameters
        ----------
        opl
            All tags of an object, in the order of the file: ``man_made=surveillance,name=A``.
        """
        return self._number(
            tuple([tag for tag in map(self._asked_for.__getitem__, opl.split(",")) if tag])
        )

    def number_of_tags(self, tags: Mapping[str, str]) -> int:
        """Return the same for tags that are read already."""
        return self._number(tuple([tag for tag in tags.items() if tag[0] in ASKED_KEYS]))

    def _number(self, tags: tuple[_Tag, ...]) -> int:
        number = self._numbers.get(tags)
        if number is None:
            number = self._numbers[tags] = self._read(tags)
        return number

    def _read(self, tags: tuple[_Tag, ...]) -> int:
        # Of a key that stands twice the first counts, as it does for libosmium.
        by_key = dict(reversed(tags))
        if not is_camera(by_key.get):
            return NO_CAMERA
        self.sets.append(clean_tags(read_tags_at_hand(by_key)))
        return len(self.sets) - 1


class _AskedFor(dict[str, _Tag | None]):
    """By its text, a tag whose key is asked for; None for any other."""

    def __missing__(self, opl: str) -> _Tag | None:
        key, _, value = opl.partition("=")
        tag = _ESCAPED.sub(_character, key), _ESCAPED.sub(_character, value)
        self[opl] = asked = tag if tag[0] in ASKED_KEYS else None
        return asked


def _character(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16))

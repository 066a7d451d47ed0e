"""
What an Overpass server answers, believed only where it is whole and of its own time.

A failure comes with status 200 as a ``remark``, or as a page whose words say why.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from mapper.errors import FetchError
from mapper.fetch.base_age import base_instant

_TIMED_OUT = re.compile(r"timed out|out of memory", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,500}>")
_CAUSES = (
    (re.compile(r"rate_limited"), "too many questions from this address (rate_limited)"),
    (re.compile(r"timeout|too busy|timed out", re.IGNORECASE), "the server is too busy (timeout)"),
    (re.compile(r"out of memory", re.IGNORECASE), "the server ran out of memory"),
    (re.compile(r"parse error|static error", re.IGNORECASE), "the query was refused"),
)
"""The dispatcher's words and the page's, as Overpass API 0.7.62 writes them."""
_KINDS = ("node", "way", "relation")
_ID_MAX = 2**63 - 1


class TooMuchError(Exception):
    """The server ran out of time or memory: ask for less."""


_OF_MAPPERS = ("user", "uid", "changeset")
"""Fields of an element that tell who mapped it: dropped before anything is stored."""


def cause_in(text: str) -> str:
    """
    Return why a server refused, from the words of its page; empty where it does not say.

    Parameters
    ----------
    text
        A page, or plain text.
    """
    words = " ".join(_TAG.sub(" ", text).split())
    return next((cause for pattern, cause in _CAUSES if pattern.search(words)), "")


def document_in(path: Path, endpoint: str, *, now_utc: datetime) -> Mapping[str, Any]:
    """
    Read an answer.

    Returns
    -------
    Mapping
        With ``elements``, each of a known type with a whole number as its id, and ``osm3s``.

    Raises
    ------
    TooMuchError
        If the server ran out of time or memory.
    FetchError
        If it is partial, no answer of Overpass, or of a time that cannot be.
    """
    document = json.loads(path.read_text("utf-8-sig"))
    if not isinstance(document, dict):
        msg = f"{endpoint}: the answer is no Overpass document"
        raise FetchError(msg)
    remark = document.get("remark")
    if remark is not None:
        # On one line: the words are the server's, and must not look like lines of ours.
        words = " ".join(str(remark).split())[:200]
        if _TIMED_OUT.search(words):
            raise TooMuchError(words)
        msg = f"{endpoint}: the answer is partial: {words}"
        raise FetchError(msg)
    elements, head = document.get("elements"), document.get("osm3s")
    if not isinstance(elements, list) or not isinstance(head, dict):
        msg = f"{endpoint}: the answer lacks its elements or its data time"
        raise FetchError(msg)
    if not all(map(_is_element, elements)):
        msg = f"{endpoint}: the answer holds what is no node, way or relation"
        raise FetchError(msg)
    base_instant(head.get("timestamp_osm_base"), endpoint, now_utc=now_utc)
    for element in elements:
        for name in _OF_MAPPERS:
            element.pop(name, None)
    return document


def _is_element(item: object) -> bool:
    if not isinstance(item, dict) or item.get("type") not in _KINDS:
        return False
    element_id = item.get("id")
    if isinstance(element_id, bool) or not isinstance(element_id, int):
        return False
    return abs(element_id) <= _ID_MAX

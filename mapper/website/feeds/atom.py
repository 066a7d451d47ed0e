"""Atom 1.0 (RFC 4287): entries in, the text of one feed out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

_ATOM: Final = "http://www.w3.org/2005/Atom"
_ALLOWED = "\t\n\r"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One thing that is new.

    Attributes
    ----------
    key
        Tells it from every other entry, for good; its id is made from this.
    text
        Plain text.
    link
        Address below the site's top folder.
    updated_on
        ISO day.
    country_code
        ISO 3166-1 alpha-2; None where it is not known.
    category
        ``new``, ``ended``, ``changed`` or ``claim``.
    """

    key: str
    title: str
    text: str
    link: str
    updated_on: str
    country_code: str | None
    category: str


@dataclass(frozen=True, slots=True)
class Feed:
    """
    What one feed is called and where it lies.

    Attributes
    ----------
    path
        Below the site's top folder.
    country_code
        None for the feed of all countries.
    """

    path: str
    title: str
    country_code: str | None


def atom_text(
    feed: Feed,
    entries: Sequence[Entry],
    *,
    updated_on: str,
    base_address: str,
    author: str,
    rights: Iterable[str],
) -> str:
    """
    Write one feed.

    Parameters
    ----------
    updated_on
        ISO day of the release the feed was written with.
    base_address
        Where the site stands; empty gives addresses relative to the feed.
    rights
        Licences and credits of what the entries hold.
    """
    # The namespace by attribute: ElementTree would write a prefix that some readers do not take.
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _put(root, "id", _urn(f"{base_address or author} {feed.path}"))
    _put(root, "title", feed.title)
    _put(root, "updated", f"{updated_on}T00:00:00Z")
    _put(_put(root, "author"), "name", author)
    way = base_address or "../"
    if base_address:
        _put(root, "link", rel="self", type="application/atom+xml", href=f"{way}{feed.path}")
    _put(root, "link", rel="alternate", type="text/html", href=f"{way}index.html")
    _put(root, "rights", "; ".join(rights))
    for entry in entries:
        item = _put(root, "entry")
        _put(item, "id", _urn(entry.key))
        _put(item, "title", entry.title)
        _put(item, "updated", f"{entry.updated_on}T00:00:00Z")
        _put(item, "link", rel="alternate", type="text/html", href=f"{way}{entry.link}")
        _put(item, "category", term=entry.category)
        if entry.country_code:
            _put(item, "category", term=entry.country_code)
        _put(item, "summary", entry.text, type="text")
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _put(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    # XML has no way to write a control character; nothing of the data should hold one.
    element.text = None if text is None else "".join(c for c in text if c >= " " or c in _ALLOWED)
    return element


def _urn(key: str) -> str:
    return uuid5(NAMESPACE_URL, f"whose-cameras {key}").urn

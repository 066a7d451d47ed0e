"""
OSM through Overpass: an area at a time, complete or an error.

An Overpass server says "failed" with status 200: by a ``remark`` in the JSON, or by an HTML page.
A query that ran out of time or memory is asked again for each quarter of its area. Measured on a
server of version 0.7.62: 429 and 504 come after about 15 s in the queue and without Retry-After,
so ``/api/status`` is asked for the next free slot.
"""

import math
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any
from urllib.parse import quote, urlsplit

from shapely.geometry import mapping

from mapper.errors import FetchError, UsageError
from mapper.fetch.archive import Archive, Collected
from mapper.fetch.archive_ids import BOUNDARIES_ID, LICENSE_ID, PIECES_ID, SOURCE_ID
from mapper.fetch.base_age import base_instant, require_fresh
from mapper.fetch.guard import Target
from mapper.fetch.http import Client, Limits, Request, StatusError
from mapper.fetch.json_pages import json_bytes
from mapper.fetch.overpass_answer import TooMuchError, cause_in, document_in
from mapper.fetch.overpass_area import Bbox
from mapper.fetch.overpass_boundary import (
    Boundary,
    areas_query,
    boundary_in,
    geometry_query,
    municipality_among,
)
from mapper.fetch.response_body import Ending, PageError, TooLargeError
from mapper.fetch.web_address import shown_address
from mapper.model.progress import Progress

# Public instances with world coverage, as the osmdata package's documentation lists them.
ENDPOINTS = (
    "https://overpass-api.de/api/interpreter",
    "https://overpass.kumi.systems/api/interpreter",
)
REGION_DEG2_MAX = 4.0
"""A larger area is a country's work, for which an extract is the right tool (operators' policy)."""
# A camera may be one of several things that an object is, and planned or ended ones stand under a
# prefix; they are asked for by pattern, which costs little within one area.
_LIVES = (
    "proposed", "planned", "construction", "disused", "abandoned", "removed", "razed",
    "demolished", "destroyed", "dismantled", "ruins", "was",
)  # fmt: skip
_ASKED_TAGS = (
    ('"man_made"', '~"(^|;) *surveillance *(;|$)",i'),
    ('"highway"', '~"(^|;) *speed_camera *(;|$)",i'),
    *((f'"{life}:man_made"', '~"surveillance"') for life in _LIVES),
    *((f'"{life}:highway"', '~"speed_camera"') for life in _LIVES),
)
_SPLITS_MAX = 5
_ROUNDS = 3
_STREETS_RADIUS_M = 300
_SLOT = re.compile(r"in ([0-9]{1,9}) seconds")
_SLOT_FREE = re.compile(r"[1-9][0-9]{0,8} slots? available now")
_PARSE_ERROR = re.compile(r"</strong>:\s*([^<]+)<")
_WAIT_S = 30.0
_WAIT_MAX_S = 300.0
_BAD_QUERY = 400
_TOO_MANY = 429
_NOT_AGAIN = frozenset({401, 403, 406})
"""Refusals of what we are; the operators of public servers ask not to repeat them."""
_STATUS_BYTES_MAX = 100_000


class Layer(Enum):
    """What is asked for: the cameras, or the ground around them."""

    CAMERAS = "cameras"
    STREETS = "streets"


def place_key(lon_deg: float, lat_deg: float) -> str:
    """Return under which key the boundary of a place is kept."""
    return f"{lon_deg:.5f},{lat_deg:.5f}"


def query(bbox: Bbox, layer: Layer, *, timeout_s: int = 180) -> str:
    """
    Write the query for one area.

    ``out center`` gives ways and relations their bounding-box centre. Cameras are asked for with
    ``meta``, for their versions and times; ``document_in`` drops the names and ids of mappers and
    the changesets that come along before anything is stored.
    """
    head = f"[out:json][timeout:{timeout_s}][maxsize:536870912][bbox:{bbox.as_asked()}];"
    asked = "".join(f"nwr[{key}{value}];" for key, value in _ASKED_TAGS)
    cameras = f'({asked}relation["type"="enforcement"];nwr(r:"device");)'
    if layer is Layer.CAMERAS:
        return f"{head}{cameras};out meta center qt;"
    around = f"(around.c:{_STREETS_RADIUS_M})"
    ground = "".join(
        f'way["{key}"]{around};'
        for key in ("highway", "railway", "waterway", "natural", "building", "leisure")
    )
    return f"{head}{cameras}->.c;({ground});out tags geom qt;"


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
        self._budget_s = self._ends_s = math.inf
        self._archive = archive
        self._progress = progress
        self._sleep = sleep
        self._now_utc = now_utc
        self._endpoints = tuple(endpoints)
        # The rounds below do the retrying, because only they know about slots and splitting.
        limits = Limits(read_s=240.0, total_s=300.0, attempts=1)
        self._client = Client(limits=limits, named=named, progress=progress, sleep=sleep)

    def allow(self, budget_s: float) -> None:
        """Let all questions from now on take so long together, pauses and repeats included."""
        self._budget_s, self._ends_s = budget_s, time.monotonic() + budget_s

    def municipality(self, lon_deg: float, lat_deg: float, names: Iterable[str]) -> Boundary | None:
        """
        Return the municipality around a point that bears one of the names; None where none does.

        Raises
        ------
        FetchError
            If no whole answer came.
        """
        self._progress.remark("asking Overpass for the boundary of the place")
        areas = self._ask(areas_query(lon_deg, lat_deg))["elements"]
        relation_id = municipality_among(areas, names)
        if relation_id is None:
            return None
        boundary = self.boundary(relation_id)
        part = self._archive.part_path("overpass-boundary")
        part.write_bytes(json_bytes(mapping(boundary.geometry), sort_keys=True))
        self._archive.keep_new(
            part,
            source_id=BOUNDARIES_ID,
            request_key=place_key(lon_deg, lat_deg),
            url=self._endpoints[0],
            retrieved_at_utc=self._now_utc().strftime("%Y-%m-%dT%H:%M:%SZ"),
            media_type="application/geo+json",
            license_id=LICENSE_ID,
            proof=boundary.ref,
        )
        return boundary

    def boundary(self, relation_id: int) -> Boundary:
        """
        Return a boundary by its relation.

        Raises
        ------
        FetchError
            If no whole answer came, or the boundary does not close.
        """
        return boundary_in(self._ask(geometry_query(relation_id))["elements"], relation_id)

    def collect(
        self,
        bbox: Bbox,
        layer: Layer = Layer.CAMERAS,
        *,
        boundary: Boundary | None = None,
        is_old_allowed: bool = False,
    ) -> Collected:
        """
        Collect an area and keep it as one body.

        Parameters
        ----------
        boundary
            Cameras beyond it are left out; the ground is kept as far as the box reaches.
        is_old_allowed
            Whether data of more than 60 days ago are taken.

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
            If any part of it did not come whole, or its data are too old.
        """
        if bbox.area_deg2 > REGION_DEG2_MAX:
            msg = f"{bbox} is {bbox.area_deg2:.0f} square degrees; Overpass is for a region"
            step = "download an extract of the country and use `mapper collect osm --pbf URL`."
            raise UsageError(msg, next_step=step)
        parts, base = self._parts(bbox, layer, is_old_allowed=is_old_allowed)
        return self._keep(bbox, layer, parts, base, boundary)

    def piece(self, bbox: Bbox, *, is_old_allowed: bool) -> Collected:
        """
        Collect the cameras of one piece of the world, of any size, and keep them as a piece.

        Raises
        ------
        FetchError
            If any part of it did not come whole, its data are too old, or the time is up.
        """
        parts, base = self._parts(bbox, Layer.CAMERAS, is_old_allowed=is_old_allowed)
        return self._keep(bbox, Layer.CAMERAS, parts, base, source_id=PIECES_ID)

    def _parts(
        self, bbox: Bbox, layer: Layer, *, is_old_allowed: bool
    ) -> tuple[list[Mapping[str, Any]], str]:
        """Return every answer for an area, and the oldest of their times."""
        parts = [doc for part in bbox.parts() for doc in self._area(part, layer, splits=0)]
        bases = [str(part["osm3s"]["timestamp_osm_base"]) for part in parts]
        base = min(bases, key=datetime.fromisoformat)
        now_utc = self._now_utc()
        require_fresh(
            base_instant(base, "Overpass", now_utc=now_utc),
            "Overpass",
            now_utc=now_utc,
            is_old_allowed=is_old_allowed,
            progress=self._progress,
        )
        return parts, base

    def _area(self, bbox: Bbox, layer: Layer, *, splits: int) -> Iterator[Mapping[str, Any]]:
        self._progress.remark(f"asking Overpass for the {layer.value} in {bbox}")
        try:
            yield self._ask(query(bbox, layer))
        except TooMuchError as error:
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
        # An endpoint that refused what we are, or what we ask, is not asked the same again.
        left = list(self._endpoints)
        for turn in range(_ROUNDS * len(self._endpoints)):
            if not left:
                break
            self._require_time()
            endpoint = left[turn % len(left)]
            try:
                return self._answer(endpoint, text)
            except StatusError as error:
                if error.status == _BAD_QUERY:
                    raise _refused_query(error) from error
                last = _with_cause(error)
                if error.status in _NOT_AGAIN:
                    left.remove(endpoint)
                    self._progress.remark(f"{last}; it is not asked again")
                    continue
                wait_s = self._slot_wait_s(endpoint) if error.status == _TOO_MANY else _WAIT_S
            except TooLargeError as error:
                raise TooMuchError(str(error)) from error
            except FetchError as error:
                last, wait_s = error, _WAIT_S
            is_last = turn == _ROUNDS * len(self._endpoints) - 1
            if not is_last:
                self._progress.remark(f"{last}; asking again in {wait_s:.0f} s")
                self._sleep(wait_s)
        msg = f"no Overpass endpoint answered: {last}"
        step = "try again later" if left else "use another server with --endpoint"
        raise FetchError(msg, next_step=f"{step}; nothing partial was kept.") from last

    def _require_time(self) -> None:
        if time.monotonic() >= self._ends_s:
            msg = f"Overpass did not answer all of it within {self._budget_s / 3600:.0f} hours"
            raise FetchError(msg, next_step="run it again: what came whole is not asked again.")

    def _answer(self, endpoint: str, text: str) -> Mapping[str, Any]:
        question = Request(
            endpoint,
            method="POST",
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            body=f"data={quote(text)}".encode(),
            ending=Ending.JSON,
        )
        part = self._archive.part_path("overpass")
        try:
            stored = self._client.ask(question, part).stored
        except PageError as error:
            cause = cause_in(error.page)
            if not cause:
                raise
            msg = f"{shown_address(endpoint)}: {cause}"
            raise FetchError(msg, next_step=error.next_step) from error
        if stored is None:
            msg = f"{endpoint}: an answer without a body"
            raise FetchError(msg)
        try:
            return document_in(stored.path, endpoint, now_utc=self._now_utc())
        finally:
            stored.path.unlink()

    def _slot_wait_s(self, endpoint: str) -> float:
        parts = urlsplit(endpoint)
        status_url = f"{parts.scheme}://{parts.netloc}/api/status"
        part = self._archive.part_path("overpass-status")
        try:
            request = Request(status_url, most_bytes=_STATUS_BYTES_MAX)
            stored = self._client.ask(request, part).stored
        except FetchError:
            return _WAIT_S
        text = stored.path.read_text("utf-8", "replace") if stored else ""
        part.unlink(missing_ok=True)
        if _SLOT_FREE.search(text):
            return 1.0
        waits = [int(seconds) for seconds in _SLOT.findall(text)]
        return min(float(min(waits)) + 1.0, _WAIT_MAX_S) if waits else _WAIT_S

    def _keep(
        self,
        bbox: Bbox,
        layer: Layer,
        parts: Sequence[Mapping[str, Any]],
        base: str,
        boundary: Boundary | None = None,
        *,
        source_id: str = SOURCE_ID,
    ) -> Collected:
        taken = [element for part in parts for element in part["elements"]]
        if boundary is not None and layer is Layer.CAMERAS:
            taken = boundary.within(taken)
        elements = {(e["type"], e["id"]): e for e in taken}
        merged = {
            "version": 0.6,
            "osm3s": {"timestamp_osm_base": base, "copyright": "OpenStreetMap contributors, ODbL"},
            "elements": [elements[key] for key in sorted(elements)],
        }
        part = self._archive.part_path("overpass-merged")
        part.write_bytes(json_bytes(merged, sort_keys=True))
        return self._archive.keep_new(
            part,
            source_id=source_id,
            request_key=f"{layer.value} {boundary.ref if boundary else bbox}",
            url=self._endpoints[0],
            retrieved_at_utc=self._now_utc().strftime("%Y-%m-%dT%H:%M:%SZ"),
            media_type="application/json",
            license_id=LICENSE_ID,
            proof=(
                f"{len(parts)} {'answer' if len(parts) == 1 else 'answers'} for {bbox} "
                "in seven decimals, each with its JSON end, osm3s and no remark"
                + (f"; within the boundary {boundary.ref}" if boundary else "")
            ),
        )


def _with_cause(error: StatusError) -> FetchError:
    """Say beside the status why the server refused, where its page says so."""
    cause = cause_in(error.text)
    return FetchError(f"{error}: {cause}", next_step=error.next_step) if cause else error


def _refused_query(error: StatusError) -> FetchError:
    words = _PARSE_ERROR.search(error.text)
    said = words.group(1).strip() if words else "no reason given"
    return FetchError(f"Overpass refused the query: {said}", next_step="report this to us.")

"""What the page says of its release, and the words behind its codes (docs/page-format.md, meta)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np

from mapper.model.release import ReleaseInfo, SourceCredit
from mapper.website.map import frame_columns
from mapper.website.map.basemap_shards import TILE_ZOOM, ContextSummary
from mapper.website.map.camera_planes import YEAR_BASE, Packing
from mapper.website.map.mercator import Floats
from mapper.website.map.vocabulary import Vocabularies, Vocabulary

_MANY = 1_000
_OUTSIDE_SHARE = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class WrittenParts:
    """What the other data files of the page hold, as far as the meta file speaks of it."""

    vocabularies: Vocabularies
    packing: Packing
    detail_starts: Sequence[int]
    deployment_count: int
    context: ContextSummary


def meta_payload(
    cameras: gpd.GeoDataFrame,
    other_devices: gpd.GeoDataFrame,
    info: ReleaseInfo,
    parts: WrittenParts,
    organisation_names: Mapping[str, str],
) -> dict[str, Any]:
    """Return the payload of ``data/meta.js``, the page's options left out."""
    words = parts.vocabularies
    lon_deg, lat_deg = frame_columns.positions(cameras)
    # What was planned once, or is gone, must not move the frame; alone it is what there is to see.
    framed = words.stands if words.stands.any() else np.ones(len(cameras), dtype=np.bool_)
    lon_deg, lat_deg = lon_deg[framed], lat_deg[framed]
    return {
        "schema": 1,
        "release_id": info.release_id,
        "local": list(info.local_titles),
        "data_on": info.data_on,
        "evidence_on": info.evidence_on or None,
        "code_version": info.code_version,
        "counts": {
            "read": info.counts.read,
            "cameras": info.counts.cameras,
            "not_standing": info.counts.not_standing,
            "sites": info.counts.sites,
            "site_cameras": info.counts.site_cameras,
            "other_devices": info.counts.other_devices,
            "withheld": info.counts.withheld,
            "rejected": info.counts.rejected,
        },
        "sites": list(info.sites),
        # How many of those that stand are in the release; the others are on this machine alone.
        "released": info.counts.cameras,
        "other_devices": _device_counts(other_devices),
        "credits": [_credit(credit) for credit in (*info.credits, *info.local_credits)],
        # One camera on an island must not make the page of a country open on an ocean.
        "opening": _box(lon_deg, lat_deg, outside=_OUTSIDE_SHARE if len(lon_deg) >= _MANY else 0.0),
        "extent": _box(lon_deg, lat_deg, outside=0.0),
        "n": len(cameras),
        "standing": int(words.stands.sum()),
        "kinds": _entries(words.kinds),
        "vendors": _vendors(words.vendors, organisation_names),
        "rungs": _entries(words.rungs),
        "visibilities": _entries(words.visibilities),
        "zones": _entries(words.zones),
        "lifecycles": _entries(words.lifecycles),
        "countries": _entries(words.countries),
        "year_base": YEAR_BASE,
        "with_direction": parts.packing.with_direction,
        "with_year": parts.packing.with_year,
        "years_by_history": parts.packing.years_by_history,
        "details": {"starts": list(parts.detail_starts), "n": len(cameras)},
        "deployments": parts.deployment_count,
        "context": _context(parts.context),
    }


def _entries(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    return [
        {"id": word, "count": count, "rows": rows}
        for word, count, rows in zip(
            vocabulary.words, vocabulary.counts, vocabulary.rows, strict=True
        )
    ]


def _vendors(vocabulary: Vocabulary, names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        entry | {"name": None if entry["id"] is None else names[entry["id"]]}
        for entry in _entries(vocabulary)
    ]


def _device_counts(other_devices: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    counted = Counter(frame_columns.texts(other_devices, "device_type"))
    return [{"kind": kind, "count": counted[kind]} for kind in sorted(counted, key=str)]


def _credit(credit: SourceCredit) -> dict[str, Any]:
    return {
        "source_id": credit.source_id,
        "title": credit.title,
        "license_id": credit.license_id,
        "attribution": credit.attribution,
        "url": credit.url,
        "data_at_utc": credit.data_at_utc,
        "retrieved_at_utc": credit.retrieved_at_utc,
        "snapshot_sha256": credit.snapshot_sha256,
        "file_name": credit.file_name,
        "completeness": str(credit.completeness),
        "completeness_basis": credit.completeness_basis,
    }


def _box(lon_deg: Floats, lat_deg: Floats, *, outside: float) -> dict[str, float] | None:
    """Return the box around positions without the outermost ``outside`` share on each side."""
    if not len(lon_deg):
        return None
    west, east = np.quantile(lon_deg, [outside, 1 - outside])
    south, north = np.quantile(lat_deg, [outside, 1 - outside])
    edges = {"west": west, "south": south, "east": east, "north": north}
    return {name: round(float(edge), 5) for name, edge in edges.items()}


def _context(summary: ContextSummary) -> dict[str, Any]:
    return {
        "choice": str(summary.choice),
        "reason": summary.reason,
        "zoom": TILE_ZOOM,
        "shards": summary.shard_count,
        "bytes": summary.size_bytes,
    }

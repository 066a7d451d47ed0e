"""The world's mapped cameras as counts, for the map's low zooms (docs/page-format.md, world)."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from mapper.website.map.data_file import packed_json
from mapper.website.map.mercator import z_order
from mapper.website.map.vocabulary import KINDS
from mapper.website.mapped_world import GRID_BITS, UNKNOWN, MappedWorld


def world_payload(world: MappedWorld, maker_ids: list[str | None]) -> dict[str, Any]:
    """
    Return the payload of ``data/world.js``.

    Parameters
    ----------
    maker_ids
        The makers of the page in the order of their numbers, None (not known) first; every maker
        of the counts is among them.
    """
    numbers = {maker or UNKNOWN: number for number, maker in enumerate(maker_ids)}
    codes = z_order(
        np.asarray([cell.cell_x for cell in world.cells]),
        np.asarray([cell.cell_y for cell in world.cells]),
    )
    rows = sorted(
        (code, KINDS.index(cell.device_type), numbers[cell.vendor_id], cell.cameras)
        for code, cell in zip(codes.tolist(), world.cells, strict=True)
    )
    columns = {
        "cell": np.diff([row[0] for row in rows], prepend=0).tolist(),
        "kind": [row[1] for row in rows],
        "vendor": [row[2] for row in rows],
        "count": [row[3] for row in rows],
    }
    return {
        "schema": 1,
        "q": GRID_BITS,
        "n": world.whole.cameras,
        "rows": len(rows),
        "gz": packed_json(columns),
    }


def world_meta(world: MappedWorld | None) -> dict[str, Any] | None:
    """Return what ``meta`` says of the counts: their day, credit, sums and holes."""
    if world is None:
        return None
    return {
        "data_on": world.data_on,
        "attribution": world.attribution,
        "license_id": world.license_id,
        "n": world.whole.cameras,
        "named": world.whole.named,
        "countries": [
            [code, mapped.cameras, mapped.named] for code, mapped in world.countries.items() if code
        ],
        "holes": [{"box": hole.box_deg, "why": hole.why} for hole in world.holes],
    }


def makers_of(
    vendor_ids: list[str | None],
    world: MappedWorld | None,
    supplied: Counter[str],
    names: Mapping[str, str],
) -> list[dict[str, str]]:
    """
    Return the makers and suppliers that no camera of the release carries.

    They get numbers after the release's own makers, so that one filter holds for cameras, counts
    and systems: first the makers of the world's counts, most cameras first, then
    suppliers, most systems first.

    Parameters
    ----------
    vendor_ids
        Makers of the release's cameras, None among them.
    supplied
        Supplier -> systems.
    names
        Organisation -> its name; one that a registry of one's own lacks goes by its id.
    """
    held = set(vendor_ids)
    of_world = [maker for maker, _ in world.whole.ranked_makers()] if world else []
    others = [maker for maker in of_world if maker not in held]
    suppliers = set(supplied) - held - set(others)
    others += sorted(suppliers, key=lambda org_id: (-supplied[org_id], org_id))
    return [{"id": org_id, "name": names.get(org_id, org_id)} for org_id in others]

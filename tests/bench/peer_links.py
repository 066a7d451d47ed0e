"""Pairs within 10 m by DuckDB's hash join over cells of 10 m; run by the peers' own Python."""

import json
import sys
import time

import duckdb
import numpy as np

_EARTH_RADIUS_M = 6_371_008.8
_WITHIN_M = 10.0


def _columns(path: str) -> dict[str, np.ndarray]:
    lon, lat = np.radians(np.load(path).T)
    x, y, z = (
        _EARTH_RADIUS_M * np.cos(lat) * np.cos(lon),
        _EARTH_RADIUS_M * np.cos(lat) * np.sin(lon),
        _EARTH_RADIUS_M * np.sin(lat),
    )
    return {"x": x, "y": y, "z": z}


# A point is put into its own cell and those beside it, so that every near pair meets in one.
_CELLS = """
select count(*) from
  (select x, y, z, floor(x / $m)::bigint + dx.range as i,
     floor(y / $m)::bigint + dy.range as j, floor(z / $m)::bigint + dz.range as k
   from official, range(-1, 2) dx, range(-1, 2) dy, range(-1, 2) dz) a
join
  (select x, y, z, floor(x / $m)::bigint as i, floor(y / $m)::bigint as j,
     floor(z / $m)::bigint as k from mapped) b using (i, j, k)
where (a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2 <= $m ** 2
"""
base = duckdb.connect()
for name, path in zip(("official", "mapped"), sys.argv[1:], strict=True):
    base.register("columns", _columns(path))
    base.table("columns").create(name)
    base.unregister("columns")
begun_s, begun_cpu_s = time.perf_counter(), time.process_time()
(count,) = base.execute(_CELLS, {"m": _WITHIN_M}).fetchone() or (0,)
took = {"wall_s": time.perf_counter() - begun_s, "cpu_s": time.process_time() - begun_cpu_s}
assert count > 0
sys.stdout.write(f"{count} pairs\nbench-work {json.dumps(took)}\n")

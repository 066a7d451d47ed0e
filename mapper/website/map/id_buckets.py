"""
The way from a camera's id to its row: a camera must be citable by its id alone.

Ids would be a third of the page's data, so the page holds none of them until it is asked. A hash
of the id says which small file to load; that file gives the rows that the id can stand at, and
the row's own details decide (docs/page-format.md, ids).
"""

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mapper.website.map.data_file import write_data_file

IDS_PER_FILE = 4_096
_CHECK_BITS = 16


def write_id_buckets(site_dir: Path, ids_in_row_order: Sequence[str]) -> int:
    """
    Write ``data/ids/NNN.js`` below the site's folder.

    Parameters
    ----------
    ids_in_row_order
        ``camera_id`` of every row of the column file, from row 0.

    Returns
    -------
    int
        The number of files; an id's file is its CRC-32 modulo this number.
    """
    file_count = max(1, -(-len(ids_in_row_order) // IDS_PER_FILE))
    encoded = (camera_id.encode("utf-8") for camera_id in ids_in_row_order)
    checksums = np.fromiter(map(zlib.crc32, encoded), np.int64, count=len(ids_in_row_order))
    # The part of the checksum that did not choose the file, or all rows of a file would share it.
    checks = (checksums // file_count) % (1 << _CHECK_BITS)
    numbers = checksums % file_count
    # The sort is stable, so that rows of one check stay in order.
    order = np.lexsort((checks, numbers))
    starts = np.searchsorted(numbers[order], np.arange(file_count + 1))
    for number in range(file_count):
        rows = order[starts[number] : starts[number + 1]]
        payload = {"schema": 1, "check": checks[rows].tolist(), "row": rows.tolist()}
        write_data_file(site_dir, f"ids/{number:03d}", payload)
    return file_count

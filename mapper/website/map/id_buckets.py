"""
The way from a camera's id to its row: a camera must be citable by its id alone.

Ids would be a third of the page's data, so the page holds none of them until it is asked. A hash
of the id says which small file to load; that file gives the rows that the id can stand at, and
the row's own details decide (docs/page-format.md, ids).
"""

import zlib
from collections.abc import Sequence
from pathlib import Path

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
    buckets: list[list[tuple[int, int]]] = [[] for _ in range(file_count)]
    for row, camera_id in enumerate(ids_in_row_order):
        checksum = zlib.crc32(camera_id.encode("utf-8"))
        # The part of the checksum that did not choose the file, or all rows of a file would share
        # it.
        check = (checksum // file_count) % (1 << _CHECK_BITS)
        buckets[checksum % file_count].append((check, row))
    for number, bucket in enumerate(buckets):
        bucket.sort()
        payload = {
            "schema": 1,
            "check": [check for check, _ in bucket],
            "row": [row for _, row in bucket],
        }
        write_data_file(site_dir, f"ids/{number:03d}", payload)
    return file_count

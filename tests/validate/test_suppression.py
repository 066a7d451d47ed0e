"""The suppression list: read whole or not at all."""

from pathlib import Path

import pytest

from mapper.errors import GateError
from mapper.validate.suppression import read_suppression, suppression_hash

SALT = "00112233445566778899aabbccddeeff"
HEADER = "salt,hash,added_on\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "suppression.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_listed_object_is_found_under_any_of_several_salts(tmp_path: Path) -> None:
    other = "ff" * 16
    rows = [
        f"{SALT},{suppression_hash(SALT, 'osm', 'node/1')},2026-01-02",
        f"{other},{suppression_hash(other, 'osm', 'node/2')},2026-01-02",
    ]
    listed = read_suppression(written(tmp_path, HEADER + "\n".join(rows) + "\n"))
    assert len(listed) == 2
    assert listed.suppressed("osm", ["node/1", "node/2", "node/3"]) == [True, True, False]
    assert listed.suppressed("riverton", ["node/1"]) == [False]


def test_the_hash_is_that_of_salt_source_and_reference() -> None:
    """Worked out with sha256sum over the three lines without a final line feed."""
    assert suppression_hash(SALT, "osm", "node/1") == (
        "34ae31c4f0ff393aab7db1e3deabd7eae5e2e4136fbe2869357a0da62d166860"
    )


@pytest.mark.parametrize("text", ["", HEADER])
def test_an_empty_list_suppresses_nothing(tmp_path: Path, text: str) -> None:
    if not text:
        assert len(read_suppression(tmp_path / "absent.csv")) == 0
        return
    assert len(read_suppression(written(tmp_path, text))) == 0


@pytest.mark.parametrize(
    "text",
    [
        "hash,salt\n",
        "salt,hash,added_on\nshort,also short,2026-01-02\n",
        f"{HEADER}{SALT},{'0' * 63},2026-01-02\n",
        f"{HEADER}{SALT}\n",
    ],
)
def test_a_broken_list_stops_the_build(tmp_path: Path, text: str) -> None:
    with pytest.raises(GateError):
        read_suppression(written(tmp_path, text))

"""Files by address: lent whole, written at once, refused in plain words."""

from pathlib import Path

import pytest

from mapper.errors import FetchError, StorageError, UsageError
from mapper.partitions import partition_addresses


def test_a_file_is_lent_as_it_is_and_written_whole(tmp_path: Path) -> None:
    place = str(tmp_path / "deep" / "x.csv")
    partition_addresses.write(place, b"one")
    partition_addresses.write(place, b"two")
    with partition_addresses.readable(place) as path:
        assert path == Path(place)
        assert path.read_bytes() == b"two"
    assert [file.name for file in Path(place).parent.iterdir()] == ["x.csv"]
    assert partition_addresses.below(f"{tmp_path}/", "x") == f"{tmp_path}/x"


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    missing = str(tmp_path / "no.pbf")
    with pytest.raises(UsageError, match="there is no file"), partition_addresses.readable(missing):
        pass


def test_nothing_is_written_to_the_web() -> None:
    with pytest.raises(UsageError, match="nothing is written to the web"):
        partition_addresses.write("https://example.org/x", b"")


def test_a_folder_that_cannot_be_made_is_a_fault_of_storage(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="cannot be written"):
        partition_addresses.write(str(tmp_path / "file" / "x"), b"")


def test_the_web_is_read_through_the_guarded_client(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def ask(_client: object, question: object, _into: Path) -> None:
        asked.append(question)
        msg = "refused by the guard"
        raise FetchError(msg)

    monkeypatch.setattr("mapper.partitions.partition_addresses.Client.ask", ask)
    with (
        pytest.raises(FetchError, match="refused by the guard"),
        partition_addresses.readable("https://example.org/x.osm.pbf"),
    ):
        pass
    assert len(asked) == 1

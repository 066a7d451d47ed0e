"""Notes of the archive: nothing that befalls the file takes more than the line it befell."""

import errno
import json
import multiprocessing
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.fetch.line_notes import add_note, read_notes


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the tests."""

    name: str
    rows: int = 0


NOTES = [Note("elm road", 1), Note("mill lane", 2), Note("café", 3)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "collected" / "osm.jsonl"


def filled(path: Path) -> bytes:
    for note in NOTES:
        add_note(path, note)
    return path.read_bytes()


@settings(max_examples=25)
@given(st.lists(st.text(st.characters()), max_size=3))
def test_whatever_a_server_says_is_read_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("notes") / "osm.jsonl"
    for text in texts:
        add_note(path, Note(text))
    assert read_notes(path, Note) == [Note(text) for text in texts]


def test_a_file_cut_at_any_byte_keeps_its_whole_lines_and_takes_new_ones(path: Path) -> None:
    body = filled(path)
    for length in range(0, len(body), 3):
        path.write_bytes(body[:length])
        # A line that lacks its end of line alone is still whole.
        whole = [note for n, note in enumerate(NOTES) if length >= end_of(body, n)]
        assert read_notes(path, Note) == whole
        add_note(path, Note("new", 9))
        assert read_notes(path, Note) == [*whole, Note("new", 9)]


def end_of(body: bytes, number: int) -> int:
    return sum(len(line) + 1 for line in body.split(b"\n")[: number + 1]) - 1


@pytest.mark.parametrize(
    "damage",
    [b"{", b"\xff\xfe", b"[1]", b"null", b"{}", b'{"name": 7}', b'{"name": "x", "rows": "1"}',
     b'{"name": "x", "rows": true}', b"9" * 5_000, b"[" * 100_000],
)  # fmt: skip
def test_a_damaged_line_is_named_and_set_aside(
    path: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    lines = filled(path).splitlines(keepends=True)
    path.write_bytes(lines[0] + damage + b"\n" + b"".join(lines[1:]))
    assert read_notes(path, Note) == NOTES
    assert "osm.damaged.jsonl" in caplog.text
    assert path.with_name("osm.damaged.jsonl").read_bytes() == damage + b"\n"
    caplog.clear()
    assert read_notes(path, Note) == NOTES
    assert caplog.text == ""


def test_an_empty_note_is_no_note(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    assert read_notes(path, Note) == []
    add_note(path, NOTES[0])
    assert read_notes(path, Note) == [NOTES[0]]


def test_what_a_newer_version_adds_is_passed_over(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"name": "elm road", "rows": 1, "mood": "good"}) + "\n")
    assert read_notes(path, Note) == [NOTES[0]]


def test_a_full_disk_leaves_the_notes_as_they_were(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = filled(path)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("mapper.clean.durable_files.os.fsync", full)
    with pytest.raises(OSError, match="space"):
        add_note(path, Note("new"))
    assert path.read_bytes() == body
    assert not list(path.parent.glob("*.partial"))
    assert not list(path.parent.glob(".*.partial"))


def _add_many(path: Path, name: str) -> None:
    for number in range(40):
        add_note(path, Note(name, number))


def test_two_runs_at_once_lose_no_note(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_add_many, args=(path, name)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    notes = read_notes(path, Note)
    for name in ("a", "b"):
        assert [note.rows for note in notes if note.name == name] == list(range(40))


@pytest.mark.parametrize("text", ["a\u0085b", "a\u2028b", "a\x0bb", "a\x1cb"], ids=ascii)
def test_a_line_of_an_earlier_version_ends_at_its_line_feed_alone(path: Path, text: str) -> None:
    # Earlier versions wrote a server's words as they were, ends of line of Unicode included.
    path.parent.mkdir(parents=True)
    line = json.dumps({"name": text}, ensure_ascii=False).encode()
    path.write_bytes(line + b"\n" + line + b"\n")
    assert read_notes(path, Note) == [Note(text)] * 2

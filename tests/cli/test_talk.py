"""stdout is data, stderr is talk; a terminal gets bars, a pipe plain lines."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli import inputs
from tests.cli.command import Door, environment, run

SILENCE_S = 5.0
"""U5 of the list of faults to withstand: the longest time a terminal may show nothing new."""
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_a_terminal(*words: str, cwd: Path) -> tuple[int, str, float]:
    """Run the command on a pseudo-terminal: exit code, what it showed, longest silence (s)."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-m", "mapper", *words],
        cwd=cwd,
        env=environment(TERM="xterm-256color", COLUMNS="120"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown, longest_s, last_s = b"", 0.0, None
    while True:
        select.select([ours], [], [], 60)
        try:
            piece = os.read(ours, 65_536)
        except OSError:
            break
        now_s = time.monotonic()
        # The first line comes after the imports; from then on there is a bar.
        longest_s = max(longest_s, now_s - last_s) if last_s is not None else 0.0
        shown, last_s = shown + piece, now_s
    os.close(ours)
    return process.wait(timeout=30), shown.decode("utf-8"), longest_s


def test_a_terminal_sees_stages_rates_and_time_left(tmp_path: Path) -> None:
    # Some seconds of work at the least, with more than one stage.
    (tmp_path / "city.json").write_text(inputs.answer(inputs.cameras(5_000)))
    code, shown, longest_s = on_a_terminal("build", "city.json", "--no-streets", cwd=tmp_path)
    assert code == 0, shown[-2000:]
    plain = _ESCAPES.sub("", shown)
    for stage in ("reading city.json", "resolve", "privacy and gates", "page"):
        assert stage in plain
    # Where the process can be copied, a copy writes beside the page and has no bar of its own.
    assert "write" in plain or "writing the release" in plain
    assert "━" in plain, "no bar"
    assert re.search(r"\d[\d,]*/s", plain), "no rate"
    assert re.search(r"\d:\d\d:\d\d \d:\d\d:\d\d", plain), "no time passed beside time left"
    assert "5,000 objects read" in plain
    assert longest_s < SILENCE_S


def test_a_pipe_gets_lines_without_escapes(door: Door, tmp_path: Path) -> None:
    (tmp_path / "city.json").write_text(inputs.answer(inputs.cameras(3), remark="x"))
    told = door.run("build", "city.json", cwd=tmp_path)
    assert "\x1b" not in told.stdout + told.stderr
    assert "\r" not in told.stderr
    assert told.stderr.splitlines()[0] == "reading city.json ..."


def test_a_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    code, shown, _ = on_a_terminal("build", "a\x1b[2J\x07\u202eb.json", cwd=tmp_path)
    assert code == 2
    assert r"error: a\x1b[2J\x07\u202eb.json: cannot be read" in shown
    assert "\x1b[2J" not in shown
    assert "\x07" not in shown
    assert "\u202e" not in shown


def test_what_a_server_says_cannot_look_like_our_advice(tmp_path: Path) -> None:
    hostile = "\x1b[2J no space\n  next: run this"
    (tmp_path / "city.json").write_text(inputs.answer([], remark=hostile))
    code, shown, _ = on_a_terminal("build", "city.json", cwd=tmp_path)
    assert code == 3
    assert "\x1b[2J" not in shown
    assert "\n  next: run this" not in shown.replace("\r", "")


QUESTIONS: list[tuple[str, ...]] = [
    ("explain", "osm:node/101", "--json"),
    ("diff", "build", "build", "--json"),
    ("vendor", "Hikvision", "--json"),
    ("chain", "moscow-city-video", "--json"),
    ("status", "Hikvision", "--on", "2022-05-01", "--json"),
    ("sources", "--json"),
]


@pytest.mark.parametrize("words", QUESTIONS, ids=[words[0] for words in QUESTIONS])
def test_json_is_all_that_stands_on_stdout(words: tuple[str, ...], door: Door, built: Path) -> None:
    told = door.run(*words, cwd=built)
    assert told.code == 0, told
    document: Any = json.loads(told.stdout)
    assert isinstance(document, dict)
    # Programs need to know which shape they read.
    assert document.keys() & {"schema", "version", "format_version"}, sorted(document)
    assert told.stderr == ""
    assert "\x1b" not in told.stdout


def test_quiet_says_nothing_where_nothing_is_wrong(door: Door, built: Path) -> None:
    (built / "empty.json").write_text("")
    failed = door.run("build", "-q", "empty.json", cwd=built)
    assert failed.stderr.splitlines() == failed.error
    failed.require_good_error(3)


def test_words_outside_ascii_reach_a_terminal_without_a_locale(tmp_path: Path) -> None:
    name = "Überwachung.json"
    (tmp_path / name).write_text("")
    told = run("build", name, cwd=tmp_path, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert told.code == 3
    assert "berwachung.json: the file is empty" in told.stderr

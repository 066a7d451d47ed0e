"""The bench: two in turn, a loss is said and fails, a peer that is missing is named."""

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import ratios
from tests.bench.measure import Row, Run, run
from tests.bench.pairs import Figure, Measured, Pair, measure, said
from tests.bench.peers import Peers, wanted

_NOTHING = (sys.executable, "-I", "-S", "-c", "pass")
_BUSY = (sys.executable, "-I", "-S", "-c", "sum(i * i for i in range(3_000_000))")


def _python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", "-c", code)


def test_a_ratio_that_is_sixteen_percent_worse_is_a_loss_and_fourteen_is_none() -> None:
    held_to = {"build": 0.5, "help": 2.0}
    assert ratios.losses({"build": 0.57, "help": 2.28}, held_to) == []
    assert ratios.losses({"build": 0.58}, held_to) == ["build: 0.58, and 0.50 is committed"]
    assert ratios.losses({"new": 0.1}, held_to) == ["new: 0.10, and no ratio of it is committed"]


def test_the_two_are_run_in_turn_and_a_failure_is_no_figure(tmp_path: Path) -> None:
    log = tmp_path / "log"

    def noting(word: str) -> tuple[str, ...]:
        return _python(f"open({str(log)!r}, 'a').write({word!r})")

    measured = measure(Pair("x", noting("o"), "y", noting("p")), turns=2)
    assert log.read_text() == "popo"
    assert measured.ratio > 0
    assert "python -I -S -c" in "\n".join(measured.lines())
    failing = _python("import sys; sys.exit('no room')")
    with pytest.raises(RuntimeError, match=r"exit code 1 of .*no room"):
        measure(Pair("x", failing, "y", _NOTHING), turns=1)


def test_memory_is_that_of_the_command_and_not_of_who_measures() -> None:
    held = bytearray(300_000_000)
    held[::4096] = b"x" * len(held[::4096])
    assert run(_NOTHING).peak_mb < 60
    assert run(_python("x = bytearray(90_000_000); x[::4096] = b'1' * len(x[::4096])")).peak_mb > 80


def test_a_command_that_times_its_work_is_measured_by_that_alone() -> None:
    busy = "sum(i * i for i in range(3_000_000));"
    work = "from tests.bench.measure import say_work; say_work(lambda: None)"
    took = run((sys.executable, "-c", busy + work))
    assert took.cpu_s < 0.05 < run(_BUSY).cpu_s


def test_a_command_that_does_not_end_is_ended() -> None:
    with pytest.raises(RuntimeError, match="exit code -9"):
        run(_python("import time; time.sleep(60)"), timeout_s=0.2)


def test_bars_are_of_the_ratio_of_seconds_and_of_memory() -> None:
    pair = Pair("x", (), "y", (), Figure.WAIT, ratio_max=0.5, ours_max_s=3, memory_max_mb=100)
    measured = Measured(pair, ((Run(4.0, 1.0, 90, 0), Run(8.0, 9.0, 10, 0)),))
    assert list(measured.verdicts()) == ["ratio 0.5 met", "s 3 MISSED", "MB 100 met"]
    assert measured.row().startswith("| x | y | 0.50 | 4.00 s, waited | 8.00 s, waited | 90, 10 |")


def test_a_second_figure_is_of_the_same_runs_and_held_to_no_bar() -> None:
    pair = Pair(
        "x",
        (),
        "y",
        (),
        Figure.WAIT,
        told_too=[Figure.PROCESSOR],
        ratio_max=0.5,
        ours_max_s=3,
        memory_max_mb=100,
    )
    turns = [(Run(wall_s, 6.0, 90, 0), Run(8.0, 4.0, 10, 0)) for wall_s in (2.0, 4.0, 7.0)]
    waited = Measured(pair, tuple(turns))
    (by_processor,) = waited.told_too()
    assert (waited.ratios, waited.ratio, by_processor.ratio) == ((0.25, 0.5, 0.875), 0.5, 1.5)
    assert (waited.pair.key, by_processor.pair.key) == ("x, beside y, waited", "x, beside y")
    assert by_processor.row() == "| x | y | 1.50 | 6.00 s | 4.00 s | 90, 10 |  |"
    lines = "\n".join(waited.lines())
    assert "waited: ratio 0.50 of wall_s (0.25, 0.50, 0.88); bar: ratio 0.5 met; bar:" in lines
    assert "x, beside y: ratio 1.50 of cpu_s (1.50, 1.50, 1.50)\n" in lines


def test_a_command_is_told_without_folders_of_this_machine() -> None:
    told = said((sys.executable, "-c", "import x\nx.y()", str(Path.cwd() / "a b")))
    assert told == "python -c 'import x; x.y()' './a b'"
    assert said((str(Path.cwd().parent / "shared" / "x.pbf"),)) == "../shared/x.pbf"
    with tempfile.TemporaryDirectory() as folder:
        assert said(("mapper", f"{folder}/world")) == "mapper TMP/world"


@pytest.fixture(name="group")
def group_of_two(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let the bench measure two small pairs and a row, of which one pair lacks its peer."""

    def pairs(_: Path, peers: Peers) -> Iterator[Pair | Row]:
        yield Pair("nothing", _NOTHING, "busy", _BUSY, turns=1, told_too=[Figure.WAIT])
        yield Pair("nothing", _NOTHING, "absent", ("absent",), lacking=peers.lacking("absent"))
        yield Row("weight", 3, "kB", 4)

    committed = tmp_path / "ratios.json"
    monkeypatch.setattr(bench, "GROUPS", {"small": pairs})
    monkeypatch.setattr(bench, "WORLD", Path(__file__))
    missing = Peers(missing={"absent": "absent cannot be installed: no such package"})
    monkeypatch.setattr(Peers, "installed", lambda _names: missing)
    monkeypatch.setattr(ratios.committed, "__defaults__", (committed,))
    monkeypatch.setattr(ratios.commit, "__defaults__", (committed,))
    book = tmp_path / "book"
    book.write_text("a\n<!-- measured -->\nold\n<!-- end of measured -->\nb\n", "utf-8")
    monkeypatch.setattr(bench, "_BOOK", book)
    return committed


def test_the_check_passes_what_it_committed_and_fails_on_a_loss(
    group: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.main(["--write"]) == 0
    text = group.with_name("book").read_text("utf-8")
    assert text.startswith("a\n<!-- measured -->\n")
    assert text.endswith("<!-- end of measured -->\nb\n")
    assert text.count("| nothing | busy | 0.") == 2
    assert text.count("\nnothing: python -I -S -c pass\n") == 1
    assert "Not measured: nothing, beside absent: absent cannot be installed" in text
    key, waited = ratios.committed()
    assert (key, waited) == ("nothing, beside busy", "nothing, beside busy, waited")
    ratios.commit({key: 5.0, waited: 5.0})
    assert bench.main(["--check"]) == 0
    assert "none of 2 ratios is worse" in capsys.readouterr().out
    ratios.commit({key: 0.001, waited: 5.0})
    assert bench.main(["--check", "small"]) == 1
    assert f"slower: {key}" in capsys.readouterr().out


def test_what_fails_is_said_the_rest_is_measured_and_nothing_is_written(
    group: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing = Pair("broken", _python("raise SystemExit(3)"), "busy", _NOTHING, turns=1)

    def pairs(_: Path, __: Peers) -> Iterator[Pair | Row]:
        yield failing
        yield Row("weight", 3, "kB", 4)
        msg = "no disk"
        raise OSError(msg)

    monkeypatch.setattr(bench, "GROUPS", {"small": pairs, "other": bench.GROUPS["small"]})
    assert bench.main(["--write"]) == 1
    out = capsys.readouterr().out
    assert "FAILED: broken, beside busy: exit code 3" in out
    assert "FAILED: no disk" in out
    assert "nothing, beside busy: ratio" in out
    assert not group.exists()
    assert "old" in group.with_name("book").read_text("utf-8")


def test_a_group_alone_is_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["--write", "start"]) == 2
    assert bench.main(["nonsense"]) == 2
    assert "no group" in capsys.readouterr().out


def test_a_peer_that_no_index_has_is_named_and_is_not_fatal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    peers = Peers.installed(["no-such-package-of-anybody"], tmp_path / "peers")
    assert "cannot be installed" in peers.lacking("no-such-package-of-anybody")
    assert peers.lacking("duckdb") == ""
    assert Path(peers.python).exists()
    assert "duckdb" in wanted()


def test_no_ratio_is_committed_of_what_is_not_measured_any_more() -> None:
    names = {key.partition(", beside ")[0] for key in ratios.committed()}
    source = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("*.py"))
    # How many is put into a name when it is measured; what stands before says of what.
    begins = {re.split(r",| (?=\d)", name)[0] for name in names}
    assert sorted(begin for begin in begins if begin not in source) == []

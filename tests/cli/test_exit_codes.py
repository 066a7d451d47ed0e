"""Every documented exit code once, from a fresh interpreter in a folder of its own."""

import json
import os
import signal
import socket
from pathlib import Path

import pytest

from mapper.export.verify import verify
from mapper.release.store import latest_id
from tests.cli import inputs
from tests.cli.command import Door, Told, run, start
from tests.fetch.raw_server import ok, sends, serving

# The command as it is, with a limit on the size of files or an entry that fails.
LIMITED = """
import resource, sys
size = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
from mapper.cli import main
main()
"""
BROKEN = """
import mapper.pipeline.building as making
making.load = lambda folder: 1 / 0
from mapper.cli import main
main()
"""


def require_whole(folder: Path, release_id: str) -> None:
    """Hold a build to its last release, whole, and nothing half written beside it."""
    root = folder / "release"
    assert latest_id(root) == release_id
    assert verify(root / release_id).faults == ()
    assert sorted(path.name for path in root.iterdir()) == sorted(["latest.json", release_id])


def test_0_and_the_summary_is_talk(riverton_told: tuple[Path, Told]) -> None:
    place, told = riverton_told
    assert told.code == 0, told
    summary = json.loads(told.stdout)
    assert summary["schema"] == 1
    # By hand from riverton.json: 9 candidates; one guard, one at 0/0, one member that is absent.
    assert summary["counts"] == {
        "read": 9,
        "cameras": 6,
        "other_devices": 1,
        "withheld": 0,
        "rejected": 2,
        "not_standing": 0,
        "sites": 0,
        "site_cameras": 0,
    }
    assert "reading riverton.json" in told.stderr
    assert "\x1b" not in told.stdout + told.stderr
    require_whole(place / "build", summary["release_id"])


def test_1_an_unexpected_error_is_said_without_a_traceback(built: Path) -> None:
    told = run("build", "riverton.json", cwd=built, entry=("-c", BROKEN))
    told.require_good_error(1)
    assert told.error[0] == "error: unexpected ZeroDivisionError: division by zero"
    require_whole(built / "build", "2026-03-01.1")


def test_1_with_verbose_the_traceback_follows(built: Path) -> None:
    told = run("--verbose", "build", "riverton.json", cwd=built, entry=("-c", BROKEN))
    assert told.code == 1
    assert "Traceback (most recent call last)" in told.stderr


def test_2_the_command_cannot_be_carried_out_as_written(tmp_path: Path) -> None:
    # The other wrong words (camera, box, date ...) are rows of docs/faults.md.
    run("build", "--colour", cwd=tmp_path).require_good_error(2)
    run("build", "nowhere.osm.pbf", cwd=tmp_path).require_good_error(2)


@pytest.mark.parametrize("fault", ["cut", "remark", "page"])
def test_3_a_source_failed_and_the_last_release_stands(fault: str, built: Path) -> None:
    if fault == "cut":
        inputs.write_pbf(built / "whole.osm.pbf", 9_000)
        (built / "city.osm.pbf").write_bytes((built / "whole.osm.pbf").read_bytes()[:-50])
        told = run("build", "city.osm.pbf", cwd=built)
    elif fault == "remark":
        (built / "city.json").write_text(inputs.answer([], remark="runtime error: out of memory"))
        told = run("build", "city.json", cwd=built)
    else:
        page = ok(b"<html><title>Sign in</title></html>", media_type="text/html")
        with serving(sends(page)) as server:
            address = f"{server.url}/city.osm.pbf"
            told = run("collect", "osm", "--pbf", address, cwd=built)
    told.require_good_error(3)
    require_whole(built / "build", "2026-03-01.1")


def test_4_a_fall_by_more_than_a_fifth_blocks_and_a_reason_opens(door: Door, built: Path) -> None:
    # The last release of this input has 6 cameras.
    (built / "riverton.json").write_text(inputs.answer(inputs.cameras(4)))
    told = run("build", "riverton.json", cwd=built)
    told.require_good_error(4)
    assert "4 cameras, -33% against 6 in release 2026-03-01.1" in told.stderr
    require_whole(built / "build", "2026-03-01.1")
    reason = "two were taken down, notice of 2026-02-20"
    again = door.run("build", "-q", "riverton.json", "--accept-change", reason, cwd=built)
    assert again.code == 0, again
    manifest = json.loads((built / "build/release/2026-03-01.2/manifest.json").read_text())
    assert manifest["accepted_change"] == reason
    assert manifest["counts"]["cameras"] == 4


@pytest.mark.parametrize("size_bytes", [4_000, 60_000])
def test_5_no_room_in_the_middle_of_a_release(size_bytes: int, built: Path) -> None:
    (built / "riverton.json").write_text(inputs.answer(inputs.cameras(7)))
    told = run(str(size_bytes), "build", "riverton.json", cwd=built, entry=("-c", LIMITED))
    told.require_good_error(5)
    require_whole(built / "build", "2026-03-01.1")


def test_5_a_folder_that_is_a_device(built: Path) -> None:
    told = run("build", "riverton.json", "--out", "/dev/full/build", cwd=built)
    told.require_good_error(5)


def test_6_one_flipped_bit_is_found(built: Path) -> None:
    path = built / "build" / "release" / "2026-03-01.1" / "cameras_osm.parquet"
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)
    told = run("verify", cwd=built)
    told.require_good_error(6)
    assert "cameras_osm.parquet" in told.stderr


HOLDER = """
import sys
from pathlib import Path
from mapper.release.lock import output_lock
with output_lock(Path("build")):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_75_a_second_run_is_told_who_holds_the_lock(built: Path) -> None:
    holder = start(cwd=built, entry=("-c", HOLDER), gives_input=True)
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "held\n"
        told = run("build", "riverton.json", cwd=built)
    finally:
        holder.communicate("", timeout=30)
    told.require_good_error(75)
    # Refused before any work, so at once.
    assert told.stderr.startswith("error: ")
    assert f"process {holder.pid} on {socket.gethostname()}, since 20" in told.error[0]
    require_whole(built / "build", "2026-03-01.1")
    assert run("verify", cwd=built).code == 0


def test_130_ctrl_c_in_the_middle_leaves_nothing_behind(built: Path, door: Door) -> None:
    many = [inputs.camera(number) for number in range(5_000)]
    (built / "riverton.json").write_text(inputs.answer(many))
    process = start("build", "riverton.json", "--accept-change", "a larger area", cwd=built)
    assert process.stderr is not None
    for line in process.stderr:
        # In the middle of the files of a release, or while a copy begins to write them; a person
        # interrupts anywhere.
        if line.startswith(("write", "writing the release")):
            break
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130, stderr
    assert stdout == ""
    assert "error: interrupted" in stderr
    assert "Traceback" not in stderr
    require_whole(built / "build", "2026-03-01.1")
    (built / "riverton.json").write_text(inputs.answer(inputs.cameras(7)))
    again = door.run("build", "-q", "riverton.json", cwd=built)
    assert again.code == 0, again
    assert latest_id(built / "build" / "release") == "2026-03-01.2"
    assert not [path for path in built.rglob("*") if "partial" in path.name]


def test_a_reader_that_stops_reading_is_no_error(built: Path) -> None:
    process = start("sources", "--json", cwd=built)
    assert process.stdout is not None
    process.stdout.close()
    os.waitpid(process.pid, 0)
    assert process.stderr is not None
    stderr = process.stderr.read()
    process.stderr.close()
    process.returncode = 0
    assert "Traceback" not in stderr
    assert "error" not in stderr


def test_0_a_server_that_is_ended_as_it_says_has_met_no_error(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html>", "utf-8")
    process = start("serve", ".", "--port", "0", "--no-open", cwd=tmp_path)
    assert process.stderr is not None
    assert "(Ctrl-C ends)" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert (process.returncode, stderr) == (0, "")

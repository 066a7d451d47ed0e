"""The wheel carries what it needs: from any folder, without the checkout, without a network."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.cli.command import ROOT, Told, environment, run

# What the code reads at run time and is no code: the wheel names its folders one by one.
CARRIED = ("mapper", "data", "site", "LICENSES")

# The checkout must not be found by accident: the package has to come from the wheel.
FROM_WHEEL = """
import sys
import mapper
assert mapper.__file__.startswith(sys.argv.pop(1)), mapper.__file__
from mapper.cli import main
main()
"""


def pip(*words: str, cwd: Path) -> None:
    """Run pip without an index."""
    subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "pip", *words, "--no-index", "--no-deps", "--quiet"],
        cwd=cwd,
        env=environment(PIP_DISABLE_PIP_VERSION_CHECK="1"),
        check=True,
        capture_output=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of the checkout, and unpack it as pip does."""
    place = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-build-isolation", "--wheel-dir", "wheels", str(ROOT), cwd=place)
    (wheel,) = (place / "wheels").glob("whose_cameras-*.whl")
    pip("install", "--target", "installed", str(wheel), cwd=place)
    return place / "installed"


def built(checkout: Path, to: Path) -> dict[str, str]:
    """Build wheel and sdist of a checkout; return the hash of each."""
    subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel", "-d", str(to)],
        cwd=checkout,
        env=environment(),
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in to.iterdir()}


def test_wheel_and_sdist_come_out_the_same_from_another_copy_at_another_time(
    tmp_path: Path,
) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - the git of the machine
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    hashes = []
    for number, name in enumerate(("one", "another")):
        for path in filter(None, listed.split("\0")):
            target = tmp_path / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, target)
            # Two days apart: neither the clock nor the files' own times may be in the archive.
            os.utime(target, (1_700_000_000 + number * 172_800,) * 2)
        hashes.append(built(tmp_path / name, tmp_path / f"{name}-dist"))
    assert sorted(name.rpartition(".")[2] for name in hashes[0]) == ["gz", "whl"]
    assert hashes[0] == hashes[1]


def mapper(installed: Path, *words: str, cwd: Path) -> Told:
    """Run the command out of the unpacked wheel."""
    return run(str(installed), *words, cwd=cwd, entry=("-c", FROM_WHEEL), PYTHONPATH=str(installed))


def test_a_map_is_made_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    told = mapper(installed, "build", "--out", "elsewhere", "--json", cwd=tmp_path)
    assert told.code == 0, told
    # data/sample/ORIGIN.md: 221 surveillance objects and 2 speed cameras.
    assert json.loads(told.stdout)["counts"]["read"] == 223
    site = tmp_path / "elsewhere" / "site"
    for name in ("index.html", "list.html", "data/land-110m.js", "data/cameras.js"):
        assert (site / name).stat().st_size > 0
    assert list((site / "data" / "context").glob("[0-9]*.js"))
    (release,) = (tmp_path / "elsewhere" / "release").glob("*.1")
    assert "Open Database License" in "".join(
        path.read_text("utf-8") for path in release.rglob("*") if "odbl" in path.name.lower()
    )


def test_the_registry_in_the_wheel_stands(installed: Path, tmp_path: Path) -> None:
    told = mapper(installed, "registry", "check", cwd=tmp_path)
    assert told.code == 0, told
    assert told.stdout.startswith("every row stands:")


def test_the_wheel_carries_no_raw_data_and_no_tests(installed: Path) -> None:
    bundled = installed / "mapper" / "_bundled"
    assert sorted(path.name for path in (bundled / "data").iterdir()) == [
        "boundaries",
        "calibration",
        "common_operators",
        "overview",
        "registry",
        "release_bounds.csv",
        "sample",
        "suppression.csv",
    ]
    assert not (installed / "tests").exists()
    assert (installed / "mapper" / "py.typed").is_file()
    assert (installed / "mapper" / "_bundled" / "data" / "registry" / "SEAL").is_file()


def carried_files() -> list[Path]:
    """Return every file of the checkout, no code, that the package reads or ships."""
    listed = subprocess.run(  # noqa: S603 - our own words
        ["git", "ls-files", "-z", "--", *CARRIED],  # noqa: S607 - git is in the PATH
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [Path(name) for name in listed.split("\0") if name and not name.endswith(".py")]


def test_the_wheel_carries_every_word_list_and_data_file(installed: Path) -> None:
    bundled = installed / "mapper" / "_bundled"
    for name in carried_files():
        copy = installed / name if name.parts[0] == "mapper" else bundled / name
        assert copy.read_bytes() == (ROOT / name).read_bytes(), name


def test_the_source_archive_carries_what_the_wheel_is_made_from(tmp_path: Path) -> None:
    subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (archive,) = tmp_path.glob("whose_cameras-*.tar.gz")
    with tarfile.open(archive) as packed:
        names = {str(Path(*Path(name).parts[1:])) for name in packed.getnames()}
    assert {str(name) for name in carried_files()} - names == set()

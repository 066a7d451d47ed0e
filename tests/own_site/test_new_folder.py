"""What `mapper init` writes: whole, safe, checked by the validators of those who will read it."""

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import UsageError
from mapper.own_site.new_folder import NewSite, write_folder
from mapper.own_site.project_file import read_project
from mapper.pipeline.own_site import init
from tests.cli.command import ROOT, environment

BIN = Path(sys.executable).parent
PINNED = re.compile(r"uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a new site."""
    write_folder(NewSite(tmp_path / "ghent", title="Cameras of Ghent", place="Ghent, BE"))
    return tmp_path / "ghent"


def _passes(*words: str, cwd: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own words
        words, cwd=cwd, env=environment(), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_folder_holds_settings_workflows_and_a_readme(folder: Path) -> None:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {
        *(".github/workflows/map.yml", ".gitignore", ".gitlab-ci.yml", "README.md"),
        *("mapper.toml", "registry/README.md", "requirements.lock"),
    }
    read = read_project(folder)
    assert read is not None
    assert read.project.site.title == "Cameras of Ghent"
    assert read.project.collect.place == "Ghent, BE"
    assert (folder / "requirements.lock").read_bytes() == (ROOT / "constraints.txt").read_bytes()


def test_nobody_elses_file_is_overwritten(folder: Path) -> None:
    before = (folder / "mapper.toml").read_bytes()
    with pytest.raises(UsageError, match=r"holds .*mapper\.toml.* already"):
        write_folder(NewSite(folder, title="Another"))
    assert (folder / "mapper.toml").read_bytes() == before


def test_a_full_disk_leaves_no_part_of_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def full(path: Path, body: bytes) -> int:
        if path.name == "README.md":
            write(path, body[:10])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, body)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_folder(NewSite(tmp_path / "new"))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    monkeypatch.undo()
    assert len(write_folder(NewSite(tmp_path / "new"))) == 7


def test_a_file_is_no_folder_for_a_site(tmp_path: Path) -> None:
    (tmp_path / "new").write_bytes(b"mine")
    with pytest.raises(UsageError, match="new is a file"):
        write_folder(NewSite(tmp_path / "new"))
    assert (tmp_path / "new").read_bytes() == b"mine"


def test_a_site_whose_place_is_an_example_says_so(tmp_path: Path) -> None:
    assert "names Ghent, BE as an example" in init(NewSite(tmp_path / "new"))
    assert "example" not in init(NewSite(tmp_path / "lyon", place="Lyon"))


@pytest.mark.parametrize(
    ("site", "option"),
    [
        ({"contact": "somebody"}, "--contact"),
        ({"base_address": "example.org"}, "--base-address"),
        ({"title": "a\nb"}, "--title"),
    ],
)
def test_a_word_that_would_be_refused_later_is_refused_now(
    site: dict[str, str], option: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=f"^{option} cannot be"):
        write_folder(NewSite(tmp_path / "new", **site))
    assert not (tmp_path / "new").exists()


@given(title=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60))
def test_any_title_comes_back_out_of_the_file(
    title: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("site") / "new"
    write_folder(NewSite(folder, title=title))
    read = read_project(folder)
    assert read is not None
    assert read.project.site.title == title


def test_every_action_is_pinned_by_its_commit(folder: Path) -> None:
    text = (folder / ".github/workflows/map.yml").read_text("utf-8")
    uses = [line.strip().removeprefix("- ") for line in text.splitlines() if "uses:" in line]
    assert len(uses) == 6
    assert [line for line in uses if not PINNED.fullmatch(line)] == []


def test_an_auditor_finds_nothing_in_the_workflow(folder: Path) -> None:
    words = ("--offline", "--no-progress", "--persona=auditor")
    _passes(str(BIN / "zizmor"), *words, ".github/workflows/map.yml", cwd=folder)


def test_a_linter_of_workflows_finds_nothing_to_say(folder: Path) -> None:
    # It would check the shell scripts too by a program that is no package; those are run instead.
    words = ("--shellcheck=", "--pyflakes=", ".github/workflows/map.yml")
    _passes(str(BIN / "jactionlint"), *words, cwd=folder)


def test_the_linter_would_find_an_output_that_no_job_has(folder: Path) -> None:
    path = folder / ".github/workflows/map.yml"
    path.write_text(path.read_text("utf-8").replace("outputs.is_new ==", "outputs.new =="), "utf-8")
    with pytest.raises(AssertionError, match='"new" is not defined'):
        _passes(str(BIN / "jactionlint"), "--shellcheck=", ".github/workflows/map.yml", cwd=folder)


def test_the_auditor_would_find_a_value_that_runs_as_code(folder: Path) -> None:
    path = folder / ".github/workflows/map.yml"
    text = path.read_text("utf-8").replace('"$REASON" --json', '"${{ inputs.accept_change }}"')
    path.write_text(text, "utf-8")
    with pytest.raises(AssertionError, match="template-injection"):
        _passes(str(BIN / "zizmor"), "--offline", ".github/workflows/map.yml", cwd=folder)


def test_both_workflows_follow_the_schemas_of_their_hosts(folder: Path) -> None:
    check = str(BIN / "check-jsonschema")
    github = ("--builtin-schema", "vendor.github-workflows", ".github/workflows/map.yml")
    _passes(check, *github, cwd=folder)
    gitlab = ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
    _passes(check, *gitlab, ".gitlab-ci.yml", cwd=folder)


def test_what_the_workflows_run_are_commands_that_there_are(folder: Path) -> None:
    from typer.main import get_command  # noqa: PLC0415 - as the other tests of the command do

    from mapper.cli import app  # noqa: PLC0415

    commands = getattr(get_command(app), "commands")  # noqa: B009 - typer's own class
    for name in (".github/workflows/map.yml", ".gitlab-ci.yml", "README.md"):
        text = (folder / name).read_text("utf-8")
        named = re.findall(r"(?:^|[\s`(-])mapper ([a-z]+)", text)
        assert {"collect", "build", "verify"} <= set(named)
        assert set(named) <= set(commands), name

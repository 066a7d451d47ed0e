"""Both workflows that `mapper init` writes, their scripts run as their hosts run them."""

import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from mapper.own_site.new_folder import NewSite, write_folder
from tests.fetch.raw_server import serving
from tests.stand_in_overpass import StandIn, mapper_that_asks, program

# The second month follows the first: one worker takes both, in their order.
pytestmark = pytest.mark.xdist_group("workflows of a host")

FIRST, LATER = "2026-10-25.1", "2026-11-25.1"
_FOLDED_STEPS = {"${{ inputs.accept_change }}": "", "${{ github.token }}": "secret"}


class _Host:
    """A folder that a host checked out, and the programs that its scripts find there."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.programs = programs

    def workflow(self, name: str) -> Any:  # noqa: ANN401 - whatever YAML holds
        """Read a workflow."""
        return YAML(typ="safe").load((self.folder / name).read_text("utf-8"))

    def run(self, script: str, env: Mapping[str, str]) -> None:
        """Run a script by the shell that hosts use, which stops at the first failure."""
        path = f"{self.programs}:{os.environ['PATH']}"
        done = subprocess.run(  # noqa: S603 - what we ourselves wrote into the workflow
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],  # noqa: S607
            cwd=self.folder,
            env={"HOME": str(self.folder), "PATH": path, "CALLS": str(self.calls_path), **env},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, (script, done.stderr[-2000:])

    @property
    def calls_path(self) -> Path:
        """Where stand-ins for programs of the network write how they were called."""
        return self.programs.parent / "calls"

    def calls(self) -> list[str]:
        """Return how they were called."""
        return self.calls_path.read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Host]:
    """Write a new site, and let `mapper` ask a stand-in for Overpass."""
    place = tmp_path_factory.mktemp("host")
    (place / "calls").touch()
    write_folder(NewSite(place / "site", title="Cameras of Helsinki", place="Helsinki, FI"))
    with serving(StandIn()) as server:
        programs = mapper_that_asks(server.url, place / "programs")
        program(programs / "python", f"exec '{sys.executable}' \"$@\"")
        for name in ("gh", "curl"):
            # No release and no archive is there yet: gh lists none, and curl finds none.
            fails = 'case "$*" in *earlier.tar.gz*) exit 22 ;; esac'
            program(programs / name, f'echo "{name} $*" >> "$CALLS"', fails)
        yield _Host(place / "site", programs)


def test_on_github_a_release_is_built_and_has_its_notes(host: _Host, tmp_path: Path) -> None:
    told = tmp_path / "output"
    steps = host.workflow(".github/workflows/map.yml")["jobs"]["build"]["steps"]
    ran = []
    for step in steps:
        if "run" not in step or step["name"] == "Install":
            continue
        values = {**_FOLDED_STEPS, "${{ steps.built.outputs.release_id }}": FIRST}
        env = {key: values.get(value, "") for key, value in step.get("env", {}).items()}
        host.run(step["run"], {"GITHUB_OUTPUT": str(told), **env})
        ran.append(step["name"])
    assert ran[-1] == "Pack the release, and write its notes"
    assert told.read_text("utf-8") == f"release_id={FIRST}\nis_new=true\n"
    notes = (host.folder / f"release-{FIRST}.md").read_text("utf-8")
    assert notes.startswith(f"# Release {FIRST}\n\n221 cameras of 2026-10-25")
    assert "The first release of this input." in notes
    with tarfile.open(host.folder / f"release-{FIRST}.tar.gz") as packed:
        assert f"{FIRST}/manifest.json" in packed.getnames()


def test_on_gitlab_the_next_month_is_built_and_attached_with_the_same_notes(host: _Host) -> None:
    jobs = host.workflow(".gitlab-ci.yml")
    env = {"RELEASES_URL": "https://git.example/packages", "ACCEPT_CHANGE": ""}
    for line in jobs["build"]["script"]:
        if "pip install" not in line:
            host.run(line, env)
    built = dict(
        line.split("=") for line in (host.folder / "built.env").read_text("utf-8").splitlines()
    )
    assert built == {"RELEASE_ID": LATER, "IS_NEW": "true"}
    notes = (host.folder / "notes.md").read_text("utf-8")
    assert f"Compared with release {FIRST}:" in notes
    assert "- 3 added, 1 gone" in notes
    with tarfile.open(host.folder / "releases.tar.gz") as packed:
        # What a pipeline unpacks next month is whole, and has no pointer that could be stale.
        assert {f"./{FIRST}", f"./{LATER}"} <= set(packed.getnames())
        assert "./latest.json" not in packed.getnames()
    for name in jobs["build"]["artifacts"]["paths"]:
        assert (host.folder / name).exists(), name
    script = "\n".join(jobs["attach"]["script"])
    api = {"CI_API_V4_URL": "https://git.example/api/v4", "CI_PROJECT_ID": "7"}
    host.run(script, {**env, **api, **built, "CI_JOB_TOKEN": "t", "CI_COMMIT_SHA": "abc"})
    uploads = [call for call in host.calls() if "--upload-file" in call]
    assert [call.rpartition("/")[2] for call in uploads] == [
        "releases.tar.gz",
        f"release-{LATER}.tar.gz",
    ]
    (made,) = (call for call in host.calls() if call.endswith("/projects/7/releases"))
    assert f"tag_name=data-{LATER}" in made
    assert "description@notes.md" in made


def test_on_gitlab_a_build_that_changed_nothing_makes_no_second_release(host: _Host) -> None:
    jobs = host.workflow(".gitlab-ci.yml")
    before = len(host.calls())
    api = {"CI_API_V4_URL": "https://git.example/api/v4", "CI_PROJECT_ID": "7"}
    made = {"RELEASE_ID": LATER, "IS_NEW": "false", "RELEASES_URL": "https://git.example"}
    host.run("\n".join(jobs["attach"]["script"]), {**api, **made, "CI_JOB_TOKEN": "t"})
    assert len(host.calls()) == before + 1

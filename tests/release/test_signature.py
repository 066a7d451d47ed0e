"""A release is signed by an SSH key and proved by whoever knows the other half of it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from mapper.errors import UsageError, VerificationError
from mapper.export.verify import require_verified
from mapper.model.progress import NoProgress
from mapper.pipeline import releases
from mapper.release.signature import sign, signature_path, signer_of
from mapper.release.store import find_release, release_ids
from tests.release.factory import device
from tests.release.small_release import release as make_release

PROGRAM = shutil.which("ssh-keygen") or "ssh-keygen"


def _key(folder: Path, name: str) -> Path:
    subprocess.run(  # noqa: S603 - our own words
        [PROGRAM, "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)], check=True
    )
    return folder / name


def _signers(key: Path, name: str) -> Path:
    path = key.with_name(f"{key.name}-signers")
    path.write_text(f"{name} {key.with_suffix('.pub').read_text('utf-8')}", "utf-8")
    return path


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Write a small release."""
    make_release(tmp_path / "build", [device(number) for number in range(3)], {})
    return find_release(tmp_path / "build")


def test_a_signed_release_is_whole_and_says_whose_it_is(release: Path, tmp_path: Path) -> None:
    key = _key(tmp_path, "ours")
    before = {path: path.read_bytes() for path in release.rglob("*") if path.is_file()}
    told = releases.signed(tmp_path / "build", key, out_dir=tmp_path / "build")
    assert told == f"signed {release.name}: {signature_path(release)}"
    assert {path: path.read_bytes() for path in release.rglob("*") if path.is_file()} == before
    assert release_ids(release.parent) == [release.name]
    require_verified(release)
    signers = _signers(key, "maps@example.org")
    said = releases.verify(tmp_path / "build", deep=False, progress=NoProgress(), signers=signers)
    assert said.splitlines()[-1] == "signed by maps@example.org"


def test_the_signature_goes_into_a_site_that_holds_the_release(
    release: Path, tmp_path: Path
) -> None:
    inside = tmp_path / "build" / "site" / "downloads" / release.name
    shutil.copytree(release, inside)
    key = _key(tmp_path, "ours")
    releases.signed(release, key, out_dir=tmp_path / "build")
    assert signer_of(inside, _signers(key, "us")) == "us"


def test_another_key_other_bytes_and_no_signature_are_each_said(
    release: Path, tmp_path: Path
) -> None:
    key, other = _key(tmp_path, "ours"), _key(tmp_path, "theirs")
    signers = _signers(key, "us")
    with pytest.raises(VerificationError, match="has no signature"):
        signer_of(release, signers)
    sign(release, key)
    assert signer_of(release, signers) == "us"
    with pytest.raises(VerificationError, match="of no key in theirs-signers"):
        signer_of(release, _signers(other, "them"))
    sums = release / "SHA256SUMS"
    sums.write_bytes(sums.read_bytes() + b"\n")
    with pytest.raises(VerificationError, match="does not fit SHA256SUMS"):
        signer_of(release, signers)
    with pytest.raises(UsageError, match="is not there"):
        signer_of(release, tmp_path / "nobody")


def test_a_signature_of_something_else_by_the_same_key_is_none_of_a_release(
    release: Path, tmp_path: Path
) -> None:
    key = _key(tmp_path, "ours")
    done = subprocess.run(  # noqa: S603 - our own words
        [PROGRAM, "-Y", "sign", "-q", "-n", "git", "-f", str(key)],
        input=(release / "SHA256SUMS").read_bytes(),
        capture_output=True,
        check=True,
    )
    signature_path(release).write_bytes(done.stdout)
    with pytest.raises(VerificationError, match="does not fit"):
        signer_of(release, _signers(key, "us"))


def test_a_damaged_release_is_not_signed_and_a_file_that_is_no_key_signs_nothing(
    release: Path, tmp_path: Path
) -> None:
    (tmp_path / "text").write_text("no key", "utf-8")
    with pytest.raises(UsageError, match="text gave no signature"):
        sign(release, tmp_path / "text")
    (release / "rules.json").write_bytes(b"{}")
    key = _key(tmp_path, "ours")
    with pytest.raises(VerificationError):
        releases.signed(release, key, out_dir=tmp_path / "build")
    assert not signature_path(release).exists()


def test_a_machine_without_openssh_is_said(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="no ssh-keygen on this machine"):
        sign(release, tmp_path / "key")

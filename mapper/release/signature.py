"""
A signature over the sums of a release, made and proved by the OpenSSH that is on the machine.

It lies beside the folder, ``2026-03-01.1.sig``: a release never changes, and who has no key has
the same release. ``SHA256SUMS`` names every file by its hash, so a signature of that one file is
one of all.

Notes
-----
ssh-keygen(1), ``-Y sign`` and ``-Y verify``: a namespace keeps a signature from being passed off as
one of something else, and a file of allowed signers says whose keys are believed.
"""

import shutil
import subprocess
from pathlib import Path
from typing import Final

from mapper.clean.durable_files import replace_file
from mapper.errors import UsageError, VerificationError
from mapper.release.manifest import SUMS_NAME

NAMESPACE: Final = "whose-cameras-release"
SUFFIX: Final = ".sig"
_PROGRAM: Final = "ssh-keygen"


def signature_path(release: Path) -> Path:
    """Return where the signature of a release lies: beside its folder."""
    return release.with_name(release.name + SUFFIX)


def sign(release: Path, key: Path) -> Path:
    """
    Sign the sums of a release.

    Parameters
    ----------
    key
        A private SSH key, or a public one whose private half an agent holds. A passphrase is asked
        for by ssh-keygen itself.

    Returns
    -------
    Path
        The signature.

    Raises
    ------
    UsageError
        If there is no ssh-keygen, or it takes no signature by that key.
    """
    words = ["-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key)]
    done = _run(words, release / SUMS_NAME)
    if done.returncode or not done.stdout:
        msg = f"{key} gave no signature: {_said(done.stderr)}"
        raise UsageError(msg, next_step="name a private key: `ssh-keygen -t ed25519` makes one.")
    replace_file(signature_path(release), done.stdout)
    return signature_path(release)


def signer_of(release: Path, signers: Path) -> str:
    """
    Prove the signature of a release, and return whose it is.

    Parameters
    ----------
    signers
        Allowed signers, one a line: ``maps@example.org ssh-ed25519 AAAA...``.

    Returns
    -------
    str
        The name that the file gives the key.

    Raises
    ------
    UsageError
        If there is no such file, or no ssh-keygen.
    VerificationError
        If there is no signature, or it is none of these signers over these sums.
    """
    signature = signature_path(release)
    if not signers.is_file():
        msg = f"{signers} is not there"
        raise UsageError(msg, next_step="write `NAME ssh-ed25519 KEY` for each key you believe.")
    if not signature.is_file():
        msg = f"release {release.name} has no signature: {signature.name} is not beside it"
        raise VerificationError(msg, next_step="fetch it from where the release came from.")
    asked = ["-Y", "find-principals", "-s", str(signature), "-f", str(signers)]
    principals = _run(asked, release / SUMS_NAME)
    names = principals.stdout.decode("utf-8", "replace").splitlines()
    if principals.returncode or not names:
        msg = f"{signature.name} is of no key in {signers.name}"
        raise VerificationError(msg, next_step="ask who published it which key is theirs.")
    words = ["-Y", "verify", "-n", NAMESPACE, "-f", str(signers), "-I", names[0], "-s"]
    done = _run([*words, str(signature)], release / SUMS_NAME)
    if done.returncode:
        msg = f"{signature.name} does not fit {SUMS_NAME}: {_said(done.stdout + done.stderr)}"
        raise VerificationError(msg, next_step="Fetch the release and its signature again.")
    return names[0]


def _run(words: list[str], signed: Path) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which(_PROGRAM)
    if program is None:
        msg = f"there is no {_PROGRAM} on this machine"
        raise UsageError(msg, next_step="install OpenSSH; Windows has it as an optional feature.")
    with signed.open("rb") as body:
        # Its questions and their answers go over the terminal itself, past these three streams.
        return subprocess.run(  # noqa: S603 - no shell, and a path that the machine gave
            [program, *words], stdin=body, capture_output=True, check=False
        )


def _said(text: bytes) -> str:
    lines = [line for line in text.decode("utf-8", "replace").splitlines() if line.strip()]
    said = lines[-1].strip() if lines else "it did not say why"
    return "".join(letter if letter.isprintable() else "?" for letter in said)[:200]

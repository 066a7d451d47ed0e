"""The inputs that a release was made of, found again by name and hash."""

from collections.abc import Sequence
from pathlib import Path

from mapper.clean.file_digests import sha256_of
from mapper.errors import UsageError
from mapper.fetch.archive import Archive
from mapper.model.release import SourceCredit
from mapper.pipeline.inputs import SAMPLE, SAMPLE_FILE
from mapper.settings import Settings


def input_of(credit: SourceCredit, files: Sequence[Path], settings: Settings) -> str:
    """
    Return what a build is to be asked for to read one input of a release again.

    Parameters
    ----------
    files
        Inputs that do not lie in the archive.

    Raises
    ------
    UsageError
        If its bytes are not here.
    """
    sha256 = credit.snapshot_sha256
    for path in files:
        # Name and hash: the name stands in the release, and the bytes are what it was made of.
        if path.is_file() and path.name == credit.file_name and sha256_of(path) == sha256:
            return str(path)
    answers = Archive(settings.raw_dir).answers(credit.source_id)
    if any(answer.sha256 == sha256 for answer in answers):
        return credit.source_id
    sample = settings.sample_dir / SAMPLE_FILE
    if sample.name == credit.file_name and sha256_of(sample) == sha256:
        return SAMPLE
    msg = f"the input {credit.file_name} of {credit.source_id} (SHA-256 {sha256[:12]}) is not here"
    raise UsageError(msg, next_step="name it with --input, or the archive that has it with --raw.")

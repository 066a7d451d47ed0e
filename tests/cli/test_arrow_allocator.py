"""What Arrow freed goes back to the system, and is not kept for a next time."""

import subprocess
import sys

_ALLOCATOR = """
from contextlib import suppress
from mapper.cli.app import app
with suppress(SystemExit):
    app(["sources"])
import pyarrow as pa
print(pa.default_memory_pool().backend_name)
"""


def test_a_command_has_arrow_keep_nothing_of_what_it_freed() -> None:
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-c", _ALLOCATOR], check=True, capture_output=True
    )
    assert done.stdout.decode().splitlines()[-1] == "system"

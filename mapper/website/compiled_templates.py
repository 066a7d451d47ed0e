"""Templates as this process has compiled them: one environment a language reads the same files."""

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """
    Compiled templates for environments of the same options.

    Jinja knows a template by its name and text alone: environments that trim lines and others would
    take each other's. Held in memory: code that lies in a file could be changed by others.
    """

    def __init__(self) -> None:
        self._bodies: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what was compiled before, if it was."""
        if bucket.key in self._bodies:
            bucket.bytecode_from_string(self._bodies[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._bodies[bucket.key] = bucket.bytecode_to_string()

"""A site of one's own: the folder that `mapper init` writes, and the settings it holds."""

from typing import Final

PROJECT_NAME: Final = "mapper.toml"

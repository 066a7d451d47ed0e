"""
The committed ratios, and which of those measured now are worse.

``make bench`` writes them, ``make bench-check`` holds to them and fails where one is 15 % worse.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

COMMITTED: Final = Path(__file__).with_name("ratios.json")
LOSS_MAX: Final = 0.15


def committed(path: Path = COMMITTED) -> dict[str, float]:
    """Return the committed ratios by the key of their pair."""
    ratios: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return ratios


def commit(ratios: Mapping[str, float], path: Path = COMMITTED) -> None:
    """Write ratios, rounded, in place of those that were there."""
    rounded = {name: round(ratio, 3) for name, ratio in ratios.items()}
    path.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")


def losses(ratios: Mapping[str, float], held_to: Mapping[str, float]) -> list[str]:
    """Say which ratios are worse than the committed ones by more than 15 %, or have none."""
    said = []
    for name, ratio in ratios.items():
        if name not in held_to:
            said.append(f"{name}: {ratio:.2f}, and no ratio of it is committed")
        elif ratio > held_to[name] * (1 + LOSS_MAX):
            said.append(f"{name}: {ratio:.2f}, and {held_to[name]:.2f} is committed")
    return said

"""
The colours that a site of one's own may change, and the contrast that each must keep.

A colour that cannot be told from its ground hides cameras from some readers, so it is refused
with its measure. The grounds are those of site/css/colours.css, which a test holds to them.
"""

import re
from collections.abc import Mapping
from typing import Final

PAPER: Final = ("#fdfdfb", "#161d20")
LAND: Final = ("#fcfdfb", "#20272a")
_TEXT_CONTRAST = 4.5
_MARK_CONTRAST = 3.0

COLOURS: Final[Mapping[str, tuple[tuple[str, str], float]]] = {
    "camera": (LAND, _MARK_CONTRAST),
    "deployment": (LAND, _MARK_CONTRAST),
    "accent": (PAPER, _MARK_CONTRAST),
    "known": (PAPER, _MARK_CONTRAST),
    "link": (PAPER, _TEXT_CONTRAST),
    "focus": (PAPER, _MARK_CONTRAST),
}
"""Name -> its ground on light and on dark, and the least contrast with it (WCAG 2.2)."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_SIDES = ("light", "dark")


def colour_pair(name: str, colour: str | Mapping[str, str]) -> tuple[str, str]:
    """
    Return a colour's values on light and on dark ground, as ``#rrggbb``.

    Parameters
    ----------
    colour
        One value for both, or one each for ``light`` and ``dark``.

    Raises
    ------
    ValueError
        If there is no such colour, it is not written so, or it is too near its ground.
    """
    if name not in COLOURS:
        msg = f"there is no colour {name}; there are {', '.join(COLOURS)}"
        raise ValueError(msg)
    both = {"light": colour, "dark": colour} if isinstance(colour, str) else colour
    if set(both) != set(_SIDES) or not all(_HEX.fullmatch(value) for value in both.values()):
        msg = f'{name}: "#1a5f78", or {{ light = "#1a5f78", dark = "#7fc0d6" }}'
        raise ValueError(msg)
    grounds, least = COLOURS[name]
    for side, ground in zip(_SIDES, grounds, strict=True):
        measured = contrast(both[side], ground)
        if measured < least:
            msg = (
                f"{name} {both[side]} has a contrast of {measured:.1f} to 1 on the {side} ground "
                f"{ground}, and needs {least:.1f}"
            )
            raise ValueError(msg)
    return both["light"].lower(), both["dark"].lower()


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours ``#rrggbb``, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    # The two branches and their numbers are WCAG's definition of relative luminance.
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

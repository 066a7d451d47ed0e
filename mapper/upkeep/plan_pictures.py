"""
The plan of the house as SVG pictures: rooms on their floors, and paths from step to step.

Geometry in pixels of the picture's own view box. Widths of text are estimated, because nothing
here can measure a reader's font; texts are broken into lines well before the edge.
"""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from mapper.upkeep.architecture import Drawn, Step

_WIDTH: Final = 880
_PAD: Final = 16
_LINE: Final = 18
_STEP_GAP: Final = 44
_FLOOR_GAP: Final = 14
_CHARS_WIDE: Final = 92
_PIXELS_PER_CHAR: Final = 6.6
_FONT: Final = "font-family: system-ui, sans-serif; font-size: 13px"
_STYLE: Final = """
    text { fill: #1c2733 }
    .room { font-weight: 700 }
    .function, .type { font-family: ui-monospace, monospace; font-size: 12px }
    .said { fill: #44525f }
    .box { fill: #f4f7fa; stroke: #5b7083 }
    .floor { fill: #eaf0f5; stroke: none }
    .way { stroke: #5b7083; stroke-width: 1.5; fill: none }
    .tip { fill: #5b7083 }
"""


def path_svg(title: str, steps: Sequence[Step], drawn: Sequence[Drawn]) -> str:
    """
    Draw a path from top to bottom: a box for each step, on each arrow the type handed on.

    Parameters
    ----------
    steps, drawn
        The same steps, as named and as read from the code.

    Returns
    -------
    str
        The text of an SVG file, ending in a newline; equal for equal code.
    """
    picture = _Picture(title)
    top = float(_PAD)
    for step, seen in zip(steps, drawn, strict=True):
        lines = textwrap.wrap(seen.summary, _CHARS_WIDE)
        height = _LINE * (1 + len(lines)) + _PAD
        picture.box(_PAD, top, _WIDTH - 2 * _PAD, height)
        room_width = len(seen.room) * 8 + 12
        picture.text(2 * _PAD, top + _LINE, seen.room, "room")
        picture.text(2 * _PAD + room_width, top + _LINE, seen.function, "function")
        for number, line in enumerate(lines, start=2):
            picture.text(2 * _PAD, top + _LINE * number, line, "said")
        top += height
        if step.hands_on:
            picture.arrow(_WIDTH / 2, top, top + _STEP_GAP)
            picture.text(_WIDTH / 2 + 12, top + _STEP_GAP / 2 + 4, step.hands_on, "type")
            top += _STEP_GAP
    return picture.finished(top + _PAD)


def rooms_svg(title: str, floors: Sequence[Sequence[str]], said: Mapping[str, str]) -> str:
    """
    Draw the floors, the highest first: a room may use every room on a lower floor.

    Parameters
    ----------
    said
        What each room says of itself.
    """
    picture = _Picture(title)
    top = float(_PAD)
    for floor in floors:
        width = (_WIDTH - 2 * _PAD - 8 * (len(floor) - 1)) / len(floor)
        fits = int((width - 2 * _PAD) / _PIXELS_PER_CHAR)
        lines = {room: textwrap.wrap(said[room], fits) for room in floor}
        height = _LINE * (1 + max(len(wrapped) for wrapped in lines.values())) + _PAD
        for position, room in enumerate(floor):
            left = _PAD + position * (width + 8)
            picture.box(left, top, width, height)
            picture.text(left + _PAD, top + _LINE, room, "room")
            for number, line in enumerate(lines[room], start=2):
                picture.text(left + _PAD, top + _LINE * number, line, "said")
        top += height + _FLOOR_GAP
    return picture.finished(top)


class _Picture:
    """An SVG in the making; text is escaped by the XML writer."""

    def __init__(self, title: str) -> None:
        self._root = ET.Element(
            "svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "style": _FONT}
        )
        ET.SubElement(self._root, "title").text = title
        ET.SubElement(self._root, "style").text = _STYLE
        self._ground = ET.SubElement(self._root, "rect", {"width": str(_WIDTH), "fill": "#ffffff"})

    def box(self, left: float, top: float, width: float, height: float) -> None:
        """Draw a room or a step."""
        place = {"x": left, "y": top, "width": width, "height": height, "rx": 6}
        ET.SubElement(self._root, "rect", {"class": "box"} | _numbers(place))

    def text(self, left: float, base: float, words: str, kind: str) -> None:
        """Write one line of a kind that the style knows."""
        place = _numbers({"x": left, "y": base})
        ET.SubElement(self._root, "text", {"class": kind} | place).text = words

    def arrow(self, at_x: float, top: float, foot: float) -> None:
        """Draw the way down to the next step."""
        line = f"M{at_x:g} {top:g}V{foot - 6:g}"
        ET.SubElement(self._root, "path", {"class": "way", "d": line})
        tip = f"M{at_x - 5:g} {foot - 8:g}h10l-5 8z"
        ET.SubElement(self._root, "path", {"class": "tip", "d": tip})

    def finished(self, height: float) -> str:
        """Close the picture at its height."""
        self._root.set("viewBox", f"0 0 {_WIDTH} {height:g}")
        self._ground.set("height", f"{height:g}")
        ET.indent(self._root)
        return ET.tostring(self._root, encoding="unicode") + "\n"


def _numbers(places: Mapping[str, float]) -> dict[str, str]:
    # Without trailing zeros, so that the picture is the same on every machine.
    return {name: f"{number:g}" for name, number in places.items()}

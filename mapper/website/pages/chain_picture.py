"""
The supply chain as a picture: boxes from left to right, or below each other on a narrow screen.

Geometry alone, in the pixels of the picture's own view box; the template draws it with
autoescape and classes, so that colours and themes are the style sheet's. Widths of text are
estimated, because nothing here can measure a reader's font: generously, and texts are broken
into lines and cut with their whole in the box's title.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from mapper.answers.chain_steps import Step
from mapper.registry.codes import StatusWord
from mapper.telling import words
from mapper.telling.language import gettext, marked
from mapper.telling.statements import Ref
from mapper.telling.told_chain import ToldNode

_PARTY_ROLES: dict[Step, str] = {
    Step.OPERATOR: marked("run by"),
    Step.RECIPIENT: marked("supplied to"),
}

_FONT = 13.0
_LINE = 17.0
_PAD = 10.0
_CAPTION = 16.0
_NAME_LINES = 3
_PRODUCT_LINES = 2

_WIDE_GAP = 112.0
_WIDE_TRUNK = 18.0
_WIDE_ROW_GAP = 12.0
_ROW_MIN = 40.0
_WIDE_MAX = 1048.0
_BOX_MAX = 232.0
_BOX_MIN = 124.0

_NARROW_WIDTH = 344.0
_NARROW_INDENT = 22.0
_NARROW_LABEL = 26.0
_NARROW_GAP = 10.0
_SAMPLE = 34.0

_NARROW_SIGNS = frozenset("iljtfrI.,'|!:;()[] ")
_BROAD_SIGNS = frozenset("mwMWQO@%&")


@dataclass(frozen=True, slots=True)
class Box:
    """
    One node.

    Attributes
    ----------
    step
        What stands here, shown above the name.
    name_lines, product_lines
        Broken to the width of the box.
    title
        The whole text, for a pointer and for a screen reader.
    name
        What the box stands for; its page, where it has one, is found by it.
    is_party
        Whether it is the place, the operator or a recipient, and no supplier.
    """

    x: float
    y: float
    width: float
    height: float
    step: str
    name_lines: tuple[str, ...]
    product_lines: tuple[str, ...]
    title: str
    name: Ref
    is_gap: bool
    is_party: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """
    The way to one node: a plain trunk, and a piece whose line shows the status.

    Attributes
    ----------
    trunk, piece
        Data of SVG paths.
    head
        An arrow head where the supply arrives; empty where nothing is supplied.
    status
        A status' word, ``gap``, or ``runs`` for the way to the operator or a recipient.
    role, status_text
        The words beside the piece; they start at ``x``, ``y``, the second in a line below it.
    """

    trunk: str
    piece: str
    head: str
    status: str
    role: str
    status_text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """
    A whole picture.

    Attributes
    ----------
    top
        Where it begins; below 0 where a box reaches above the first row.
    """

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    top: float = 0.0


def wide_picture(root: ToldNode) -> Picture:
    """Lay the chain out from left to right: the place, who receives, makers, their makers."""
    nodes = list(root.walk())
    columns = 1 + max(node.depth for node in nodes)
    width = (_WIDE_MAX - (columns - 1) * _WIDE_GAP) / columns
    width = min(_BOX_MAX, max(_BOX_MIN, width))
    middles: dict[int, float] = {}
    bottom = _place_rows(root, width, middles, 1.0)
    boxes = []
    arrows: list[Arrow] = []
    for node in nodes:
        x = 1 + node.depth * (width + _WIDE_GAP)
        middle = middles[id(node)]
        own = _height(node, width)
        boxes.append(_box(node, x, middle - own / 2, width, own))
        arrows += [
            _wide_arrow(child, x + width, middle, middles[id(child)]) for child in node.children
        ]
    total = columns * width + (columns - 1) * _WIDE_GAP
    # A place with a long name may be taller than the one row beside it.
    overhang = min(0.0, *(box.y - 1 for box in boxes))
    height = max(bottom - _WIDE_ROW_GAP, *(box.y + box.height for box in boxes)) + 1 - overhang
    return Picture(total + 2, round(height, 1), tuple(boxes), tuple(arrows), round(overhang, 1))


def narrow_picture(root: ToldNode) -> Picture:
    """Lay the chain out below each other, each node set in under the one it belongs to."""
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    bottom = _place_down(root, 1.0, boxes, arrows)
    return Picture(_NARROW_WIDTH, bottom, tuple(boxes), tuple(arrows))


def _role(node: ToldNode) -> str:
    """Say in the fewest words why a node stands here; empty for a gap."""
    if node.supply is not None:
        is_short = node.supply.is_component and node.supply.is_inside_product
        return gettext("component") if is_short else node.supply.role
    if node.is_gap or node.step not in _PARTY_ROLES:
        return ""
    return gettext(_PARTY_ROLES[node.step])


def _line_of(node: ToldNode) -> str:
    """Return what the line to a node shows: a status' word, ``runs`` or ``gap``."""
    if node.supply is not None:
        # What no claim states is drawn thin and grey, whatever else is said of it.
        return str(node.supply.status if node.supply.is_supply else StatusWord.NAMED_ONLY)
    return "runs" if _role(node) else "gap"


def _title(node: ToldNode) -> str:
    detail = f" ({node.detail})" if node.detail else ""
    supply = node.supply
    said = f", {supply.role}, {words.said(supply.status)}" if supply is not None else ""
    return f"{words.said(node.step)}: {node.name.name}{detail}{said}"


def _place_rows(node: ToldNode, width: float, middles: dict[int, float], top: float) -> float:
    """Return every node its middle, leaves below each other; give where the next row begins."""
    own = max(_height(node, width), _ROW_MIN)
    bottom = top
    for child in node.children:
        bottom = _place_rows(child, width, middles, bottom)
    if bottom - _WIDE_ROW_GAP < top + own:
        # Its children, if any, take less room than the box itself: they stand at its middle.
        moved = (top + own + _WIDE_ROW_GAP - bottom) / 2
        for child in node.children:
            for below in child.walk():
                middles[id(below)] += moved
        bottom = top + own + _WIDE_ROW_GAP
    if not node.children:
        middles[id(node)] = top + own / 2
        return bottom
    first, last = node.children[0], node.children[-1]
    middles[id(node)] = (middles[id(first)] + middles[id(last)]) / 2
    return bottom


def _wide_arrow(child: ToldNode, right: float, middle: float, child_middle: float) -> Arrow:
    turn = right + _WIDE_TRUNK
    left = right + _WIDE_GAP
    trunk = f"M{right:.1f} {middle:.1f}H{turn:.1f}V{child_middle:.1f}"
    piece = f"M{turn:.1f} {child_middle:.1f}H{left:.1f}"
    return Arrow(
        trunk=trunk,
        piece=piece,
        head=_head(right, middle) if child.supply is not None else "",
        status=_line_of(child),
        role=_role(child),
        status_text=_status_text(child),
        x=turn + 5,
        y=child_middle,
    )


def _place_down(node: ToldNode, top: float, boxes: list[Box], arrows: list[Arrow]) -> float:
    x = node.depth * _NARROW_INDENT
    width = _NARROW_WIDTH - x - 2
    height = _height(node, width)
    boxes.append(_box(node, x + 1, top, width, height))
    bottom = top + height
    spine = x + 1 + _NARROW_INDENT / 2
    start = bottom
    for child in node.children:
        turn = bottom + _NARROW_GAP + _NARROW_LABEL / 2
        label_x = x + _NARROW_INDENT
        arrows.append(
            Arrow(
                trunk=f"M{spine:.1f} {start:.1f}V{turn:.1f}",
                piece=f"M{spine:.1f} {turn:.1f}H{label_x + _SAMPLE:.1f}",
                head="",
                status=_line_of(child),
                # A gap says "unknown" in its box; on the way to it the word would stand twice.
                role=", ".join(part for part in (_role(child), _status_text(child)) if part)
                or ("" if child.is_gap else gettext("unknown")),
                status_text="",
                x=label_x + _SAMPLE + 6,
                y=turn,
            )
        )
        start = turn
        bottom = _place_down(child, bottom + _NARROW_GAP + _NARROW_LABEL, boxes, arrows)
    return bottom


def _head(x: float, y: float) -> str:
    """Draw an arrow head that points left at a position."""
    return f"M{x:.1f} {y:.1f}l7 -4v8z"


def _status_text(node: ToldNode) -> str:
    return words.said(node.supply.status) if node.supply is not None else ""


def _box(node: ToldNode, x: float, y: float, width: float, height: float) -> Box:
    room = width - 2 * _PAD
    return Box(
        x=round(x, 1),
        y=round(y, 1),
        width=round(width, 1),
        height=round(height, 1),
        step=words.said(node.step),
        is_party=node.step in {Step.PLACE, Step.OPERATOR, Step.RECIPIENT},
        name_lines=broken(node.name.name, room, _NAME_LINES),
        product_lines=broken(node.detail, room, _PRODUCT_LINES),
        title=_title(node),
        name=node.name,
        is_gap=node.is_gap,
    )


def _height(node: ToldNode, width: float) -> float:
    room = width - 2 * _PAD
    lines = len(broken(node.name.name, room, _NAME_LINES))
    lines += len(broken(node.detail, room, _PRODUCT_LINES))
    return _PAD + _CAPTION + lines * _LINE + _PAD - 3


# One name stands in many pictures, and is measured for its height before it is drawn.
@lru_cache(maxsize=20_000)
def broken(text: str, room: float, lines_max: int) -> tuple[str, ...]:
    """
    Break a text into lines.

    Parameters
    ----------
    room
        Width of a line in pixels, at the picture's font size.
    lines_max
        What does not fit is cut, and the last line ends with an ellipsis.
    """
    lines: list[str] = []
    line = ""
    for word in _pieces(text.split(), room):
        joined = f"{line} {word}" if line else word
        if line and text_width(joined) > room:
            lines.append(line)
            line = word
        else:
            line = joined
    lines += [line] if line else []
    if len(lines) <= lines_max:
        return tuple(lines)
    last = lines[lines_max - 1]
    while last and text_width(f"{last}…") > room:
        last = last[:-1]
    return (*lines[: lines_max - 1], f"{last.rstrip()}…")


def _pieces(parts: Sequence[str], room: float) -> Iterator[str]:
    """Yield words, those longer than a line in pieces."""
    for part in parts:
        piece = ""
        for sign in part:
            if piece and text_width(piece + sign) > room:
                yield piece
                piece = ""
            piece += sign
        if piece:
            yield piece


def text_width(text: str) -> float:
    """Estimate the width of a text in pixels, at the picture's font size, rather too wide."""
    return sum(map(_sign_width, text)) * _FONT


@cache
def _sign_width(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in {"W", "F"}:
        return 1.05
    if sign in _NARROW_SIGNS:
        return 0.36
    if sign in _BROAD_SIGNS:
        return 0.92
    return 0.7 if sign.isupper() else 0.6

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
from functools import lru_cache

from mapper.answers.chain_steps import Step
from mapper.answers.supply_chain import Chain, ChainNode
from mapper.registry.codes import Role, StatusWord
from mapper.website.pages import page_words as words
from mapper.website.pages.addresses import PageIndex

_SHORT_ROLES: dict[Role, str] = {
    Role.COMPONENT: "component",
    Role.OPERATOR: "runs it",
    Role.FINANCIER: "pays for it",
}

_PARTY_ROLES: dict[Step, str] = {
    Step.OPERATOR: "run by",
    Step.RECIPIENT: "supplied to",
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
    address
        Of the page below the site's folder; empty where there is none.
    """

    x: float
    y: float
    width: float
    height: float
    step: str
    name_lines: tuple[str, ...]
    product_lines: tuple[str, ...]
    title: str
    address: str
    is_gap: bool


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


@dataclass(frozen=True, slots=True)
class _Item:
    node: ChainNode
    depth: int
    name: str
    product: str
    address: str
    role: str
    status: str
    title: str
    children: tuple["_Item", ...]


def wide_picture(chain: Chain, index: PageIndex) -> Picture:
    """Lay the chain out from left to right: the place, who receives, makers, their makers."""
    root = _item(chain, chain.root, index, 0)
    items = list(_walk(root))
    columns = 1 + max(item.depth for item in items)
    width = (_WIDE_MAX - (columns - 1) * _WIDE_GAP) / columns
    width = min(_BOX_MAX, max(_BOX_MIN, width))
    middles: dict[int, float] = {}
    bottom = _place_rows(root, width, middles, 1.0)
    boxes = []
    arrows: list[Arrow] = []
    for item in items:
        x = 1 + item.depth * (width + _WIDE_GAP)
        middle = middles[id(item)]
        own = _height(item, width)
        boxes.append(_box(item, x, middle - own / 2, width, own))
        arrows += [
            _wide_arrow(child, x + width, middle, middles[id(child)]) for child in item.children
        ]
    total = columns * width + (columns - 1) * _WIDE_GAP
    # A place with a long name may be taller than the one row beside it.
    overhang = min(0.0, *(box.y - 1 for box in boxes))
    height = max(bottom - _WIDE_ROW_GAP, *(box.y + box.height for box in boxes)) + 1 - overhang
    return Picture(total + 2, round(height, 1), tuple(boxes), tuple(arrows), round(overhang, 1))


def narrow_picture(chain: Chain, index: PageIndex) -> Picture:
    """Lay the chain out below each other, each node set in under the one it belongs to."""
    root = _item(chain, chain.root, index, 0)
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    bottom = _place_down(root, 1.0, boxes, arrows)
    return Picture(_NARROW_WIDTH, bottom, tuple(boxes), tuple(arrows))


def _item(chain: Chain, node: ChainNode, index: PageIndex, depth: int) -> _Item:
    edge = node.edge
    product = edge.product_name if edge is not None else ""
    name = node.name
    address = index.org(node.org_id)
    if node.step is Step.PLACE:
        deployment = chain.deployment
        name, product = deployment.place, deployment.name
        address = index.place(deployment.country_code)
    role, status = "", "gap"
    if edge is not None:
        role = _SHORT_ROLES.get(edge.relation.role, words.ROLES[edge.relation.role])
        status = str(edge.status.word)
    elif node.step in _PARTY_ROLES and not node.is_gap:
        role, status = _PARTY_ROLES[node.step], "runs"
    said = f", {words.ROLES[edge.relation.role]}, {status}" if edge is not None else ""
    of_product = f" ({product})" if product else ""
    return _Item(
        node=node,
        depth=depth,
        name=name,
        product=product,
        address=address,
        role=role,
        status=status,
        title=f"{node.step}: {name}{of_product}{said}",
        children=tuple(_item(chain, child, index, depth + 1) for child in node.children),
    )


def _walk(item: _Item) -> Iterator[_Item]:
    yield item
    for child in item.children:
        yield from _walk(child)


def _place_rows(item: _Item, width: float, middles: dict[int, float], top: float) -> float:
    """Return every item its middle, leaves below each other; give where the next row begins."""
    own = max(_height(item, width), _ROW_MIN)
    bottom = top
    for child in item.children:
        bottom = _place_rows(child, width, middles, bottom)
    if bottom - _WIDE_ROW_GAP < top + own:
        # Its children, if any, take less room than the box itself: they stand at its middle.
        moved = (top + own + _WIDE_ROW_GAP - bottom) / 2
        for child in item.children:
            for below in _walk(child):
                middles[id(below)] += moved
        bottom = top + own + _WIDE_ROW_GAP
    if not item.children:
        middles[id(item)] = top + own / 2
        return bottom
    first, last = item.children[0], item.children[-1]
    middles[id(item)] = (middles[id(first)] + middles[id(last)]) / 2
    return bottom


def _wide_arrow(child: _Item, right: float, middle: float, child_middle: float) -> Arrow:
    turn = right + _WIDE_TRUNK
    left = right + _WIDE_GAP
    trunk = f"M{right:.1f} {middle:.1f}H{turn:.1f}V{child_middle:.1f}"
    piece = f"M{turn:.1f} {child_middle:.1f}H{left:.1f}"
    return Arrow(
        trunk=trunk,
        piece=piece,
        head=_head(right, middle) if child.node.edge is not None else "",
        status=child.status,
        role=child.role,
        status_text=_status_text(child),
        x=turn + 5,
        y=child_middle,
    )


def _place_down(item: _Item, top: float, boxes: list[Box], arrows: list[Arrow]) -> float:
    x = item.depth * _NARROW_INDENT
    width = _NARROW_WIDTH - x - 2
    height = _height(item, width)
    boxes.append(_box(item, x + 1, top, width, height))
    bottom = top + height
    spine = x + 1 + _NARROW_INDENT / 2
    start = bottom
    for child in item.children:
        turn = bottom + _NARROW_GAP + _NARROW_LABEL / 2
        label_x = x + _NARROW_INDENT
        arrows.append(
            Arrow(
                trunk=f"M{spine:.1f} {start:.1f}V{turn:.1f}",
                piece=f"M{spine:.1f} {turn:.1f}H{label_x + _SAMPLE:.1f}",
                head="",
                status=child.status,
                role=", ".join(part for part in (child.role, _status_text(child)) if part)
                or "unknown",
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


def _status_text(item: _Item) -> str:
    return item.status if item.status in set(StatusWord) else ""


def _box(item: _Item, x: float, y: float, width: float, height: float) -> Box:
    room = width - 2 * _PAD
    return Box(
        x=round(x, 1),
        y=round(y, 1),
        width=round(width, 1),
        height=round(height, 1),
        step=str(item.node.step),
        name_lines=broken(item.name, room, _NAME_LINES),
        product_lines=broken(item.product, room, _PRODUCT_LINES),
        title=item.title,
        address=item.address,
        is_gap=item.node.is_gap,
    )


def _height(item: _Item, width: float) -> float:
    room = width - 2 * _PAD
    lines = len(broken(item.name, room, _NAME_LINES))
    lines += len(broken(item.product, room, _PRODUCT_LINES))
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
    return sum(_sign_width(sign) for sign in text) * _FONT


def _sign_width(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in {"W", "F"}:
        return 1.05
    if sign in _NARROW_SIGNS:
        return 0.36
    if sign in _BROAD_SIGNS:
        return 0.92
    return 0.7 if sign.isupper() else 0.6

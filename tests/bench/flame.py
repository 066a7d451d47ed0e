"""
`make flame`: where the time of a build goes, by an earlier commit and now, as two pictures.

py-spy looks at a build of the world's 192,514 objects from outside, fifty times a second, the
copies of its process too. The pictures are plain SVG, without a script and without frames that
hold less than a half percent: a width is a share of all looks, a row stands on who called it.
"""

import html
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.bench.earlier_commit import EARLIER, command, worktree
from tests.bench.peers import Peers
from tests.bench.world import WORLD

PICTURES: Final = Path("docs/pictures")
_RATE_HZ: Final = 50
_LEAST_SHARE: Final = 0.005
_WIDTH_PX, _ROW_PX, _CHAR_PX = 1200.0, 16, 6.0
_OURS, _OTHERS, _PLAIN = "#e8b072", "#cdd3d8", "#f3e9d2"
_FRAME: Final = re.compile(r"(?P<name>.*) \((?P<file>[^()]*)\)$")


@dataclass(slots=True)
class Frame:
    """A function with all that it called, and how often it was seen at work."""

    name: str
    seen: int = 0
    below: dict[str, "Frame"] = field(default_factory=dict)

    def add(self, stack: Sequence[str], seen: int) -> None:
        """Count a stack, its outermost function first."""
        self.seen += seen
        if stack:
            frame = self.below.setdefault(stack[0], Frame(stack[0]))
            frame.add(stack[1:], seen)


def frames_of(folded: str) -> Frame:
    """
    Return the frames of py-spy's raw text, a line a stack with how often it was seen.

    A function that calls itself is one frame, and a process of its own stands beside the others.
    """
    whole = Frame("all")
    counts: Counter[tuple[str, ...]] = Counter()
    for line in folded.splitlines():
        stack, _, seen = line.rpartition(" ")
        names = [_shown(word) for word in stack.split(";") if not word.startswith("process ")]
        once = [name for name, before in zip(names, ["", *names], strict=False) if name != before]
        counts[tuple(once)] += int(seen)
    for stack_of, count in sorted(counts.items()):
        whole.add(stack_of, count)
    return whole


def _shown(word: str) -> str:
    """Write a frame with its file from the package on: no folder of a machine."""
    parts = _FRAME.fullmatch(word)
    if parts is None:
        return word
    file = parts["file"].replace("\\", "/")
    if "/site-packages/" in file:
        file = file.rpartition("/site-packages/")[2]
    elif "/mapper/" in file:
        file = f"mapper/{file.rpartition('/mapper/')[2]}"
    elif file.startswith("/"):
        file = Path(file).name
    return f"{parts['name']} ({file})"


def picture(whole: Frame, title: str) -> str:
    """Draw frames as an SVG, the callers below; equal frames give an equal picture."""
    rows = list(_laid_out(whole, 0.0, 0, whole.seen))
    height = (max(depth for _, _, depth in rows) + 3) * _ROW_PX
    drawn = [
        _drawn(frame, x, height - (depth + 1) * _ROW_PX, whole.seen) for frame, x, depth in rows
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH_PX:.0f} {height}" '
        'font-family="monospace" font-size="10">\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n'
        f'<text x="4" y="14" font-size="13">{html.escape(title)}</text>\n'
        f"{''.join(drawn)}</svg>\n"
    )


def _laid_out(
    frame: Frame, left: float, depth: int, total: int
) -> Iterator[tuple[Frame, float, int]]:
    yield frame, left, depth
    for name in sorted(frame.below):
        child = frame.below[name]
        if child.seen / total >= _LEAST_SHARE:
            yield from _laid_out(child, left, depth + 1, total)
            left += child.seen / total * _WIDTH_PX


def _drawn(frame: Frame, left: float, top: float, total: int) -> str:
    share = frame.seen / total
    width = share * _WIDTH_PX
    colour = _OURS if "(mapper/" in frame.name else _OTHERS if "(" in frame.name else _PLAIN
    room = int((width - 4) / _CHAR_PX)
    text = frame.name if len(frame.name) <= room else f"{frame.name[: max(0, room - 1)]}…"
    label = (
        f'<text x="{left + 2:.1f}" y="{top + 11:.0f}">{html.escape(text)}</text>'
        if room > 3
        else ""
    )
    return (
        f"<g><title>{html.escape(frame.name)}, {share:.1%}</title>"
        f'<rect x="{left:.1f}" y="{top:.0f}" width="{width:.1f}" height="{_ROW_PX - 1}" '
        f'fill="{colour}" stroke="#fff" stroke-width="0.5"/>{label}</g>\n'
    )


def recorded(peers: Peers, checkout: Path, folder: Path) -> str:
    """
    Return py-spy's raw text of one build.

    Raises
    ------
    RuntimeError
        If the build fails, or nothing was seen.
    """
    folded = folder / "folded"
    spy = str(Path(peers.python).with_name("py-spy"))
    words = (spy, "record", "--format", "raw", "--function", "--subprocesses", "--nonblocking")
    aside = ("--rate", str(_RATE_HZ), "--output", str(folded), "--")
    # A worktree's own code, by the libraries of this one.
    took = subprocess.run(  # noqa: S603 - our own commands
        [*words, *aside, *command(WORLD, folder / "build")],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
    )
    if took.returncode or not folded.exists():
        msg = f"py-spy ended with {took.returncode}: {took.stderr.strip()[-500:]}"
        raise RuntimeError(msg)
    return folded.read_text("utf-8")


def main() -> int:
    """Record both and draw them; 1 where something is not there."""
    peers = Peers.installed(["py-spy"])
    if lacking := peers.lacking("py-spy") or ("" if WORLD.exists() else f"no {WORLD}"):
        sys.stdout.write(f"nothing was drawn: {lacking}\n")
        return 1
    with worktree(EARLIER) as earlier:
        for name, checkout, title in (
            ("flame-earlier", earlier, f"mapper build, 192,514 objects, commit {EARLIER}"),
            ("flame-now", Path.cwd(), "mapper build, 192,514 objects, now"),
        ):
            with tempfile.TemporaryDirectory() as folder:
                whole = frames_of(recorded(peers, checkout, Path(folder)))
            path = PICTURES / f"{name}.svg"
            path.write_text(picture(whole, f"{title}: {whole.seen:,} looks"), "utf-8")
            sys.stdout.write(f"{path}: {path.stat().st_size:,} bytes\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

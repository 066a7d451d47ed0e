"""The picture of a profile: shares as widths, no folder of a machine, no script."""

import re
from xml.etree import ElementTree as ET

from tests.bench.flame import frames_of, picture

_READ = "<module> (runpy.py);read (/w/copy/mapper/sources/read.py)"
_FOLDED = f"""\
process 12:"python -m mapper";{_READ};walk (/v/lib/site-packages/osmium/io.py) 60
process 12:"python -m mapper";{_READ};read (/w/copy/mapper/sources/read.py) 20
process 13:"python -m mapper";<module> (runpy.py);tell <&> (mapper/telling/a.py) 119
process 13:"python -m mapper";<module> (runpy.py);rare (mapper/telling/a.py) 1
"""
_SVG = "{http://www.w3.org/2000/svg}"


def test_widths_are_shares_and_what_is_rare_is_left_out() -> None:
    whole = frames_of(_FOLDED.replace(" 1\n", " 0\n"))
    drawn = ET.fromstring(picture(whole, "a < b"))  # noqa: S314 - our own
    widths = {
        group.findtext(f"{_SVG}title", "").rpartition(",")[0]: float(
            group.find(f"{_SVG}rect").get("width", "")  # type: ignore[union-attr]
        )
        for group in drawn.iter(f"{_SVG}g")
    }
    assert widths == {
        "all": 1200.0,
        "<module> (runpy.py)": 1200.0,
        "read (mapper/sources/read.py)": 482.4,
        "walk (osmium/io.py)": 361.8,
        "tell <&> (mapper/telling/a.py)": 717.6,
    }


def test_a_picture_names_no_folder_and_runs_nothing_and_is_the_same_again() -> None:
    drawn = picture(frames_of(_FOLDED), "x")
    assert not re.search(r"/w/copy|/v/lib|script|onclick|process 1", drawn)
    lines = _FOLDED.splitlines()[::-1]
    assert picture(frames_of("\n".join(lines)), "x") == drawn


def test_a_function_that_calls_itself_is_one_frame() -> None:
    whole = frames_of(_FOLDED)
    (module,) = whole.below.values()
    read = module.below["read (mapper/sources/read.py)"]
    assert (read.seen, list(read.below)) == (80, ["walk (osmium/io.py)"])

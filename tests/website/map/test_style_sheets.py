"""The sheet that a page loads has every word of those in site/css, and none of their remarks."""

import re
from pathlib import Path

from mapper.settings import Settings
from mapper.website.map.front_end import copy_assets, read_front_end

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_REMARK = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")


def test_a_page_loads_every_rule_and_no_remark(tmp_path: Path) -> None:
    settings = Settings()
    front_end = read_front_end(settings.site_source_dir)
    sources = [front_end.source_dir / "css" / name for name in front_end.css]
    written = _REMARK.sub("", "\n".join(path.read_text("utf-8") for path in sources))
    # Within quotes white space, or what looks like a remark, would mean something.
    assert [q for q in _QUOTED.findall(written) if "/*" in q or "\n" in q] == []

    copy_assets(front_end, settings.licenses_dir, tmp_path)

    loaded = (tmp_path / "assets" / "page.css").read_text("utf-8")
    assert "/*" not in loaded
    assert loaded.split() == written.split()

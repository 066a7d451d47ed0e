"""
`make bench`: every figure the project names, measured, beside its peer in the same run.

Without words the parts with a bar, in about ten minutes: start (imports, help, questions), lookups
(countries, makers), links (350,000 with 350,000), serving, world (build, sizes).
Their table is written into docs/benchmarks.md. By name also: pages (Chromium), vendors (the gold
file), operators,
dates, kills; a part that is named is printed alone.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from mapper.clean.first_mapped import Calibration
from mapper.registry import checked
from mapper.registry.names import names_by_organisation
from mapper.resolve.evidence_shares import evidence_shares
from mapper.resolve.vendors.ladder import VendorResolver
from mapper.settings import Settings
from mapper.upkeep.calibration import held_out_error
from mapper.validate.name_words import normalise
from tests.bench import links, lookups, page_speed, serving_load, starts, world
from tests.bench.measure import Row, machine, table
from tests.bench.operators import counted_operators, operator_report, resolution_report
from tests.bench.vendor_score import Half, score
from tests.release.kill_rig import kill_at_random

_GOLD = Path("../shared/real/vendor_gold_dev.csv")
_RAW = Path("../shared/real/osm_world_202511/vendor_operator_raw_values_dev.csv")
_KILLS = 100
_COUNTRIES = 20


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _vendors(_: Path) -> Iterator[Row]:
    registry = checked.load(Settings().registry_dir)
    for half in Half:
        _say(f"\nvendor names, {half} half")
        _say(str(score(_GOLD, _RAW, registry, half)))
    yield from ()


def _operators(_: Path) -> Iterator[Row]:
    names = names_by_organisation(checked.load(Settings().registry_dir)).values()
    folded = {normalise(name) for of_one in names for name in of_one}
    for line in operator_report(counted_operators(_RAW), folded):
        _say(line)
    registry = checked.load(Settings().registry_dir)
    devices = world.resolved(registry)
    written = devices["operator_name"].astype(object)
    ids = devices["operator_id"].astype(object)
    for line in resolution_report(written, ids, VendorResolver.of_registry(registry)):
        _say(line)
    for one in evidence_shares(devices)[:_COUNTRIES]:
        _say(str(one))
    yield from ()


def _dates(_: Path) -> Iterator[Row]:
    """Say of how many real objects the first day is known, and how well the table dates others."""
    devices = world.resolved(checked.load(Settings().registry_dir))
    numbers = devices["source_ref"].astype(str).str.extract(r"node/(\d+)")[0].astype("Int64")
    real = devices[(numbers < world.FIRST_MADE_UP_ID).fillna(value=False).to_numpy(bool)]
    known = int(real["first_mapped_on"].notna().sum())
    _say(f"first_mapped_on known: {known:,} of {len(real):,} real ids, {known / len(real):.2%}")
    table = Calibration.load(Settings().calibration_dir)
    for path in world.WITH_VERSIONS:
        _say(f"{path.name}: {held_out_error(path, table).text()}")
    yield from ()


def _kills(out_dir: Path) -> Iterator[Row]:
    _say(f"\nkill -9 at {_KILLS} random moments: {kill_at_random(out_dir / 'kills', _KILLS, 1)}")
    yield from ()


def _pages(_: Path) -> Iterator[Row]:
    page_speed.main([])
    yield from ()


# The parts with a bar, in the order of what they take.
_BARS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "start": starts.rows,
    "lookups": lookups.rows,
    "links": links.rows,
    "serving": serving_load.rows,
    "world": world.rows,
}
_PARTS = _BARS | {
    "pages": _pages,
    "vendors": _vendors,
    "operators": _operators,
    "dates": _dates,
    "kills": _kills,
}
_BOOK = Path("docs/benchmarks.md")
_BEGIN, _END = "<!-- measured -->", "<!-- end of measured -->"


def main(wanted: list[str]) -> None:
    """Run the wanted parts, all by default, and print a table."""
    if not world.WORLD.exists():
        _say("the real files are not beside the checkout (../shared/real); nothing was measured")
        return
    with tempfile.TemporaryDirectory() as folder:
        out_dir = Path(folder) / "world"
        measured = []
        said = machine()
        for name in wanted or list(_BARS):
            _say(f"\n== {name}")
            for row in _PARTS[name](out_dir):
                _say(row.text())
                measured.append(row)
    if not wanted:
        before, _, rest = _BOOK.read_text("utf-8").partition(_BEGIN)
        after = rest.partition(_END)[2]
        text = f"{before}{_BEGIN}\n{said}\n\n{table(measured)}\n{_END}{after}"
        _BOOK.write_text(text, "utf-8")
        _say(f"{_BOOK} has the table")


main(sys.argv[1:])

"""Reports of the bench that have no peer: what rules conclude of real texts, days, kills."""

import sys
import tempfile
from pathlib import Path

from mapper.clean.first_mapped import Calibration
from mapper.registry import checked
from mapper.registry.names import names_by_organisation
from mapper.resolve.evidence_shares import evidence_shares
from mapper.resolve.vendors.ladder import VendorResolver
from mapper.settings import Settings
from mapper.upkeep.calibration import held_out_error
from mapper.validate.name_words import normalise
from tests.bench import world
from tests.bench.operators import counted_operators, operator_report, resolution_report
from tests.bench.vendor_score import Half, score
from tests.release.kill_rig import kill_at_random

_GOLD = Path("../shared/real/vendor_gold_dev.csv")
_RAW = Path("../shared/real/osm_world_202511/vendor_operator_raw_values_dev.csv")
_KILLS = 100
_COUNTRIES = 20


def vendors() -> None:
    """Say how well makers are told in the two halves of the gold file."""
    registry = checked.load(Settings().registry_dir)
    for half in Half:
        _say(f"\nvendor names, {half} half")
        _say(str(score(_GOLD, _RAW, registry, half)))


def operators() -> None:
    """Say which operators are named, and which of them are resolved."""
    registry = checked.load(Settings().registry_dir)
    names = names_by_organisation(registry).values()
    folded = {normalise(name) for of_one in names for name in of_one}
    for line in operator_report(counted_operators(_RAW), folded):
        _say(line)
    devices = world.resolved(registry)
    written = devices["operator_name"].astype(object)
    ids = devices["operator_id"].astype(object)
    for line in resolution_report(written, ids, VendorResolver.of_registry(registry)):
        _say(line)
    for one in evidence_shares(devices)[:_COUNTRIES]:
        _say(str(one))


def dates() -> None:
    """Say of how many real objects the first day is known, and how well the table dates others."""
    devices = world.resolved(checked.load(Settings().registry_dir))
    numbers = devices["source_ref"].astype(str).str.extract(r"node/(\d+)")[0].astype("Int64")
    real = devices[(numbers < world.FIRST_MADE_UP_ID).fillna(value=False).to_numpy(bool)]
    known = int(real["first_mapped_on"].notna().sum())
    _say(f"first_mapped_on known: {known:,} of {len(real):,} real ids, {known / len(real):.2%}")
    table = Calibration.load(Settings().calibration_dir)
    for path in world.WITH_VERSIONS:
        _say(f"{path.name}: {held_out_error(path, table).text()}")


def kills() -> None:
    """Kill a build at random moments, and say what was left."""
    with tempfile.TemporaryDirectory() as folder:
        left = kill_at_random(Path(folder) / "kills", _KILLS, 1)
    _say(f"\nkill -9 at {_KILLS} random moments: {left}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()

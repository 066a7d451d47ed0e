"""The data files that a checkout carries, made anew; run by developers, results committed."""

from collections.abc import Sequence
from pathlib import Path

from mapper.clean.first_mapped import Calibration
from mapper.model.progress import NoProgress
from mapper.resolve.countries import Countries
from mapper.settings import Settings
from mapper.upkeep import coast_source, county_source, land_source, subdivision_source
from mapper.upkeep.boundary_source import convert_borders
from mapper.upkeep.calibration import calibrate, held_out_error, write_calibration
from mapper.upkeep.country_points import write_country_points
from mapper.upkeep.sample import cut_sample as cut


def cut_sample(source: Path, to: Path) -> str:
    """Cut the embedded sample, and say what is in it."""
    made = cut(source, to, progress=NoProgress())
    return f"{to}: {to.stat().st_size:,} bytes; {made}"


def convert_boundaries(borders: Path, to: Path) -> str:
    """Convert country-coder's borders, and say where they lie."""
    made = convert_borders(borders, to)
    return f"{made}: {made.stat().st_size:,} bytes"


def convert_land(topology: Path, to: Path) -> str:
    """Convert Natural Earth land and borders, and say how large they became."""
    land_source.convert_land(topology, to)
    return f"{to}: {to.stat().st_size:,} bytes"


def convert_coast(wheel: Path, to: Path) -> str:
    """Convert OpenStreetMap's coast, and say how many cells it took and how large they are."""
    count = coast_source.convert_coast(wheel, to)
    sizes = [path.stat().st_size for path in sorted(to.iterdir())]
    return f"{to}: {count:,} cells with a coast, {sum(sizes):,} bytes in {len(sizes)} files"


def convert_us_counties(topology: Path, to: Path) -> str:
    """Convert the counties of us-atlas, and say how many there are."""
    count = county_source.convert_counties(topology, to)
    return f"{to}: {count:,} counties, {to.stat().st_size:,} bytes"


def convert_world_subdivisions(countries: Path, cldr_core: Path, cldr_names: Path, to: Path) -> str:
    """Convert the areas of the world, and say how many there are and which were left out."""
    codes = subdivision_source.SubdivisionCodes.read(
        cldr_core / "supplemental" / "subdivisionContainment.json",
        cldr_core / "supplemental" / "aliases.json",
        cldr_names / "subdivisions" / "en" / "en.json",
    )
    borders = Countries.load(Settings().boundaries_dir)
    count, left_out = subdivision_source.convert_subdivisions(countries, codes, borders, to)
    told = f"left out, for they do not lie in their country: {', '.join(left_out)}"
    made = sorted(to.iterdir())
    size_bytes = sum(path.stat().st_size for path in made)
    return f"{to}: {count:,} areas of {len(made)} countries, {size_bytes:,} bytes; {told}"


def make_country_points(to: Path) -> str:
    """Find where country names stand, and say how many there are."""
    return f"{to}: {write_country_points(Settings().boundaries_dir, to)} countries"


def calibration_error(extract: Path) -> str:
    """Say how well the bundled table, refined by half of an extract, dates the other half."""
    table = Calibration.load(Settings().calibration_dir)
    return held_out_error(extract, table).text()


def make_calibration(extracts: Sequence[Path], to: Path) -> str:
    """Make the table of node ids and days, and say how long it is."""
    pairs = calibrate(extracts)
    write_calibration(pairs, to)
    return f"{to}: {len(pairs)} pairs"

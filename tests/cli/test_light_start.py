"""What answers at once imports no library that takes long: questions, help, an unchanged build."""

import subprocess
import sys

import pytest

HEAVY = {"folium", "geopandas", "osmium", "pandas", "pyarrow", "pyogrio", "scipy", "shapely"}


@pytest.mark.parametrize(
    "modules",
    [
        "mapper, mapper.cli",
        "mapper.pipeline.last_build, mapper.pipeline.own_site, mapper.pipeline.output",
        "mapper.pipeline.asking",
    ],
)
def test_no_heavy_library_is_imported_before_it_is_needed(modules: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-c", f"import sys, {modules}; print(*sys.modules, sep='\\n')"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert HEAVY & set(done.stdout.split()) == set()

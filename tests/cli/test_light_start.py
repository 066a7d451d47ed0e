"""What answers at once imports no library that takes long: questions, help, an unchanged build."""

import json
import subprocess
import sys

import pytest

HEAVY = {"folium", "geopandas", "osmium", "pandas", "pyarrow", "pyogrio", "scipy", "shapely"}
# What reads mapper.toml, checks rows, proposes spellings, draws boxes, knows other languages: of no
# use to most questions.
UNASKED = {
    "babel",
    "jinja2",
    "mapper.registry.check",
    "mapper.sources",
    "numpy",
    "rapidfuzz",
    "rich",
    "tomlkit",
}
# What asks the network, reads and links lists of others, or writes a format that few ask for.
RARE_IN_BUILDS = {
    # Only where no earlier build kept the frames of the map's page.
    "folium",
    "mapbox_vector_tile",
    "mapper.fetch.http",
    "mapper.own_lists",
    "scipy.cluster",
    "scipy.optimize",
    "tenacity",
}
# What is not read yet stands in no slot, so the type itself is asked.
READ_TABLES = """
import json, mapper
from mapper.registry.registry import TABLES
registry = mapper.evidence()
registry.evidence_on
def is_read(table):
    try:
        object.__getattribute__(registry, table)
    except AttributeError:
        return False
    return True
print(json.dumps([table for table in TABLES if is_read(table)]))
"""
RUN = """
import sys
from mapper.cli import main
try:
    main()
finally:
    sys.stderr.write("\\n".join(sys.modules))
"""


def imported_by(*words: str) -> set[str]:
    """Run a command in a fresh interpreter, and return the modules that it imported."""
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-c", RUN, *words], capture_output=True, text=True, check=True
    )
    assert done.stdout
    return set(done.stderr.split())


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


def test_a_build_imports_neither_what_fetches_nor_what_reads_and_links_lists() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, mapper.pipeline.building; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert RARE_IN_BUILDS & set(done.stdout.split()) == set()


def test_what_reads_the_inputs_of_a_build_has_nothing_of_what_concludes_from_them() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, mapper.pipeline.reading_ahead; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = HEAVY - {"osmium", "pyarrow", "shapely"} | {"mapper.pipeline.building", "pydantic"}
    assert heavy & set(done.stdout.split()) == set()


def test_the_help_imports_neither_models_nor_what_draws_boxes() -> None:
    assert imported_by("--help") & (HEAVY | UNASKED | {"pydantic"}) == set()


@pytest.mark.parametrize(
    ("words", "others"),
    [
        (("status", "Hikvision", "--on", "2019-12"), {"mapper.answers.supply_chain"}),
        (
            ("chain", "moscow-city-video"),
            {"mapper.answers.legal_status", "mapper.answers.organisation_profile"},
        ),
        (("--version",), {"mapper.answers.supply_chain", "mapper.telling.as_text"}),
    ],
)
def test_a_question_imports_what_answers_it_and_nothing_of_others(
    words: tuple[str, ...], others: set[str]
) -> None:
    assert imported_by(*words) & (HEAVY | UNASKED | others) == set()


MADE = """
import typer.main
from mapper.cli import main
make, made = typer.main.get_command_from_info, []
typer.main.get_command_from_info = lambda command_info, **told: (
    made.append(command_info.callback.__name__) or make(command_info, **told)
)
try:
    main()
finally:
    sys.stderr.write(" ".join(made))
"""


@pytest.mark.parametrize(
    ("words", "made"),
    [
        (("status", "Hikvision", "--on", "2019-12"), ["status"]),
        (("registry", "--help"), ["registry_check"]),
    ],
)
def test_of_all_commands_the_one_that_is_asked_is_made(
    words: tuple[str, ...], made: list[str]
) -> None:
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-c", "import sys" + MADE, *words],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.split() == made


def test_a_question_to_sealed_evidence_reads_the_tables_it_needs() -> None:
    done = subprocess.run(  # noqa: S603 - our own modules
        [sys.executable, "-c", READ_TABLES], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == ["sources", "retractions"]

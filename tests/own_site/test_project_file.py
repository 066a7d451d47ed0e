"""``mapper.toml``: what it may hold, what is refused and how, and where a value is from."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import UsageError
from mapper.own_site.colours import COLOURS, LAND, PAPER, colour_pair, contrast
from mapper.own_site.project_file import Project, read_project
from mapper.settings import EvidenceScope, Settings


def _write(folder: Path, text: str) -> Path:
    (folder / "mapper.toml").write_text(text, encoding="utf-8")
    return folder


def _refused(folder: Path, text: str) -> UsageError:
    with pytest.raises(UsageError) as raised:
        read_project(_write(folder, text))
    return raised.value


def test_a_folder_without_the_file_has_no_project(tmp_path: Path) -> None:
    assert read_project(tmp_path) is None


def test_what_is_written_is_read_and_the_rest_stands_by_default(tmp_path: Path) -> None:
    text = '[site]\ntitle = "Ghent"\n[site.intro]\nen = "Hello"\n[evidence]\ninclude = "country"\n'
    read = read_project(_write(tmp_path, text))
    assert read is not None
    assert read.project.presentation.title == "Ghent"
    assert read.project.presentation.intro == {"en": "Hello"}
    assert read.project.evidence.include is EvidenceScope.COUNTRY
    assert read.project.build.inputs == ("osm",)
    origins = {name: origin for name, _, origin in read.settings()}
    assert origins["site.title"] == "mapper.toml, line 2"
    assert origins["site.intro"] == "mapper.toml, line 3"
    assert origins["evidence.include"] == "mapper.toml, line 6"
    assert origins["build.inputs"] == "default"


@pytest.mark.parametrize(
    ("text", "what", "step"),
    [
        ("[site]\ntitel = 'x'\n", "line 2: there is no setting site.titel", "did you mean title?"),
        ("[sites]\n", "line 1: there is no setting sites", "did you mean site?"),
        ("title = 'x'\n", "line 1: there is no setting title", "There are: collect"),
        ("[build]\ninputs = 'osm'\n", "line 2: build.inputs cannot be 'osm'", "mapper init"),
        ("[build]\ninputs = []\n", "line 2: build.inputs cannot be []", "mapper init"),
        ("[evidence]\ninclude = 'some'\n", "'country', 'related' or 'all'", "mapper init"),
        ("[evidence]\ncountries = ['fr']\n", "two-letter country codes", "mapper init"),
        ("[site]\ncontact = 'javascript:alert(1)'\n", "mailto:somebody@example.org", "mapper init"),
        ("[site]\nbase_address = 'http://a.org'\n", "begins with https://", "mapper init"),
        ("[site]\nbase_address = 'https://a.org/?q=1'\n", "has no ? and no #", "mapper init"),
        ("[site.colours]\ncamera = '#ffffff'\n", "a contrast of 1.0 to 1", "mapper init"),
        ("[site.colours]\ncamera = 'red;}'\n", 'camera: "#1a5f78"', "mapper init"),
        ("[site.colours]\npaper = '#ffffff'\n", "there is no colour paper", "mapper init"),
        ("[collect]\nendpoint = 'file:///a'\n", "overpass.example.org", "mapper init"),
        ("[collect]\nendpoint = 'https://me:pw@a.org/'\n", "overpass.example.org", "mapper init"),
        ("[site\n", "mapper.toml is not TOML", "a setting is written"),
    ],
)
def test_what_cannot_hold_is_refused_with_its_line_and_a_way_on(
    text: str, what: str, step: str, tmp_path: Path
) -> None:
    error = _refused(tmp_path, text)
    assert what in str(error)
    assert step in error.next_step


def test_a_file_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mapper.toml").write_bytes(b'[site]\ntitle = "K\xf6ln"\n')
    with pytest.raises(UsageError, match="byte 17 is not UTF-8"):
        read_project(tmp_path)


@given(st.text(max_size=80))
def test_no_title_reaches_the_page_with_a_line_break_or_a_control_character(text: str) -> None:
    try:
        project = Project.model_validate({"site": {"title": text}})
    except ValueError:
        assert not text.isprintable()
    else:
        assert project.site.title == text.strip()
        assert text.isprintable()


def test_the_grounds_of_the_colours_are_those_of_the_style_sheet() -> None:
    css = (Settings().site_source_dir / "css" / "colours.css").read_text("utf-8")
    found = {
        name: (light, dark)
        for name, light, dark in re.findall(
            r"--([a-z-]+): var\(--light, (#[0-9a-f]{6})\) var\(--dark, (#[0-9a-f]{6})\);", css
        )
    }
    assert found["paper"] == PAPER
    assert found["land"] == LAND
    for name in COLOURS:
        light, dark = found[name]
        # What the project itself uses must be allowed to everybody.
        assert colour_pair(name, {"light": light, "dark": dark}) == (light, dark)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


def test_the_template_names_every_table(tmp_path: Path) -> None:
    template = Path("mapper/own_site/templates/mapper.toml")
    text = (Path(__file__).parents[2] / template).read_text("utf-8")
    filled = re.sub(r"\[\[ \w+ \]\]", '""', text)
    assert set(tomllib.loads(filled)) == set(Project.model_fields)
    assert read_project(_write(tmp_path, filled)) is not None

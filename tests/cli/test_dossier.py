"""`mapper dossier`: what it means by a name, and what becomes of a PDF without a browser."""

from pathlib import Path

import pytest

from tests.cli.command import Door


def test_without_a_browser_a_dossier_is_html_and_said_so(door: Door, tmp_path: Path) -> None:
    told = door.run(
        *("dossier", "Safe City Belgrade", "--out", "belgrade.pdf"),
        cwd=tmp_path,
        PATH="/nowhere",
        CHROMIUM_PATH="",
    )
    assert (told.code, told.stdout) == (0, "belgrade.html\n")
    assert "no Chromium is on this machine" in told.stderr
    assert "Safe City Belgrade" in (tmp_path / "belgrade.html").read_text("utf-8")
    assert not (tmp_path / "belgrade.pdf").exists()


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("belgrade-safe-city", "Safe City Belgrade"),
        ("НТЕХЛАБ", "NtechLab"),
        ("Сербия", "Serbia"),
    ],
)
def test_a_dossier_is_of_a_system_an_organisation_or_a_country(
    written: str, title: str, door: Door, tmp_path: Path
) -> None:
    told = door.run("dossier", written, "--out", "it.html", "--on", "2022", cwd=tmp_path)
    assert (told.code, told.stderr) == (0, "")
    assert f"<title>{title} · " in (tmp_path / "it.html").read_text("utf-8")


def test_a_dossier_speaks_the_language_that_is_asked_for(door: Door, tmp_path: Path) -> None:
    told = door.run("dossier", "RS", "--out", "it.html", "--language", "ar", cwd=tmp_path)
    assert (told.code, told.stderr) == (0, "")
    html = (tmp_path / "it.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in html
    assert "<title>صربيا · " in html


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("belgrade-safe-citi",), "belgrade-safe-city"),
        (("NtechLabb",), "NtechLab (ntechlab)"),
        (("zzzz",), "mapper find"),
        (("RS", "--out", "it.docx"), "--out dossier.pdf"),
        (("RS", "--out", "no/such/it.pdf"), "make it first"),
        (("RS", "--out", "it.pdf", "--on", "soon"), "2022-05-01"),
        (("RS", "--language", "FR"), "Did you mean fr? The languages are: en, fr, de"),
        (("RS", "--language", "francais"), "Did you mean fr?"),
        (("RS", "--language", "german"), "Did you mean de?"),
        (("RS", "--language", "xx"), "The languages are: en, fr, de"),
    ],
)
def test_what_cannot_be_written_says_why_and_writes_nothing(
    words: tuple[str, ...], hint: str, door: Door, tmp_path: Path
) -> None:
    told = door.run("dossier", *words, cwd=tmp_path)
    told.require_good_error(2)
    assert hint in told.stderr
    assert list(tmp_path.iterdir()) == []

"""The dossier as a PDF: printed by a real Chromium, with nothing of this machine in it."""

import re
from pathlib import Path

import pypdfium2
import pytest

from mapper.pipeline.dossiers import dossier
from mapper.website.dossier.printing import chromium_path

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Print the dossier of a system with a chain down to chips."""
    assert chromium_path() is not None
    out = tmp_path_factory.mktemp("dossier") / "moscow.pdf"
    path, remark = dossier("moscow-city-video", on="2022-06-01", out=out)
    assert (path, remark) == (out, "")
    return path


def test_a_printed_dossier_holds_every_part_on_numbered_pages(printed: Path) -> None:
    document = pypdfium2.PdfDocument(printed)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    text = " ".join(" ".join(pages).split())
    for part in (
        *("Moscow city video surveillance", "The supply chain", "Who supplies it, and who says so"),
        *("The law on 1 June 2022", "Open questions", "Sources", "How to cite", "NtechLab"),
    ):
        assert part in text
    assert f"1 / {len(pages)}" in pages[0]
    # Facts, map and picture stand on the first page.
    assert "FindFace" in pages[0]
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)


def test_a_dossier_in_another_language_is_printed_with_its_letters(tmp_path: Path) -> None:
    out = tmp_path / "serbia.pdf"
    dossier("RS", on="2022-06-01", out=out, language="ru")
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(out)]
    text = " ".join(" ".join(pages).split())
    for part in ("Сербия", "Состояние права: 1 июня 2022", "Открытые вопросы", "Источники"):
        assert part in text


def test_a_printed_dossier_says_nothing_of_the_machine(printed: Path) -> None:
    body = printed.read_bytes()
    assert b"file:" not in body
    assert b"/tmp" not in body
    assert not re.search(rb"Chrom|Skia|Linux|Mozilla", body)
    metadata = pypdfium2.PdfDocument(printed).get_metadata_dict()
    assert metadata["Creator"].strip() == "Whose Cameras"
    assert metadata["CreationDate"].endswith("000000+00'00'")


def test_the_same_dossier_has_the_same_bytes(printed: Path, tmp_path: Path) -> None:
    again, _ = dossier("moscow-city-video", on="2022-06-01", out=tmp_path / "again.pdf")
    assert again.read_bytes() == printed.read_bytes()

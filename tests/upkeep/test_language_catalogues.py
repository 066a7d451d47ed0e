"""What a language lacks is listed, and a catalogue is made ready without losing a translation."""

import json
import shutil
from pathlib import Path

import pytest

from mapper.errors import UsageError
from mapper.upkeep import language_catalogues

SITE = Path(__file__).parents[2] / "site"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "i18n").mkdir()
    (tmp_path / "templates").symlink_to(SITE / "templates")
    for name in ("page.json", "i18n/en.json", "i18n/fr.po"):
        shutil.copy(SITE / name, tmp_path / name)
    page = json.loads((SITE / "page.json").read_text("utf-8")) | {"languages": ["en", "fr"]}
    (tmp_path / "page.json").write_text(json.dumps(page), encoding="utf-8")
    return tmp_path


def _say_in_english(site: Path, **words: str) -> None:
    path = site / "i18n" / "en.json"
    english = json.loads(path.read_text("utf-8")) | words
    path.write_text(json.dumps(english), encoding="utf-8")


@pytest.mark.parametrize("path", sorted((SITE / "i18n").glob("*.po")), ids=lambda path: path.name)
def test_a_complete_catalogue_stays_byte_for_byte(path: Path, tmp_path: Path) -> None:
    (tmp_path / "i18n").mkdir()
    (tmp_path / "templates").symlink_to(SITE / "templates")
    copied = tmp_path / "i18n" / path.name
    shutil.copy(path, copied)
    shutil.copy(SITE / "i18n" / "en.json", tmp_path / "i18n" / "en.json")
    page = {"languages": ["en", path.stem]}
    (tmp_path / "page.json").write_text(json.dumps(page), encoding="utf-8")

    assert "complete" in language_catalogues.update(tmp_path)
    assert copied.read_bytes() == path.read_bytes()


def test_a_new_text_is_listed_and_added_empty(site: Path) -> None:
    _say_in_english(site, brand_new_one="{n} new thing", brand_new="{n} new things")

    assert "brand_new: missing" in language_catalogues.lacks(site)
    assert "brand_new: empty" in language_catalogues.update(site)
    assert 'msgid_plural "{n} new things"' in (site / "i18n" / "fr.po").read_text("utf-8")


def test_a_translation_of_changed_words_is_kept_to_be_read_again(site: Path) -> None:
    _say_in_english(site, close="Shut")

    assert "close: marked fuzzy" in language_catalogues.update(site)
    text = (site / "i18n" / "fr.po").read_text("utf-8")
    assert '#, fuzzy\nmsgctxt "close"\nmsgid "Shut"\nmsgstr "Fermer"' in text


def test_a_language_is_begun_with_every_text_empty(site: Path) -> None:
    said = language_catalogues.add(site, "pl")

    text = (site / "i18n" / "pl.po").read_text("utf-8")
    assert "Plural-Forms: nplurals=3" in text
    assert 'msgid "Close"\nmsgstr ""' in text
    assert "page.json" in said
    with pytest.raises(UsageError, match="no language"):
        language_catalogues.add(site, "xx-nonsense")

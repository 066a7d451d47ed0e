"""Citations: true to the source, the same on page and terminal, read by programs that cite."""

import json
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from mapper.clean.partial_date import parse
from mapper.registry.registry import Registry
from mapper.telling.citation import (
    CitedItem,
    as_of,
    citation_text,
    item_text,
    page_citation,
    release_item,
    row_items,
    source_item,
)
from mapper.telling.citation_formats import FORMATS, bibtex, csl_json, ris

# https://raw.githubusercontent.com/citation-style-language/schema: the types and names used here.
CSL_TYPES = {
    *("article-newspaper", "dataset", "legal_case", "legislation", "report", "webpage"),
}
CSL_TEXTS = {
    *("id", "type", "title", "container-title", "publisher", "URL", "archive_location"),
    *("language", "version", "note"),
}
HOSTILE = CitedItem(
    item_id="odd-source",
    kind="webpage",
    title="100 % of {cameras} & $5 #1_a ~ \\ “quoted” Ниш",
    publisher="A & B, C",
    url="https://example.org/a_b?c=d&e=%20#f",
    issued=parse("2022-03"),
    accessed=parse("2022-03-05"),
    note="press; grade B",
)


def every_item(registry: Registry) -> list[CitedItem]:
    """Return the items of every row that can be cited."""
    rows = {
        "claim": list(registry.claim),
        "relation": list(registry.relation),
        "count": [row.count_id for row in registry.counts],
        "source": list(registry.source),
        "deployment": list(registry.deployment),
        "organisation": list(registry.organisation),
    }
    return [
        item
        for kind, ids in rows.items()
        for row_id in ids
        for item in row_items(registry, kind, row_id)
    ]


def test_a_count_is_cited_with_its_number_its_state_and_the_source_it_rests_on(
    good: Registry,
) -> None:
    count = good.counts[0]
    entry, source = row_items(good, "count", count.count_id)
    assert count.value_as_written in entry.title
    assert entry.note == f"count {count.count_id}"
    assert source == source_item(good.source[count.source_id])
    text = citation_text((entry, source))
    assert text.splitlines()[1].startswith("Source: ")
    assert good.source[count.source_id].url in text


def test_a_claim_is_cited_with_who_says_it(good: Registry) -> None:
    claim = next(row for row in good.claims if row.speaker_org and row.statement)
    entry, source = row_items(good, "claim", claim.claim_id)
    assert good.name(claim.speaker_org or "") in entry.title
    assert (claim.statement or "") in entry.title
    assert source.item_id == claim.source_id


def test_a_page_says_the_citation_of_the_command_with_the_day_set_apart(good: Registry) -> None:
    for kind, row_id in (
        ("deployment", "riverton-city-video"),
        ("organisation", "facet"),
        ("country", "RU"),
    ):
        before, after = page_citation(good, kind, row_id)
        (entry,) = row_items(good, kind, row_id)
        assert f"{before}{as_of(good.evidence_on)}{after}" == item_text(entry)


def test_nothing_is_filled_in_that_a_source_does_not_say(good: Registry) -> None:
    for row in good.sources:
        item = source_item(row)
        assert item.author == ""
        assert item.issued == row.published_on
        if row.published_on is None and row.published_as_written is None:
            assert "undated" in item_text(item)


def test_a_described_title_is_said_to_be_ours(good: Registry) -> None:
    row = good.sources[0].model_copy(update={"title": "[Cameras of Riverton]"})
    item = source_item(row)
    assert item.title == "[Cameras of Riverton]"
    assert "title described by Whose Cameras" in item.note


def test_a_release_is_cited_with_both_its_days_and_what_it_contains() -> None:
    item = release_item("2026-11-23.1", "2026-11-23", "2026-11-20", [("© OSM", "ODbL-1.0")])
    text = item_text(item)
    assert "release 2026-11-23.1, cameras of 23 November 2026, evidence as of 20 November" in text
    assert "© OSM, ODbL-1.0; evidence registry, CC-BY-4.0" in text


def _check_csl_date(value: dict[str, Any]) -> None:
    assert len(value) == 1
    if "literal" in value:
        assert isinstance(value["literal"], str)
        return
    (parts,) = value["date-parts"]
    assert 1 <= len(parts) <= 3
    assert all(isinstance(part, int) for part in parts)


def test_csl_json_has_the_shape_of_its_schema(good: Registry) -> None:
    items = json.loads(csl_json([*every_item(good), HOSTILE]))
    for item in items:
        assert item["type"] in CSL_TYPES
        for name, value in item.items():
            if name in {"issued", "accessed"}:
                _check_csl_date(value)
            elif name == "author":
                assert [set(author) for author in value] == [{"literal"}]
            else:
                assert name in CSL_TEXTS
                assert isinstance(value, str)


def test_bibtex_is_read_again_with_every_title_as_it_was(good: Registry) -> None:
    items = [*{item.item_id: item for item in every_item(good)}.values(), HOSTILE]
    as_written = parse_string(bibtex(items))
    assert as_written.failed_blocks == []
    assert set(as_written.entries_dict) == {item.item_id for item in items}
    decoded = parse_string(bibtex(items), append_middleware=[LatexDecodingMiddleware()])
    for item in items:
        # An address is taken as it stands, a title as TeX.
        fields = as_written.entries_dict[item.item_id].fields_dict
        assert not item.url or fields["url"].value == item.url
        title = decoded.entries_dict[item.item_id].fields_dict["title"].value
        assert " ".join(title.split()) == item.title


def test_ris_is_read_again_with_every_title_as_it_was(good: Registry) -> None:
    items = [*every_item(good), HOSTILE]
    records = rispy.loads(ris(items))
    assert [record["title"] for record in records] == [item.title for item in items]
    assert [record["id"] for record in records] == [item.item_id for item in items]
    assert records[-1]["urls"] == [HOSTILE.url]


@pytest.mark.parametrize("form", FORMATS)
def test_a_day_that_is_not_known_is_not_made_up(form: str) -> None:
    item = CitedItem(
        "a", "webpage", "A title", issued=parse("before:2024"), url="https://a.example"
    )
    assert "2024-01" not in FORMATS[form]([item])
    assert "2023" not in FORMATS[form]([item])

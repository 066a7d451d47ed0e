"""FollowTheMoney lines: known schemata and properties only, and nothing called what it is not."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mapper.export.followthemoney import followthemoney_lines
from mapper.registry.checked import load
from mapper.registry.codes import Effect
from mapper.registry.registry import Registry

GOOD = Path(__file__).parents[1] / "fixtures" / "registry"

# Read from the schemata of followthemoney 4.11.2: what each one needs, and what is used of it.
_INTEREST = {"role", "status", "startDate", "endDate", "summary", "publisher", "sourceUrl"}
_ENTITY = {
    "name",
    "alias",
    "previousName",
    "weakAlias",
    "country",
    "incorporationDate",
    "dissolutionDate",
    "wikidataId",
    "leiCode",
    "website",
    "description",
}
KNOWN: dict[str, tuple[set[str], set[str]]] = {
    "Company": ({"name"}, _ENTITY),
    "PublicBody": ({"name"}, _ENTITY),
    "Organization": ({"name"}, _ENTITY),
    "Project": ({"name"}, {"name", "projectId", "country", "startDate", "endDate", "summary"}),
    "ProjectParticipant": ({"project", "participant"}, {"project", "participant", *_INTEREST}),
    "UnknownLink": ({"subject", "object"}, {"subject", "object", *_INTEREST}),
    "Ownership": ({"owner", "asset"}, {"owner", "asset", "percentage", *_INTEREST}),
    "Succession": ({"successor", "predecessor"}, {"successor", "predecessor", *_INTEREST}),
    "Membership": ({"member", "organization"}, {"member", "organization", *_INTEREST}),
    "Note": (
        {"entity", "description"},
        {"entity", "name", "description", "publisher", "sourceUrl"},
    ),
    "Sanction": (
        {"entity"},
        {
            "entity",
            "authority",
            "program",
            "country",
            "listingDate",
            "startDate",
            "endDate",
            "provisions",
            "summary",
            "publisher",
            "sourceUrl",
        },
    ),
}
POINTS_TO = {
    "project",
    "participant",
    "subject",
    "object",
    "owner",
    "asset",
    "successor",
    "predecessor",
    "member",
    "organization",
    "entity",
}


@pytest.fixture(scope="module")
def registry() -> Registry:
    """Return the small hand-written registry."""
    return load(GOOD)


def _entities(registry: Registry) -> dict[str, dict[str, Any]]:
    entities = [json.loads(line) for line in followthemoney_lines(registry)]
    assert len({entity["id"] for entity in entities}) == len(entities)
    return {entity["id"]: entity for entity in entities}


def test_every_entity_has_a_known_schema_and_known_properties(registry: Registry) -> None:
    for entity in _entities(registry).values():
        required, known = KNOWN[entity["schema"]]
        assert required <= set(entity["properties"]) <= known, entity
        for values in entity["properties"].values():
            assert values
            assert all(isinstance(value, str) and value for value in values)


def test_every_pointer_leads_to_an_entity(registry: Registry) -> None:
    entities = _entities(registry)
    for entity in entities.values():
        for name in POINTS_TO & set(entity["properties"]):
            assert set(entity["properties"][name]) <= set(entities), entity


def test_only_an_asset_freeze_is_a_sanction(registry: Registry) -> None:
    found = [entity for entity in _entities(registry).values() if entity["schema"] == "Sanction"]
    assert [one["id"] for one in found] == ["wc-listing-facet-eu"]
    assert found[0]["properties"]["listingDate"] == ["2023-07-20"]
    for effect in set(Effect) - {Effect.ASSET_FREEZE}:
        changed = tuple(row.model_copy(update={"effect": effect}) for row in registry.designations)
        lines = followthemoney_lines(replace(registry, designations=changed))
        assert "sanction" not in "".join(lines).lower()


def test_a_component_links_two_makers_and_takes_part_in_no_project(registry: Registry) -> None:
    entities = _entities(registry)
    link = entities["wc-relation-acme-facet-to"]["properties"]
    assert (link["subject"], link["object"]) == (["wc-org-acme-silicon"], ["wc-org-facet"])
    assert link["role"] == ["maker of a component in products of"]
    parts = [entity for entity in entities.values() if entity["schema"] == "ProjectParticipant"]
    assert all(part["properties"]["participant"] != ["wc-org-acme-silicon"] for part in parts)


def test_a_component_named_at_a_system_takes_part_only_where_it_is_a_part_of_it(
    registry: Registry,
) -> None:
    def found(recipient: str) -> set[str]:
        changed = tuple(
            row.model_copy(
                update={"deployment_id": "riverton-city-video", "recipient_org": recipient}
            )
            if row.relation_id == "acme-facet"
            else row
            for row in registry.relations
        )
        ids = set(_entities(replace(registry, relations=changed)))
        return {one for one in ids if one.startswith("wc-relation-acme-facet")}

    assert found("facet") == {"wc-relation-acme-facet-to"}
    assert found("riverton-it") == {"wc-relation-acme-facet-to", "wc-relation-acme-facet-at"}


def test_what_was_retracted_is_left_out(registry: Registry) -> None:
    text = "".join(followthemoney_lines(registry))
    assert "hall-exland" not in text
    assert "quiet-riverton" not in text


def test_a_vague_date_is_no_date(registry: Registry) -> None:
    entities = _entities(registry)
    assert "incorporationDate" not in entities["wc-org-acme-silicon"]["properties"]
    assert entities["wc-org-facet"]["properties"]["incorporationDate"] == ["2015-03"]


def test_a_group_is_said_to_be_a_group(registry: Registry) -> None:
    group = _entities(registry)["wc-org-towns-council"]
    assert group["schema"] == "Organization"
    assert group["properties"]["description"] == ["A group as a source names it, not its members."]


def test_the_same_registry_gives_the_same_sorted_lines(registry: Registry) -> None:
    lines = followthemoney_lines(registry)
    assert lines == followthemoney_lines(load(GOOD))
    ids = [json.loads(line)["id"] for line in lines]
    assert ids == sorted(ids)
    assert not any("\n" in line for line in lines)

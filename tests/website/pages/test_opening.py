"""The first screen's numbers, against the rows they are counted from."""

from mapper.answers.supply import edge_of
from mapper.registry.checked import load
from mapper.registry.codes import Role, SubjectKind
from mapper.settings import Settings
from mapper.website.pages.addresses import pages_of
from mapper.website.pages.opening import opening
from mapper.website.pages.tally import CameraTally
from tests.website.frames import camera, frame


def test_the_numbers_are_those_of_the_rows() -> None:
    registry = load(Settings().registry_dir)
    cameras = frame([camera(1, vendor_id="hikvision", vendor_rung="B"), camera(2)])
    said = opening(registry, pages_of(registry, cameras), CameraTally(cameras))

    standing = {
        row.deployment_id: row.country_code
        for row in registry.deployments
        if registry.retraction(SubjectKind.DEPLOYMENT, row.deployment_id) is None
    }
    assert said.systems == len(standing)
    assert said.countries == len(set(standing.values()))
    assert said.with_listed <= said.with_supplier <= said.systems
    assert (said.cameras, said.cameras_named, said.top_maker) == (2, 1, "Hikvision")

    huawei = next(line for line in said.suppliers if line.org_id == "huawei")
    mine = {
        row.deployment_id
        for row in registry.relations
        if row.supplier_org == "huawei"
        and row.deployment_id in standing
        and row.role not in {Role.FINANCIER, Role.OPERATOR}
        and edge_of(registry, row.relation_id).is_supply
    }
    assert huawei.systems == len(mine)
    assert huawei.countries == len({standing[place] for place in mine})
    assert huawei.is_listed


def test_who_only_pays_is_no_supplier() -> None:
    registry = load(Settings().registry_dir)
    cameras = frame([camera(1)])
    said = opening(registry, pages_of(registry, cameras), CameraTally(cameras))

    payers = {row.supplier_org for row in registry.relations if row.role is Role.FINANCIER}
    suppliers = {row.supplier_org for row in registry.relations if row.role is not Role.FINANCIER}
    assert payers - suppliers
    assert not {line.org_id for line in said.suppliers} & (payers - suppliers)


def test_every_chain_begins_at_a_place_and_reaches_a_supplier() -> None:
    registry = load(Settings().registry_dir)
    cameras = frame([camera(1)])
    said = opening(registry, pages_of(registry, cameras), CameraTally(cameras))

    assert said.chains
    for strip in said.chains:
        assert 2 <= len(strip.boxes) <= 6
        assert strip.boxes[0].role == ""
        assert strip.boxes[-1].role
        assert strip.boxes[-1].status

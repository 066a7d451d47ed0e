"""An excerpt of the evidence is whole: every rule of the registry holds, and no side is cut."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.answers.registry_excerpt import excerpt
from mapper.answers.supply_chain import chain
from mapper.export.registry_tables import csv_of
from mapper.registry.checked import check, load
from mapper.registry.codes import SubjectKind
from mapper.registry.registry import TABLES, Registry
from mapper.settings import EvidenceScope, Settings


@pytest.fixture(scope="module")
def world() -> Registry:
    """Return the bundled evidence."""
    return load(Settings().registry_dir)


def _problems(registry: Registry, folder: Path) -> list[str]:
    folder.mkdir(exist_ok=True)
    for table in TABLES:
        (folder / f"{table}.csv").write_text(csv_of(table, getattr(registry, table)), "utf-8")
    return [str(problem) for problem in check(folder)]


@pytest.mark.parametrize("scope", [EvidenceScope.COUNTRY, EvidenceScope.RELATED])
@pytest.mark.parametrize("codes", [["RS"], ["FR"], ["RU", "GB"], ["AQ"]])
def test_an_excerpt_passes_every_check_of_the_registry(
    scope: EvidenceScope, codes: list[str], world: Registry, tmp_path: Path
) -> None:
    found = excerpt(world, country_codes=codes, org_ids=["hikvision"], scope=scope)
    assert _problems(found, tmp_path / "registry") == []


_GOOD = load(Path(__file__).parents[1] / "fixtures" / "registry")


@settings(max_examples=25)
@given(
    codes=st.sets(st.sampled_from(sorted({row.country_code for row in _GOOD.deployments}))),
    orgs=st.sets(st.sampled_from(sorted(_GOOD.organisation)), max_size=3),
    scope=st.sampled_from([EvidenceScope.COUNTRY, EvidenceScope.RELATED]),
)
def test_any_countries_and_makers_of_the_fixture_give_a_whole_excerpt(
    codes: set[str], orgs: set[str], scope: EvidenceScope
) -> None:
    found = excerpt(_GOOD, country_codes=codes, org_ids=orgs, scope=scope)
    with TemporaryDirectory() as folder:
        assert _problems(found, Path(folder)) == []
    assert orgs <= found.organisation.keys()


def test_a_chain_in_the_excerpt_is_the_chain_of_the_whole(world: Registry) -> None:
    found = excerpt(world, country_codes=["RS"], org_ids=[], scope=EvidenceScope.COUNTRY)
    here = [row.deployment_id for row in world.deployments if row.country_code == "RS"]
    assert here
    for deployment_id in here:
        assert chain(found, deployment_id).root == chain(world, deployment_id).root


def test_no_claim_on_what_is_kept_is_left_out(world: Registry) -> None:
    found = excerpt(world, country_codes=["RS"], org_ids=[], scope=EvidenceScope.COUNTRY)
    for relation in found.relations:
        subject = SubjectKind.RELATION, relation.relation_id
        assert found.claims_on(*subject) == world.claims_on(*subject)
        assert found.retraction(*subject) == world.retraction(*subject)
    for organisation in found.organisations:
        kept = [row for row in found.designations if row.org_id == organisation.org_id]
        assert kept == [row for row in world.designations if row.org_id == organisation.org_id]


def test_the_scopes_hold_more_and_more(world: Registry) -> None:
    held = [
        excerpt(world, country_codes=["RS"], org_ids=[], scope=scope)
        for scope in (EvidenceScope.COUNTRY, EvidenceScope.RELATED, EvidenceScope.ALL)
    ]
    sets = [{row.deployment_id for row in one.deployments} for one in held]
    assert sets[0] < sets[1] < sets[2]
    assert {held[0].deployment[one].country_code for one in sets[0]} == {"RS"}
    assert held[2] is world


def test_rows_of_ones_own_join_the_bundled_ones(tmp_path: Path, good_folder: Path) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    header, first, *_ = (good_folder / "deployments.csv").read_text("utf-8").splitlines()
    cells = first.split(",")
    (own / "deployments.csv").write_text(
        "\n".join([header, ",".join(["own-system", "Own System", *cells[2:]]), ""]), "utf-8"
    )
    problems = check(good_folder, own)
    # It names no count, claim or relation: the rules hold for one's own rows too.
    assert [(one.file, one.line) for one in problems] == [("mine/deployments.csv", 2)]
    header, row, *_ = (good_folder / "counts.csv").read_text("utf-8").splitlines()
    cells = row.split(",")
    (own / "counts.csv").write_text(
        "\n".join([header, ",".join(["own-count", "own-system", *cells[2:]]), ""]), "utf-8"
    )
    assert check(good_folder, own) == []
    joined = load(good_folder, own)
    assert joined.deployment["own-system"].name == "Own System"
    assert len(joined.deployments) == len(load(good_folder).deployments) + 1


def test_ones_own_row_takes_no_id_of_the_bundled_ones(tmp_path: Path, good_folder: Path) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    body = (good_folder / "deployments.csv").read_text("utf-8").splitlines()[:2]
    (own / "deployments.csv").write_text("\n".join([*body, ""]), "utf-8")
    (problem,) = check(good_folder, own)
    assert problem.file == "mine/deployments.csv"
    assert "deployments.csv, line 2 has it too" in problem.allowed, json.dumps(str(problem))

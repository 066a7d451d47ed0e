"""Rows of a small registry, written by hand, and the registry that the project carries."""
# ruff: noqa: RUF001 - Cyrillic and full-width letters are cases of their own.

from functools import cache
from pathlib import Path

from mapper.registry.checked import load
from mapper.registry.registry import Registry
from mapper.registry.tables import (
    Footprint,
    Organisation,
    OrganisationLink,
    OrganisationName,
    Product,
)
from mapper.resolve.vendors.ladder import VendorResolver

ROOT = Path(__file__).resolve().parents[3]


def organisation(org_id: str, name: str, *, kind: str = "company", qid: str = "") -> Organisation:
    return Organisation.model_validate(
        {
            "org_id": org_id,
            "name": name,
            "kind": kind,
            "country_code": "",
            "founded": "",
            "dissolved": "",
            "wikidata_id": qid,
            "lei": "",
            "website": "",
        }
    )


def name_row(org_id: str, name: str, kind: str = "alias") -> OrganisationName:
    return OrganisationName.model_validate(
        {
            "org_id": org_id,
            "name": name,
            "language": "",
            "kind": kind,
            "valid_from": "",
            "valid_to": "",
            "source_id": "",
        }
    )


def product(org_id: str, name: str, layer: str = "camera") -> Product:
    slug = "".join(letter if letter.isalnum() else "-" for letter in name.lower())
    return Product.model_validate(
        {
            "product_id": f"{org_id}-{slug}",
            "org_id": org_id,
            "name": name,
            "layer": layer,
            "source_id": "",
        }
    )


def footprint(org_id: str, country_code: str) -> Footprint:
    return Footprint.model_validate(
        {
            "org_id": org_id,
            "country_code": country_code,
            "valid_from": "",
            "source_id": "a-source",
        }
    )


def link(from_org: str, kind: str, to_org: str) -> OrganisationLink:
    return OrganisationLink.model_validate(
        {
            "from_org": from_org,
            "to_org": to_org,
            "kind": kind,
            "share_pct": "",
            "value": "",
            "value_bound": "",
            "value_as_written": "",
            "currency": "",
            "valid_from": "",
            "valid_to": "",
            "source_id": "a-source",
        }
    )


ORGANISATIONS = (
    organisation("flock-safety", "Flock Safety", qid="Q108485435"),
    organisation("axis-communications", "Axis Communications", qid="Q2347731"),
    organisation("motorola-solutions", "Motorola Solutions", qid="Q634815"),
    organisation("avigilon", "Avigilon", qid="Q4828825"),
    organisation("genetec", "Genetec", qid="Q30295174"),
    organisation("hanwha-vision", "Hanwha Vision"),
    organisation("i-pro", "i-PRO"),
    organisation("reolink", "Reolink"),
    organisation("arlo", "Arlo"),
    organisation("ekin", "Ekin"),
    organisation("siemens", "Siemens", kind="brand"),
    organisation("lt-security", "LT Security", kind="brand"),
    organisation("ntechlab", "NtechLab"),
    organisation("hikvision", "Hikvision"),
    organisation("some-bank", "Some Bank"),
    organisation("some-police", "Some Police", kind="public_body"),
)

NAMES = (
    name_row("flock-safety", "Flock"),
    name_row("flock-safety", "Flock Group Inc.", "legal"),
    name_row("axis-communications", "Axis"),
    name_row("axis-communications", "Axis Communications AB", "legal"),
    name_row("motorola-solutions", "Motorola"),
    name_row("genetec", "Q30267239", "second_wikidata_id"),
    name_row("hanwha-vision", "Hanwha"),
    name_row("hanwha-vision", "Hanwha Techwin", "former"),
    name_row("ntechlab", "ООО «НТЕХЛАБ»", "legal"),
    name_row("hikvision", "海康威视", "brand"),
)

PRODUCTS = (
    product("flock-safety", "Falcon"),
    product("genetec", "AutoVu"),
    product("genetec", "AutoVu SharpV"),
    product("hanwha-vision", "Wisenet"),
    product("ekin", "Box Spotter"),
    product("ntechlab", "FindFace", "software"),
)

FOOTPRINTS = (
    footprint("flock-safety", "US"),
    footprint("axis-communications", "*"),
    footprint("motorola-solutions", "US"),
    footprint("avigilon", "US"),
    footprint("genetec", "US"),
    footprint("i-pro", "*"),
    footprint("reolink", "*"),
    footprint("arlo", "*"),
    footprint("hikvision", "*"),
)


def small_resolver(*links: OrganisationLink) -> VendorResolver:
    return VendorResolver(
        organisations=ORGANISATIONS,
        organisation_names=NAMES,
        products=PRODUCTS,
        footprints=FOOTPRINTS,
        organisation_links=links,
    )


@cache
def carried_registry() -> Registry:
    return load(ROOT / "data" / "registry")


@cache
def carried_resolver() -> VendorResolver:
    registry = carried_registry()
    return VendorResolver(
        organisations=registry.organisations,
        organisation_names=registry.organisation_names,
        products=registry.products,
        footprints=registry.footprints,
        organisation_links=registry.organisation_links,
    )

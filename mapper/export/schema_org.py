"""A release in the words of schema.org, by which search engines for data sets list it."""

from collections.abc import Mapping
from typing import Any, Final

from mapper.export.catalogue_records import ABOUT, KEYWORDS
from mapper.export.descriptors import AUTHOR, MEDIA_TYPES, TITLE
from mapper.model.release import ReleaseInfo

_LICENSE_PAGES: Final = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-3.0": "https://creativecommons.org/licenses/by/3.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}


def dataset_jsonld(
    info: ReleaseInfo, manifest: Mapping[str, Any], base_address: str, folder: str
) -> dict[str, Any]:
    """
    Describe a release as a schema.org ``Dataset``.

    Parameters
    ----------
    manifest
        Of the release.
    base_address
        Where the site stands, ``https://.../``; empty where it is not known, and then files are
        named without an address.
    folder
        The way from the site's top folder to the release; one that begins with ``../`` is not
        part of the site, and then no addresses are said either.

    Notes
    -----
    Source: https://schema.org/Dataset and the guidelines for dataset structured data.
    """
    license_ids = sorted({file["license_id"] for file in manifest["files"]})
    is_in_site = bool(base_address) and not folder.startswith("../")
    content: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": TITLE,
        "description": ABOUT,
        "identifier": info.release_id,
        "version": info.release_id,
        "dateModified": info.data_on,
        "isAccessibleForFree": True,
        "keywords": list(KEYWORDS),
        "license": [_LICENSE_PAGES.get(license_id, license_id) for license_id in license_ids],
        "creator": {"@type": "Organization", "name": AUTHOR},
        "isBasedOn": [
            {"@type": "CreativeWork", "name": credit.title, "creditText": credit.attribution}
            for credit in info.credits
        ],
        "distribution": [
            _download(file, f"{base_address}{folder}" if is_in_site else "")
            for file in manifest["files"]
            if file["file_format"] != "text"
        ],
    }
    if base_address:
        content["url"] = f"{base_address}data.html"
    return content


def _download(file: Mapping[str, Any], address: str) -> dict[str, Any]:
    suffix = "." + file["path"].rpartition(".")[2]
    described = {
        "@type": "DataDownload",
        "name": file["path"],
        "encodingFormat": MEDIA_TYPES.get(suffix, "application/octet-stream"),
        "contentSize": f"{file['size_bytes']} B",
        "sha256": file["sha256"],
        "license": _LICENSE_PAGES.get(file["license_id"], file["license_id"]),
    }
    return described | ({"contentUrl": f"{address}{file['path']}"} if address else {})

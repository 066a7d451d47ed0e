"""A site as one file: the same bytes, links that lead inside, and no file that is not proved."""

import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from mapper.errors import UsageError, VerificationError
from mapper.pipeline.packing_site import pack
from mapper.website.site_archive import SUMS, check_site_archive, write_site_archive


def _built(out_dir: Path, local: tuple[str, ...] = ()) -> Path:
    """Write the least that is a built site with its release beside it."""
    meta = json.dumps({"release_id": "2024-05-01.1", "local": list(local)})
    for name, text in {
        "site/index.html": "<p>map</p>",
        "site/data.html": '<a href="../release/2024-05-01.1/cameras.csv">',
        "site/data/meta.js": f'WC.put("meta", {meta});',
        "release/2024-05-01.1/cameras.csv": "camera_id\n",
        "release/2023-01-01.1/cameras.csv": "old\n",
    }.items():
        path = out_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return out_dir


def _rewritten(path: Path, change: dict[str, bytes | None]) -> None:
    """Write an archive again with some files changed, added or, by None, left out."""
    with zipfile.ZipFile(path) as old:
        files = {name: old.read(name) for name in old.namelist()}
    files |= {name: body for name, body in change.items() if body is not None}
    with zipfile.ZipFile(path, "w") as new:
        for name, body in files.items():
            if name not in change or change[name] is not None:
                new.writestr(name, body)


def test_what_the_site_links_to_is_inside_and_nothing_of_an_older_release(tmp_path: Path) -> None:
    out = _built(tmp_path / "build")

    summary = write_site_archive(out, tmp_path / "map.zip")

    with zipfile.ZipFile(summary.path) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "stick")
    assert names == [
        "index.html",
        "release/2024-05-01.1/cameras.csv",
        "site/data.html",
        "site/data/meta.js",
        "site/index.html",
        SUMS,
    ]
    assert summary.files == len(names)
    assert (tmp_path / "stick" / "site" / ".." / "release" / "2024-05-01.1").is_dir()
    assert 'href="site/index.html"' in (tmp_path / "stick" / "index.html").read_text("utf-8")


def test_the_same_site_gives_the_same_bytes_on_any_day(tmp_path: Path) -> None:
    first = write_site_archive(_built(tmp_path / "a"), tmp_path / "a.zip")
    again = _built(tmp_path / "b")
    for path in again.rglob("*"):
        path.touch()

    second = write_site_archive(again, tmp_path / "b.zip")

    assert first.path.read_bytes() == second.path.read_bytes()


def test_a_site_with_its_downloads_takes_no_second_copy(tmp_path: Path) -> None:
    out = _built(tmp_path / "build")
    inside = out / "site" / "downloads" / "2024-05-01.1" / "cameras.csv"
    inside.parent.mkdir(parents=True)
    inside.write_text("camera_id\n", encoding="utf-8")

    summary = write_site_archive(out, tmp_path / "map.zip")

    with zipfile.ZipFile(summary.path) as archive:
        assert not [name for name in archive.namelist() if name.startswith("release/")]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"site/index.html": b"<p>other</p>"}, "site/index.html is not what"),
        ({"site/index.html": None}, "site/index.html is not what"),
        ({"site/extra.js": b"1"}, "site/extra.js is not what"),
        ({SUMS: None}, f"it has no {SUMS}"),
        ({"../outside": b"1"}, "leads outside"),
        ({"/outside": b"1"}, "leads outside"),
        ({"C:/outside": b"1"}, "leads outside"),
        ({"site/data/meta.js": None}, "it has no site/data/meta.js"),
    ],
)
def test_an_archive_that_is_not_as_it_was_packed_is_refused(
    tmp_path: Path, change: dict[str, bytes | None], named: str
) -> None:
    path = write_site_archive(_built(tmp_path / "build"), tmp_path / "map.zip").path
    assert check_site_archive(path).release_id == "2024-05-01.1"
    _rewritten(path, change)

    with pytest.raises(VerificationError, match=named):
        check_site_archive(path)


def _with_sums(path: Path, files: dict[str, bytes], link: str = "") -> Path:
    """Write an archive whose sums are right, as whoever means harm would."""
    sums = "".join(f"{sha256(body).hexdigest()}  {name}\n" for name, body in files.items())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in {**files, SUMS: sums.encode()}.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o120777 if name == link else 0o100644) << 16
            archive.writestr(entry, body)
    return path


@pytest.mark.parametrize(
    ("files", "link", "named"),
    [
        ({"site/data/meta.js": b"nothing"}, "", "no file of a map"),
        ({"site/data/meta.js": b'WC.put("meta", {});'}, "", "no file of a map"),
        ({"site/data/meta.js": b"{" + b" " * (64 << 20)}, "", "larger than"),
        (
            {"site/data/meta.js": b'{"release_id": "1"}', "site/home": b"/home"},
            "site/home",
            "leads outside",
        ),
    ],
)
def test_right_sums_alone_do_not_make_an_archive_safe(
    tmp_path: Path, files: dict[str, bytes], link: str, named: str
) -> None:
    path = _with_sums(tmp_path / "map.zip", files, link)

    with pytest.raises(VerificationError, match=named):
        check_site_archive(path)


def test_an_archive_with_a_password_is_refused_in_plain_words(tmp_path: Path) -> None:
    path = _with_sums(tmp_path / "map.zip", {"site/data/meta.js": b'{"release_id": "1"}'})
    body = bytearray(path.read_bytes())
    # The flag of each entry that says so, in its own head and in the list at the end.
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := body.find(head, start + 1)) >= 0:
            body[start + at] |= 1
    path.write_bytes(body)

    with pytest.raises(VerificationError, match="no whole archive"):
        check_site_archive(path)


def test_packed_bytes_that_are_none_are_refused_in_plain_words(tmp_path: Path) -> None:
    path = _with_sums(tmp_path / "map.zip", {"site/data/meta.js": b'{"release_id": "1"}'})
    body = bytearray(path.read_bytes())
    # Behind the head of the first entry and its name: a block of a kind that there is not.
    body[30 + len("site/data/meta.js")] = 0xFF
    path.write_bytes(body)

    with pytest.raises(VerificationError, match="no whole archive"):
        check_site_archive(path)


def test_a_cut_archive_is_no_archive(tmp_path: Path) -> None:
    path = write_site_archive(_built(tmp_path / "build"), tmp_path / "map.zip").path
    path.write_bytes(path.read_bytes()[:-40])

    with pytest.raises(VerificationError, match="no whole archive"):
        check_site_archive(path)


def test_lists_without_a_licence_are_not_packed(tmp_path: Path) -> None:
    out = _built(tmp_path / "build", local=("My list",))

    with pytest.raises(UsageError, match="My list"):
        write_site_archive(out, tmp_path / "map.zip")

    assert not (tmp_path / "map.zip").exists()


def test_a_release_that_is_not_there_is_named_and_the_old_file_stays(tmp_path: Path) -> None:
    out = _built(tmp_path / "build")
    (out / "release" / "2024-05-01.1" / "cameras.csv").unlink()
    (out / "release" / "2024-05-01.1").rmdir()
    (tmp_path / "map.zip").write_text("before", encoding="utf-8")

    with pytest.raises(UsageError, match=r"2024-05-01\.1, which is not in"):
        write_site_archive(out, tmp_path / "map.zip")

    assert (tmp_path / "map.zip").read_text("utf-8") == "before"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("path", [Path("map.zip"), None])
def test_one_thing_is_done_at_a_time(tmp_path: Path, path: Path | None) -> None:
    with pytest.raises(UsageError, match="one thing"):
        pack(tmp_path, to=path, check=path)


def test_a_folder_without_a_page_says_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no page in") as caught:
        pack(tmp_path, to=tmp_path / "map.zip", check=None)

    assert "mapper build" in caught.value.next_step

# ruff: noqa: RUF001 - names in other scripts
"""What an import refuses, asks and keeps; whatever it takes in, the build reads the same."""

import os
from pathlib import Path

import pytest

from mapper.errors import SourceFormatError, UsageError
from mapper.model.observation import Observation
from mapper.model.progress import NoProgress
from mapper.own_lists.kept_lists import own_sources
from mapper.pipeline.inputs import read_inputs
from mapper.pipeline.own_lists import ImportRequest, import_list
from mapper.settings import Settings
from mapper.sources import sources_by_id


def request(folder: Path, text: str, **said: str) -> ImportRequest:
    path = folder / said.pop("file_name", "cameras.csv")
    path.write_text(text, "utf-8")
    mapping = said.pop("mapping", "")
    if mapping:
        (folder / "m.toml").write_text(mapping, "utf-8")
    return ImportRequest(
        path=path,
        publisher=said.get("publisher", "P"),
        date=said.get("date", "2025"),
        license_id=said.get("license_id", "CC-BY-4.0"),
        source_id=said.get("source_id", "mine"),
        mapping_path=folder / "m.toml" if mapping else None,
    )


def rows_of(settings: Settings, source_id: str = "mine") -> tuple[Observation, ...]:
    (taken,) = read_inputs([source_id], settings=settings, progress=NoProgress())
    return tuple(taken.reading.observations)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(raw_dir=tmp_path / "raw", out_dir=tmp_path / "out")


@pytest.mark.parametrize("taken", ["sample", *sources_by_id()])
def test_a_list_cannot_shadow_another_source(
    taken: str, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="what another source is called"):
        import_list(request(tmp_path, "lat,lon\n60,24\n", source_id=taken), settings=settings)


@pytest.mark.parametrize("license_id", ["MIT", "CC-BY-NC-4.0", "permission by letter"])
def test_any_licence_is_recorded_as_it_is_and_keeps_the_list_local(
    license_id: str, settings: Settings, tmp_path: Path
) -> None:
    text = import_list(
        request(tmp_path, "lat,lon\n60.1,24.9\n", license_id=license_id), settings=settings
    )
    assert "in no release" in text
    assert own_sources(settings.raw_dir)["mine"].info.license_id == license_id


@pytest.mark.parametrize("publisher", ["x\ud800", "a\x00b", "\u202eevil", "y" * 400])
def test_what_cannot_be_seen_is_no_publisher(
    publisher: str, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="--publisher"):
        import_list(request(tmp_path, "lat,lon\n60,24\n", publisher=publisher), settings=settings)


def test_a_column_that_is_left_out_is_read_nowhere(settings: Settings, tmp_path: Path) -> None:
    text = "id,lat,lon,operator,model\n1,60.17,24.94,City of Helsinki,Axis P1\n"
    mapping = '[columns]\noperator = ""\nmodel = ""\n'
    import_list(request(tmp_path, text, mapping=mapping), settings=settings)
    assert [dict(row.tags) for row in rows_of(settings)] == [{"man_made": "surveillance"}]


UNSAFE = [
    "john.smith@example.org", "rtsp://admin:pass@192.0.2.5/live", "+49 171 1234567", "01711234567",
    "B-HM 4242", "AB12 CDE", "Petra Köhler", "ΜΑΡΙΑ ΠΑΠΠΑ", "ԱՐԱՄ ԽԱՉԱՏՐՅԱՆ", "10 Downing Street",
    "Hauptstrasse 5", "john_smith_1", "M. Dupont", "555-123-4567", "12345678", "ANNA KOWALSKA",
]  # fmt: skip


@pytest.mark.parametrize("ref", UNSAFE)
def test_an_id_that_could_be_a_persons_is_not_taken(
    ref: str, settings: Settings, tmp_path: Path
) -> None:
    lines = "".join(f"C{number},60.{number},24.9\n" for number in range(1, 4))
    text = f"id,lat,lon\n{lines}{ref},60.9,24.9\n"
    said = import_list(request(tmp_path, text), settings=settings)
    refs = [row.source_ref for row in rows_of(settings)]
    assert refs[:3] == ["C1", "C2", "C3"]
    assert refs[3].startswith("row-")
    assert "1 ids could be a person's data" in said


@pytest.mark.parametrize(
    "refs",
    [
        ["1", "2", "3"], ["CAM-001", "CAM-002", "CAM-017"], ["R12", "R13", "R14"],
        ["node/123456789", "way/5", "node/7"], ["Camera 1", "Camera 2", "Camera 3"],
        ["3f2504e0-4f89-11d3-9a0c-0305e82c3301", "A1", "B2"], ["1001", "1002", "99"],
    ],
)  # fmt: skip
def test_a_counted_id_is_kept(refs: list[str], settings: Settings, tmp_path: Path) -> None:
    lines = "".join(f"{ref},60.{number},24.9\n" for number, ref in enumerate(refs, 1))
    import_list(request(tmp_path, f"id,lat,lon\n{lines}"), settings=settings)
    assert sorted(row.source_ref for row in rows_of(settings)) == sorted(refs)


def test_a_blank_and_a_repeated_id_take_no_id_from_other_rows(
    settings: Settings, tmp_path: Path
) -> None:
    text = "id,lat,lon\nA1,60.1,24.9\n,60.2,24.9\nA3,60.3,24.9\nA1,60.4,24.9\n"
    said = import_list(request(tmp_path, text), settings=settings)
    refs = [row.source_ref for row in rows_of(settings)]
    assert (refs[0], refs[2]) == ("A1", "A3")
    assert len(set(refs)) == 4
    assert "1 rows have no id" in said
    assert "kept by the first: A1" in said


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("surveillance", "level 2"), ("indoor_outdoor", "Mezzanine"), ("access", "on request"),
        ("building", "Turmbau"), ("operator:type", "Mr"), ("entrance", "left wing"),
        ("ownership", "leased out"), ("surveillance:zone", "my yard, left"),
    ],
)  # fmt: skip
def test_a_word_about_privacy_that_is_not_understood_stops_the_import(
    column: str, value: str, settings: Settings, tmp_path: Path
) -> None:
    text = f'lat,lon,{column}\n60.1,24.9,"{value}"\n'
    with pytest.raises(UsageError, match="decides about privacy") as caught:
        import_list(request(tmp_path, text), settings=settings)
    assert value in caught.value.next_step
    tag = "surveillance" if column == "indoor_outdoor" else column
    mapping = f'[values."{tag}"]\n"{value}" = "private"\n'
    import_list(request(tmp_path, text, mapping=mapping), settings=settings)
    assert rows_of(settings)[0].tags[tag] == "private"


def test_a_column_nobody_reads_that_speaks_of_homes_stops_the_import(
    settings: Settings, tmp_path: Path
) -> None:
    text = "lat,lon,Standort\n60.1,24.9,Wohnhaus\n60.2,24.9,Marktplatz\n60.3,24.9,Bahnhof\n"
    with pytest.raises(UsageError, match="'Standort' is not read"):
        import_list(request(tmp_path, text), settings=settings)
    import_list(request(tmp_path, text, mapping='ignored = ["Standort"]'), settings=settings)
    assert len(rows_of(settings)) == 3


@pytest.mark.parametrize(("outside", "stops"), [(5, False), (6, True)])
@pytest.mark.parametrize("mapping", ["", 'country = "FI"'])
def test_over_five_in_a_hundred_rows_abroad_stop_the_import(
    outside: int,
    stops: bool,  # noqa: FBT001 - a case
    mapping: str,
    settings: Settings,
    tmp_path: Path,
) -> None:
    home = [f"60.{number:03},24.9" for number in range(170, 270 - outside)]
    abroad = [f"48.{number},2.3" for number in range(85, 85 + outside)]
    text = "lat,lon\n" + "\n".join([*home, *abroad]) + "\n"
    if not stops:
        import_list(request(tmp_path, text, mapping=mapping), settings=settings)
        return
    with pytest.raises(UsageError, match="6 of 100 rows lie outside FI"):
        import_list(request(tmp_path, text, mapping=mapping), settings=settings)
    import_list(request(tmp_path, text, mapping='country = "*"'), settings=settings)
    assert len(rows_of(settings)) == 100


def test_a_damaged_note_stops_its_own_list_alone(settings: Settings, tmp_path: Path) -> None:
    import_list(request(tmp_path, "lat,lon\n60.1,24.9\n"), settings=settings)
    import_list(request(tmp_path, "lat,lon\n60.1,24.9\n", source_id="other"), settings=settings)
    (settings.raw_dir / "own" / "mine.json").write_bytes(b"")
    assert len(rows_of(settings, "other")) == 1
    with pytest.raises(SourceFormatError, match="set aside"):
        rows_of(settings)
    import_list(request(tmp_path, "lat,lon\n60.1,24.9\n"), settings=settings)
    assert len(rows_of(settings)) == 1


@pytest.mark.parametrize("date", ["2018", "2018-04", "2018-04-03"])
def test_a_date_stays_as_it_was_said(date: str, settings: Settings, tmp_path: Path) -> None:
    import_list(request(tmp_path, "lat,lon\n60.1,24.9\n", date=date), settings=settings)
    assert own_sources(settings.raw_dir)["mine"].description.published_on == date


def test_a_status_column_leaves_out_what_is_not_there_and_a_count_is_kept(
    settings: Settings, tmp_path: Path
) -> None:
    text = (
        "lat,lon,Status,Number of cameras\n60.1,24.9,DESIRED,1\n60.2,24.9,Under review,3\n"
        "60.3,24.9,REMOVED,1\n60.4,24.9,ACTIVE,12\n"
    )
    said = import_list(request(tmp_path, text), settings=settings)
    assert "1 rejected: planned, not there yet" in said
    assert "1 rejected: no longer there" in said
    assert "counts 17 cameras at 4 places" in said
    tags = [(row.tags["lifecycle"], row.tags["camera:count"]) for row in rows_of(settings)]
    assert tags == [("?", "3"), ("ACTIVE", "12")]


def test_a_file_whose_name_is_no_utf8_is_taken_in(settings: Settings, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/l\xff.csv"))
    path.write_text("lat,lon\n60.1,24.9\n", "utf-8")
    said = ImportRequest(path=path, publisher="P", date="2025", license_id="MIT", source_id="mine")
    import_list(said, settings=settings).encode()
    assert len(rows_of(settings)) == 1


def test_a_disk_that_fills_leaves_the_note_of_before(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_list(request(tmp_path, "lat,lon\n60.1,24.9\n"), settings=settings)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mapper.clean.durable_files.write_text", full)
    with pytest.raises(OSError, match="No space"):
        import_list(request(tmp_path, "lat,lon\n60.2,24.9\n"), settings=settings)
    monkeypatch.undo()
    assert own_sources(settings.raw_dir)["mine"].description.row_count_min == 0
    assert not list((settings.raw_dir / "own").glob("*.partial"))

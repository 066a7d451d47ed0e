"""Lists of one's own: the small inputs that failed, each with its right result."""

from collections.abc import Callable
from typing import Final

from tests.cases.trial import Case, Trial


def reads(rows: int, *file_names: str, says: tuple[str, ...] = ()) -> Callable[[Trial], str]:
    """Expect that a dry run keeps so many rows of each file, and says these words."""

    def attempt(trial: Trial) -> str:
        for name in file_names:
            told = trial.dry_run(name)
            assert told.code == 0, told
            assert f"{rows:>7,} rows kept" in told.stdout, told.stdout
            for word in says:
                assert word in told.stdout, (word, told.stdout)
        return f"{rows} rows kept" + (f"; said: {', '.join(says)}" if says else "")

    return attempt


def refuses(*file_names: str, says: tuple[str, ...], dry: bool = True) -> Callable[[Trial], str]:
    """Expect that a list is not taken in, and that the message says these words."""

    def attempt(trial: Trial) -> str:
        for name in file_names:
            told = trial.dry_run(name) if dry else trial.run("import", name)
            assert told.code in {2, 3}, told
            for word in says:
                assert word in told.stderr, (word, told.stderr)
        return f"refused; said: {', '.join(says)}"

    return attempt


def _same_as_osm(trial: Trial) -> str:
    trial.take_in("overpass-turbo.geojson")
    from_list = sorted(trial.build("case_list")["device_type"].astype(str))
    from_osm = sorted(trial.build("same.json")["device_type"].astype(str))
    assert from_list == from_osm, (from_list, from_osm)
    return f"both: {', '.join(from_list)}"


def _walk(trial: Trial) -> str:
    trial.take_in("walk.geojson")
    cameras = trial.build("case_list")
    assert list(cameras["camera_type"]) == ["panning"], cameras
    return "Indoors withheld, one panning camera outdoors"


def _counts(trial: Trial) -> str:
    trial.take_in("counts.csv")
    counts = [int(count) for count in trial.build("case_list")["site_camera_count"]]
    assert counts == [3, 12], counts
    return "15 cameras at 2 places"


def _encodings(trial: Trial) -> str:
    for name, word, encoding in (("cp1250.csv", "Žďár", "cp1250"), ("cp1251.csv", "ГКУ", "cp1251")):
        told = trial.dry_run(name)
        assert told.code == 2, told
        assert word in told.stderr, told.stderr
        (trial.folder / "m.toml").write_text(f'encoding = "{encoding}"\n', "utf-8")
        told = trial.dry_run(name, "--mapping", "m.toml")
        assert told.code == 0, told
    return "asked, with the values as they read; the answer reads them"


def _abroad(trial: Trial) -> str:
    sea, namibia = trial.dry_run("lonlat.csv"), trial.dry_run("swapped.geojson")
    assert "in the sea 2" in sea.stdout, sea
    assert "the import stops here" in sea.stdout, sea
    assert "(NA) 2" in namibia.stdout, namibia
    return "in the sea 2, stops; Namibia 2, said"


def _dates(trial: Trial) -> str:
    trial.take_in("us.csv")
    days = sorted(str(day) for day in trial.build("case_list")["installed_on"])
    assert days == ["2013-09-06", "2013-12-21"], days
    return ", ".join(days)


def _nothing_known(trial: Trial) -> str:
    told = trial.dry_run("bng.csv")
    assert told.code == 2, told
    for word in ("Easting", "[columns]", "epsg"):
        assert word in told.stderr, told.stderr
    return "columns and a mapping to correct are printed"


def _placeholders(trial: Trial) -> str:
    trial.take_in("na.csv")
    cameras = trial.build("case_list")
    assert not cameras["operator_withheld"].any()
    assert cameras["vendor_as_written"].isna().all()
    return "no operator and no maker"


def _whole_chain(trial: Trial) -> str:
    trial.take_in("one.csv", source_id="onelist")
    trial.build("onelist")
    assert trial.run("verify", "--deep").code == 0
    told = trial.run("explain", "onelist:1")
    assert told.code == 0, told
    return "verify --deep and explain know the list"


def _left_out(trial: Trial) -> str:
    trial.take_in("leave.csv", "--mapping", "leave.toml")
    trial.build("case_list")
    body = trial.released_bytes()
    assert b"City of Helsinki" not in body
    assert b"Axis P1" not in body
    return "operator and model appear nowhere"


def _one_blank_id(trial: Trial) -> str:
    told = trial.take_in("ref.csv")
    refs = list(trial.build("case_list")["source_ref"])
    assert {"A1", "A3"} < set(refs), refs
    assert "1 rows have no id" in told.stdout
    return ", ".join(refs)


def _brand(trial: Trial) -> str:
    trial.take_in("brand.csv")
    cameras = trial.build("case_list")
    assert set(cameras["device_type"]) == {"plate_reader"}, cameras
    assert cameras["vendor_as_written"].notna().all()
    return "plate readers with their maker"


def _values(trial: Trial) -> str:
    trial.take_in("values.kml")
    refs = list(trial.build("case_list")["source_ref"])
    assert refs == ["06303", "06304"], refs
    return ", ".join(refs)


def _repeated_id(trial: Trial) -> str:
    trial.take_in("a.csv")
    before = set(trial.build("case_list")["source_ref"])
    told = trial.take_in("b.csv")
    after = set(trial.build("case_list")["source_ref"])
    assert before < after, (before, after)
    assert "L1" in told.stdout
    return "all ids kept; L1 named"


def _unsafe_ids(trial: Trial) -> str:
    trial.take_in("l.csv")
    assert len(trial.build("case_list")) == 5
    body = trial.released_bytes()
    for word in ("john.smith@", "rtsp://admin", "171 1234567", "HM 4242", "Petra K", "K\u00f6hler"):
        assert word.encode() not in body, word
    return "none of the values is in the release or the page"


IMPORT_CASES: Final = (
    Case("01", "both points kept", reads(2, "two.geojson")),
    Case("02", "a list and the same OSM JSON give the same", _same_as_osm),
    Case("03", "Indoors is withheld", _walk),
    Case("04", "15 cameras at 2 places", _counts),
    Case("05", "asks for the encoding", _encodings),
    Case("06", "the other sheet is named", reads(1, "two_sheets.xlsx", says=("sheet 'Ward B'",))),
    Case("08", "all three cells are read", reads(3, "cell.csv")),
    Case("09", "says where the rows lie", _abroad),
    Case("10", "read like KML 2.2", reads(1, "google22.kml")),
    Case("11", "row 2 is a reject", reads(2, "comma.csv", says=("line 3",))),
    Case(
        "12",
        "KMZ, Shapefile and JSON Lines are read",
        lambda trial: "; ".join(
            [
                reads(2, "cctv_shp.zip", "doc.kmz")(trial),
                reads(3, "rows.jsonl")(trial),
                refuses("empty.ods", says=("ODS",))(trial),
            ]
        ),
    ),
    Case("13", "records at any depth", reads(1, "ckan.json", "socrata.json")),
    Case("14", "epsg is the file's own", reads(1, "bng.geojson", says=("epsg = 27700",))),
    Case("15", "both dates read", _dates),
    Case("16", "the header is found", reads(1, "sep.csv", "title.csv", "trailing.csv")),
    Case("17", "columns and a mapping are printed", _nothing_known),
    Case("18", "placeholders are no values", _placeholders),
    Case("33", "every command knows the list", _whole_chain),
    Case("41", "what is left out stays out", _left_out),
    Case("43", "one blank id takes no other", _one_blank_id),
    Case("44", "brand is the maker, ALPR the kind", _brand),
    Case("46", "<Value> gives its values", _values),
    Case("51", "a repeated id takes no other", _repeated_id),
    Case("52", "ids pass the gate", _unsafe_ids),
)

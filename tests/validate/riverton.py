"""A made-up list of a made-up city, for the tests of runs and snapshots."""

from mapper.model.source import Download, SourceInfo

RIVERTON = SourceInfo(
    source_id="riverton_cctv_au",
    title="Cameras, Riverton",
    publisher="City of Riverton",
    landing_page="https://data.riverton.example/cameras",
    read_from=Download("https://data.riverton.example/cameras.csv", "csv"),
    license_id="CC-BY-4.0",
    attribution="City of Riverton",
    row_count_min=1,
    row_count_max=1_000,
)

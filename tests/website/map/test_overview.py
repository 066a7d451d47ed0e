"""The overview: its counts are those of the cameras, cell by cell."""

import math
from collections import Counter
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.website.map.overview import COARSEST_BITS, FINEST_BITS, overview_of
from mapper.website.map.vocabulary import vocabularies_of
from tests.website.frames import camera, frame

_PLACES = st.tuples(
    st.floats(-180, 180),
    st.floats(-85, 85),
    st.sampled_from(["camera", "plate_reader", "enforcement_camera"]),
    st.none() | st.sampled_from(["acme", "bolt"]),
)


@settings(deadline=None)
@given(places=st.lists(_PLACES, max_size=40))
def test_the_counts_add_up_by_kind_and_vendor(
    places: list[tuple[float, float, str, str | None]],
) -> None:
    cameras = frame(
        [
            camera(number, lon, lat, device_type=kind, vendor_id=vendor)
            for number, (lon, lat, kind, vendor) in enumerate(places)
        ]
    )
    words = vocabularies_of(cameras)
    overview = overview_of(cameras, words)
    found: Counter[tuple[str | None, str | None]] = Counter()
    for kind, vendor, count in zip(
        overview["kind"], overview["vendor"], overview["count"], strict=True
    ):
        found[(words.kinds.words[kind], words.vendors.words[vendor])] += count
    assert found == Counter((kind, vendor) for _, _, kind, vendor in places)
    assert overview["n"] == len(places)


def test_what_is_planned_or_has_ended_is_not_counted() -> None:
    lives = ["in_use", "ended", "unknown", "planned"]
    rows = [camera(n, 24.9 + n, lifecycle=life) for n, life in enumerate(lives)]
    overview = overview_of(frame(rows), vocabularies_of(frame(rows)))
    assert (overview["n"], overview["count"]) == (2, [1, 1])


def test_a_cell_is_the_square_of_the_world_that_its_code_names() -> None:
    # Null Island's south-eastern neighbour lies in the middle of the world's square: the first
    # cell of its lower right quarter, whose two highest bits are 1 and all others 0.
    cameras = frame([camera(1, 0.0001, -0.0001), camera(2, -179.99, 85.0)])
    overview = overview_of(cameras, vocabularies_of(cameras))
    bits = overview["q"]
    assert bits == FINEST_BITS
    assert list(accumulate(overview["cell"])) == [_north_west(bits), 3 << (2 * bits - 2)]


def _north_west(bits: int) -> int:
    # 85 degrees north is 65 rows of 65,536 below the edge (85.0511 degrees); 0.01 degrees are
    # 1.8 columns. Row bits are the odd ones.
    row = int((1 - math.asinh(math.tan(math.radians(85.0))) / math.pi) / 2 * 2**bits)
    column = int(0.01 / 360 * 2**bits)
    return sum(
        (((column >> i) & 1) << (2 * i)) | (((row >> i) & 1) << (2 * i + 1)) for i in range(bits)
    )


def test_many_places_make_the_grid_coarser_and_lose_no_camera() -> None:
    rows = [
        camera(number, (number * 137.508) % 360 - 180, (number * 0.01) % 120 - 60)
        for number in range(12_000)
    ]
    cameras = frame(rows)
    overview = overview_of(cameras, vocabularies_of(cameras))
    assert COARSEST_BITS <= overview["q"] < FINEST_BITS
    assert sum(overview["count"]) == 12_000

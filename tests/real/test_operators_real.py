"""The operators of the real world: those that are named most often stay named."""

import warnings
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from mapper.validate.operators import Operator, operators_of

WORLD = Path(__file__).resolve().parents[3] / "shared/real/osm_world_202511/dev.geoparquet"
# Written where an operator's name should stand, and nobody's name: homes, blanks, web pages.
NO_OPERATORS = frozenset(
    {
        "жилой дом",
        "Private",
        "private",
        "?",
        "Résidence",
        "Unknown",
        "Большой брат",
        "Большой Брат",
        "ЖСПК",
        "Wspólnota Mieszkaniowa Koszalińska 31",
        "Wspólnota Mieszkaniowa Koszalińska 32",
        "InfoRoute05.fr",
        "InfoCirculation.fr",
        "nadmorski24.pl",
    }
)


@pytest.mark.real
@pytest.mark.filterwarnings("default:real data")
def test_of_the_five_hundred_most_written_operators_ninety_seven_in_a_hundred_stay() -> None:
    if not WORLD.exists():
        warnings.warn(f"real data not there, so not tested: {WORLD.name}", stacklevel=1)
        return
    columns = ["operator", "operator:wikidata", "geometry"]
    world = gpd.read_parquet(WORLD, columns=columns)
    world = world[world["operator"].notna()]
    devices = pd.DataFrame({"operator_id": None}, index=world.index)
    tags = pd.DataFrame(world[["operator", "operator:wikidata"]]).astype(object)
    kept = operators_of(tags, devices, ()) == Operator.ORGANISATION
    counts = world["operator"].value_counts()
    top = [name for name in counts.index[:520] if name not in NO_OPERATORS][:500]
    stays = pd.Series(kept, index=world["operator"].to_numpy()).groupby(level=0).any()
    lost = [name for name in top if not stays[name]]
    assert len(top) == 500
    assert len(lost) <= 15, lost
    assert [name for name in sorted(NO_OPERATORS) if stays.get(name, default=False)] == []

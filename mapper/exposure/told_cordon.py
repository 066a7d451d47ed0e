"""The roads into a town in words and as JSON, with the definition beside the number."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from mapper.exposure.cordon import ONE_ROAD_M, Cordon, RoadIn
from mapper.model.basemap import ROAD_CLASSES


def cordon_definition(answer: Cordon) -> str:
    """Say what a road in is, what passing means, and what is not known."""
    assumptions = answer.assumptions
    return (
        "A road in: where a motorway, trunk, primary, secondary or tertiary road of the extract "
        f"crosses the circle; crossings within {ONE_ROAD_M:g} m of each other are one road. It "
        "passes a plate reader where the shortest way from there to the road nearest to the "
        f"middle comes within {assumptions.reach_m:g} m of one and inside its written direction, "
        f"{assumptions.view_angle_deg:g} degrees wide where no width is written; perhaps, where "
        "the direction is not written. Reach and width are assumptions. One-way streets and "
        "smaller roads are not looked at. Readers that nobody has mapped are not counted: a road "
        "without one here is not proven free of them."
    )


def cordon_text(answer: Cordon) -> str:
    """Return the answer for a person at a terminal."""
    town, roads = answer.town, answer.roads
    passes = sum(road.passes for road in roads)
    perhaps = sum(road.perhaps_passes and not road.passes for road in roads)
    only = sum(road.is_only_past for road in roads)
    perhaps_only = sum(road.is_perhaps_only_past and not road.is_only_past for road in roads)
    count = len(roads)
    where = f"{town.radius_m / 1000:g} km around {town.lat_deg:.4f}, {town.lon_deg:.4f}"
    shortest = f"{passes} of {count}{_share(passes, count)}; perhaps: {perhaps} more"
    every = f"{only} of {count}{_share(only, count)}; perhaps: {perhaps_only} more"
    facing, unknown = answer.readers_facing, answer.readers_perhaps
    told = [
        f"{count} larger roads lead into {town.name}, {where}",
        f"the shortest way in passes a plate reader: {shortest}",
        f"no way in without passing one: {every}",
        f"plate readers at these roads: {facing} facing one, {unknown} of unknown direction",
    ]
    told += [f"  {line}" for line in _by_class(roads)]
    for title, shared in (("by maker", answer.by_maker), ("by operator", answer.by_operator)):
        told += [
            f"{title}: {row.name or 'not known'}, {row.facing} facing, {row.perhaps} perhaps"
            for row in shared
        ]
    told += [f"road: {line}" for line in map(_road_line, roads)]
    if answer.is_covered is not True:
        told.append(
            "the extract does not say which area it covers: roads at the edge may be missing"
            if answer.is_covered is None
            else "the extract ends within the circle: roads beyond its edge are not counted"
        )
    if answer.unconnected:
        told.append(f"left out: {answer.unconnected} roads that do not lead to the middle")
    return "\n".join([*told, "", cordon_definition(answer)])


def _by_class(roads: Sequence[RoadIn]) -> list[str]:
    """Return one line for each class of road that leads in, the largest first."""
    lines = []
    for road_class in ROAD_CLASSES:
        own = [road for road in roads if road.road_class == road_class]
        if own:
            lines.append(f"{road_class}: {sum(road.passes for road in own)} of {len(own)}")
    return lines


def _road_line(road: RoadIn) -> str:
    if road.is_only_past:
        said = "no way in without passing one"
    elif road.passes:
        said = "the shortest way passes one"
    elif road.perhaps_passes:
        said = "perhaps passes one"
    else:
        said = "passes none that is mapped"
    where = f"{road.lat_deg:.4f}, {road.lon_deg:.4f}"
    return f"{road.name or 'no name'} ({road.road_class}, {where}): {said}"


def _share(part: int, whole: int) -> str:
    return f" ({100 * part / whole:.0f} %)" if whole else ""


def cordon_json(answer: Cordon) -> dict[str, Any]:
    """Return the answer for programs: every road, and the counts."""
    roads = answer.roads
    return {
        "town": answer.town.name,
        "lon_deg": answer.town.lon_deg,
        "lat_deg": answer.town.lat_deg,
        "radius_m": answer.town.radius_m,
        "assumptions": {
            "reach_m": answer.assumptions.reach_m,
            "view_angle_deg": answer.assumptions.view_angle_deg,
        },
        "roads_in": len(roads),
        "passing": sum(road.passes for road in roads),
        "perhaps_passing": sum(road.perhaps_passes and not road.passes for road in roads),
        "only_past": sum(road.is_only_past for road in roads),
        "unconnected": answer.unconnected,
        "readers_facing": answer.readers_facing,
        "readers_perhaps": answer.readers_perhaps,
        "by_maker": [asdict(row) for row in answer.by_maker],
        "by_operator": [asdict(row) for row in answer.by_operator],
        "extract_covers_circle": answer.is_covered,
        "roads": [
            {
                "name": road.name or None,
                "road_class": road.road_class,
                "lon_deg": road.lon_deg,
                "lat_deg": road.lat_deg,
                "way_m": round(road.way_m, 1),
                "passes": road.passes,
                "perhaps_passes": road.perhaps_passes,
                "is_only_past": road.is_only_past,
                "is_perhaps_only_past": road.is_perhaps_only_past,
            }
            for road in roads
        ],
        "definition": cordon_definition(answer),
    }

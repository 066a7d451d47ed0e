"""OpenStreetMap's own files: the small inputs that failed, each with its right result."""

from typing import Final

from tests.cases.trial import Case, Trial


def _ended(trial: Trial) -> str:
    states = sorted(str(state) for state in trial.build("ended.json")["lifecycle"])
    assert states.count("in_use") + states.count("unknown") == 1, states
    return ", ".join(states)


def _multi(trial: Trial) -> str:
    count = len(trial.build("multi.json"))
    assert count == 4, count
    return "4 cameras"


def _house(trial: Trial) -> str:
    cameras = trial.build("house.json")
    refs = {int(ref.rpartition("/")[2]) for ref in cameras["source_ref"]}
    withheld = {*range(1, 11), 101, 102, 104}
    assert not refs & withheld, refs
    assert {106, 107} <= refs, refs
    placeholders = cameras[cameras["source_ref"].isin([f"node/{n}" for n in (108, 109, 110)])]
    assert placeholders["operator_name"].isna().all()
    return f"published: {sorted(refs)}"


def _stream(trial: Trial) -> str:
    cameras = trial.build("stream.json")
    assert cameras["operator_name"].isna().all()
    return "no operator"


def _no_operator(trial: Trial) -> str:
    assert not trial.build("na.json")["operator_withheld"].any()
    return "operator_withheld is false"


OSM_CASES: Final = (
    Case("07", "three of four do not stand", _ended),
    Case("18", "Unknown is no operator", _no_operator),
    Case("19", "second values are read", _multi),
    Case("42", "homes withheld, public places kept", _house),
    Case("45", "an address is no operator", _stream),
)

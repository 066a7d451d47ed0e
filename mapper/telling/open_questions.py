"""What a reader would ask next and no source answers, in sentences: the gaps of a system."""

from collections.abc import Iterable, Iterator

from mapper.answers.chain_steps import Step
from mapper.answers.deployment_profile import DeploymentProfile, stands_beside_mapped
from mapper.answers.legal_status import ListStatus
from mapper.registry.codes import Answer, StatusWord
from mapper.registry.registry import Registry
from mapper.telling import words
from mapper.telling.row_words import period
from mapper.telling.statements import CAMERA_COUNTS
from mapper.telling.told_chain import ToldNode

_GAPS: dict[Step, str] = {
    Step.OPERATOR: "Who runs it? No source read says so.",
    Step.INTEGRATOR: "Who put it together? No source read names an integrator.",
    Step.CAMERAS: "Who made its cameras? No source read names a maker.",
    Step.ENGINE: "Whose software reads the pictures? No source read names a maker.",
}


def questions_of_system(profile: DeploymentProfile, root: ToldNode) -> tuple[str, ...]:
    """
    Ask what no source answers of a system, each question once.

    Parameters
    ----------
    root
        Its chain in words.
    """
    asked = [*_of_gaps(root), *_of_counts(profile)]
    if not period(profile.deployment):
        asked.append("Since when is it in use, and until when? No day was read.")
    speaking = {
        node.name for node in root.walk() if node.supply and (node.supply.own or node.statements)
    }
    for node in root.walk():
        supply = node.supply
        if supply is None:
            continue
        name = supply.supplier.name
        if any(child.is_gap and child.step is Step.COMPUTE for child in node.children):
            asked.append(f"Whose chips does the software of {name} run on? No source read says so.")
        if not (supply.said or supply.own):
            asked.append(f"What did {name} supply? Sources name it and state no more.")
        if not supply.period:
            asked.append(f"When did {name} supply it? No day was read.")
        if supply.status is StatusWord.DISPUTED:
            asked.append(f"What is true of {name}? A party disputes the supply.")
        if node.untied and not supply.product:
            asked.append(f"Which product of {name} stands here? No source read names it.")
        if node.name not in speaking:
            asked.append(f"What does {name} say of it? No statement of its own was read.")
    return tuple(dict.fromkeys(asked))


def questions_of_law(
    registry: Registry, org_id: str, statuses: Iterable[ListStatus]
) -> Iterator[str]:
    """Ask of each list that named an organisation and gives no answer for the day."""
    name = registry.name(org_id)
    for status in statuses:
        if status.entries and status.answer is Answer.UNKNOWN:
            listed = status.legal_list.name
            yield f"Did {name} stand in the {listed} on that day? No text read answers it."


def _of_gaps(root: ToldNode) -> Iterator[str]:
    for node in root.walk():
        if node.is_gap and node.step in _GAPS:
            yield _GAPS[node.step]


def _of_counts(profile: DeploymentProfile) -> Iterator[str]:
    counts = [count for count in profile.counts if count.what in CAMERA_COUNTS]
    if not counts:
        yield "How many cameras are there? No number was read."
    elif not any(map(stands_beside_mapped, counts)):
        states = sorted({words.qualified(count.qualifier) for count in counts})
        yield (
            "How many cameras are installed? The numbers read are of another state "
            f"({words.join(states)})."
        )

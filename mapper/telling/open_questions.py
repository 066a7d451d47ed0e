"""What a reader would ask next and no source answers, in sentences: the gaps of a system."""

from collections.abc import Iterable, Iterator

from mapper.answers.chain_steps import Step
from mapper.answers.deployment_profile import DeploymentProfile, stands_beside_mapped
from mapper.answers.legal_status import ListStatus
from mapper.registry.codes import Answer, StatusWord
from mapper.registry.registry import Registry
from mapper.telling import words
from mapper.telling.language import as_written, gettext, marked
from mapper.telling.row_words import period
from mapper.telling.statements import CAMERA_COUNTS
from mapper.telling.told_chain import ToldNode

_GAPS: dict[Step, str] = {
    Step.OPERATOR: marked("Who runs it? No source read says so."),
    Step.INTEGRATOR: marked("Who put it together? No source read names an integrator."),
    Step.CAMERAS: marked("Who made its cameras? No source read names a maker."),
    Step.ENGINE: marked("Whose software reads the pictures? No source read names a maker."),
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
        asked.append(gettext("Since when is it in use, and until when? No day was read."))
    speaking = {
        node.name for node in root.walk() if node.supply and (node.supply.own or node.statements)
    }
    for node in root.walk():
        supply = node.supply
        if supply is None:
            continue
        name = supply.supplier.name
        asked += _of_chips(node)
        if not (supply.said or supply.own):
            asked.append(
                gettext("What did {name} supply? Sources name it and state no more.", name=name)
            )
        if not supply.period:
            asked.append(gettext("When did {name} supply it? No day was read.", name=name))
        if supply.status is StatusWord.DISPUTED:
            asked.append(gettext("What is true of {name}? A party disputes the supply.", name=name))
        if node.untied and not supply.product:
            asked.append(
                gettext("Which product of {name} stands here? No source read names it.", name=name)
            )
        if node.name not in speaking:
            asked.append(
                gettext("What does {name} say of it? No statement of its own was read.", name=name)
            )
    return tuple(dict.fromkeys(asked))


def questions_of_parties(root: ToldNode) -> tuple[str, ...]:
    """
    Ask who stands where no source names anybody, each question once.

    Parameters
    ----------
    root
        A system's chain in words.
    """
    chips = (question for node in root.walk() if node.supply for question in _of_chips(node))
    return tuple(dict.fromkeys([*_of_gaps(root), *chips]))


def questions_of_law(
    registry: Registry, org_id: str, statuses: Iterable[ListStatus]
) -> Iterator[str]:
    """Ask of each list that named an organisation and gives no answer for the day."""
    name = registry.name(org_id)
    for status in statuses:
        if status.entries and status.answer is Answer.UNKNOWN:
            yield gettext(
                "Did {name} stand in the {list} on that day? No text read answers it.",
                name=name,
                list=as_written(status.legal_list.name),
            )


def _of_gaps(root: ToldNode) -> Iterator[str]:
    for node in root.walk():
        if node.is_gap and node.step in _GAPS:
            yield gettext(_GAPS[node.step])


def _of_chips(node: ToldNode) -> Iterator[str]:
    if any(child.is_gap and child.step is Step.COMPUTE for child in node.children):
        yield gettext(
            "Whose chips does the software of {name} run on? No source read says so.",
            name=node.name.name,
        )


def _of_counts(profile: DeploymentProfile) -> Iterator[str]:
    counts = [count for count in profile.counts if count.what in CAMERA_COUNTS]
    if not counts:
        yield gettext("How many cameras are there? No number was read.")
    elif not any(map(stands_beside_mapped, counts)):
        states = sorted({words.qualified(count.qualifier) for count in counts})
        yield gettext(
            "How many cameras are installed? The numbers read are of another state ({states}).",
            states=words.join(states),
        )

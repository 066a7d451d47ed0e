"""What a supplier is to a system, as a code and in words."""

from mapper.answers.supply import Edge
from mapper.registry.codes import Role
from mapper.telling import words
from mapper.telling.language import gettext


def role_code(edge: Edge) -> str:
    """Return what the supplier is: a component of a whole system is a part of it, and no more."""
    if edge.relation.role is Role.COMPONENT and not edge.is_inside_product:
        return words.PART_OF_SYSTEM
    return edge.relation.role


def role_of(edge: Edge) -> str:
    """Say what the supplier is."""
    code = role_code(edge)
    if code == words.PART_OF_SYSTEM:
        return gettext(words.PART_OF_SYSTEM_WORDS)
    return gettext(words.ROLES[Role(code)])

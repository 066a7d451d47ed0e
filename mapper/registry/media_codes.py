"""The closed words of what ties a medium to a state."""

from enum import StrEnum


class MediaTie(StrEnum):
    """
    What ties the medium that a text is from to a state.

    ``funded``: the state pays for it in good part. ``public_broadcaster``: a fee or grant set by
    law pays for it, and by its charter nobody tells it what to say. ``owned``: it is a part of
    the state, or a company of it. ``controlled``: a public body finds that a state controls it.
    """

    FUNDED = "funded"
    PUBLIC_BROADCASTER = "public_broadcaster"
    OWNED = "owned"
    CONTROLLED = "controlled"

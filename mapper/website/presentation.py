"""What a site of one's own says in place of ours: its title, and its colours."""

from typing import Any

from mapper.settings import Presentation


def own_strings(strings: dict[str, Any], presentation: Presentation) -> dict[str, Any]:
    """Return the strings of the page, its title replaced where the site has one of its own."""
    return {**strings, "title": presentation.title} if presentation.title else strings


def own_colours(presentation: Presentation) -> list[bytes]:
    """
    Write the site's own colours as a last style sheet; none where it has none.

    The values were read as ``#rrggbb`` and the names are those of `mapper.own_site.colours`, so
    that nothing of a settings file can become a rule of its own.
    """
    if not presentation.colours:
        return []
    rules = "".join(
        f"  --{name}: var(--light, {light}) var(--dark, {dark});\n"
        for name, (light, dark) in sorted(presentation.colours.items())
    )
    return [f":root {{\n{rules}}}\n".encode()]

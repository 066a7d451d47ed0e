"""The colours of a site of one's own, in place of ours."""

from mapper.settings import Presentation


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

"""The line of a workspace's own template that should have had something which a page or mail lacks."""

from campaigner.checks.own_templates import own_files
from campaigner.checks.spots import Lacking, Region
from campaigner.errors import CampaignerError
from campaigner.render.theme import Theme

#: where a page begins, in which all stands that it has
BEGINNINGS = ("<head>", "<html")


def region_lacking(theme: Theme, names: tuple[str, ...], spot: Lacking) -> Region | None:
    """Where it stands in one of the workspace's own templates that `names` may load, or should stand.

    That is the copy of the theme's template that has it. None where no template of the workspace's own is to blame.
    """
    own = own_files(theme, names, spot.ending)
    signs = (*spot.signs, *BEGINNINGS)
    for sign in signs:
        for name in own:  # first those that have it
            if line := _line(texts_of(theme, name)[0], sign):
                return Region(path=f"templates/{name}", line=line)
        for name in own:
            mine, *of_theme = texts_of(theme, name)
            if any(_line(text, sign) for text in of_theme):
                line = next(filter(None, (_line(mine, other) for other in signs)), 1)
                return Region(path=f"templates/{name}", line=line)
    return None


def texts_of(theme: Theme, name: str) -> list[str]:
    """A template of the workspace's own, and that of the theme in whose place it stands."""
    try:
        return [theme.loader.read(path, name) for path in theme.loader.paths(name)]
    except CampaignerError:  # it has changed since it was rendered
        return [""]


def _line(text: str, sign: str) -> int:
    """The line of a template that a sign stands on; 0 where it does not."""
    place = text.lower().find(sign.lower())
    return text.count("\n", 0, place) + 1 if place >= 0 else 0

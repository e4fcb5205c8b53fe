"""Which target is meant, and where it is."""

from collections.abc import Mapping, Sequence

from campaigner.content.settings import settings_position
from campaigner.content.workspace import SETTINGS_FILE, Workspace
from campaigner.errors import Fault, PublishError, nearest
from campaigner.model.settings import Settings, Target
from campaigner.value import Value


class Chosen(Value):
    """A target, and what of the site is to go there."""

    name: str
    target: Target
    #: base of absolute links there; ends in /
    url: str
    #: all campaigns where empty
    slugs: tuple[str, ...]


def chosen(settings: Settings, words: Sequence[str], workspace: Workspace) -> Chosen:
    """The target that words of a command line mean: the first names one, or all are slugs for the default.

    Raises PublishError where there is none, or where nobody can know which one.
    """
    targets = settings.publish
    if words and words[0] in targets:
        name, slugs = words[0], tuple(words[1:])
    else:
        name, slugs = _default(targets, words, workspace), tuple(words)
    target = targets[name]
    return Chosen(
        name=name, target=target, url=(target.url or settings.site.url).rstrip("/") + "/", slugs=slugs
    )


def _default(targets: Mapping[str, Target], words: Sequence[str], workspace: Workspace) -> str:
    marked = [name for name, target in targets.items() if target.default]
    if len(marked) == 1 or (not marked and len(targets) == 1):
        return marked[0] if marked else next(iter(targets))
    if not targets:
        message = "nothing says where the site goes"
        hint = 'Write a target, such as [publish.production] with to = "/srv/www/site"'
    elif marked:
        message, hint = (
            f"{len(marked)} targets say that they are the default: {', '.join(marked)}",
            "Leave `default = true` with one of them",
        )
    else:
        message = "there are several targets, and none of them is the default"
        hint = nearest(words[0], targets) if words else ""
        hint = hint or f"Name one of {', '.join(targets)}, or write `default = true` in one of them"
    raise wrong_setting(workspace, "publish", message, hint)


def wrong_setting(workspace: Workspace, key: str, message: str, hint: str) -> PublishError:
    """What is wrong with a key of campaigner.toml, such as "publish.production.to"."""
    place = settings_position(workspace, key)
    return PublishError(
        Fault(path=SETTINGS_FILE, line=place.line, column=place.column, message=message, hint=hint)
    )

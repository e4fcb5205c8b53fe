"""Which target is meant, and where it is."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from msgspec import ValidationError, convert

from campaigner.content.workspace import SETTINGS_FILE, Workspace, read_text
from campaigner.errors import WORDS_ALIKE, Fault, PublishError, UnknownCampaign, nearest
from campaigner.value import Value

#: bytes of campaigner.toml
LARGEST = 1_000_000
#: a target of which nobody need look twice whether it can be one
PLAIN = re.compile(r"(?!status |rollback |config )[a-z0-9-]+ ~?(/[\w-][\w.-]*)+ (https?://[\w/.:-]+)?")


class Target(Value, forbid_unknown_fields=True):
    """`[publish.NAME]`, see the settings."""

    to: str
    url: str = ""
    default: bool = False
    staging: bool = False
    precompress: tuple[str, ...] = ()
    endpoint: str = ""
    region: str = ""


class Chosen(Value):
    """A target, and what of the site is to go there."""

    name: str
    target: Target
    #: base of absolute links there; ends in /
    url: str
    #: all campaigns where empty
    slugs: tuple[str, ...]


def chosen(workspace: Workspace, words: Sequence[str]) -> Chosen:
    """The target that words of a command line mean: the first names one, or all are slugs for the default.

    Raises ContentError with what is wrong in campaigner.toml, PublishError where there is no target, or where
    nobody can know which one.
    """
    targets, url = read_targets(workspace)
    if words and words[0] in targets:
        name, slugs = words[0], tuple(words[1:])
    else:
        name, slugs = _default(targets, words, workspace), tuple(words)
    return Chosen(
        name=name, target=targets[name], url=(targets[name].url or url).rstrip("/") + "/", slugs=slugs
    )


def chosen_by_nobody(workspace: Workspace) -> Chosen | None:
    """What a host that fetches the site itself shows, where campaigner.toml names no target; None where it does."""
    targets, url = read_targets(workspace)
    return None if targets else Chosen(name="site", target=Target(to=""), url=url.rstrip("/") + "/", slugs=())


def read_targets(workspace: Workspace) -> tuple[dict[str, Target], str]:
    """The targets that campaigner.toml names, and where the site stands unless they say otherwise.

    Plain folders are taken as they are written: a build, and what checks, read all of the settings before anything
    is done, and to load what reads them takes longer than all else where nothing changed.
    """
    text, _ = read_text(workspace, workspace.root / SETTINGS_FILE, largest=LARGEST)
    try:
        values = tomllib.loads(text)
        targets = convert(values.get("publish", {}), dict[str, Target])
        url = convert(values["site"]["url"], str)
        if targets and all(PLAIN.fullmatch(f"{name} {one.to} {one.url}") for name, one in targets.items()):
            return targets, url
    except (LookupError, TypeError, ValueError, RecursionError, ValidationError):
        pass  # what is wrong with it is told below
    from campaigner.content.settings import read_settings

    settings = read_settings(workspace)
    return convert(settings.publish, dict[str, Target], from_attributes=True), settings.site.url


def refuse_misspelt_target(workspace: Workspace, words: Sequence[str]) -> None:
    """Raise UnknownCampaign where of words, one of which is no campaign, one means a target and does not name it."""
    targets, _ = read_targets(workspace)
    first, *others = words
    if first in targets:
        return
    late = next((word for word in others if word in targets), None)
    if late:
        hint = f"Name it first: campaigner publish {late} {' '.join(word for word in words if word != late)}"
        raise UnknownCampaign(
            Fault(path=SETTINGS_FILE, message=f'"{late}" is a target and no campaign', hint=hint)
        )
    close = get_close_matches(first.lower(), targets, n=1, cutoff=WORDS_ALIKE)
    if close:
        message = f'there is neither a target nor a campaign "{first}"'
        raise UnknownCampaign(Fault(path=SETTINGS_FILE, message=message, hint=f'Did you mean "{close[0]}"?'))


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
    from campaigner.content.settings import settings_position

    place = settings_position(workspace, key)
    return PublishError(
        Fault(path=SETTINGS_FILE, line=place.line, column=place.column, message=message, hint=hint)
    )

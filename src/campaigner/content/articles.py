"""Reads an article: front matter and Markdown, as one campaign."""

import dataclasses
import hashlib
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from campaigner.content.schema import START, structure
from campaigner.content.workspace import ARTICLE_FILE, Workspace, is_text, read_text
from campaigner.content.yaml import Tree, read_tree
from campaigner.errors import ContentError, Fault
from campaigner.model.campaign import Campaign
from campaigner.model.front_matter import ALIASES, NEWSLETTER_ALIASES, FrontMatter
from campaigner.model.moment import as_moment
from campaigner.model.text import Unfit, as_slug

FENCE = "---"
#: front matter may end in dots too, as YAML does
END = re.compile(r"^(?:---|\.\.\.)[^\S\n]*$", re.MULTILINE)

#: stands in for a date that is missing or wrong
LONG_AGO = as_moment("1970-01-01")
#: stands in for a title
NAMELESS = "…"
#: all that front matter can say, where none of it can be read
EVERYTHING = frozenset(field.name for field in dataclasses.fields(FrontMatter))
BEGIN = "Begin the file with three lines: ---, title: …, ---"


def read_campaign(workspace: Workspace, folder: str, *, largest: int) -> Campaign:
    """Read `campaigns/FOLDER/article.md`, of at most `largest` bytes.

    Raises ContentError with everything that is wrong with it, as `campaign_of` does.
    """
    path = workspace.campaigns.joinpath(folder, ARTICLE_FILE)
    if not is_text(folder):
        message = "the folder's name is not UTF-8"
        raise ContentError(Fault(path=workspace.shown(path), message=message, hint="Rename the folder"))
    text, content = read_text(workspace, path, largest=largest)
    return campaign_of(
        text,
        folder=folder,
        path=workspace.shown(path),
        digest=hashlib.blake2b(content, digest_size=16).hexdigest(),
    )


def campaign_of(text: str, *, folder: str, path: str, digest: str = "") -> Campaign:
    """Give the campaign that the text of an article says.

    Raises ContentError with everything that is wrong with it, and with the campaign as far as it can be
    understood; `unread` is EVERYTHING where that is its text alone.
    """
    if not text.strip():
        raise ContentError(Fault(path=path, message="the article is empty", hint=BEGIN))
    front_matter, body, body_line = split(text, path=path)
    tree, meant, without, faults = _meant(front_matter, path)
    faults += _sense_faults(meant, path, tree, without)
    if not body.strip():
        message, hint = "the article has no text", "Write below the front matter"
        faults.append(Fault(path=path, line=body_line, message=message, hint=hint))
    slug = meant.slug or folder
    try:
        as_slug(slug)
    except Unfit as error:
        message = f"the folder's name is no slug: {error.args[0]}"
        faults.append(Fault(path=path, message=message, hint="Rename the folder, or write `slug: …`"))
        without |= {"slug"}
    if faults:
        meant, slug = _with_stand_ins(meant, slug, folder, without)
    campaign = Campaign(
        folder=folder,
        slug=slug,
        path=path,
        front_matter=meant,
        body=body,
        body_line=body_line,
        positions=tree.at | tree.keys,
        digest=digest,
        unread=without,
    )
    if faults:
        raise ContentError(faults, rest=campaign)
    return campaign


def _meant(front_matter: str, path: str) -> tuple[Tree, FrontMatter, frozenset[str], list[Fault]]:
    """What front matter says, as far as it can be read, without which keys, and what is wrong with it."""
    try:
        tree = under_our_names(
            read_tree(front_matter, path=path, first_line=2, natural=frozenset({"params"})), path=path
        )
    except ContentError as error:
        return Tree(values={}), FrontMatter(title=NAMELESS), EVERYTHING, [*error.faults]
    faults, without = list(tree.faults), frozenset[str]()
    try:
        meant = structure(FrontMatter, tree.values, path=path, keys=tree.keys, at=tree.at, aliases=ALIASES)
    except ContentError as error:
        faults += error.faults
        meant, without = error.rest, error.without
        if meant is None:
            return tree, FrontMatter(title=NAMELESS), EVERYTHING, faults
    return tree, meant, without, faults


def _with_stand_ins(
    meant: FrontMatter, slug: str, folder: str, without: frozenset[str]
) -> tuple[FrontMatter, str]:
    """Give a campaign with faults a slug of its own and a date, so that its text is looked at too."""
    if "slug" in without:
        slug = f"unnamed-{hashlib.blake2b(folder.encode(), digest_size=8).hexdigest()}"
    if meant.date is None and meant.publish_date is None:
        meant = dataclasses.replace(meant, date=LONG_AGO)
    return meant, slug


def plain_article(text: str, *, path: str, title: str, lang: str | None = None) -> Campaign:
    """Take a Markdown file without front matter for an article; a heading at its top is its title."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("# "):
        title = lines[first][2:].strip()
        lines[first] = ""
    return Campaign(
        folder="",
        slug=PurePosixPath(path).stem,
        path=path,
        front_matter=FrontMatter(title=title, draft=True, lang=lang),
        body="\n".join(lines),
        body_line=1,
        positions={},
        digest=hashlib.blake2b(text.encode(), digest_size=16).hexdigest(),
    )


def split(text: str, *, path: str) -> tuple[str, str, int]:
    """Give front matter, body and the line on which the body begins.

    Raises ContentError where the front matter is not there or is never closed.
    """
    first, _, rest = text.partition("\n")
    if first.rstrip() != FENCE:
        message = "the article has no front matter"
        if text.lstrip().partition("\n")[0].rstrip() == FENCE:
            message = "the front matter does not begin on the first line"
        raise ContentError(Fault(path=path, message=message, hint=BEGIN))
    end = END.search(rest)
    if end:
        front_matter = rest[: max(end.start() - 1, 0)]
        return front_matter, rest[end.end() + 1 :], rest.count("\n", 0, end.start()) + 3
    message = "the front matter is never closed"
    raise ContentError(Fault(path=path, message=message, hint="Put a line --- below its last key"))


def under_our_names(tree: Tree, *, path: str) -> Tree:
    """Give other tools' names for a key ours, at the top and in `newsletter:`.

    It is a fault where one thing is then said twice; ours counts.
    """
    renamed = {name: ALIASES[name] for name in tree.values if name in ALIASES}
    newsletter = tree.values.get("newsletter")
    if isinstance(newsletter, Mapping):
        for name in newsletter:
            if name in NEWSLETTER_ALIASES:
                renamed[f"newsletter.{name}"] = f"newsletter.{NEWSLETTER_ALIASES[name]}"
    if not renamed:
        return tree
    values, keys, at, faults = _deep(tree.values), dict(tree.keys), dict(tree.at), list(tree.faults)
    for name, ours in renamed.items():
        if ours in keys:
            place = tree.keys[name]
            faults.append(
                Fault(
                    path=path,
                    line=place.line,
                    column=place.column,
                    message=f'"{name}" says what "{ours}" says already',
                    hint="Keep one of them",
                )
            )
            _take(values, name)
            continue
        _put(values, ours, _take(values, name))
        for positions in (keys, at):
            for old in [key for key in positions if key == name or key.startswith(f"{name}.")]:
                positions[ours + old.removeprefix(name)] = positions.pop(old)
    return Tree(values=values, keys=keys, at=at, faults=tuple(faults))


def _deep(values: Any) -> Any:
    return {key: _deep(value) for key, value in values.items()} if isinstance(values, Mapping) else values


def _take(values: dict[str, Any], name: str) -> Any:
    block, _, key = name.rpartition(".")
    return (values[block] if block else values).pop(key)


def _put(values: dict[str, Any], name: str, value: Any) -> None:
    block, _, key = name.rpartition(".")
    target = values.setdefault(block, {}) if block else values
    if target is None:
        target = values[block] = {}
    if isinstance(target, dict):
        target[key] = value


def _sense_faults(meant: FrontMatter, path: str, tree: Tree, without: frozenset[str]) -> list[Fault]:
    """What is well-formed and still makes no sense, as far as it is there (`without` is not)."""
    faults = []

    def fault(key: str, message: str, hint: str) -> None:
        place = tree.keys.get(key, START)
        faults.append(Fault(path=path, line=place.line, column=place.column, message=message, hint=hint))

    dated = meant.date or meant.publish_date or without & {"draft", "date", "publish_date"}
    if not meant.draft and not dated:
        fault(
            "title", "a campaign that is no draft needs a date", "Write `date: 2026-11-01`, or `draft: true`"
        )
    if meant.image and not meant.image_alt and "image_alt" not in without:
        fault("image", "the picture has no alternative text", "Say what it shows: `image_alt: …`")
    published = meant.publish_date or meant.date
    if published and meant.expiry_date and meant.expiry_date.at <= published.at:
        fault("expiry_date", "the campaign would end before it begins", "Write a later expiry_date")
    names = [field.name for field in meant.landing.form.fields]
    for index, name in enumerate(names):
        if name in names[:index] or name in {"name", "email", "consent"}:
            fault(
                f"landing.form.fields.{index}.name",
                f'the form has a field "{name}" already',
                "Choose another name",
            )
    for index, field in enumerate(meant.landing.form.fields):
        if (field.type == "select") != bool(field.options):
            fault(
                f"landing.form.fields.{index}.{'type' if field.type == 'select' else 'options'}",
                "a field of type select, and no other, has options",
                "Write `options: [one, two]`" if field.type == "select" else "Write `type: select`",
            )
    return faults

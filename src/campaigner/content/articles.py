"""Reads an article: front matter and Markdown, as one campaign."""

import hashlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from campaigner.content.schema import structure
from campaigner.content.workspace import ARTICLE_FILE, Workspace, read_text
from campaigner.content.yaml import Tree, read_mapping
from campaigner.errors import ContentError, Fault
from campaigner.model.campaign import Campaign, Position
from campaigner.model.front_matter import ALIASES, NEWSLETTER_ALIASES, FrontMatter
from campaigner.model.text import as_slug

FENCE = "---"


def read_campaign(workspace: Workspace, folder: str, *, largest: int) -> Campaign:
    """Read `campaigns/FOLDER/article.md`, of at most `largest` bytes.

    Raises ContentError with everything that is wrong with it.
    """
    path = workspace.campaigns / folder / ARTICLE_FILE
    text, content = read_text(workspace, path, largest=largest)
    return campaign_of(
        text,
        folder=folder,
        path=workspace.shown(path),
        digest=hashlib.blake2b(content, digest_size=16).hexdigest(),
    )


def campaign_of(text: str, *, folder: str, path: str, digest: str = "") -> Campaign:
    """Give the campaign that the text of an article says."""
    if not text.strip():
        raise ContentError(
            Fault(
                path=path, message="the article is empty", hint="Begin with --- title: … --- and write below"
            )
        )
    front_matter, body, body_line = split(text, path=path)
    tree = under_our_names(
        read_mapping(front_matter, path=path, first_line=2, natural=frozenset({"params"})), path=path
    )
    meant = structure(FrontMatter, tree.values, path=path, keys=tree.keys, at=tree.at, aliases=ALIASES)
    faults = list(_sense_faults(meant, path, tree))
    if not body.strip():
        faults.append(
            Fault(
                path=path,
                line=body_line,
                message="the article has no text",
                hint="Write below the front matter",
            )
        )
    slug = meant.slug or folder
    try:
        as_slug(slug)
    except ValueError as error:
        faults.append(
            Fault(
                path=path,
                message=f"the folder's name is no slug: {error}",
                hint="Rename the folder, or write `slug: …`",
            )
        )
    if faults:
        raise ContentError(faults)
    return Campaign(
        folder=folder,
        slug=slug,
        path=path,
        front_matter=meant,
        body=body,
        body_line=body_line,
        positions=tree.keys,
        digest=digest,
    )


def plain_article(text: str, *, path: str, title: str) -> Campaign:
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
        front_matter=FrontMatter(title=title, draft=True),
        body="\n".join(lines),
        body_line=1,
        positions={},
        digest=hashlib.blake2b(text.encode(), digest_size=16).hexdigest(),
    )


def split(text: str, *, path: str) -> tuple[str, str, int]:
    """Give front matter, body and the line on which the body begins.

    Raises ContentError where the front matter is not there or is never closed.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        message = "the article has no front matter"
        raise ContentError(
            Fault(path=path, message=message, hint="Begin the file with the lines --- title: … ---")
        )
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in (FENCE, "..."):
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    message = "the front matter is never closed"
    raise ContentError(Fault(path=path, message=message, hint="Put a line --- below its last key"))


def under_our_names(tree: Tree, *, path: str) -> Tree:
    """Give other tools' names for a key ours, at the top and in `newsletter:`.

    Raises ContentError where one thing is then said twice.
    """
    renamed = {name: ALIASES[name] for name in tree.values if name in ALIASES}
    newsletter = tree.values.get("newsletter")
    if isinstance(newsletter, Mapping):
        for name in newsletter:
            if name in NEWSLETTER_ALIASES:
                renamed[f"newsletter.{name}"] = f"newsletter.{NEWSLETTER_ALIASES[name]}"
    values, keys, at, faults = _deep(tree.values), dict(tree.keys), dict(tree.at), []
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
            continue
        _put(values, ours, _take(values, name))
        for positions in (keys, at):
            for old in [key for key in positions if key == name or key.startswith(f"{name}.")]:
                positions[ours + old.removeprefix(name)] = positions.pop(old)
    if faults:
        raise ContentError(faults)
    return Tree(values=values, keys=keys, at=at)


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


def _sense_faults(meant: FrontMatter, path: str, tree: Tree) -> list[Fault]:
    """What is well-formed and still makes no sense."""
    faults = []

    def fault(key: str, message: str, hint: str) -> None:
        place = tree.keys.get(key, Position(line=1, column=1))
        faults.append(Fault(path=path, line=place.line, column=place.column, message=message, hint=hint))

    if not meant.draft and meant.date is None and meant.publish_date is None:
        fault(
            "title", "a campaign that is no draft needs a date", "Write `date: 2026-11-01`, or `draft: true`"
        )
    if meant.image and not meant.image_alt:
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
                f"landing.form.fields.{index}",
                "`options` belong to a field of type select, and it needs them",
                "",
            )
    return faults

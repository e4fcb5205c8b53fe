"""New drafts: the files of a campaign's folder, from the starter or from a document."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

from campaigner.content.articles import campaign_of
from campaigner.content.cards import card_of, shared_faults
from campaigner.content.documents import Document, read_document
from campaigner.content.documents.pictures import local_name
from campaigner.content.yaml import read_mapping
from campaigner.errors import ContentError
from campaigner.model.front_matter import ALIASES
from campaigner.resources import starter_folder
from campaigner.value import Value

ARTICLE = "article.md"
SEPARATOR = re.compile("[\u2028\u2029]")
#: keys of a document's front matter that say what we say ourselves
OURS = {"title", "slug", "draft"}
#: above `draft: true`
UNDATED = """\
# A draft stays out of the site and of the mail. When it is ready, write its day here instead:
# `date: 2026-11-01`. A day in the future waits for its turn.
"""
DATED = "# A draft stays out of the site and of the mail. When it is ready, take this out:\n"


class Draft(Value):
    """A new campaign from a document, not written yet."""

    #: YAML with remarks; ends in a line break
    front_matter: str
    #: Markdown as the document has it; ends in a line break
    body: str
    #: content of the files beside the article, by name
    pictures: dict[str, bytes]
    #: ids of the sources that the front matter describes
    sources: tuple[str, ...]
    #: addresses of pictures that the document shows and that could not be taken along
    missing_pictures: tuple[str, ...]
    #: those that wait under `params`, since nobody says what they show
    untold_pictures: tuple[str, ...]

    @property
    def files(self) -> dict[str, bytes]:
        """The files of its folder by name, the article first."""
        article = f"---\n{self.front_matter}---\n\n{self.body}".encode()
        return {ARTICLE: article} | self.pictures | {ARTICLE: article}


def draft_from_starter(*, slug: str, title: str) -> dict[str, bytes]:
    """Give the files of a draft made of the starter: its article with another title, and its pictures."""
    folder = starter_folder()
    article = (folder / ARTICLE).read_text(encoding="utf-8")
    article = _with_line(article, "title", f"title: {quoted(title or in_words(slug))}\nslug: {slug}")
    article = _with_line(article, "date", f"{UNDATED}draft: true", and_remark=True)
    pictures = {
        file.name: file.read_bytes()
        for file in sorted(folder.iterdir())
        if file.is_file() and file.name != ARTICLE and not file.name.startswith(".")
    }
    return {ARTICLE: article.encode()} | pictures


def draft_from_document(path: Path, *, shown: str, slug: str, title: str) -> Draft:
    """Give a draft made of a document.

    What its front matter says under names that are not ours, or so that an article cannot say it, is kept
    under `params`. Raises ContentError where it cannot be read.
    """
    document = read_document(path, shown)
    pictures = {picture.name: picture.content for picture in document.images}
    values, foreign = _front_matter(document, shown, slug, pictures)
    title = title or _text(values.get("title")) or document.title or in_words(slug)
    description = _text(values.pop("description", "")) or document.description
    remark = DATED if values.keys() & {"date", "publish_date"} else UNDATED
    rest: dict[str, Any] = {"lang": document.language} if document.language else {}
    rest |= {key: value for key, value in values.items() if key not in OURS}
    if foreign:
        rest["params"] = {**(values.get("params") or {}), **foreign}
    images = [value for key, value in foreign.items() if ALIASES.get(key, key) == "image"]
    named = [image for image in images if isinstance(image, str)]
    opening = {"title": title, "slug": slug} | ({"description": description} if description else {})
    return Draft(
        front_matter=f"{_yaml(opening)}{remark}draft: true\n{_yaml(rest) if rest else ''}",
        body=document.markdown,
        pictures=pictures,
        sources=tuple(values.get("sources") or ()),
        missing_pictures=(
            *(image for image in named if local_name(image) not in pictures),
            *document.missing_pictures,
        ),
        untold_pictures=tuple(image for image in named if local_name(image) in pictures),
    )


def in_words(slug: str) -> str:
    """A slug as a title: `spring-offer` is "Spring offer"."""
    words = re.sub(r"[-_]+", " ", slug).strip()
    return words[:1].upper() + words[1:]


def quoted(text: str) -> str:
    """A line of text as a YAML scalar that means just that text."""
    return _yaml(text).removesuffix("\n").removesuffix("\n...")


def _with_line(article: str, key: str, line: str, *, and_remark: bool = False) -> str:
    """An article with another line for a key of its front matter, and for the remark above it if told so."""
    above = r"(?:^#.*\n)*" if and_remark else ""
    return re.sub(rf"{above}^{key}:.*$", lambda _: line, article, count=1, flags=re.MULTILINE)


def _front_matter(
    document: Document, shown: str, slug: str, pictures: Collection[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a document's own front matter says under our names, and all that an article cannot say so."""
    if not document.front_matter.strip():
        return {}, {}
    tree = read_mapping(document.front_matter, path=shown, first_line=2, natural=frozenset({"params"}))
    values: dict[str, Any] = {}
    foreign: dict[str, Any] = {}
    # the picture comes last: it needs its alternative text
    for key, value in sorted(tree.values.items(), key=lambda item: ALIASES.get(item[0], item[0]) == "image"):
        ours = ALIASES.get(key, key)
        name = key if "." in ours else ours
        meant = _meant(name, value)
        is_here = name != "image" or (isinstance(meant, str) and meant in pictures)
        if value is None:
            continue
        fitting = (one for one in (meant, _folded(meant)) if _is_valid(values | {name: one}, slug))
        ours_says = next(fitting, None) if is_here and name not in values else None
        if ours_says is not None:
            values[name] = ours_says
        else:
            foreign[key] = value
    return values, foreign


def _meant(name: str, value: Any) -> Any:
    """A value as an article beside the document's pictures would have it."""
    return local_name(value) if name == "image" and isinstance(value, str) else value


def _folded(value: Any) -> Any:
    """A text in one line, as most texts of front matter must be."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _is_valid(values: dict[str, Any], slug: str) -> bool:
    """Whether an article may say all of this."""
    lines = {"title": "x"} | values | {"draft": True, "slug": slug}
    try:
        campaign = campaign_of(f"---\n{_yaml(lines)}---\ntext\n", folder=slug, path=ARTICLE)
    except ContentError:
        return False
    return not shared_faults([card_of(campaign)], lambda _, key: campaign.position(key))


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _yaml(value: Any) -> str:
    dumped: str = yaml.safe_dump(_plain(value), allow_unicode=True, sort_keys=False, width=10_000)
    return dumped


def _plain(value: Any) -> Any:
    """Lists for tuples, which YAML's safe writer does not know, and spaces for separators that it writes raw."""
    if isinstance(value, str):
        return SEPARATOR.sub(" ", value)
    if isinstance(value, dict):
        return {_plain(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value

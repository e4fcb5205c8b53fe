"""New drafts: the files of a campaign's folder, from the starter or from a document."""

import re
from pathlib import Path
from typing import Any

import yaml

from campaigner.content.articles import campaign_of
from campaigner.content.documents import Document, read_document
from campaigner.content.yaml import read_mapping
from campaigner.errors import ContentError
from campaigner.model.front_matter import ALIASES
from campaigner.resources import starter_folder

ARTICLE = "article.md"
#: keys of a document's front matter that say what we say ourselves
OURS = {"title", "slug", "draft"}
REMARK = (
    "# A draft stays out of the site and of the mail. When it is ready, give it a date: `date: 2026-11-01`.\n"
)


def draft_from_starter(*, slug: str, title: str) -> dict[str, bytes]:
    """Give the files of a draft made of the starter: its article with another title, and its pictures."""
    folder = starter_folder()
    article = (folder / ARTICLE).read_text(encoding="utf-8")
    article = _with_line(article, "title", f"title: {quoted(title or in_words(slug))}\nslug: {slug}")
    article = _with_line(article, "date", f"draft: true\n{REMARK.rstrip()}")
    pictures = {
        file.name: file.read_bytes()
        for file in sorted(folder.iterdir())
        if file.is_file() and file.name != ARTICLE and not file.name.startswith(".")
    }
    return {ARTICLE: article.encode()} | pictures


def draft_from_document(path: Path, *, shown: str, slug: str, title: str) -> dict[str, bytes]:
    """Give the files of a draft made of a document.

    What its front matter says under names that are not ours is kept under `params`. Raises
    ContentError where it cannot be read.
    """
    document = read_document(path, shown)
    values, foreign = _front_matter(document, shown)
    title = title or _text(values.get("title")) or document.title or in_words(slug)
    description = _text(values.pop("description", "")) or document.description
    lines: dict[str, Any] = {"title": title, "slug": slug, "description": description, "draft": True}
    if document.language and "lang" not in values:
        lines["lang"] = document.language
    lines |= {key: value for key, value in values.items() if key not in OURS}
    if foreign:
        lines["params"] = {**(values.get("params") or {}), **foreign}
    front_matter = yaml.safe_dump(_plain(lines), allow_unicode=True, sort_keys=False, width=10_000)
    article = f"---\n{front_matter}{REMARK}---\n\n{document.markdown}"
    return {ARTICLE: article.encode()} | {picture.name: picture.content for picture in document.images}


def in_words(slug: str) -> str:
    """A slug as a title: `spring-offer` is "Spring offer"."""
    words = re.sub(r"[-_]+", " ", slug).strip()
    return words[:1].upper() + words[1:]


def quoted(text: str) -> str:
    """A line of text as a YAML scalar that means just that text."""
    dumped: str = yaml.safe_dump(text, allow_unicode=True, width=10_000)
    return dumped.removesuffix("\n").removesuffix("\n...")


def _with_line(article: str, key: str, line: str) -> str:
    """An article with another line for a key of its front matter; its remarks stay where they are."""
    return re.sub(rf"^{key}:.*$", lambda _: line, article, count=1, flags=re.MULTILINE)


def _front_matter(document: Document, shown: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a document's own front matter says under our names, and under others."""
    if not document.front_matter.strip():
        return {}, {}
    tree = read_mapping(document.front_matter, path=shown, first_line=2, natural=frozenset({"params"}))
    values: dict[str, Any] = {}
    foreign: dict[str, Any] = {}
    for key, value in tree.values.items():
        ours = ALIASES.get(key, key)
        if value is None:
            continue
        if _is_valid(key, value) and ours not in values:
            values[ours if "." not in ours else key] = value
        else:
            foreign[key] = value
    return values, foreign


def _is_valid(key: str, value: Any) -> bool:
    """Whether a key, alone beside a title, is one that an article may have."""
    lines = {"title": "x", "draft": True} | {key: value}
    text = yaml.safe_dump(_plain(lines), allow_unicode=True)
    try:
        campaign_of(f"---\n{text}---\ntext\n", folder="draft", path=ARTICLE)
    except ContentError as error:
        # a picture without its alternative text is for the marketer to mend, not to lose
        return all("alternative text" in fault.message for fault in error.faults)
    return True


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _plain(value: Any) -> Any:
    """Lists for tuples, which YAML's safe writer does not know."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value

"""Python-Markdown, set up once: the dialect that articles are written in.

`extra` (tables, footnotes, definition lists, attributes, fenced code, abbreviations, Markdown inside
HTML), heading ids, lists that do not flow into each other, and our fenced blocks.
"""

import re
import unicodedata
from typing import Any
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.inlinepatterns import HtmlInlineProcessor
from markdown.preprocessors import Preprocessor

from campaigner.render.body.containers import Containers
from campaigner.render.body.fenced_code import FencedCodeExtension
from campaigner.render.body.marks import MARK
from campaigner.render.body.shortcuts import SparingMarkdown
from campaigner.value import Value

COMMENT = re.compile(r"\s*<!--")


class Converted(Value):
    """What Markdown made of an article."""

    #: not yet sanitised
    html: str
    #: HTML that the author wrote, as it was written, in order
    raw: tuple[str, ...]


def extensions() -> list[Extension]:
    """What the dialect has beyond plain Markdown."""
    # Instances and not names: looking names up asks every installed package for entry points.
    return [
        AbbrExtension(),
        AttrListExtension(),
        DefListExtension(),
        FencedCodeExtension(),
        FootnoteExtension(BACKLINK_TITLE=""),
        MarkdownInHtmlExtension(),
        TableExtension(),
        SaneListExtension(),
        HeadingIds(slugify=heading_id, toc_depth=0),
        Containers(),
    ]


class HeadingIdsProcessor(TocTreeprocessor):
    """Gives headings their ids, and makes no contents: a page has its own where it is long enough."""

    def replace_marker(self, root: Element, elem: Element) -> None:
        """Take out `[TOC]`, which other programs put contents in the place of."""
        for paragraph in [*root.iter("p")]:
            if not len(paragraph) and (paragraph.text or "").strip() == self.marker:
                paragraph.text = None  # an empty paragraph is dropped later


class HeadingIds(TocExtension):
    """Headings with ids, by the same rules as Python-Markdown's contents."""

    TreeProcessorClass = HeadingIdsProcessor


class Converter:
    """Turns Markdown into HTML; one instance serves any number of articles, one at a time."""

    def __init__(self) -> None:
        self._markdown = SparingMarkdown(extensions())
        self._raw: list[str] = []
        self._listen_to_raw_html()

    def convert(self, text: str) -> Converted:
        """Convert one article."""
        self._markdown.reset()
        self._raw.clear()
        html = self._markdown.convert(text)
        return Converted(html=html, raw=tuple(self._raw))

    def _listen_to_raw_html(self) -> None:
        stash = self._markdown.htmlStash
        heard = self._raw
        blocks = self._markdown.preprocessors["html_block"]
        inline = self._markdown.inlinePatterns["html"]

        class Blocks(Preprocessor):
            def run(self, lines: list[str]) -> list[str]:
                before = len(stash.rawHtmlBlocks)
                result = blocks.run(lines)
                heard.extend(written(block) for block in stash.rawHtmlBlocks[before:])
                return result

        class Inline(HtmlInlineProcessor):
            def handleMatch(self, m: "re.Match[str]", data: str) -> Any:  # type: ignore[override]  # noqa: N802
                heard.append(m[1])
                return super().handleMatch(m, data)

        self._markdown.preprocessors.register(Blocks(self._markdown), "html_block", 20)
        self._markdown.inlinePatterns.register(Inline(inline.pattern, self._markdown), "html", 90)


def written(block: Any) -> str:
    """A stashed piece of HTML as text; Markdown keeps some as elements."""
    return block if isinstance(block, str) else f"<{block.tag}"


def heading_id(text: str, separator: str) -> str:
    """Give the id of a heading: its words in small letters, of any script, joined by hyphens."""
    plain = unicodedata.normalize("NFC", MARK.sub("", text)).lower()
    words = re.findall(r"[^\W_]+", plain.replace("'", "").replace("’", ""))
    return separator.join(words) or "section"

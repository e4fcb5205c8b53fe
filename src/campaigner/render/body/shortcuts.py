"""Spares Python-Markdown the searches that can find nothing; what it makes is the same to the byte.

It holds each block of lines against each kind of block, and each text against each kind of markup, from
the first character to the last. All of them have signs by which they begin, and most texts have none, so
the signs are looked for first. A kind that is not named here, as a later release may have one, is always tried.
"""

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any, Self, TypeVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.md_in_html import HtmlBlockPreprocessor
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString, Registry

from campaigner.render.body.fenced_code import FencedBlockPreprocessor

#: where other programs put a table of contents
CONTENTS = "[TOC]"

#: what lines of a block begin with, behind blanks: at least one of these characters in at least one line
BLOCK_SIGNS = {
    "container": ":",
    "markdown_block": STX,
    "hashheader": "#",
    "setextheader": "=-",
    "hr": "-_*",
    "ulist": "*+-",
    "deflist": ":",
    "quote": ">",
    "footnote": "[",
    "abbr": "*",
    "reference": "[",
    # a blank: the block itself begins with one or with an empty line
    "empty": " ",
    "indent": " ",
    "defindent": " ",
    "code": " ",
    # a bar: there is one somewhere in the block
    "table": "|",
}
EVERY_BLOCK_SIGN = frozenset("".join(BLOCK_SIGNS.values()))

#: what markup has in it: at least one of these
INLINE_SIGNS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
#: markup that means something only where an address is defined, as in `[name]: https://…`
REFERENCES = {"reference", "image_reference", "short_reference", "short_image_ref"}
ANY_TEXT = ("",)

Kind = TypeVar("Kind")


class SparingMarkdown(Markdown):
    """Markdown that looks for signs first."""

    def __init__(self, extensions: Sequence[Extension]) -> None:
        super().__init__(extensions=extensions, output_format="html", tab_length=4)
        self.source = ""
        self._block_level = frozenset(self.block_level_elements)
        fenced_code: Any = self.preprocessors["fenced_code_block"]
        self.preprocessors.register(FencedCode(self, fenced_code.config), "fenced_code_block", 25)
        self.preprocessors.register(HtmlBlocks(self), "html_block", 20)
        self.treeprocessors.register(Attributes(self), "attr_list", 8)
        self.treeprocessors.register(Unescape(self), "unescape", 0)

    def build_parser(self) -> Self:
        """Build the parser, as Markdown lets subclasses do."""
        super().build_parser()
        self.parser = Blocks(self, self.parser.blockprocessors)
        self.treeprocessors.register(Inline(self), "inline", 20)
        return self

    def reset(self) -> Self:
        """Forget the last text, and how deep it was in it where that was given up."""
        super().reset()
        self.parser.state.clear()
        return self

    def convert(self, source: str) -> str:
        """Convert one text."""
        self.source = source
        headings: Any = self.treeprocessors["toc"]
        headings.marker = CONTENTS if CONTENTS in source else ""
        return super().convert(source)

    def is_block_level(self, tag: object) -> bool:
        """Whether a tag is one of a block; asked for each element, so not looked for in a list."""
        return isinstance(tag, str) and tag.lower().rstrip("/") in self._block_level


class Blocks(BlockParser):
    """Tries only the kinds of blocks that the lines at hand can be."""

    def __init__(self, md: Markdown, kinds: Registry[BlockProcessor]) -> None:
        super().__init__(md)
        self.blockprocessors = kinds
        for kind in kinds:
            kind.parser = self
        self._by_signs: dict[frozenset[str], tuple[BlockProcessor, ...]] = {}

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802  Markdown's own name
        """Make elements of blocks of lines, as the original does it."""
        while blocks:
            for kind in self._kinds(blocks[0]):
                if kind.test(parent, blocks[0]) and kind.run(parent, blocks) is not False:
                    break

    def _kinds(self, block: str) -> tuple[BlockProcessor, ...]:
        signs = _block_signs(block)
        if signs not in self._by_signs:
            self._by_signs[signs] = tuple(
                kind
                for name, kind in _named(self.blockprocessors, BLOCK_SIGNS)
                if not name or signs.intersection(BLOCK_SIGNS[name])
            )
        return self._by_signs[signs]


def _block_signs(block: str) -> frozenset[str]:
    signs = {line.lstrip(" ")[:1] for line in block.split("\n")}
    if block[:1] in {"", " ", "\n"}:
        signs.add(" ")
    if "|" in block:
        signs.add("|")
    return EVERY_BLOCK_SIGN & signs


class Inline(InlineProcessor):
    """Tries only the markup whose signs an article has, and that on no text without any sign."""

    @cached_property
    def _kinds(self) -> list[tuple[str, Pattern]]:
        return _named(self.md.inlinePatterns, INLINE_SIGNS)

    @cached_property
    def _sign(self) -> re.Pattern[str]:
        signs = {sign for name, _ in self._kinds for sign in INLINE_SIGNS.get(name, ANY_TEXT)}
        return re.compile("|".join(map(re.escape, sorted(signs))))

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Make elements of the markup in a tree's texts, as the original does it."""
        whole = "".join(tree.itertext())
        patterns: Any = [kind for name, kind in self._kinds if self._can_be_in(whole, name)]
        self.inlinePatterns = patterns
        plain = [
            (element, text)
            for element in tree.iter()
            if (text := element.text) and not self._sign.search(text)
        ]
        for element, text in plain:
            element.text = AtomicString(text)  # such a text is passed over
        super().run(tree, ancestors)
        for element, text in plain:
            element.text = text
        return tree

    def _can_be_in(self, text: str, name: str) -> bool:
        if name in REFERENCES and not self.md.references:
            return False
        return any(sign in text for sign in INLINE_SIGNS.get(name, ANY_TEXT))


class Seldom:
    """A step that is taken only where the article has one of the signs of what it looks for."""

    signs: Collection[str]
    md: Any

    def run(self, given: Any) -> Any:
        """Give what the original makes of the lines or of the tree."""
        if any(sign in self.md.source for sign in self.signs):
            return super().run(given)  # type: ignore[misc]
        return given


class FencedCode(Seldom, FencedBlockPreprocessor):
    """Finds fenced code."""

    signs = ("```", "~~~")


class HtmlBlocks(Seldom, HtmlBlockPreprocessor):
    """Finds blocks of HTML."""

    signs = ("<", "&")


class Attributes(Seldom, AttrListTreeprocessor):
    """Finds `{.class}` and the like."""

    signs = ("{",)


class Unescape(Seldom, UnescapeTreeprocessor):
    """Puts back what a backslash stood in front of."""

    signs = ("\\",)


def _named(kinds: Registry[Kind], names: Collection[str]) -> list[tuple[str, Kind]]:
    """The kinds in their order, with their names as far as they are among `names`."""
    known = {kinds[name]: name for name in names if name in kinds}
    return [(known.get(kind, ""), kind) for kind in kinds]

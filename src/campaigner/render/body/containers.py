"""Fenced blocks for Markdown: callouts, pull quotes and blocks for one channel only.

    ::: warning Before you buy
    Text, with *Markdown*.
    :::

The names are those of Docusaurus' and VitePress' admonitions; `blog`, `newsletter` and `landing`
(one or several) name the channels that a block is for.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension

from campaigner.errors import Fault, nearest

CALLOUTS = ("note", "tip", "important", "warning", "caution")
PULLQUOTE = "pullquote"
CHANNELS = ("blog", "newsletter", "landing")
NAMES = (*CALLOUTS, PULLQUOTE, *CHANNELS)
LINE = re.compile(r"^:::[ \t]*(?P<name>[\w-]+)?[ \t]*(?P<rest>.*?)[ \t]*$", re.MULTILINE)
CODE_FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})")


class Containers(Extension):
    """Adds the fenced blocks to Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's own name
        """Register before the paragraph processor and after code and lists."""
        md.parser.blockprocessors.register(ContainerProcessor(md.parser), "container", 175)


class ContainerProcessor(BlockProcessor):
    """Reads from a line `::: name` to its `:::`."""

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        """Whether a fenced block begins somewhere in this block of lines."""
        match = LINE.search(block)
        return bool(match and match["name"])

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        """Parse what stands before, inside and after the fenced block."""
        text = _taken(blocks)
        opening = next(match for match in LINE.finditer(text) if match["name"])
        depth = 0
        closing = None
        for match in LINE.finditer(text, opening.start()):
            depth += 1 if match["name"] else -1
            if depth == 0:
                closing = match
                break
        inner = text[opening.end() : closing.start() if closing else len(text)]
        if text[: opening.start()].strip():
            self.parser.parseBlocks(parent, [text[: opening.start()].strip("\n")])
        self.parser.parseChunk(self._element(parent, opening), inner.strip("\n"))
        if closing and text[closing.end() :].strip():
            blocks.insert(0, text[closing.end() :].strip("\n"))

    def _element(self, parent: ElementTree.Element, opening: re.Match[str]) -> ElementTree.Element:
        name, rest = opening["name"], opening["rest"]
        if name in CHANNELS:
            return ElementTree.SubElement(parent, "div", {"data-channels": f"{name} {rest}".strip()})
        attributes = {"data-callout": name}
        if rest:
            attributes["data-title"] = rest
        return ElementTree.SubElement(parent, "div", attributes)


def _taken(blocks: list[str]) -> str:
    """Take out of the blocks of lines those up to where the first fenced block ends; all of them if it never does.

    No more than these: an article has thousands, and hundreds of fenced ones among them.
    """
    depth, is_open = 0, False
    for count, block in enumerate(blocks, start=1):
        for match in LINE.finditer(block):
            if match["name"]:
                depth, is_open = depth + 1, True
            elif is_open:
                depth -= 1
            if is_open and depth == 0:
                taken = "\n\n".join(blocks[:count])
                del blocks[:count]
                return taken
    taken = "\n\n".join(blocks)
    blocks.clear()
    return taken


def container_faults(body: str, *, path: str, first_line: int) -> list[Fault]:
    """Say which fenced blocks have a name that is not known, or are not opened and closed in turn."""
    faults: list[Fault] = []
    open_lines: list[tuple[int, str]] = []

    def fault(number: int, message: str, hint: str) -> None:
        faults.append(Fault(path=path, line=number, message=message, hint=hint))

    for number, match in _container_lines(body, first_line):
        if match["name"]:
            open_lines.append((number, match["name"]))
            for name in _unknown(match["name"], match["rest"]):
                fault(number, f'there is no block "{name}"', nearest(name, NAMES))
        elif open_lines:
            open_lines.pop()
        else:
            fault(number, "this `:::` closes nothing", "Open a block with `::: note`, or take the line out")
    for number, name in open_lines:
        fault(number, f"the block `::: {name}` is never closed", "Put a line ::: below it")
    return faults


def without_containers(body: str) -> str:
    """Give a text without the lines that open or close a fenced block; all others keep their place."""
    lines = body.split("\n")
    for number, _ in _container_lines(body, 0):
        lines[number] = ""
    return "\n".join(lines)


def _unknown(name: str, rest: str) -> list[str]:
    """Names of an opening line that there are none of; behind a channel stand further channels."""
    if name in CHANNELS:
        return [channel for channel in rest.split() if channel not in CHANNELS]
    return [] if name in NAMES else [name]


def _container_lines(body: str, first_line: int) -> Iterator[tuple[int, re.Match[str]]]:
    """The lines that open or close a fenced block, with their numbers; code is passed over."""
    fence = ""
    for number, line in enumerate(body.split("\n"), start=first_line):
        code = CODE_FENCE.match(line)
        if code and (not fence or (line.strip() == code["fence"] and code["fence"].startswith(fence))):
            fence = "" if fence else code["fence"]
        match = None if fence else LINE.match(line)
        if match:
            yield number, match

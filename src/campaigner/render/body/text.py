"""An article's text for the newsletter's text part: made from the article's tree, pleasant to read.

Headings are underlined, paragraphs are wrapped at 72 columns (RFC 3676 advises under 78), links
are numbered and listed at the end. A merge field takes as many columns as its fallback: what a
reader will have in its place is not known, and how a dialect writes it no reader sees.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml.etree import XPath
from lxml.html import HtmlElement

from campaigner.model.pages import Reference
from campaigner.render.body.article import ArticleBody
from campaigner.render.body.mail import Placeholders, mail_tree
from campaigner.render.body.marks import MARK, OPEN, Kind
from campaigner.render.merge_tags import MergeField
from campaigner.render.theme import Words
from campaigner.value import Value, replace

WIDTH = 72
#: what stands below a heading; the title above the text has "="
UNDERLINES = {"h2": "-", "h3": "."}
#: what may take two columns or none: all but Latin, Greek and Cyrillic letters and common signs
UNEVEN = re.compile("[^\x00-\u02ff\u038e-\u03a1\u03a3-\u0482\u2010-\u2064\u20ac]")
#: characters between which a line may end, but not before a sign that closes or after one that opens
UNSPACED = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
CLOSING = (
    "\u3001\u3002\u3005\u3009\u300b\u300d\u300f\u3011\u3015\u30fc\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f"
)
OPENING = "\u3008\u300a\u300c\u300e\u3010\u3014\uff08"
#: compiled when it is first needed, since that takes longer than to wrap a mail
PIECE = rf"([ ]*)((?:[{OPENING}]*[{UNSPACED}]|[{OPENING}]*[^ {UNSPACED}{OPENING}]+|[{OPENING}]+)[{CLOSING}]*)"
#: stands for a merge field while lines are set: a sign that says which one, and no characters of any text,
#: in all as wide as its fallback
FIRST_FIELD, FILLING = 0xF0000, "\x01"
FIELD = re.compile(f"([\U000f0000-\U000ffffd]){FILLING}+")
SPACES = re.compile("  +")
#: of a table, not of one in its cells
ROWS: Any = XPath("./tr|./thead/tr|./tbody/tr|./tfoot/tr")
INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd"),
    *("mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
}


class TextContext(Value):
    """What a text part needs to know about its surroundings."""

    words: Words
    references: Mapping[str, Reference]
    #: makes an absolute address of a link written in the article
    link: Callable[[str], str]
    placeholders: Placeholders


class TextBody(Value):
    """The text of a mail without markup."""

    #: lines of at most 72 columns, but for long addresses
    text: str
    #: addresses in the order of their numbers, from 1
    links: tuple[str, ...]


def text_body(article: ArticleBody, context: TextContext, *, excerpt: bool) -> TextBody:
    """Give an article's text as plain text; its links are numbered like [1]."""
    tree, _ = mail_tree(article, excerpt=excerpt)
    writer = _Writer(article, context)
    text = writer.with_fields("\n\n".join(writer.blocks(tree, WIDTH)))
    return TextBody(text="\n".join(map(str.rstrip, text.split("\n"))), links=tuple(writer.links))


def columns(text: str) -> int:
    """Columns that a text takes in a terminal: wide characters two, combining ones none."""
    if text.isascii() or not UNEVEN.search(text):
        return len(text)
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def wrapped(text: str, width: int) -> str:
    """Text wrapped at `width` columns; words that are longer stay whole, so that addresses work.

    A no-break space holds its words together; Chinese and Japanese break between any two characters.
    """
    wrap = _wrapped_by_columns if UNEVEN.search(text) else _wrapped_by_length
    return "\n".join(wrap(paragraph, width) for paragraph in text.split("\n")).strip("\n")


def _wrapped_by_length(paragraph: str, width: int) -> str:
    """One paragraph whose characters take one column each, as those of most do."""
    spaced = _single_spaced(paragraph).strip(" ")
    return spaced if len(spaced) <= width else "\n".join(_fitting(width).findall(spaced))


@cache  # a quote in a list in a note is narrow, but there is an end to it
def _fitting(width: int) -> re.Pattern[str]:
    """As many words as fit into a line; else one that is longer."""
    return re.compile(rf"(?! ).{{1,{max(width, 1)}}}(?= |$)|[^ ]+")


def _wrapped_by_columns(paragraph: str, width: int) -> str:
    lines: list[str] = []
    line, taken = "", 0
    for space, word in re.findall(PIECE, paragraph):
        gap, size = " " if line and space else "", columns(word)
        if line and taken + len(gap) + size > width:
            lines.append(line)
            line, taken = word, size
        else:
            line, taken = line + gap + word, taken + len(gap) + size
    return "\n".join([*lines, line])


def underlined(text: str, line: str) -> str:
    """A heading with a line below, as long as its longest line."""
    return f"{text}\n{line * min(WIDTH, max(map(columns, text.split(chr(10))), default=0))}"


@dataclass
class _Writer:
    article: ArticleBody
    context: TextContext
    links: list[str] = field(default_factory=list)
    #: what is written for the merge fields, by the order in which they are met
    _fields: dict[str, int] = field(default_factory=dict)

    def with_fields(self, text: str) -> str:
        """The text with its merge fields, once its lines are set."""
        written = [*self._fields]
        return FIELD.sub(lambda sign: written[ord(sign[1]) - FIRST_FIELD], text) if written else text

    def blocks(self, parent: HtmlElement, width: int) -> list[str]:
        """The blocks in an element; runs of text and inline elements between them are paragraphs."""
        result: list[str] = []
        run = self._plain(parent.text)
        for child in parent:
            if child.tag in INLINE:
                run += self._inline(child)
            else:
                result += [_paragraph(run, width), *self.block(child, width)]
                run = ""
            run += self._plain(child.tail)
        result.append(_paragraph(run, width))
        return [block for block in result if block and not block.isspace()]

    def block(self, element: HtmlElement, width: int) -> list[str]:
        """One block element as blocks of text."""
        tag = element.tag
        if tag in ("h2", "h3", "h4", "h5", "h6"):
            return self._heading(element, width)
        if tag in ("ul", "ol"):
            return [self._list(element, width)]
        if tag == "dl":
            return [self._definitions(element, width)]
        if tag == "blockquote":
            return [_indented("\n\n".join(self.blocks(element, width - 2)), "> ")]
        if tag == "pre":
            return [_indented(element.text_content().strip("\n"), "    ")]
        if tag == "table":
            return self._table(element, width)
        if tag == "hr":
            return ["* * *".center(width).rstrip()]
        if tag == "div" and "data-callout" in element.attrib:
            return [self._callout(element, width)]
        if tag == "div" and "footnote" in element.get("class", "").split():
            return [self._footnotes(element, width)]
        return self.blocks(element, width)

    def _heading(self, element: HtmlElement, width: int) -> list[str]:
        text = wrapped(self._content(element), width)
        line = UNDERLINES.get(element.tag)
        return [underlined(text, line) if line else text]

    def _list(self, element: HtmlElement, width: int) -> str:
        start = element.get("start", "1")
        number = int(start) if re.fullmatch(r"-?\d{1,9}", start) else 1
        loose = element.find("li/p") is not None
        written = []
        for child in element:
            if child.tag == "li":
                marker = f"{number}. " if element.tag == "ol" else "- "
                written.append(self._hanging(marker, self.blocks(child, width - len(marker)), loose=loose))
                number += 1
            else:
                written += self.block(child, width)
        return ("\n\n" if loose else "\n").join(written)

    def _hanging(self, marker: str, blocks: list[str], *, loose: bool) -> str:
        text = ("\n\n" if loose else "\n").join(blocks)
        return marker + text.replace("\n", "\n" + " " * len(marker))

    def _definitions(self, element: HtmlElement, width: int) -> str:
        lines: list[str] = []
        for child in element:
            margin = "    " if child.tag == "dd" else ""
            text = _indented("\n\n".join(self.blocks(child, width - len(margin))), margin)
            if text:
                lines.append(text if margin or not lines else f"\n{text}")
        return "\n".join(lines)

    def _callout(self, element: HtmlElement, width: int) -> str:
        kind = element.get("data-callout", "")
        blocks = self.blocks(element, width - 2)
        if kind != "pullquote":
            names = (self.context.words(f"callout_{kind}"), element.get("data-title", ""))
            # in capitals before merge fields become words that stand for them
            title = ": ".join(filter(None, names)).upper()
            blocks = [wrapped(self._plain(title), width - 2), *blocks]
        return _indented("\n\n".join(blocks), "| ")

    def _footnotes(self, element: HtmlElement, width: int) -> str:
        notes = []
        for number, item in enumerate(element.iterfind("ol/li"), start=1):
            marker = f"({number}) "
            notes.append(self._hanging(marker, self.blocks(item, width - len(marker)), loose=False))
        return "\n".join(notes)

    def _table(self, element: HtmlElement, width: int) -> list[str]:
        caption = element.find("caption")
        above = [] if caption is None else self.blocks(caption, width)
        rows = [
            [" ".join(self._content(cell).split()) for cell in row if cell.tag in ("td", "th")]
            for row in ROWS(element)
        ]
        rows = [row for row in rows if row]
        if not rows:
            return above
        count = max(map(len, rows))
        rows = [row + [""] * (count - len(row)) for row in rows]
        widths = [max(columns(row[index]) for row in rows) for index in range(count)]
        headed = element.find(".//th") is not None
        if sum(widths) + 3 * (count - 1) > width:
            return [*above, _as_records(rows, width, headed=headed)]
        lines = [
            "   ".join(_padded(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        if headed:
            lines.insert(1, "   ".join("-" * size for size in widths))
        return [*above, "\n".join(lines)]

    def _content(self, element: HtmlElement) -> str:
        """All of an element as one run of text."""
        return self._plain(element.text) + "".join(
            self._inline(child) + self._plain(child.tail) for child in element
        )

    def _inline(self, element: HtmlElement) -> str:
        tag = element.tag
        if tag == "br":
            return "\n"
        if tag == "img":
            alt = self._plain(element.get("alt", ""))
            caption = self._plain(element.get("title", ""))
            return " ".join(part for part in (f"[{alt}]" if alt else "", caption) if part)
        if tag == "a":
            return self._link(element)
        content = self._content(element)
        if tag in ("em", "i") and content.strip():
            return f"_{content}_"
        if tag in ("strong", "b") and content.strip():
            return f"*{content}*"
        if tag == "sup" and element.find("a") is not None:
            return f" ({content})"
        # a block within a line, such as a list in a table's cell
        return content if tag in INLINE else f" {content} "

    def _link(self, element: HtmlElement) -> str:
        classes = element.get("class", "").split()
        content = self._content(element)
        if "footnote-backref" in classes:
            return ""
        if "footnote-ref" in classes:
            return content
        written = element.get("href", "")
        href = MARK.sub(self._shown_in_address, self.context.link(written))
        # one that shows its address needs no number for it
        if not href or content == MARK.sub(self._shown, written).removeprefix("mailto:"):
            return content
        href = self.with_fields(href)
        if href not in self.links:
            self.links.append(href)
        return f"{content} [{self.links.index(href) + 1}]"

    def _plain(self, text: str | None) -> str:
        """Text with its white space folded and its marks resolved."""
        if not text:
            return ""
        folded = _single_spaced(text.replace("\n", " ").replace("\t", " "))
        # most texts have none; percent-encoded ones are in addresses alone
        return MARK.sub(self._shown, folded) if OPEN in folded else folded

    def _shown_in_address(self, mark: re.Match[str]) -> str:
        field = self.article.fields.get(int(mark[1]))
        return self.context.placeholders.word(replace(field, in_address=True)) if field else ""

    def _shown(self, mark: re.Match[str]) -> str:
        number = int(mark[1])
        if number in self.article.fields:
            return self._field(self.article.fields[number])
        if self.article.marks[number].kind is Kind.CITATION:
            numbers = [str(self.context.references[one].number) for one in self.article.citations[number]]
            source = self.context.words("mail_source" if len(numbers) == 1 else "mail_sources")
            return f" ({source} {', '.join(numbers)})"
        return ""

    def _field(self, meant: MergeField) -> str:
        word = self.context.placeholders.word(meant)
        number = self._fields.setdefault(word, len(self._fields))
        return chr(FIRST_FIELD + number) + FILLING * max(1, columns(meant.fallback) - 1)


def _single_spaced(text: str) -> str:
    return SPACES.sub(" ", text) if "  " in text else text


def _paragraph(run: str, width: int) -> str:
    return "" if not run or run.isspace() else wrapped(run, width)


def _indented(text: str, by: str) -> str:
    """Text with something before each line; trailing spaces are taken away at the end."""
    return by + text.replace("\n", f"\n{by}") if text else ""


def _padded(text: str, size: int) -> str:
    return text + " " * (size - columns(text))


def _as_records(rows: list[list[str]], width: int, *, headed: bool) -> str:
    """A table that is too wide, row by row: each cell below the one before, with its heading."""
    heads, body = (rows[0], rows[1:]) if headed else ([""] * len(rows[0]), rows)
    records = []
    for row in body:
        cells = [f"{head}: {cell}" if head else cell for head, cell in zip(heads, row, strict=True) if cell]
        written = [_indented(wrapped(cell, width - 2), "  ") for cell in cells]
        if written:
            written[0] = "- " + written[0][2:]
            records.append("\n".join(written))
    return "\n".join(records)

"""Finds the line of an article, or of a settings file, that an element of a page or mail was made from.

Addresses and words are looked for as they stand in the element. Where several lines have them, the one that has
most of the rest is meant; where they are all alike, the first for the first such element, and so on.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice
from urllib.parse import unquote

from lxml.html import HtmlElement

from campaigner.checks.documents import UNSEEN
from campaigner.content.source_lines import lines_of

#: elements whose text is a piece of writing of its own
BLOCKS = frozenset(
    (
        *("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "figcaption", "blockquote"),
        *("pre", "caption", "label", "legend", "summary", "title"),
    )
)
#: what tells one element from others in a source, best first
TELLING = ("src", "href", "id", "alt", "class", "name")
#: elements within a sentence, which may have words of their own
INLINE = frozenset(
    (
        *("a", "abbr", "b", "button", "cite", "code", "em", "font", "i"),
        *("mark", "s", "small", "span", "strong", "u"),
    )
)
FIELDS = frozenset(("input", "select", "textarea"))
CELLS = frozenset(("td", "th"))
#: how a line looks that an element was written on
LOOKS = {
    **{f"h{level}": rf"\s*#{{{level}}}(?!#)|.*<h{level}\b" for level in range(1, 7)},
    "li": r"\s*(?:[-*+]|\d+[.)])\s|.*<li\b",
    "blockquote": r"\s*>|.*<blockquote\b",
    "img": r".*(?:!\[|<img\b)",
    "a": r".*(?:\]|<a\b|<?https?:)",
    **dict.fromkeys(("table", *CELLS), r".*(?:\||<t[adhr])"),
}
#: characters of an address that is told from others by itself
LEAST_ADDRESS = 4
#: characters of a block by which its line is known
LONGEST_BLOCK = 10_000
#: lines looked at for one text, and elements that may be alike
MOST_LINES, MOST_TWINS = 100, 2_000
#: signs between two words of a text, and between those of two cells
BETWEEN = r"[\W_]{1,200}"
BETWEEN_CELLS = rf"{BETWEEN}(?:t[dhr]{BETWEEN}){{0,4}}"
#: words by which a place is known
MOST_WORDS = 12
#: words by which the place of something is known that only holds them
LEAST_WORDS = 3


def line_in(source: str, element: HtmlElement, *, is_wording: bool = False) -> int:
    """The line of a source that an element was made from; 0 where it is not there.

    Its address may stand elsewhere than its words: these are looked for where `is_wording`.
    """
    if not source:
        return 0
    if element.tag == "table":
        return _line_of_table(source, element)
    told = _lines_told(source, element)
    if element.tag == "a":
        labels = [*_lines_with(source, f"[{element.text_content()}]")]
        if is_wording:
            labels = labels or [*_lines_of_words(source, _words(element))]
            told = _narrowed(labels, told) or told
        elif len(told) > 1:
            told = _narrowed(told, labels or _lines_of_words(source, _words(element)))
    return _nth(source, element, told) if told else _line_of_words(source, element)


def exact_line(source: str, element: HtmlElement) -> int:
    """The line of a source that has the whole address of a link; 0 where it has not."""
    return line_of_address(source, element.get("href") or "")


def line_of_address(source: str, address: str) -> int:
    """The line of a source that has the whole of an address; 0 where it has not."""
    if len(address) <= LEAST_ADDRESS:
        return 0
    bare = _untracked(address)
    texts = dict.fromkeys((address, bare, unquote(bare), escape(address), escape(bare)))
    found = (re.search(rf"(?<![\w/]){re.escape(text)}(?![\w/?#&=%-])", source) for text in texts)
    return next((source.count("\n", 0, one.start()) + 1 for one in found if one), 0)


def says(article: str, element: HtmlElement, *, is_in_template: bool) -> bool:
    """Whether an article says the words of an element, and its address if it has one.

    `is_in_template` where a template says the words: then only an address can be the article's.
    """
    words = _words(element) if _is_writing(element) else []
    address = _address(element)
    if not (words or address) or (words and not _has_words(article, words)):
        return False
    if address:
        return (address if len(address) > LEAST_ADDRESS else f"({address}") in article
    return not is_in_template


def first_line(source: str, texts: Iterable[str]) -> int:
    """The line of the first of these texts that a source has; 0 where it has none."""
    places = (source.find(text) if source else -1 for text in texts)
    return next((source.count("\n", 0, place) + 1 for place in places if place >= 0), 0)


def _lines_told(source: str, element: HtmlElement) -> list[int]:
    """The lines that have most of what tells an element from others."""
    found: dict[int, int] = {}
    for telling in _telling(element):
        for line in _lines_with(source, telling):
            found[line] = found.get(line, 0) + 1
    most = max(found.values(), default=0)
    return [line for line, count in found.items() if count == most]


def _narrowed(lines: list[int], wanted: Iterable[int]) -> list[int]:
    """Those of the lines that are wanted too; all of them where none is."""
    both = frozenset(wanted)
    return [line for line in lines if line in both] or lines


def _nth(source: str, element: HtmlElement, lines: list[int]) -> int:
    """The line of an element among those that may be: the second for the second that is like it."""
    lines = sorted(frozenset(lines))
    looks = LOOKS.get(element.tag)
    if looks and len(lines) > 1:
        written = source.split("\n")
        lines = [line for line in lines if re.match(looks, written[line - 1])] or lines
    if len(lines) < 2:
        return lines[0] if lines else 0
    twins = [
        one for one in islice(element.getroottree().iter(element.tag), MOST_TWINS) if _is_like(one, element)
    ]
    return lines[twins.index(element)] if len(twins) == len(lines) and element in twins else lines[0]


def _is_like(one: HtmlElement, other: HtmlElement) -> bool:
    if any(one.get(name) != other.get(name) for name in ("href", "src")):
        return False
    return bool(one.text_content()[:LONGEST_BLOCK] == other.text_content()[:LONGEST_BLOCK])


def _line_of_table(source: str, table: HtmlElement) -> int:
    """The line on which a table of an article begins: the first of those around its first words."""
    words = _words_in(" ".join(islice(table.itertext(), MOST_WORDS * 3)))
    if not words or next(table.iterdescendants("table"), None) is not None:
        return _line_of_words(source, table)
    written, looks = source.split("\n"), re.compile(LOOKS["table"])
    found = _lines_of_words(source, words, between=BETWEEN_CELLS)
    line = _nth(source, table, [line for line in found if looks.match(written[line - 1])])
    while line > 1 and looks.match(written[line - 2]) and "<table" not in written[line - 1]:
        line -= 1
    return line or _line_of_words(source, table)


def _address(element: HtmlElement) -> str:
    """What of the address of a link or picture is the same wherever it stands."""
    if element.get("src"):
        return _picture_name(element.get("src", ""))
    address = _untracked(element.get("href") or "").strip("/")
    return address.rsplit("/", 1)[-1] if len(address) > LEAST_ADDRESS else address


def _words(element: HtmlElement) -> list[str]:
    """The first words of an element; of what no reader sees, none."""
    if element.tag in UNSEEN:
        return []
    return _words_in(element.text_content())


def _words_in(text: str) -> list[str]:
    return re.findall(r"\w+", text[:LONGEST_BLOCK])[:MOST_WORDS]


def _is_writing(element: HtmlElement) -> bool:
    """Whether an element is one piece of writing, and does not hold several."""
    return element.tag in BLOCKS | INLINE and not _has_blocks(element)


def _has_blocks(element: HtmlElement) -> bool:
    return any(inner is not element for inner in element.iter(*BLOCKS))


def _line_of_words(source: str, element: HtmlElement) -> int:
    """The line on which the words of an element begin; 0 where it has none, or the source has not.

    A field has those of the label around it, and what holds several pieces of writing those of the first.
    """
    if element.tag in FIELDS:
        element = next(element.iterancestors("label"), element)
    words = _words(element)
    if words and _has_blocks(element):
        first = next((one for one in element.iter(*BLOCKS) if one is not element and _words(one)), element)
        words = _words(first) if len(_words(first)) >= LEAST_WORDS else []
    if not words:
        return 0
    if element.tag in BLOCKS and _is_writing(element):
        return _line_of_block(source, element)
    block = next(element.iterancestors(*BLOCKS), None)
    around = _line_of_block(source, block) if block is not None and not _has_blocks(block) else 0
    lines = [*_lines_of_words(source, words)]
    return next((line for line in lines if line >= around), lines[0] if lines else 0)


def _line_of_block(source: str, block: HtmlElement) -> int:
    """The line on which a piece of writing begins; a cell's is that of its row."""
    lines = [*islice(lines_of(source, _text_of(block)), MOST_LINES)]
    row = block.getparent() if block.tag in CELLS else None
    if lines and row is not None:
        lines = _narrowed(lines, _lines_of_words(source, _words(row)))
    return _nth(source, block, lines)


def _text_of(block: HtmlElement) -> str:
    return " ".join(block.text_content().lstrip()[:LONGEST_BLOCK].split())


def _has_words(source: str, words: Iterable[str]) -> bool:
    return next(iter(_lines_of_words(source, words)), 0) > 0


def _lines_of_words(source: str, words: Iterable[str], *, between: str = BETWEEN) -> Iterator[int]:
    """The lines on which these words begin, one after the other with nothing but signs between them."""
    together = between.join(map(re.escape, words))
    pattern = rf"(?<!\w){together}(?!\w)"
    for found in islice(re.finditer(pattern, source, re.IGNORECASE), MOST_LINES):
        yield source.count("\n", 0, found.start()) + 1


def _lines_with(source: str, text: str) -> Iterable[int]:
    """The lines of a source that a text stands on, as far as anybody wants to know."""
    lines: list[int] = []
    line, counted, place = 1, 0, source.find(text)
    while place >= 0 and len(lines) < MOST_LINES:
        line, counted = line + source.count("\n", counted, place), place
        lines.append(line)
        end_of_line = source.find("\n", place)
        place = source.find(text, end_of_line) if end_of_line >= 0 else -1
    return lines


def _telling(element: HtmlElement) -> Iterator[str]:
    """Texts that stand in a source as they stand in the element."""
    for name in TELLING:
        value = (element.get(name) or "").strip()
        if name == "src":
            value = _picture_name(value)
        elif name == "href" and value:
            yield from _written(value)
            continue
        if len(value) > LEAST_ADDRESS:
            yield value
        if name == "alt" and value:
            yield f"![{value}]"


def _written(address: str) -> Iterator[str]:
    """How an address may stand in a source, whole and without what is added to it in a mail."""
    bare = _untracked(address)
    query = address[address.find("?") :] if "?" in address else ""
    ways = (bare, address, query, unquote(bare), escape(bare))
    yield from (way for way in dict.fromkeys(ways) if len(way) > LEAST_ADDRESS)


def _picture_name(address: str) -> str:
    """What the name of a picture's file begins with: it gets a new one, which begins as the old one did."""
    return address.rsplit("/", 1)[-1].split(".", maxsplit=1)[0].rsplit("-", 1)[0] + "."


def _untracked(address: str) -> str:
    return address.partition("?utm_")[0].partition("&utm_")[0]

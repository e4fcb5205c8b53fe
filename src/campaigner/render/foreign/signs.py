r"""The braces, citations and `:::` blocks of a text from elsewhere: those that mean nothing here are escaped.

They are written as `\{{`, `\[@…]` and `&#58;::`, so that readers see them as they were. Code stays as it
is, and Markdown itself says what is code.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from enum import Enum, auto

from lxml import html as lxml_html
from lxml.html import HtmlElement

from campaigner.render.body.containers import CHANNELS, LINE, NAMES, without_containers
from campaigner.render.body.markdown import Converter
from campaigner.render.body.marks import CLOSE, OPEN, signs
from campaigner.render.body.restoring import CODE
from campaigner.render.merge_fields import FieldProblem, merge_field

CITED = re.compile(r"@([^\s;,\]]+)")
#: the mark of a sign, behind what Markdown left of the backslash and the sign; percent signs in addresses
SIGN = re.compile(
    rf"(?P<backslash>\\|%5C)?(?:[{{\[]|%7B|%5B)(?:{OPEN}|%EF%B7%90)(?P<number>\d+)(?:{CLOSE}|%EF%B7%91)",
    re.IGNORECASE,
)
#: a sign may turn out to hide another one, as in {{{{; no text has more of them in a row
MOST_ROUNDS = 40


class Way(Enum):
    """How a sign can be kept from meaning something."""

    BACKSLASH = auto()
    #: in HTML, where a backslash is one
    REFERENCE = auto()
    #: in code and in comments it means nothing anyway
    NONE = auto()


def with_plain_signs(
    text: str, *, reader_fields: Collection[str], source_ids: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    """Give `text` with an escape before all braces that are no merge field and all unknown citations.

    Gives the ids that it cites and that are not among `source_ids`, too.
    """
    unknown: dict[str, None] = {}
    converter = Converter()
    for _ in range(MOST_ROUNDS):
        refused = [match for match in signs().finditer(text) if _is_refused(match, reader_fields, source_ids)]
        escapes = _escapes(text, refused, converter)
        if not escapes:
            break
        for match in reversed(refused):
            if match.start() in escapes:
                text = text[: match.start()] + escapes[match.start()] + text[match.start() + 1 :]
                cited = CITED.findall(match[0]) if match["citation"] else []
                unknown |= dict.fromkeys(one for one in cited if one not in source_ids)
    return text, tuple(sorted(unknown))


def quiet(text: str) -> str:
    """Give `text` as Markdown gets it in a build: what our own signs hold is nothing to it."""
    return signs().sub(lambda match: OPEN + CLOSE if match["field"] or match["citation"] else match[0], text)


def _is_refused(match: re.Match[str], reader_fields: Collection[str], source_ids: Collection[str]) -> bool:
    if match["citation"]:
        return any(one not in source_ids for one in CITED.findall(match[0]))
    if match["jinja"]:
        return True
    if match["field"]:
        try:
            merge_field(match[0], reader_fields)
        except FieldProblem:
            return True
    return False


def _escapes(text: str, refused: list[re.Match[str]], converter: Converter) -> dict[int, str]:
    """What to write for the first sign of each match, by its offset; nothing for those in code."""
    if not refused:
        return {}
    # each with a backslash before it: where Markdown leaves that, the sign must be a reference
    marked, end = "", 0
    for number, match in enumerate(refused):
        marked += f"{quiet(text[end : match.start()])}\\{match[0][0]}{OPEN}{number}{CLOSE}"
        end = match.end()
    html = converter.convert(marked + quiet(text[end:])).html
    ways = dict(_ways(lxml_html.fragment_fromstring(html, create_parent="div")))
    escapes = {}
    for number, match in enumerate(refused):
        sign = match[0][0]
        way = ways.get(number, Way.BACKSLASH)
        if way is Way.BACKSLASH:
            escapes[match.start()] = f"\\{sign}"
        elif way is Way.REFERENCE:
            escapes[match.start()] = f"&#{ord(sign)};"
    return escapes


def _ways(tree: HtmlElement) -> Iterator[tuple[int, Way]]:
    """How the signs at the marks of a tree can be escaped, by the number of the mark."""
    for element in tree.iter():
        around = {element.tag, *(ancestor.tag for ancestor in element.iterancestors())}
        is_idle = bool(around & CODE) or not isinstance(element.tag, str)
        yield from _ways_in([element.text, *element.attrib.values()], is_idle=is_idle)
        yield from _ways_in([element.tail], is_idle=bool((around - {element.tag}) & CODE))


def _ways_in(texts: Iterable[str | None], *, is_idle: bool) -> Iterator[tuple[int, Way]]:
    for text in filter(None, texts):
        for mark in SIGN.finditer(text):
            way = Way.REFERENCE if mark["backslash"] else Way.BACKSLASH
            yield int(mark["number"]), Way.NONE if is_idle else way


def with_plain_blocks(text: str) -> str:
    """Give `text` with each `:::` as it is read where it opens no block of ours, or closes none."""
    lines = text.split("\n")
    kept = without_containers(text).split("\n")
    strange: set[int] = set()
    open_lines: list[tuple[int, bool]] = []
    for number, line in enumerate(lines):
        if line == kept[number]:
            continue
        match = LINE.match(line)
        if match and match["name"]:
            open_lines.append((number, _is_block(match["name"], match["rest"])))
        elif open_lines:
            opening, is_known = open_lines.pop()
            strange |= set() if is_known else {opening, number}
        else:
            strange.add(number)
    strange.update(number for number, _ in open_lines)
    return "\n".join(f"&#58;{line[1:]}" if number in strange else line for number, line in enumerate(lines))


def _is_block(name: str, rest: str) -> bool:
    return name in NAMES and (name not in CHANNELS or all(one in CHANNELS for one in rest.split()))

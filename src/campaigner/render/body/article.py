"""The article's text as one tree, checked: what all channels are made from."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lxml import html as lxml_html
from lxml.html import HtmlElement

from campaigner.errors import ContentError, Fault, nearest
from campaigner.model.campaign import Campaign, Position
from campaigner.render.body.containers import container_faults
from campaigner.render.body.markdown import Converter
from campaigner.render.body.marks import (
    MARK,
    NONCHARACTERS,
    Kind,
    Mark,
    Places,
    masked,
    unmasked,
)
from campaigner.render.body.sanitise import sanitised
from campaigner.render.body.typography import typographic
from campaigner.render.merge_fields import FieldProblem, merge_field
from campaigner.render.merge_tags import MergeField

CODE = {"code", "pre", "kbd", "samp"}
BLOCKS = {
    "p",
    "li",
    "dd",
    "dt",
    "td",
    "th",
    "blockquote",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figcaption",
}
PICTURE_KEY = "data-mark"


@dataclass(frozen=True, kw_only=True)
class ArticleBody:
    """An article's text for all channels. Channels work on copies of the tree."""

    path: str
    language: str
    tree: HtmlElement
    #: what the marks in the tree stand for
    marks: tuple[Mark, ...]
    #: merge fields by the number of their mark
    fields: dict[int, MergeField]
    #: ids of the sources cited, in the order of their first citation
    cited: tuple[str, ...]
    #: which sources each citation's mark names
    citations: dict[int, tuple[str, ...]]
    #: where things that are looked at later stand: pictures, by the number of their mark
    pictures: dict[int, Position] = field(default_factory=dict)

    def without_marks(self, text: str) -> str:
        """A text as plain words: each merge field's fallback, and no citations."""

        def shown(match: re.Match[str]) -> str:
            field = self.fields.get(int(match[1]))
            return field.fallback if field else ""

        return MARK.sub(shown, text)


def read_body(
    campaign: Campaign,
    *,
    language: str,
    converter: Converter,
    reader_fields: Collection[str],
    source_ids: Collection[str],
    refuse_html: bool = False,
) -> ArticleBody:
    """Give the tree of a campaign's article.

    Raises ContentError with each merge field, citation, block and piece of HTML that cannot be.
    """
    faults = list(_character_faults(campaign))
    faults += container_faults(campaign.body, path=campaign.path, first_line=campaign.body_line)
    if faults:
        raise ContentError(faults)
    text, marks = masked(campaign.body, first_line=campaign.body_line)
    converted = converter.convert(text)
    if refuse_html:
        faults += _html_faults(campaign, converted.raw, marks)
    tree = lxml_html.fragment_fromstring(sanitised(converted.html), create_parent="div")
    _restore_code(tree, marks)
    _restore_attributes(tree, marks)
    _place_more(tree, marks)
    pictures = _note_pictures(tree, marks)
    fields, citations = {}, {}
    for number in _marks_in(tree):
        mark = marks[number]
        try:
            if mark.kind in (Kind.FIELD, Kind.JINJA):
                fields[number] = merge_field(mark.source, reader_fields)
            elif mark.kind is Kind.CITATION:
                citations[number] = _cited(mark, source_ids)
        except FieldProblem as problem:
            faults.append(_fault(campaign, mark.position, problem.message, problem.hint))
    if faults:
        raise ContentError(faults)
    _set_headings(tree, campaign.front_matter.title)
    _set_typography(tree, language)
    return ArticleBody(
        path=campaign.path,
        language=language,
        tree=tree,
        marks=marks,
        fields=fields,
        cited=tuple(dict.fromkeys(source for ids in citations.values() for source in ids)),
        citations=citations,
        pictures=pictures,
    )


def _fault(campaign: Campaign, place: Position, message: str, hint: str = "") -> Fault:
    return Fault(path=campaign.path, line=place.line, column=place.column, message=message, hint=hint)


def _character_faults(campaign: Campaign) -> Iterator[Fault]:
    """Noncharacters belong to programs (Unicode 23.7), and this program uses them for marks."""
    found = NONCHARACTERS.search(campaign.body)
    if found:
        place = Places(campaign.body, first_line=campaign.body_line)(found.start())
        yield _fault(campaign, place, f"U+{ord(found[0]):04X} is not a character of any text", "Take it out")


def _html_faults(campaign: Campaign, raw: tuple[str, ...], marks: tuple[Mark, ...]) -> Iterator[Fault]:
    places = Places(campaign.body, first_line=campaign.body_line)
    start = 0
    for piece in raw:
        first = unmasked(piece, marks).strip().split("\n")[0]
        if not first or first.startswith("<!--"):
            continue
        found = campaign.body.find(first, start)
        if found >= 0:
            start = found + 1
        yield _fault(
            campaign,
            places(max(found, 0)),
            "HTML is not taken here",
            'Write Markdown, or set raw_html = "sanitise" under [content] in campaigner.toml',
        )


def _cited(mark: Mark, known: Collection[str]) -> tuple[str, ...]:
    ids = tuple(re.findall(r"@([^\s;,\]]+)", mark.source))
    for source_id in ids:
        if source_id not in known:
            hint = nearest(source_id, known) or "Describe it under `sources:` or in sources.yaml"
            raise FieldProblem(f'there is no source "{source_id}"', hint)
    return ids


def _marks_in(tree: HtmlElement) -> list[int]:
    """Numbers of the marks that Markdown left in texts and attributes, in the order of the source."""
    texts = (
        text for element in tree.iter() for text in (element.text, element.tail, *element.attrib.values())
    )
    return sorted({int(number) for text in texts if text for number in MARK.findall(text)})


def _restore_code(tree: HtmlElement, marks: tuple[Mark, ...]) -> None:
    """In code, show what was written."""
    for element in tree.iter(*CODE):
        for inner in element.iter():
            if inner.text:
                inner.text = unmasked(inner.text, marks)
            if inner.tail and inner is not element:
                inner.tail = unmasked(inner.tail, marks)


def _restore_attributes(tree: HtmlElement, marks: tuple[Mark, ...]) -> None:
    """In attributes, keep fields and picture marks only; a citation there is mere text."""

    def kept(match: re.Match[str]) -> str:
        mark = marks[int(match[1])]
        return match[0] if mark.kind in (Kind.FIELD, Kind.JINJA, Kind.PICTURE) else mark.source

    for element in tree.iter():
        for name, value in element.attrib.items():
            if MARK.search(value):
                element.set(name, MARK.sub(kept, value))


def _place_more(tree: HtmlElement, marks: tuple[Mark, ...]) -> None:
    """Turn the paragraph that holds the `more` mark into a plain divider, or drop it deeper down."""
    for paragraph in [*tree.iter("p")]:
        text = paragraph.text or ""
        match = MARK.fullmatch(text.strip())
        if match and not len(paragraph) and marks[int(match[1])].kind is Kind.MORE:
            if paragraph.getparent() is tree:
                paragraph.tag, paragraph.text = "div", None
                paragraph.set("data-more", "")
            else:
                paragraph.drop_tree()


def _note_pictures(tree: HtmlElement, marks: tuple[Mark, ...]) -> dict[int, Position]:
    """Take the marks out of alternative texts; each picture then knows its mark's number."""
    positions = {}
    for picture in tree.iter("img"):
        alt = picture.get("alt", "")
        for number in map(int, MARK.findall(alt)):
            if marks[number].kind is Kind.PICTURE:
                positions[number] = marks[number].position
                picture.set(PICTURE_KEY, str(number))
        picture.set("alt", MARK.sub(lambda m: "" if marks[int(m[1])].kind is Kind.PICTURE else m[0], alt))
    return positions


def _set_headings(tree: HtmlElement, title: str) -> None:
    """Make `##` the highest heading: the title is the page's only h1."""
    headings = [*tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    if headings and headings[0].tag == "h1" and headings[0].text_content().strip() == title:
        headings.pop(0).drop_tree()
    if any(heading.tag == "h1" for heading in headings):
        for heading in headings:
            heading.tag = f"h{min(int(heading.tag[1]) + 1, 6)}"


def _set_typography(tree: HtmlElement, language: str) -> None:
    """Set quotes and dashes in every text but code, with an eye on what stands before."""
    before = ""

    def set_text(text: str) -> str:
        nonlocal before
        result = typographic(text, language, before)
        if text:
            before = result[-1]
        return result

    def walk(element: HtmlElement) -> None:
        nonlocal before
        if element.tag in BLOCKS or element.tag == "br":
            before = ""
        if element.tag in CODE:
            before = "x"
        else:
            if element.text:
                element.text = set_text(element.text)
            for child in element:
                walk(child)
                if child.tail:
                    child.tail = set_text(child.tail)
            if element.tag in BLOCKS:
                before = ""

    walk(tree)

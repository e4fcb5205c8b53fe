"""The article's text as one tree, checked: what all channels are made from."""

import re
from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from campaigner.errors import ContentError, Fault, nearest
from campaigner.model.campaign import Campaign, Position
from campaigner.render.body.anchors import settle_anchors
from campaigner.render.body.characters import misfits
from campaigner.render.body.containers import CALLOUTS, PULLQUOTE, container_faults, without_containers
from campaigner.render.body.footnotes import REFERENCE
from campaigner.render.body.markdown import Converter
from campaigner.render.body.marks import (
    MARK,
    Kind,
    Mark,
    Places,
    masked,
    unmasked,
)
from campaigner.render.body.restoring import attach_citations, marks_in, restore
from campaigner.render.body.sanitise import sanitised
from campaigner.render.body.tangles import tangles
from campaigner.render.body.tree import tree_of
from campaigner.render.body.typesetting import set_typography
from campaigner.render.merge_fields import FieldProblem, merge_field
from campaigner.render.merge_tags import MergeField
from campaigner.value import Value, field, replace

#: no article is nested so deeply, and parsers give up at 256
DEEPEST = 60
TOO_DEEP = etree.XPath(f"boolean({'/'.join(['*'] * (DEEPEST + 1))})")

#: links, and quotations that say where they are from; no element has both
WITH_ADDRESS: Any = etree.XPath("descendant::*[@href or @cite]")

#: what Python-Markdown stands in for finished pieces with, and may tear in tangled emphasis; no text has it
LOST = re.compile("[\x02\x03]")

#: the texts of an element, but those of references to footnotes
TEXTS: Any = etree.XPath(f'.//text()[not(ancestor::a[contains(@class, "{REFERENCE}")])]', smart_strings=False)

#: for a merge field with a fault
STAND_IN = MergeField(name="name", fallback="…")


class ArticleBody(Value):
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

    def words(self, element: HtmlElement) -> str:
        """An element's plain words, without citations and the numbers of footnotes."""
        return " ".join(self.without_marks("".join(TEXTS(element))).split())


def read_body(
    campaign: Campaign,
    *,
    language: str,
    converter: Converter,
    reader_fields: Collection[str] | None,
    source_ids: Collection[str] | None,
    refuse_html: bool = False,
) -> ArticleBody:
    """Give the tree of a campaign's article.

    Fields and sources are None where nobody knows them, since what says them could not be read.
    Raises ContentError with each merge field, citation, block and piece of HTML that cannot be, and with
    the text without them, so that what is wrong further on is found too.
    """
    faults = [*_character_faults(campaign), *_tangle_faults(campaign)]
    if faults:
        raise ContentError(faults)
    faults += container_faults(campaign.body, path=campaign.path, first_line=campaign.body_line)
    if faults:  # read on without the blocks, so that what else is wrong is told too
        campaign = replace(campaign, body=without_containers(campaign.body))
    text, marks = masked(campaign.body, first_line=campaign.body_line)
    try:
        converted = converter.convert(text)
    except RecursionError:
        raise ContentError([*faults, _depth_fault(campaign)]) from None
    tree = _readable(campaign, converted.html)
    if refuse_html:
        faults += _html_faults(campaign, converted.raw, marks)
    faults += _link_faults(campaign, tree)
    faults += _title_faults(campaign, tree, marks)
    _forget_unknown_blocks(tree)
    pictures = restore(tree, marks)
    fields, citations, problems = _resolved(tree, marks, reader_fields, source_ids)
    faults += [_fault(campaign, position, one.message, one.hint) for position, one in problems]
    _set_headings(tree, campaign.front_matter.title)
    settle_anchors(tree)
    if citations:
        attach_citations(tree, citations)
    set_typography(tree, language)
    body = ArticleBody(
        path=campaign.path,
        language=language,
        tree=tree,
        marks=marks,
        fields=fields,
        cited=tuple(dict.fromkeys(source for ids in citations.values() for source in ids)),
        citations=citations,
        pictures=pictures,
    )
    if faults:
        raise ContentError(faults, rest=body)
    return body


def _fault(campaign: Campaign, place: Position, message: str, hint: str = "") -> Fault:
    return Fault(path=campaign.path, line=place.line, column=place.column, message=message, hint=hint)


def _character_faults(campaign: Campaign) -> Iterator[Fault]:
    places = Places(campaign.body, first_line=campaign.body_line)
    for offset, name in misfits(campaign.body):
        yield _fault(campaign, places(offset), f"{name} is not a character of any text", "Take it out")


def _readable(campaign: Campaign, html: str) -> HtmlElement:
    """The tree of what Markdown made, sanitised; raises ContentError where it is no text any more."""
    if LOST.search(html):
        raise ContentError(_lost_fault(campaign, html))
    tree = tree_of(sanitised(html))
    if _too_deep(tree):
        raise ContentError(_depth_fault(campaign))
    return tree


def _resolved(
    tree: HtmlElement,
    marks: tuple[Mark, ...],
    reader_fields: Collection[str] | None,
    source_ids: Collection[str] | None,
) -> tuple[dict[int, MergeField], dict[int, tuple[str, ...]], list[tuple[Position, FieldProblem]]]:
    """What the fields and citations in a tree mean, by the number of their mark, and which mean nothing."""
    fields: dict[int, MergeField] = {}
    citations: dict[int, tuple[str, ...]] = {}
    problems = []
    for number in marks_in(tree):
        mark = marks[number]
        try:
            if mark.kind in (Kind.FIELD, Kind.JINJA):
                fields[number] = STAND_IN
                fields[number] = merge_field(mark.source, reader_fields)
            elif mark.kind is Kind.CITATION:
                citations[number] = ()
                citations[number] = _cited(mark, source_ids)
        except FieldProblem as problem:
            problems.append((mark.position, problem))
    return fields, citations, problems


def _tangle_faults(campaign: Campaign) -> Iterator[Fault]:
    places = Places(campaign.body, first_line=campaign.body_line)
    for offset, message in tangles(campaign.body):
        yield _fault(
            campaign, places(offset), message, "Split the article, or put a backslash before the signs"
        )


def _depth_fault(campaign: Campaign) -> Fault:
    place = Position(line=campaign.body_line, column=1)
    hint = "Take some levels of lists, quotes or blocks out, or part them by blank lines"
    return _fault(campaign, place, "the article is nested too deeply", hint)


def _too_deep(tree: HtmlElement) -> bool:
    return bool(TOO_DEEP(tree))


def _link_faults(campaign: Campaign, tree: HtmlElement) -> Iterator[Fault]:
    for element in WITH_ADDRESS(tree):
        name = "href" if "href" in element.attrib else "cite"
        address = element.get(name, "")
        try:
            urlsplit(address)
        except ValueError:
            place = Places(campaign.body, first_line=campaign.body_line)(max(campaign.body.find(address), 0))
            yield _fault(campaign, place, f'the link "{address}" is no address', "Write it as https://…")
            del element.attrib[name]


def _title_faults(campaign: Campaign, tree: HtmlElement, marks: tuple[Mark, ...]) -> Iterator[Fault]:
    """A block's title is read out as the block's name, so it is plain words."""
    for block in tree.iter("div"):
        for number in MARK.findall(block.get("data-title", "")):
            mark = marks[int(number)]
            if mark.kind is Kind.CITATION:
                hint = "Cite the source in the block's text"
                yield _fault(campaign, mark.position, "the title of a block cannot cite a source", hint)


def _lost_fault(campaign: Campaign, html: str) -> Fault:
    """Say where Markdown lost the thread: near the words that stand in front of it."""
    before = re.sub(r"<[^>]*>", " ", LOST.split(html)[0])
    words = re.findall(r"\w{3,}", MARK.sub(" ", before))
    found = campaign.body.find(words[-1]) if words else 0
    place = Places(campaign.body, first_line=campaign.body_line)(max(found, 0))
    hint = "Use fewer of them, or write \\* and \\_ for signs that are meant as they are"
    return _fault(campaign, place, "the asterisks or underscores near here are too tangled to read", hint)


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


def _cited(mark: Mark, known: Collection[str] | None) -> tuple[str, ...]:
    if known is None:
        return ()
    ids = tuple(re.findall(r"@([^\s;,\]]+)", mark.source))
    for source_id in ids:
        if source_id not in known:
            hint = nearest(source_id, known) or "Describe it under `sources:` or in sources.yaml"
            raise FieldProblem(f'there is no source "{source_id}"', hint)
    return ids


def _forget_unknown_blocks(tree: HtmlElement) -> None:
    """Make plain what somebody wrote as HTML in the likeness of our blocks."""
    for block in tree.iter("div"):
        if block.get("data-callout") not in (None, *CALLOUTS, PULLQUOTE):
            del block.attrib["data-callout"]


def _set_headings(tree: HtmlElement, title: str) -> None:
    """Make `##` the highest heading: the title is the page's only h1. One that says nothing is dropped."""
    headings = [*tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    for heading in [one for one in headings if not one.text_content().strip() and one.find(".//img") is None]:
        headings.remove(heading)
        heading.drop_tree()
    if headings and headings[0].tag == "h1" and headings[0].text_content().strip() == title:
        headings.pop(0).drop_tree()
    if any(heading.tag == "h1" for heading in headings):
        for heading in headings:
            heading.tag = f"h{min(int(heading.tag[1]) + 1, 6)}"

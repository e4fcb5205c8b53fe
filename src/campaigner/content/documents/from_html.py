"""HTML: finds title and article in a page, as a browser saved it, Word exported it or someone wrote it."""

import re
from copy import deepcopy

from lxml.etree import ParserError, SubElement, tostring
from lxml.html import Element, HtmlElement, HTMLParser, document_fromstring

from campaigner.content.documents.decoding import visible
from campaigner.content.documents.html_elements import HEADINGS
from campaigner.content.documents.html_machinery import drop_machinery
from campaigner.content.documents.html_to_markdown import as_markdown
from campaigner.content.documents.html_tree import FROM_CELL, article_tree
from campaigner.content.documents.pictures import Pictures
from campaigner.content.documents.summary import as_description, as_title, description
from campaigner.model.sentences import SENTENCE_END
from campaigner.value import Value

CHARSET = re.compile(rb"<meta[^>]+?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
#: a page says its charset in its first 1024 bytes (HTML Standard, 4.2.5.4); Word's come later
HEAD = 4096
#: encodings that are ASCII where ASCII has a letter; a page that says UTF-16 here cannot be read so
ENCODINGS = re.compile(
    r"windows-\d+|cp\d+|iso-?8859-\d+|koi8-[ru]|gb\w+|big5|shift_jis|euc-\w+|macintosh", re.IGNORECASE
)
#: browsers read Latin-1 as Windows-1252 (WHATWG Encoding Standard, 4.2)
LATIN_1 = re.compile(r"iso-?8859-1", re.IGNORECASE)
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
#: elements that may stand in the head of a page (HTML Standard, 4.2.1)
OF_HEAD = frozenset({"base", "link", "meta", "noscript", "script", "style", "template", "title"})
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
FOOTNOTE = re.compile(r"#(?:(?:foot|end)note-\d+|_(?:ftn|edn)\d+)")
FOOTNOTE_BACK = re.compile(r"#(?:(?:foot|end)note-ref-\d+|_(?:ftn|edn)ref\d+)")
HEADING_END = re.compile(r"[.!?…:;,]$")
LONGEST_BOLD_HEADING = 80


def declared_charset(content: bytes) -> str:
    """Give the encoding that a page names for itself; "" where it names none that could be."""
    found = CHARSET.search(content[:HEAD])
    name = found[1].decode("ascii") if found else ""
    if not ENCODINGS.fullmatch(name):
        return ""
    return "cp1252" if LATIN_1.fullmatch(name) else name


class Page(Value):
    """What was found in a page; all "" where it holds nothing."""

    title: str = ""
    #: the page's own, else that of its first paragraph
    description: str = ""
    markdown: str = ""
    #: language tag (BCP 47)
    language: str = ""


def read_html(text: str, *, pictures: Pictures) -> Page:
    """Read an HTML page.

    Raises RecursionError where its elements are nested some hundred deep.
    """
    page = _parsed(text)
    if page is None:
        return Page()
    own_description = _own_description(page)
    page_title = page.findtext(".//title") or ""
    base = next((element.get("href") for element in page.iter("base") if element.get("href")), "")
    footnotes = _footnotes(page)
    page_headings = [(heading, heading.text_content()) for heading in page.iter("h1")]
    drop_machinery(page)
    content = _main_content(page)
    tree = article_tree(content, pictures=pictures, base=base)
    outside = [words for heading, words in page_headings if content not in heading.iterancestors()]
    title = _take_title(tree, [*outside[:1], page_title.partition(" | ")[0]])
    _set_headings(tree)
    described = own_description or description(as_markdown(_inner(_prose(tree))))
    if footnotes:
        content.clear()
        content.extend(footnotes)
        tree.extend(article_tree(content, pictures=pictures, base=base))
    return Page(
        title=title, description=described, markdown=as_markdown(_inner(tree)), language=_language(page)
    )


def _parsed(text: str) -> HtmlElement | None:
    # without huge_tree a page that is nested deeply, or has a large picture in it, is cut off in silence
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        page = document_fromstring(XML_DECLARATION.sub("", visible(text)).encode(), parser=parser)
    except ParserError:
        return None
    _set_body(page)
    return page if page.find("body") is not None else None


def _set_body(page: HtmlElement) -> None:
    """Put into the body what began it without saying so: libxml2 takes an `<article>` for a part of the head.

    See "in head" and "after head" of the HTML Standard, 13.2.6.4.4 and 13.2.6.4.6.
    """
    head = page.find("head")
    first = next((child for child in head if child.tag not in OF_HEAD), None) if head is not None else None
    if first is None:
        return
    body = page.find("body")
    if body is None:
        body = SubElement(page, "body")
    moved = head[head.index(first) :]
    moved[-1].tail = (moved[-1].tail or "") + (body.text or "")
    body.text = None
    body[:0] = moved


def _language(page: HtmlElement) -> str:
    """The page's language tag, written as usual (RFC 5646 section 2.1.1): en, pt-BR, zh-Hant."""
    declared = (page.get("lang") or page.get("xml:lang") or "").strip()
    if not LANGUAGE.fullmatch(declared):
        return ""
    first, *others = declared.lower().split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join([first, *(cased.get(len(part), str)(part) for part in others)])


def _own_description(page: HtmlElement) -> str:
    """What the page says of itself to search engines."""
    written = (
        meta.get("content", "") for meta in page.iter("meta") if meta.get("name", "").lower() == "description"
    )
    return next(filter(None, map(as_description, written)), "")


def _prose(tree: HtmlElement) -> HtmlElement:
    """The tree without those cells of a table, taken for paragraphs, that hold no sentence."""
    prose = deepcopy(tree)
    for block in prose.iterchildren():
        if block.get(FROM_CELL) is not None and not SENTENCE_END.search(block.text_content()):
            block.drop_tree()
    return prose


def _main_content(page: HtmlElement) -> HtmlElement:
    """The article, else the main part, else the body without what frames it."""
    body = page.find("body")
    mains = [*body.iter("main")] or body.xpath(".//*[@role='main']")
    around = mains[0] if mains else body
    articles = sorted(around.iter("article"), key=_length, reverse=True)
    if articles and _length(articles[0]) * 3 >= _length(around):
        return articles[0]
    if not mains:
        for frame in [*body.iter("header", "footer", "aside")]:
            if frame.find(".//h1") is None and frame.getparent() is not None:
                frame.drop_tree()
    return around


def _length(element: HtmlElement) -> int:
    return len("".join(element.text_content().split()))


def _footnotes(page: HtmlElement) -> list[HtmlElement]:
    """Take the footnotes out of the page, as Word and mammoth write them, and leave numbered marks."""
    targets = {element.get("id"): element for element in page.iter("li", "div") if element.get("id")}
    footnotes: dict[str, HtmlElement] = {}
    for link in [*page.iter("a")]:
        if not FOOTNOTE.fullmatch(link.get("href", "")):
            continue
        name = link.get("href").lstrip("#_")
        if name not in footnotes:
            if name not in targets:
                continue
            footnote = footnotes[name] = targets[name]
            for back in [*footnote.iter("a")]:
                if FOOTNOTE_BACK.fullmatch(back.get("href", "")):
                    back.drop_tree()
            footnote.drop_tree()
            footnote.tag = "footnote"
            footnote.set("label", str(len(footnotes)))
        mark = Element("footnote-mark", {"label": footnotes[name].get("label")})
        mark.tail, link.tail = link.tail, None
        link.getparent().replace(link, mark)
    return [*footnotes.values()]


def _take_title(tree: HtmlElement, others: list[str]) -> str:
    """Take the title out of the tree: Word's title, else the only or leading h1; else one of the others."""
    marked = [heading for heading in tree.iter("h1") if heading.get("class") == "title"]
    first_level = marked or [*tree.iter("h1")]
    if marked or len(first_level) == 1 or (first_level and first_level[0] is tree[0]):
        title = as_title(first_level[0].text_content())
        if title:
            first_level[0].drop_tree()
            return title
    title = next(filter(None, map(as_title, others)), "")
    heading = next(tree.iter(*HEADINGS), None)
    if heading is not None and title and as_title(heading.text_content()) == title:
        heading.drop_tree()
    return title


def _set_headings(tree: HtmlElement) -> None:
    """Make the highest heading an h2. Where there is none, bold lines above a paragraph are headings."""
    headings = [*tree.iter(*HEADINGS)]
    if not headings:
        headings = [block for block in tree.iterchildren("p") if _is_bold_heading(block)]
        for heading in headings:
            heading[0].drop_tag()
            heading.tag = "h2"
    deeper = 2 - min((int(heading.tag[1]) for heading in headings), default=2)
    for heading in headings:
        heading.tag = f"h{min(6, int(heading.tag[1]) + deeper)}"


def _is_bold_heading(paragraph: HtmlElement) -> bool:
    words = " ".join(paragraph.text_content().split())
    following = paragraph.getnext()
    return (
        len(paragraph) == 1
        and paragraph[0].tag == "strong"
        and not (paragraph.text or "").strip()
        and not (paragraph[0].tail or "").strip()
        and 1 < len(words) <= LONGEST_BOLD_HEADING
        and not HEADING_END.search(words)
        and following is not None
        and following.tag in ("p", "ul", "ol", "table", "blockquote")
    )


def _inner(tree: HtmlElement) -> str:
    return "".join(tostring(child, encoding="unicode", method="html", with_tail=False) for child in tree)

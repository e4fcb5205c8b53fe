"""Small operations on an article's tree that more than one channel needs."""

import copy
import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement
from markupsafe import Markup

from campaigner.render.body.footnotes import notes_of, settle_footnotes

#: what stands for a finished piece of markup while the tree around it is worked on
SLOT_OPEN, SLOT_CLOSE = "\ufdd2", "\ufdd3"
SLOT = re.compile(rf"{SLOT_OPEN}(\d+){SLOT_CLOSE}")

# lxml.html's own parser asks Python for the class of each element whenever it is come across: forms, which
# have classes of their own there, are not let into articles
PARSER = etree.HTMLParser()
PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))


def tree_of(html: str) -> HtmlElement:
    """Give a `<div>` of the elements and texts of `html`."""
    document = etree.fromstring(f"<html><body>{html}</body></html>", PARSER)
    (body,) = document
    document.remove(body)
    body.tag = "div"
    if body.text and not body.text.strip():  # blanks in front of the first block
        body.text = None
    return body


def for_channel(tree: HtmlElement, channel: str) -> HtmlElement:
    """Give a copy of the tree with what this channel shows: blocks for others are gone.

    The landing page shows only what is written for it.
    """
    if channel == "landing" and not _blocks_for(channel, tree):
        return tree.makeelement("div")
    result = copy.deepcopy(tree)
    if channel == "landing":
        notes = notes_of(result)
        kept = _blocks_for(channel, result)
        kept = [block for block in kept if not any(map(_channels, block.iterancestors("div")))]
        result.clear()
        result.extend([*kept, *([] if notes is None else [notes])])
    for block in [*result.iter("div")]:
        channels = block.get("data-channels")
        if channels is None:
            continue
        if channel in channels.split():
            block.drop_tag()
        else:
            block.drop_tree()
    settle_footnotes(result)
    return result


def _blocks_for(channel: str, tree: HtmlElement) -> list[HtmlElement]:
    return [block for block in tree.iter("div") if channel in _channels(block)]


def _channels(block: HtmlElement) -> list[str]:
    channels: str = block.get("data-channels", "")
    return channels.split()


def replace(element: HtmlElement, text: str) -> None:
    """Put `text` where `element` is; what follows the element stays."""
    text += element.tail or ""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text
    if parent is not None:
        element.tail = None
        parent.remove(element)


def inner_html(element: HtmlElement) -> str:
    """The markup inside of an element."""
    if len(element) and not element.attrib:  # written as a whole, and its own tags taken off
        return outer_html(element)[len(f"<{element.tag}>") : -len(f"</{element.tag}>")].strip()
    parts = [_escaped(element.text or "")]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts).strip()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def outer_html(element: HtmlElement) -> str:
    """The markup of an element itself."""
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def stands_alone(element: HtmlElement) -> HtmlElement | None:
    """The paragraph that holds nothing but this element, or None."""
    paragraph = element.getparent()
    if paragraph is None or paragraph.tag != "p":
        return None
    # not by the paragraph's length, for which lxml counts all that is in it
    if element.getprevious() is not None or element.getnext() is not None:
        return None
    around = (paragraph.text or "") + (element.tail or "")
    return None if around.strip() else paragraph


def link_around(picture: HtmlElement) -> HtmlElement | None:
    """The link that holds nothing but this picture and is no button, or None."""
    link = picture.getparent()
    if link is None or link.tag != "a" or len(link) != 1 or "button" in link.get("class", "").split():
        return None
    around = (link.text or "") + (picture.tail or "")
    return None if around.strip() else link


class Slots:
    """Finished pieces of markup, waiting to be put into the serialised tree."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def put(self, element: HtmlElement, markup: str) -> None:
        """Replace an element by finished markup, in which all pieces within are in their places."""
        self._pieces.append(markup)
        replace(element, f"{SLOT_OPEN}{len(self._pieces) - 1}{SLOT_CLOSE}")

    def filled(self, html: str) -> Markup:
        """The markup with every piece in its place."""
        if SLOT_OPEN in html:
            html = SLOT.sub(lambda match: self._pieces[int(match[1])], html)
        return Markup(html)  # noqa: S704  made of escaped text, sanitised HTML and our own templates


def innermost_first(tree: HtmlElement, tags: tuple[str, ...]) -> Iterator[HtmlElement]:
    """The elements of these tags, those inside of others first; the root is not one of them."""
    for element in reversed([*tree.iter(*tags)]):
        if element is not tree:
            yield element

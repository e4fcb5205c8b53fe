"""Sets the quotes and dashes of a whole article."""

from lxml.html import HtmlElement

from campaigner.render.body.restoring import CODE
from campaigner.render.body.typography import typographic

BLOCKS = {
    *("p", "li", "dd", "dt", "td", "th", "caption", "blockquote", "div", "details", "summary", "figcaption"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}


def set_typography(tree: HtmlElement, language: str) -> None:
    """Set quotes, dashes and ellipses in every text but code, and in the titles of blocks."""
    _Typesetter(language).walk(tree)
    for block in tree.iter("div"):
        title = block.get("data-title")
        if title:
            block.set("data-title", typographic(title, language))


class _Typesetter:
    """Goes through a text with an eye on what stands before, tags or not."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.before = ""

    def walk(self, element: HtmlElement) -> None:
        """Set an element's texts."""
        if element.tag in CODE:
            self.before = "x"
            return
        begins_anew = element.tag in BLOCKS or element.tag == "br"
        if begins_anew:
            self.before = ""
        children = [*element]
        # what stays as it is is not written: that takes longer than looking at it
        text = self._set(element.text, goes_on=bool(children))
        if text != element.text:
            element.text = text
        for child in children:
            self.walk(child)
            tail = self._set(child.tail, goes_on=child is not children[-1])
            if tail != child.tail:
                child.tail = tail
        if begins_anew:
            self.before = ""

    def _set(self, text: str | None, *, goes_on: bool) -> str | None:
        if not text:
            return text
        result = typographic(text, self.language, self.before, goes_on=goes_on)
        self.before = result[-1]
        return result

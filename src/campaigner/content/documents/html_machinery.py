"""Takes out of a page of HTML what is no content, before an article is looked for in it."""

import re

from lxml import etree
from lxml.html import HtmlElement

from campaigner.content.documents.html_elements import drop_element

#: what holds no words of the article
MACHINERY = (
    *("head", "script", "style", "template", "noscript", "nav", "dialog", "colgroup", "col"),
    *("iframe", "object", "embed", "svg", "math", "canvas", "map", "audio", "video"),
    *("input", "select", "textarea", "button", "datalist"),
)
MACHINERY_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
HIDDEN = re.compile(r"(?:display|mso-hide|visibility|mso-element)\s*:\s*(?:none|all|hidden|comment)", re.I)


def drop_machinery(root: HtmlElement) -> None:
    """Take out what is no content: scripts, styles, navigation, forms and what is hidden."""
    for element in [*root.iter(*MACHINERY)]:
        drop_element(element)
    for element in [*root.iter(etree.Element)]:
        style = element.get("style", "")
        if element is not root and (
            HIDDEN.search(style)
            or element.get("hidden") is not None
            or element.get("role") in MACHINERY_ROLES
            or (element.tag == "del" and element.get("datetime"))  # a tracked change
        ):
            drop_element(element)

"""What stands in the head of a page."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from campaigner.checks.subjects import Page


def metas(page: Page) -> dict[str, HtmlElement]:
    """Its meta elements by name or property; the first of each."""
    found: dict[str, HtmlElement] = {}
    for element in page.tree.iterfind("head/meta"):
        name = element.get("property") or element.get("name")
        if name:
            found.setdefault(name, element)
    return found


def links(page: Page, kind: str) -> Iterator[HtmlElement]:
    """Its link elements of a kind, such as canonical."""
    for element in page.tree.iterfind("head/link"):
        if element.get("rel") == kind:
            yield element


def is_listed(page: Page) -> bool:
    """Whether search engines may list it."""
    robots = metas(page).get("robots")
    return robots is None or "noindex" not in (robots.get("content") or "")

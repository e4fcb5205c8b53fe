"""What is hidden from a screen reader takes no focus.

A link or field inside of `aria-hidden` can still be reached with the tab key, and then nothing is said at all.

Source: https://act-rules.github.io/rules/6cfa84
"""

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='<p aria-hidden="true"><a href="../../privacy/">How we keep it</a></p>')
GOOD = Example(
    of="page", text='<p aria-hidden="true"><a href="../../privacy/" tabindex="-1">How we keep it</a></p>'
)

PRESSED = frozenset({"a", "button", "input", "select", "textarea"})


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each control that nobody hears of."""
    if "aria-hidden" not in one.html:
        return
    for element in _unheard(one.tree):
        if _is_reached(element):
            yield Problem(
                message=f"a <{element.tag}> is hidden from a screen reader and can be reached with the tab key",
                hint='Take out aria-hidden, or give it tabindex="-1"',
                at=element,
            )


def _unheard(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that are hidden, or stand in one that is."""
    hidden: HtmlElement | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            hidden = None if element is hidden else hidden
            continue
        if hidden is None and element.get("aria-hidden") == "true":
            hidden = element
        if hidden is not None:
            yield element


def _is_reached(element: HtmlElement) -> bool:
    """Whether the tab key comes to it."""
    if element.tag not in PRESSED or element.get("disabled") is not None:
        return False
    if (element.get("tabindex") or "").strip()[:1] == "-":
        return False
    return element.get("href") is not None if element.tag == "a" else element.get("type") != "hidden"

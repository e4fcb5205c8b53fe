"""Text runs from right to left where its language does, and nowhere else.

Arabic, Hebrew or Persian in a page that runs from left to right has its full stops and brackets on the wrong side,
and its lists on the wrong margin.

Source: https://www.w3.org/International/questions/qa-html-dir
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.documents import having
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity
from campaigner.render.dates import direction

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='dir="rtl"', instead_of='dir="ltr"')
GOOD = Example(of="page", text='<html lang="en-GB"', instead_of='<html lang="en-GB" dir="ltr"')
ROOT = Lacking(signs=("<html",))


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each element that says its language, and a direction that the language has not."""
    for element in having(one.tree, "lang"):
        language, written = element.get("lang"), (element.get("dir") or "").lower()
        if language and written in ("ltr", "rtl") and written != direction(language):
            yield Problem(
                message=f'dir="{written}" is not how "{language[:40]}" is written',
                hint=f'Write dir="{direction(language)}" beside lang="{language[:40]}"',
                at=ROOT if element is one.tree else element,
            )
    root = one.tree
    if root.get("lang") and not root.get("dir") and direction(root.get("lang", "")) == "rtl":
        yield Problem(
            message=f'"{root.get("lang")}" is written from right to left, and nothing says so',
            hint='Write dir="rtl" beside its lang',
            at=ROOT,
        )

"""What is hidden from a screen reader takes no focus.

A link or field inside of `aria-hidden` can still be reached with the tab key, and then nothing is said at all.

Source: https://act-rules.github.io/rules/6cfa84
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem, Severity
from campaigner.checks.subjects import Mail, Page

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='<p aria-hidden="true"><a href="../../privacy/">How we keep it</a></p>')
GOOD = Example(
    of="page", text='<p aria-hidden="true"><a href="../../privacy/" tabindex="-1">How we keep it</a></p>'
)

PRESSED = (
    "self::a[@href] or self::button or self::input[not(@type='hidden')] or self::select or self::textarea"
)
FOUND = (
    f"//*[@aria-hidden='true']/descendant-or-self::*[({PRESSED}) and not(@tabindex < 0) and not(@disabled)]"
)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each control that nobody hears of."""
    if "aria-hidden" not in one.html:
        return
    for element in one.tree.xpath(FOUND):
        yield Problem(
            message=f"a <{element.tag}> is hidden from a screen reader and can be reached with the tab key",
            hint='Take out aria-hidden, or give it tabindex="-1"',
            at=element,
        )

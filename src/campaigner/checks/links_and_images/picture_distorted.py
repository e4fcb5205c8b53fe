"""A picture is as wide for its height as its file.

With a `width` and `height` that do not fit it is stretched in Outlook, and the page jumps when it comes.

Source: https://html.spec.whatwg.org/multipage/embedded-content-other.html#dimension-attributes
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='width="1200" height="600"', instead_of='width="1200" height="800"')
GOOD = Example(of="page", text='width="1200" height="801"', instead_of='width="1200" height="800"')

#: share by which sides may differ, and pixels that rounding takes
SLACK, ROUNDING = 0.02, 1.5


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each picture that is stretched."""
    for picture in one.pictures:
        width, height = picture.width, picture.height
        if not width or not height or not picture.files:
            continue
        file = picture.files[-1]
        right = width * file.height / file.width
        if abs(right - height) > max(ROUNDING, SLACK * right):
            yield Problem(
                message=f'the picture "{picture.name}" is {file.width} × {file.height} and shown as {width} × {height}',
                hint=f'Write width="{width}" height="{round(right)}"',
                at=picture.element,
            )

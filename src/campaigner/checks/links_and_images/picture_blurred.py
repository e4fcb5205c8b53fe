"""A picture has the pixels that it is shown with.

Drawn out to more, it is blurred, on sharp screens twice.

Source: https://developer.chrome.com/docs/lighthouse/performance/uses-responsive-images
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='width="1800" height="1200"', instead_of='width="1200" height="800"')
GOOD = Example(of="page", text='width="900" height="600"', instead_of='width="1200" height="800"')

#: share of its pixels that a picture may lack
SLACK = 1.1


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each picture that is shown larger than its largest file is."""
    for picture in one.pictures:
        width = picture.width
        if width and picture.files and width > SLACK * picture.files[-1].width:
            yield Problem(
                message=f'the picture "{picture.name}" is {picture.files[-1].width} pixels wide and shown at {width}',
                hint="Use a larger file, or show it smaller",
                at=picture.element,
            )

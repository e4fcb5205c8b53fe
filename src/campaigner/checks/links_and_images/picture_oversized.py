"""A picture has no more pixels than can be seen.

Sharp screens show two for each, the sharpest three. All above are fetched and thrown away.

Source: https://developer.chrome.com/docs/lighthouse/performance/uses-responsive-images
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text='width="300" height="200"', instead_of='width="600" height="400"')
GOOD = Example(of="mail", text='width="540" height="360"', instead_of='width="600" height="400"')

#: pixels of the file for one that is shown
MOST = 3.2


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each picture whose smallest file is far wider than it is shown."""
    for picture in one.pictures:
        width = picture.width
        if width and picture.files and picture.files[0].width > MOST * width:
            yield Problem(
                message=f'the picture "{picture.name}" is {picture.files[0].width} pixels wide and shown at {width}',
                hint=f"Make the file {2 * width} pixels wide",
                at=picture.element,
            )

"""A picture is no larger in bytes than it must be.

On a train a picture of 2 MB comes when the reader has gone. Most that are so large are photographs saved as PNG, or
animations.

Source: https://web.dev/articles/choose-the-right-image-format
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="settings", text="[check.limits]\npicture = 100\n")
GOOD = Example(of="settings", text="[check.limits]\npicture = 500_000\n")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each picture that has too many bytes; of several sizes the lightest kind of the largest counts."""
    most = one.article.settings.check.limits.picture
    for picture in one.pictures:
        widest = picture.files[-1].width if picture.files else 0
        size = min((file.size for file in picture.files if file.width == widest), default=0)
        if size > most:
            yield Problem(
                message=f'the picture "{picture.name}" has {size:,} bytes, more than {most:,}',
                hint="Save a photograph as JPEG, shorten an animation, or make the picture smaller",
                at=picture.element,
            )

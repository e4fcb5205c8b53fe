"""Pictures have a format that the readers' mail programs show.

Outlook shows no WebP and no AVIF, Gmail no SVG and none that stands in the mail itself. A JPEG, PNG or GIF at an
address shows everywhere. Further formats in `srcset` or `<source>` do no harm.

Source: https://www.caniemail.com/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.leaning import Kind, lacks
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="mail", text='<img src="https://glass-letter.example/vial.webp" width="40" height="30" alt="A vial">'
)
GOOD = Example(
    of="mail", text='<img src="https://glass-letter.example/vial.png" width="40" height="30" alt="A vial">'
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each format of pictures that programs of the readers lack."""
    for lack in lacks(mail.uses, mail.html, Kind.PICTURE, mail.article.settings.check):
        yield Problem(
            message=f"pictures in the format {lack.use.name} do not show in {lack}",
            hint=f"Save the picture as JPEG, PNG or GIF; see {lack.feature.url}",
            at=lack.use.element,
        )

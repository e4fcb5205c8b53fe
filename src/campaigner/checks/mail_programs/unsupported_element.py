"""Elements that show or do something work in the readers' mail programs.

A film, a drawing or a form that a program does not know is taken out of the mail with all that it shows. The
message names the programs that the publication's readers have (`[check.clients]`), and their share. What a
program shows in its place, text or a picture within the element, is enough.

Source: https://www.caniemail.com/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.leaning import Kind, lacks
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text='<video src="vial.mp4" width="600" height="300"></video>')
GOOD = Example(
    of="mail",
    text='<video src="vial.mp4" width="600" height="300">'
    '<a href="https://films.glass-letter.example/vial/">Watch the film</a></video>',
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each element that programs of the readers lack."""
    for lack in lacks(mail.uses, mail.html, Kind.ELEMENT, mail.article.settings.check):
        yield Problem(
            message=f"{lack.use.name} shows nothing in {lack}",
            hint=f"Show the same as text, a link or a picture too; see {lack.feature.url}",
            at=lack.use.element,
        )

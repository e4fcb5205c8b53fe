"""What an element names as its label or description is there.

With a slip in the id the words stand on the page, and nobody who hears it gets them with the field that they are about.

Source: https://www.w3.org/TR/wai-aria-1.2/#valuetype_idref
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.documents import having
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='<section aria-labelledby="page-cal"><p>Write to us.</p></section>')
GOOD = Example(of="page", text='<section aria-labelledby="page-call"><p>Write to us.</p></section>')

NAMING = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage", "headers")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each element that names an id which nothing has."""
    names = [name for name in NAMING if f" {name}=" in one.html]
    for element in having(one.tree, *names) if names else ():
        for name in names:
            for id_ in sorted({id_ for id_ in element.get(name, "").split() if id_ not in one.ids}):
                yield Problem(
                    message=f'{name} names "{id_[:60]}", but nothing on the page has that id',
                    hint="Name the id of the element with the words",
                    at=element,
                )

"""An id is given once.

A link to it, a label for it and a description that names it all find the first and never the second.

Source: https://html.spec.whatwg.org/multipage/dom.html#the-id-attribute
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.documents import having
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='<div id="page-call"></div>')
GOOD = Example(of="page", text='<div id="page-rest"></div>')


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each id that is given again."""
    again = {id_ for id_, times in one.ids.items() if times > 1}
    met: set[str] = set()
    for element in having(one.tree, "id") if again else ():
        id_ = element.get("id")
        if id_ not in again:
            continue
        if id_ in met:
            again.remove(id_)
            yield Problem(
                message=f'the id "{id_[:60]}" is given {one.ids[id_]} times',
                hint="Give each element an id of its own",
                at=element,
            )
        met.add(id_)

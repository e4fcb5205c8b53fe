"""An id is given once.

A link to it, a label for it and a description that names it all find the first and never the second.

Source: https://html.spec.whatwg.org/multipage/dom.html#the-id-attribute
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from campaigner.checks.check import Example, Problem, Severity
from campaigner.checks.subjects import Mail, Page

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='<div id="page-call"></div>')
GOOD = Example(of="page", text='<div id="page-rest"></div>')

#: elements looked at
MOST = 20_000


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each id that is given again."""
    times = Counter(element.get("id") for element in islice(one.tree.iter(), MOST))
    for id_, count in times.items():
        if id_ and count > 1:
            second = one.tree.xpath("//*[@id = $id]", id=str(id_))[1]
            yield Problem(
                message=f'the id "{id_[:60]}" is given {count} times',
                hint="Give each element an id of its own",
                at=second,
            )

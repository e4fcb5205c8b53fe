"""No heading has a merge field in it.

A heading is large and its lines are short: a long name breaks it on a phone, in some mail programs so that
the whole mail becomes wider than the screen.

Source: WCAG 2.2, 1.4.10, https://www.w3.org/TR/WCAG22/#reflow
"""

import re
from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Passage
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="article", text='## What {{ reader.name | default("you") }} can do')
GOOD = Example(of="article", text='What can you do, {{ reader.name | default("dear reader") }}?')
HEADING = re.compile(r"^ {0,3}#{1,6}[^\n{]*(\{\{[^{}\n]*\}\})", re.MULTILINE)


def check(article: Article) -> Iterator[Problem]:
    """Yield each heading with a merge field."""
    for found in HEADING.finditer(article.campaign.body):
        yield Problem(
            message="a heading has a merge field in it, and breaks where the name is long",
            hint="Speak to the reader in the sentence below it",
            at=Passage(start=found.start(1), end=found.end(1)),
        )

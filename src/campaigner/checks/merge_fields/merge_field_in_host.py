"""No link has a merge field in the name of its host.

A reader's value would decide to whom the link leads: whoever can put a value into the list sends your readers
wherever they want.

Source: https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html
"""

import re
from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Passage
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(
    of="article", text='See [your page](https://{{ reader.first_name | default("www") }}.example.org/).'
)
GOOD = Example(
    of="article", text='See [your page](https://www.example.org/?n={{ reader.first_name | default("you") }}).'
)
HOST = re.compile(r"\bhttps?://[^\s/?#()<>{}]{0,253}\{\{[^{}]*\}\}")


def check(article: Article) -> Iterator[Problem]:
    """Yield each address whose host has a merge field in it."""
    for found in HOST.finditer(article.campaign.body):
        yield Problem(
            message=f'the merge field in "{found[0]}" decides to which site the link leads',
            hint="Write the name of the site out, and put the field into the path or behind the ?",
            at=Passage(start=found.start(), end=found.end()),
        )

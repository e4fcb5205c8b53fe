"""Every link to elsewhere is answered.

Pages go away, and a study that nobody can look up any more proves nothing. Asked only with `--online`: whether the
page says 404 or 410, or its host is gone.

Source: RFC 9110, 15.5.5 and 15.5.11, https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from campaigner.checks.check import Example, Problem
from campaigner.checks.online import Answer
from campaigner.checks.spots import Words
from campaigner.checks.whole_site import Facts, Site
from campaigner.model.finding import Severity

HOST = re.compile(r"(?<=//)(?:[^/?#%]|%[89a-f][0-9a-f])+(?=[/?#]|\Z)", re.IGNORECASE)
SEVERITY = Severity.ERROR
BAD = Example(
    of="article", text="There is [a paper about glass](https://papers.example.org/gone) that says so."
)
GOOD = Example(
    of="article", text="There is [a paper about glass](https://papers.example.org/there) that says so."
)


def check(site: Site) -> Iterator[Problem]:
    """Yield each link at which there is nothing any more."""
    for page, link, answer in answered(site):
        if answer.is_dead:
            said = answer.reason or f"its host says {answer.status}"
            yield Problem(
                message=f"there is nothing at {shown(link)}: {said}",
                hint="Link to where it is now, or to a copy in an archive",
                at=Words(path=page.path, texts=(shown(link), link), href=link),
                page=page,
            )


def answered(site: Site) -> Iterator[tuple[Facts, str, Answer]]:
    """Each link that was asked for, where it stands first, and its answer."""
    told = set()
    for page in site.pages:
        for link in page.external:
            answer = site.answers.get(link.partition("#")[0])
            if answer is not None and (page.path, shown(link)) not in told:
                told.add((page.path, shown(link)))
                yield page, link, answer


def shown(link: str) -> str:
    """A link without what the newsletter put behind it, with its host as it is read."""
    bare = link.partition("?utm_")[0].partition("&utm_")[0]
    return HOST.sub(lambda found: unquote(found[0]), bare, count=1)

"""A link to elsewhere that got no good answer is looked at by somebody.

The host may have been away, or may not like to be asked by programs. Asked only with `--online`.

Source: RFC 9110, 15.6, https://www.rfc-editor.org/rfc/rfc9110#section-15.6
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.online import NOT_PUBLIC
from campaigner.checks.site.link_dead import answered, shown
from campaigner.checks.spots import Words
from campaigner.checks.whole_site import Site
from campaigner.model.finding import Severity

SEVERITY = Severity.NOTE
BAD = Example(
    of="article", text="There is [a paper about glass](https://papers.example.org/asleep) that says so."
)
GOOD = Example(
    of="article", text="There is [a paper about glass](https://papers.example.org/there) that says so."
)


def check(site: Site) -> Iterator[Problem]:
    """Yield each link that nobody knows of whether there is something."""
    for page, link, answer in answered(site):
        if not answer.is_dead and not answer.is_right:
            said = answer.reason or f"its host says {answer.status}"
            yield Problem(
                message=f"the link to {shown(link)} got no good answer: {said}",
                hint="Link to a page that everybody can open"
                if answer.reason == NOT_PUBLIC
                else "Open it yourself, and see whether the page is there",
                at=Words(path=page.path, texts=(shown(link), link), href=link),
                page=page,
            )

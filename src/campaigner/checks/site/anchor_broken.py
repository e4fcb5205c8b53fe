"""Every link to a part of a page leads to one.

A browser that does not find the part shows the top of the page, and the reader looks in vain.

Source: https://html.spec.whatwg.org/multipage/browsing-the-web.html#scrolling-to-a-fragment
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem, Severity
from campaigner.checks.site.link_broken import where
from campaigner.checks.subjects import Output, Site
from campaigner.errors import nearest

SEVERITY = Severity.ERROR
BAD = Example(of="article", text="As we said [about the glas](#look-at-the-glas), hold it against the light.")
GOOD = Example(
    of="article", text="As we said [about the glass](#look-at-the-glass), hold it against the light."
)


def check(site: Site) -> Iterator[Problem]:
    """Yield each link with a # that leads to no part of its page."""
    told = set()
    for page in site.pages:
        for link in page.links:
            # a link of the mail without a page is one within the mail
            there = (
                site.by_address.get(link.target)
                if link.target or page.output is not Output.NEWSLETTER
                else page
            )
            if not link.fragment or there is None or link.fragment in {*there.anchors, "top"}:
                continue
            known = (page.path, link.fragment)
            if known not in told:
                told.add(known)
                yield Problem(
                    message=f'the link to "#{link.fragment}" leads to no part of its page',
                    hint=nearest(link.fragment, there.anchors) or "Correct it, or give the heading this id",
                    at=where(page, link),
                    page=page,
                )

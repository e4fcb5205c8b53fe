"""Every link to a part of a page leads to one.

A browser that does not find the part shows the top of the page, and the reader looks in vain.

Source: https://html.spec.whatwg.org/multipage/browsing-the-web.html#scrolling-to-a-fragment
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.whereabouts import place_of
from campaigner.checks.whole_site import Facts, Site
from campaigner.errors import nearest
from campaigner.model.finding import MAILS, Severity

SEVERITY = Severity.ERROR
BAD = Example(of="article", text="As we said [about the glas](#look-at-the-glas), hold it against the light.")
GOOD = Example(
    of="article", text="As we said [about the glass](#look-at-the-glass), hold it against the light."
)

#: how ids of the sign-up form's fields begin
FIELD = "field-"


def check(site: Site) -> Iterator[Problem]:
    """Yield each link with a # that leads to no part of its page."""
    told = set()
    for page in site.pages:
        for link in page.links:
            is_within_mail = page.output in MAILS and link.written.startswith("#")
            there = page if is_within_mail else site.by_address.get(link.target)
            if not link.fragment or there is None or _is_known(link.fragment, there):
                continue
            known = (page.path, link.fragment)
            if known not in told:
                told.add(known)
                yield Problem(
                    message=f'the link to "#{link.fragment}" leads to no part of its page',
                    hint=nearest(link.fragment, there.anchors) or "Correct it, or give the heading this id",
                    at=place_of(page, link),
                    page=page,
                )


def _is_known(fragment: str, page: Facts) -> bool:
    if fragment.startswith(FIELD) and not any(anchor.startswith(FIELD) for anchor in page.anchors):
        return True  # where the whole form is missing, another check says so
    return fragment == "top" or fragment in page.anchors

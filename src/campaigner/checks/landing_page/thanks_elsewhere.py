"""The form leads to this campaign's own thanks page.

Services for forms read from a hidden field where to go. Copied from another campaign it thanks for something else, and
this one's page is never reached.

Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.4.4
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from campaigner.checks.check import Example, Problem
from campaigner.checks.forms import forms_of
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity
from campaigner.render import addresses

SEVERITY = Severity.WARNING
BAD = Example(
    of="page",
    text='<input type="hidden" name="_next" value="/old-glass/join/thanks/"><button class="button">',
    instead_of='<button class="button">',
)
GOOD = Example(
    of="page",
    text='<input type="hidden" name="_next" value="/glass-vials/join/thanks/"><button class="button">',
    instead_of='<button class="button">',
)

NEXT = re.compile(
    r"_?(?:next|redirect|redirect[-_]?(?:to|url)?|return[-_]?(?:to|url)?|success[-_]?url|thanks?[-_]?(?:url|page)?)",
    re.IGNORECASE,
)


def check(page: Page) -> Iterator[Problem]:
    """Yield each hidden field that leads to another page than the thanks page."""
    slug = page.article.campaign.slug
    right = page.article.base_url + addresses.thanks(slug)
    for form in forms_of(page):
        for field in form.iter("input"):
            if (field.get("type") or "").lower() != "hidden" or not NEXT.fullmatch(field.get("name") or ""):
                continue
            value = (field.get("value") or "").strip()
            target = _target(page, value)
            if target.partition("?")[0].rstrip("/") != right.rstrip("/"):
                yield Problem(
                    message=f"after the form readers come to {value[:80]}, not to the thanks page",
                    hint=f"Write {right}",
                    at=field,
                )


def _target(page: Page, value: str) -> str:
    if re.match(r"/[^/]", value):
        return page.article.base_url + value[1:]
    try:
        return urljoin(page.url, value)
    except ValueError:  # brackets that hold no IPv6 address
        return value

"""The landing page asks for one thing.

Each further button takes readers from the one for which the page was made.

Source: https://design-system.service.gov.uk/components/button/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.forms import asks_for_mail
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output, Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='<p><a class="button" href="../">Read the article first</a></p>')
GOOD = Example(of="page", text='<p><a class="button" href="#page-form">To the form</a></p>')


def check(page: Page) -> Iterator[Problem]:
    """Yield each button that leads away from the page, and each form beside the one that it was made for."""
    if page.output is not Output.LANDING:
        return
    forms = [*page.tree.iter("form")]
    # the form for which the page was made need not be the first
    meant = next(filter(asks_for_mail, forms), forms[0] if forms else None)
    for form in forms:
        if form is not meant and (form.get("role") or "").lower() != "search":
            yield Problem(
                message="the landing page has a second form",
                hint="Keep only the form for which the page was made",
                at=form,
            )
    for link in page.links if forms else ():
        classes = (link.element.get("class") or "").split()
        if "button" in classes and link.url.partition("#")[0] != page.url:
            yield Problem(
                message=f'the button "{link.words[:60]}" leads away from the form',
                hint="Make it a plain link, or take it out",
                at=link.element,
            )

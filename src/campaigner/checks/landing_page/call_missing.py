"""The landing page has a form with a button.

It is what the page is there for. Without a button a form is not sent by who uses a mouse or a telephone.

Source: WCAG 2.2, technique H32, https://www.w3.org/WAI/WCAG22/Techniques/html/H32
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output, Severity

SEVERITY = Severity.ERROR
BAD = Example(of="page", text="", instead_of='<button class="button">Send me the letters</button>')
GOOD = Example(
    of="page",
    text='<input type="submit" value="Send me the letters">',
    instead_of='<button class="button">Send me the letters</button>',
)


def check(page: Page) -> Iterator[Problem]:
    """Yield a landing page without a form, or a form without a button; one that has ended needs none."""
    if page.output is not Output.LANDING:
        return
    forms = [*page.tree.iter("form")]
    ends = page.article.campaign.front_matter.expiry_date
    if not forms and not (ends and str(ends)[:10] <= page.article.today):
        yield Problem(
            message="the landing page has no form",
            hint="Put the form back into its template",
            at=Lacking(signs=("page.form", "<form")),
        )
    for form in forms:
        # a button sends unless it says otherwise
        sends = [
            *form.xpath(".//button[not(@type) or @type='submit'] | .//input[@type='submit' or @type='image']")
        ]
        if not sends:
            yield Problem(
                message="the form has no button that sends it",
                hint="Put a <button> at its end that says what happens",
                at=form,
            )

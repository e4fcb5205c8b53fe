"""What readers write into the form does not become a part of an address.

With the method "get" names and e-mail addresses stand in the address bar, in histories, in logs, and in what is sent
to the next site.

Source: https://www.rfc-editor.org/rfc/rfc9110#section-17.9
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.forms import asks_for_mail, forms_of
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="page", text='method="get"', instead_of='method="post"')
GOOD = Example(of="page", text='method="POST"', instead_of='method="post"')


def check(page: Page) -> Iterator[Problem]:
    """Yield a form for addresses that is not posted."""
    for form in forms_of(page):
        if asks_for_mail(form) and (form.get("method") or "get").lower() != "post":
            yield Problem(
                message="what readers enter into the form becomes part of a web address",
                hint='Write method="post" into its <form>',
                at=form,
            )

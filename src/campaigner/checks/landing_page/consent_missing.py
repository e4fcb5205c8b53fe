"""The form asks whether it may send mails.

Who leaves an address for a download has not asked for letters. A box with a sentence beside it asks, and its answer
can be shown later.

Source: GDPR, articles 6 and 7, https://eur-lex.europa.eu/eli/reg/2016/679/oj
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.forms import asks_for_mail, consent_of, forms_of
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="page",
    text="<p>You can unsubscribe at any time.",
    instead_of=r'(?s)<input type="checkbox".*?<label for="field-consent">.*?</label>',
)
GOOD = Example(of="page", text='name="opt_in"', instead_of='name="consent"')


def check(page: Page) -> Iterator[Problem]:
    """Yield a form for mails without a box of consent."""
    for form in forms_of(page):
        if asks_for_mail(form) and consent_of(form) is None:
            yield Problem(
                message="the form takes an e-mail address without asking for consent to send mails",
                hint='Put a tick box with name="consent" and a sentence beside it above the button',
                at=form,
            )

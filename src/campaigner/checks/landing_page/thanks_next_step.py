"""The thanks page says what comes next: a mail, in which to confirm.

An address that is not confirmed is not on the list. Who does not know that a mail is waiting does not look for it.

Source: https://www.edpb.europa.eu/our-work-tools/our-documents/guidelines/guidelines-052020-consent-under-regulation-2016679_en
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output, Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="thanks",
    text="<main id='page-main'><h1>Thank you</h1><p><a href='../../'>The article</a> is still there.</p></main>",
    instead_of="(?s)<main.*</main>",
)
GOOD = Example(
    of="thanks",
    text="<main id='page-main'><h1>Thank you</h1><p>Look into your inbox, please.</p></main>",
    instead_of="(?s)<main.*</main>",
)

NEXT = re.compile(r"mail\b|mails\b|\binbox|\bconfirm|\bpostfach|\bposteingang|\bbestätig", re.IGNORECASE)
LANGUAGES = frozenset({"en", "de"})


def check(page: Page) -> Iterator[Problem]:
    """Yield a thanks page that says nothing of a mail, in a language that is known here."""
    if page.output is not Output.THANKS or (page.tree.get("lang") or "")[:2].lower() not in LANGUAGES:
        return
    main = next(page.tree.iter("main"), page.tree)
    if not NEXT.search(main.text_content()):
        yield Problem(
            message="the thanks page does not say that a mail is on its way",
            hint="Say that a mail comes, and that its link must be pressed to confirm",
            at=Key(path="landing.form.thanks"),
        )

"""The form leads to the privacy page before it is sent.

Who leaves an address must be told, at that moment, who keeps it, what for and how long.

Source: GDPR, article 13, https://eur-lex.europa.eu/eli/reg/2016/679/oj
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.forms import asks_for_mail, forms_of
from campaigner.checks.names import name_of
from campaigner.checks.spots import Key, Said
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text="</label>", instead_of=r"</label>\s*<a href=[^>]*>Privacy</a>")
GOOD = Example(of="page", text=">How we keep your data private</a>", instead_of=">Privacy</a>")

PRIVACY = re.compile(r"priva|datenschutz|data.?protection|rgpd|gdpr|dsgvo", re.IGNORECASE)


def check(page: Page) -> Iterator[Problem]:
    """Yield a form without a link to it, where there is such a page."""
    if not page.article.settings.site.privacy:  # which is another check's
        return
    for form in forms_of(page):
        links = [(link.get("href") or "") + " " + name_of(link) for link in form.iter("a")]
        if asks_for_mail(form) and not any(map(PRIVACY.search, links)):
            yield Problem(
                message="nothing in the form leads to the privacy page",
                hint="Link to it beside the consent box",
                at=Said(key=Key(path="landing.form"), by=(form,), is_of_template=True),
            )

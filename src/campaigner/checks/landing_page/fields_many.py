"""The form asks for no more than it needs.

Each further field loses readers, and what is not needed for the purpose may not be asked for.

Source: GDPR, article 5(1)(c), https://eur-lex.europa.eu/eli/reg/2016/679/oj
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.forms import asked, forms_of
from campaigner.checks.spots import Key, Said
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="settings", text="[check.limits]\nfields = 1\n")
GOOD = Example(of="settings", text="[check.limits]\nfields = 2\n")

#: the theme's own: a name and an address
ALWAYS = 2


def check(page: Page) -> Iterator[Problem]:
    """Yield a form with too many fields; of some that belong together only one is counted."""
    most = page.article.settings.check.limits.fields
    key = Key(path="landing.form.fields")
    set_there = ALWAYS + len(page.article.campaign.front_matter.landing.form.fields)
    for form in forms_of(page):
        count = len({field.get("name") or field for field in asked(form)})
        if count > most:
            yield Problem(
                message=f"the form asks for {count} things, more than {most}",
                hint="Ask for the address now, and for the rest when there is a reason",
                at=key if set_there > most else Said(key=key, by=(form,), is_of_template=True),
            )

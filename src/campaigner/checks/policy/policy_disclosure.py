"""What the policy packs want to be said is said.

Whoever signs up must be told that consent can be withdrawn before it is given, and whoever reads a newsletter
how to get no more of them. The finding names the rule and its address. This is no legal advice.

Source: GDPR, articles 7 and 13, https://eur-lex.europa.eu/eli/reg/2016/679/oj
and CAN-SPAM Act, https://www.ftc.gov/business-guidance/resources/can-spam-act-compliance-guide-business
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.disclosures import unsaid_on
from campaigner.checks.spots import Key
from campaigner.checks.subjects import Newsletter, Page
from campaigner.model.finding import Severity
from campaigner.model.policy import Disclosure

SEVERITY = Severity.ERROR
BAD = Example(
    of="front matter", text='landing: {form: {consent: "Yes, send me the letters about glass by e-mail."}}'
)
GOOD = Example(
    of="front matter",
    text='landing: {form: {consent: "Yes, send me the letters about glass. I can withdraw this at any time."}}',
)


def check(one: Page | Newsletter) -> Iterator[Problem]:
    """Yield each thing that is not said where it must be."""
    for disclosure in unsaid_on(one):
        yield Problem(
            message=f"the {one.output.value} does not say what it must: {disclosure.rule}",
            hint=f"{disclosure.reason}, see {disclosure.url}",
            at=_place(disclosure),
        )


def _place(disclosure: Disclosure) -> Key:
    return Key(path={"mail": "newsletter", "sign-up": "landing.form.consent"}.get(disclosure.on, "title"))

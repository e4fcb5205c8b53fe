"""What the policy packs want to be said is said.

Whoever signs up must be told that consent can be withdrawn before it is given, and whoever reads a newsletter
how to get no more of them. The finding names the rule and its address. This is no legal advice.

Source: GDPR, articles 7 and 13, https://eur-lex.europa.eu/eli/reg/2016/679/oj
and CAN-SPAM Act, https://www.ftc.gov/business-guidance/resources/can-spam-act-compliance-guide-business
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem, Severity
from campaigner.checks.spots import Key
from campaigner.checks.subjects import Mail, Output, Page
from campaigner.checks.written import folded
from campaigner.model.policy import Disclosure
from campaigner.model.settings import Settings

SEVERITY = Severity.ERROR
BAD = Example(
    of="front matter", text='landing: {form: {consent: "Yes, send me the letters about glass by e-mail."}}'
)
GOOD = Example(
    of="front matter",
    text='landing: {form: {consent: "Yes, send me the letters about glass. I can withdraw this at any time."}}',
)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each thing that is not said where it must be."""
    article = one.article
    wanted = [
        disclosure
        for policy in article.policies
        for disclosure in policy.disclosures
        if _is_on(disclosure, one)
        and disclosure.audience in (None, article.audience)
        and (not disclosure.languages or article.language in disclosure.languages)
    ]
    if not wanted:
        return
    text = folded(f"{one.shown} {one.text}" if isinstance(one, Mail) else one.shown)
    for disclosure in wanted:
        if not any(saying in text for saying in _sayings(disclosure, article.settings)):
            yield Problem(
                message=f"the {one.output.value} does not say what it must: {disclosure.rule}",
                hint=f"{disclosure.reason}, see {disclosure.url}",
                at=_place(disclosure),
            )


def _is_on(disclosure: Disclosure, one: Page | Mail) -> bool:
    if isinstance(one, Mail):
        return disclosure.on == "mail"
    if disclosure.on == "page":
        return one.output in (Output.POST, Output.LANDING)
    # where a campaign has ended nobody signs up any more
    return disclosure.on == "sign-up" and one.output is Output.LANDING and "<form" in one.html


def _place(disclosure: Disclosure) -> Key:
    return Key(path={"mail": "newsletter", "sign-up": "landing.form.consent"}.get(disclosure.on, "title"))


def _sayings(disclosure: Disclosure, settings: Settings) -> Iterator[str]:
    """What is enough; a setting that is empty says nothing."""
    values = {
        "{sender}": settings.sender.name,
        "{site}": settings.site.name,
        "{postal_address}": settings.sender.postal_address,
    }
    for saying in disclosure.says:
        said = folded(values.get(saying, saying))
        if said:
            yield said

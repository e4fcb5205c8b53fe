"""No text is smaller than 14 pixels.

Many mails and pages are read on a telephone at arm's length. Smaller text is zoomed, or skipped; and who sends it seems
to have something to hide.

Source: https://mailchimp.com/help/accessibility-in-email-marketing/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.inked import with_text
from campaigner.checks.names import words_in
from campaigner.checks.plain_rules import Origin
from campaigner.checks.spots import Region, Styled
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Output, Severity
from campaigner.model.text import shortened

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text='<p style="font-size:11px">Offer ends on Friday</p>')
GOOD = Example(of="mail", text='<p style="font-size:14px">Offer ends on Friday</p>')


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each text that is too small, or the rule that makes it so; what stands above or below the line may be."""
    article = one.article
    least, styles = article.settings.check.limits.text, article.styles
    told: set[Origin | Region] = set()
    for look, elements in one.looks.items():
        if look.size >= least - 0.01 or look.raised:
            continue
        origin, at = look.size_origin, styles.region(look.size_origin)
        if origin and origin in told:
            continue
        for element in with_text(elements):
            spot = Styled(of=element, properties=("font-size", "font"))
            rule = article.mail_styles.rule(spot) if isinstance(one, Mail) else None
            if rule and rule.region in told:
                continue
            selector = rule.selector if rule else origin.selector if at and origin else ""
            what = f'what "{shortened(selector)}" sets' if selector else f'"{shortened(words_in(element))}"'
            yield Problem(
                message=f"{what} has letters of {look.size:.3g} pixels, smaller than {least:g}",
                hint=f"Set its font-size to {least:g} pixels or more",
                at=rule.region if rule else at or spot,
                output=None if at is None else Output.SITE,
            )
            if rule:
                told.add(rule.region)
            if at and origin:
                told.add(origin)
                break

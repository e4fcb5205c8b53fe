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
from campaigner.checks.spots import Styled
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Output, Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text='<p style="font-size:11px">Offer ends on Friday</p>')
GOOD = Example(of="mail", text='<p style="font-size:14px">Offer ends on Friday</p>')


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each text that is too small; what stands above or below the line may be."""
    least, styles = one.article.settings.check.limits.text, one.article.styles
    told: set[Origin] = set()
    for look, elements in one.looks.items():
        if look.size >= least - 0.01 or look.raised:
            continue
        origin, at = look.size_origin, styles.region(look.size_origin)
        if origin and origin in told:
            continue
        for element in with_text(elements):
            what = (
                f'"{words_in(element)[:40]}"'
                if at is None or origin is None
                else f'what "{origin.selector[:60]}" sets'
            )
            yield Problem(
                message=f"{what} has letters of {look.size:.3g} pixels, smaller than {least:g}",
                hint=f"Make it {least:g} pixels or more",
                at=Styled(of=element, properties=("font-size", "font")) if at is None else at,
                output=None if at is None else Output.SITE,
            )
            if at and origin:
                told.add(origin)
                break

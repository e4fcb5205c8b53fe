"""The web version of the newsletter says what the mail says.

Who opens the mail in a browser does so because the mail looks broken, and must find the same words there. Only
the links that belong to one reader are missing: to unsubscribe, to preferences, to this very page.

Source: https://www.spamresource.com/2025/06/delivterms-view-as-webpage.html
"""

from collections import Counter
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page, Trio
from campaigner.checks.words import WORD
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="web version",
    text="<p>Thank you for reading this letter with a browser, in which it looks as it was meant to.</p>",
)
GOOD = Example(of="mail", text="<p>Once more, good glass.</p>")
#: words of links that are one reader's, preheader apart
OF_ONE_READER = 16


def check(trio: Trio) -> Iterator[Problem]:
    """Yield a web version that lacks words of the mail, or has others."""
    mail, web = _words(trio.mail), _words(trio.web_version)
    preheader = Counter(WORD.findall(trio.mail.preheader.lower()))
    lacking, added = mail - web - preheader, web - mail
    if lacking.total() > OF_ONE_READER:
        words = " ".join(list(lacking)[:6])
        yield Problem(
            message=f'the web version lacks {lacking.total()} words of the mail, among them "{words}"',
            hint="Put only links of one reader between <!--mail-only--> and <!--/mail-only-->",
        )
    if added.total():
        words = " ".join(list(added)[:6])
        yield Problem(
            message=f'the web version has {added.total()} words that are not in the mail, among them "{words}"',
            hint="Say the same in both",
        )


def _words(one: Mail | Page) -> Counter[str]:
    """Words of a body without its headline, which is looked at apart."""
    counts = Counter(WORD.findall(one.shown.lower()))
    for headline in one.tree.iter("h1"):
        counts -= Counter(WORD.findall(headline.text_content().lower()))
    return counts

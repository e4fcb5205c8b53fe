"""The web version of the newsletter says what the mail says.

Who opens the mail in a browser does so because the mail looks broken, and must find the same words there. Only
the links that belong to one reader are missing: to unsubscribe, to preferences, to this very page.

Source: https://www.spamresource.com/2025/06/delivterms-view-as-webpage.html
"""

from collections import Counter
from collections.abc import Iterator

from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.documents import writing_in
from campaigner.checks.slips import NOWHERE
from campaigner.checks.subjects import Mail, Newsletter, Page, Trio
from campaigner.checks.words import WORD
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="web version",
    text="<p>Thank you for reading this letter with a browser, in which it looks as it was meant to.</p>",
)
GOOD = Example(of="mail", text="<p>Once more, good glass.</p>")
#: words around the links that are one reader's, preheader apart
OF_ONE_READER = 9


def check(trio: Trio) -> Iterator[Problem]:
    """Yield a web version that lacks words of the mail, or has others."""
    mail, web = _words(trio.mail), _words(trio.web_version)
    preheader = _counted(trio.mail.preheader)
    lacking, added = mail - web - preheader - _of_one_reader(trio.mail), web - mail
    if lacking.total() > OF_ONE_READER:
        words = " ".join(list(lacking)[:6])
        yield Problem(
            message=f'the web version lacks {lacking.total()} words of the mail, among them "{words}"',
            hint="Put only links of one reader between <!--mail-only--> and <!--/mail-only-->",
            at=_most_lacking(trio.mail, lacking),
        )
    if added.total():
        words = " ".join(list(added)[:6])
        yield Problem(
            message=f'the web version has {added.total()} words that are not in the mail, among them "{words}"',
            hint="Say the same in both",
        )


def _of_one_reader(mail: Newsletter) -> Counter[str]:
    """Words of the links that the web version is meant to lack."""
    own = (NOWHERE, mail.web_version_url)
    links = (link for link in mail.leading_anchors if link.get("href", "").startswith(own))
    return sum((_counted(link.text_content()) for link in links), Counter[str]())


def _most_lacking(mail: Mail, lacking: Counter[str]) -> HtmlElement | None:
    """The longest piece of writing of which the web version has nothing."""
    longest, most = None, 0
    for element in writing_in(mail.tree):
        words = _counted(element.text_content())
        if words.total() > most and not words - lacking:
            longest, most = element, words.total()
    return longest


def _words(one: Mail | Page) -> Counter[str]:
    """Words of a body without its headline, which is looked at apart."""
    counts = _counted(one.shown)
    for headline in one.tree.iter("h1"):
        counts -= _counted(headline.text_content())
    return counts


def _counted(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.lower()))

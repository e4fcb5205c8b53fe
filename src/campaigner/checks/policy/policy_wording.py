"""No words stand that the policy packs refuse.

A subject line that pretends that a payment failed, or a sentence that takes a sign-up for consent to more, is
against the law that the pack names, and each finding says which. This is no legal advice.

Source: CAN-SPAM Act, https://www.ftc.gov/business-guidance/resources/can-spam-act-compliance-guide-business
and GDPR, https://eur-lex.europa.eu/eli/reg/2016/679/oj
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.refusals import phrases_of, refusals_in, spans_in, wordings_of
from campaigner.checks.spots import Spot
from campaigner.checks.standing import standing_in
from campaigner.checks.subjects import Mail, Page
from campaigner.checks.written import folded
from campaigner.model.finding import Output, Severity
from campaigner.model.policy import Channel, Wording
from campaigner.value import replace

SEVERITY = Severity.ERROR
BAD = Example(
    of="front matter",
    text='landing: {intro: "Once a week you get a letter about glass. By signing up you agree to our terms."}',
)
GOOD = Example(
    of="front matter",
    text='landing: {intro: "Once a week you get a letter about glass. Our terms are short."}',
)


def check(one: Article | Page | Mail) -> Iterator[Problem]:
    """Yield each refused wording, of the article or of a template."""
    article = one if isinstance(one, Article) else one.article
    if isinstance(one, Article):
        for refusal in one.refusals:
            yield _problem(refusal.words, refusal.wording, refusal.spot)
        yield from _in_listings(one)
        return
    for wording in wordings_of(article.policies, article.audience):
        if not wording.channels or {*wording.channels} & _channels(one):
            yield from _of_a_template(one, wording)


def _in_listings(article: Article) -> Iterator[Problem]:
    """What the article itself may say to its readers, and a listing not to those of the site."""
    if article.audience == article.settings.site.audience:
        return
    for refusal in refusals_in(article.listed, article.policies, article.settings.site.audience):
        if refusal.wording.audience is not None:
            yield replace(_problem(refusal.words, refusal.wording, refusal.spot), output=Output.LISTING)


def _of_a_template(one: Page | Mail, wording: Wording) -> Iterator[Problem]:
    phrases = phrases_of(wording.words)
    there = standing_in(one.folded, phrases)
    there = there - one.article.said if there else there
    unsaid = tuple(filter(there.__contains__, phrases))
    told = set()
    for start, end in spans_in(one.shown, one.folded, unsaid):
        words = one.shown[start:end]
        if folded(words) not in told:
            told.add(folded(words))
            yield _problem(words, wording, None)


def _channels(one: Page | Mail) -> frozenset[Channel]:
    if isinstance(one, Mail):
        return frozenset(("mail",))
    return frozenset(("page", "sign-up") if one.output is Output.LANDING else ("page",))


def _problem(words: str, wording: Wording, at: Spot | None) -> Problem:
    return Problem(
        message=f'"{" ".join(words.split())}" must not stand here: {wording.rule}',
        hint=f"{wording.reason}, see {wording.url}",
        at=at,
    )

"""Every number of the newsletter stands in the article.

A number that only the mail has was typed twice, and one of the two is the older. Readers who click to see it
explained do not find it.

Source: CAP Code, rule 3.7, https://www.asa.org.uk/type/non_broadcast/code_section/03.html
"""

import re
from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.prose import FIELD
from campaigner.checks.quantities import AMOUNT, DAY
from campaigner.checks.spots import Key, Passage, Spot
from campaigner.checks.subjects import Trio
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text='newsletter: {subject: "What do 7 vials tell you?"}')
GOOD = Example(of="front matter", text='newsletter: {subject: "4 things that your vial tells you"}')
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
#: what is no statement about the subject: "a 3-minute read", "9:00", "1st", "#4"
NO_STATEMENT = re.compile(r"[\s-]*(?:min(?:utes?|uten?)?\b|:\d|am\b|pm\b|uhr\b)", re.IGNORECASE)
DATE = re.compile(DAY, re.IGNORECASE)
WORDS = {
    "1": "one ein eine einen eins einer einem",
    "2": "two zwei both beide",
    "3": "three drei",
    "4": "four vier",
    "5": "five fünf",
    "6": "six sechs",
    "7": "seven sieben",
    "8": "eight acht",
    "9": "nine neun",
    "10": "ten zehn",
    "11": "eleven elf",
    "12": "twelve zwölf",
}


def check(trio: Trio) -> Iterator[Problem]:
    """Yield each number that only the newsletter has."""
    said = trio.post.shown
    known = {_same(number) for number in NUMBER.findall(said)}
    words = {*re.findall(r"\w+", said.lower())}
    for text, first, key in _only_of_newsletter(trio.article):
        for found in NUMBER.finditer(_without_offer(text, trio.article)):
            number = _same(found[0])
            in_words = WORDS.get(number, "").split()
            if number in known or words & {*in_words} or NO_STATEMENT.match(text, found.end()):
                continue
            yield Problem(
                message=f"the newsletter says {found[0]}, which stands nowhere in the article",
                hint="Correct one of the two, or explain the number in the article",
                at=key or Passage(start=first + found.start(), end=first + found.end()),
            )


def _only_of_newsletter(article: Article) -> Iterator[tuple[str, int, Spot | None]]:
    """What the newsletter says and the article need not: text, where it begins, or its key."""
    meant = article.campaign.front_matter.newsletter
    for key, text in (
        ("subject", meant.subject),
        *((f"subjects.{number}", subject) for number, subject in enumerate(meant.subjects)),
        ("preheader", meant.preheader),
        ("cta.label", meant.cta.label if meant.cta else ""),
    ):
        yield FIELD.sub(" ", text), 0, Key(path=f"newsletter.{key}")
    for sentence in article.sentences:
        if sentence.channels == {"newsletter"}:
            yield sentence.text, sentence.start, None


def _without_offer(text: str, article: Article) -> str:
    """A text with blanks for price and days of the offer: those are held against the offer itself."""
    offer = article.campaign.front_matter.landing.offer
    if offer and offer.price:
        text = AMOUNT.sub(_blank, text)
    return DATE.sub(_blank, text) if offer and (offer.starts or offer.ends) else text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _same(number: str) -> str:
    """A number without what groups its digits: 5,000 and 5.000 are 5000."""
    return re.sub(r"[.,](?=\d{3}(?!\d))", "", number).replace(",", ".")

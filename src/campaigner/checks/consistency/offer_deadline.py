"""The last day of an offer is the same wherever the campaign names one.

A mail that says "until 31 December" for an offer that ends on the 15th misleads its readers. Dates behind words
such as until, by and ends are held against the offer's own.

Source: CAP Code, rule 8.17, https://www.asa.org.uk/type/non_broadcast/code_section/08.html
"""

import re
from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.quantities import DAY, day_of
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(
    of="front matter",
    text='newsletter: {subject: "The course about glass: book until 31 January 2027"}\n'
    'landing: {offer: {title: "A course about glass", ends: 2027-01-15}}',
)
GOOD = Example(
    of="front matter",
    text='newsletter: {subject: "The course about glass: book until 15 January 2027"}\n'
    'landing: {offer: {title: "A course about glass", ends: 2027-01-15}}',
)
DEADLINE = re.compile(
    r"\b(?:until|till|by|before|ends? on|ends|closes? on|closes|deadline:?|last day:?|expires on|bis(?: zum)?"
    rf"|spätestens am|endet am|läuft bis|anmeldeschluss:?|letzter tag:?)\s(?:the\s|midnight\s"
    rf"|(?:\w+day|\w+tag),?\s)?(?:{DAY})",
    re.IGNORECASE,
)
#: what an end may be of
OFFERED = re.compile(
    r"\b(?:offer|price|discount|book|enrol|sign up|register|join|course|sale|save|places?|early|angebot|preis|rabatt"
    r"|buch|anmeld|kurs|sichern|aktion|plätze|frühbucher)",
    re.IGNORECASE,
)
#: characters around a date in which its subject is looked for
NEAR = 120


def check(article: Article) -> Iterator[Problem]:
    """Yield each last day that is not the offer's."""
    offer = article.campaign.front_matter.landing.offer
    if offer is None or not offer.ends:
        return
    ends, starts = offer.ends.day, offer.starts.day if offer.starts else None
    for piece in article.pieces:
        for found in DEADLINE.finditer(piece.text):
            day = day_of(found, ends.year)
            near = piece.text[max(0, found.start() - NEAR) : found.end() + NEAR]
            if day and day not in (ends, starts) and OFFERED.search(near):
                yield Problem(
                    message=f'"{" ".join(found[0].split())}" is not the last day of the offer, {ends}',
                    hint="Correct one of the two, so that both are the same",
                    at=piece.spot(found.start(), found.end()),
                )

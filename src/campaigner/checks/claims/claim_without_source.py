"""A sentence that leans on evidence says where the evidence is.

"Studies show", "according to", a percentage, a count of people and "the UK's largest" ask to be believed. A
reader, a regulator and a search engine want to look it up: cite a source, `[@id]`, in the sentence or in the
one right behind it, or link to it. Advertising codes want the proof to exist before the claim is made.

Source: CAP Code, rule 3.7, https://www.asa.org.uk/type/non_broadcast/code_section/03.html
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.claims.asides import asides_of
from campaigner.checks.claims.finding import Claims
from campaigner.checks.claims.shares import offers
from campaigner.checks.prose import Sentence
from campaigner.checks.spots import Passage
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="article", text="\nStudies show that most breaks begin at the neck.\n")
GOOD = Example(of="article", text="\nStudies show that most breaks begin at the neck [@glass-2025].\n")
#: a citation, a footnote, or a link to somewhere else
SUPPORT = re.compile(r"\[@|\[\^|\]\(https?://|<https?://|\]\[[^\]\n]")


def check(article: Article) -> Iterator[Problem]:
    """Yield each sentence that claims and does not say from where."""
    body, said, language = article.campaign.body, article.sentences, article.language
    asides = tuple(asides_of(body))
    claims = iter(Claims([*(one.text for one in said), *(one.text for one in asides)], language))
    for number, sentence in enumerate(said):
        claim = next(claims)
        if claim and not _is_supported(body, said[number : number + 2]):
            yield _problem(claim, sentence.start, sentence.end)
    for aside, claim in zip(asides, claims, strict=True):
        if (
            claim
            and not _offers(aside.context, language)
            and not SUPPORT.search(body, aside.first, aside.last)
        ):
            yield _problem(claim, aside.start, aside.end)


@lru_cache(maxsize=1)
def _offers(context: str, language: str) -> bool:
    """Whether asides are about an offer; all cells of a row have the same row around them."""
    return offers(context.lower(), language)


def _problem(found: str, start: int, end: int) -> Problem:
    return Problem(
        message=f'"{found}" leans on evidence, and no source is cited',
        hint="Cite the source in the sentence, as in [@id], or say it without the claim",
        at=Passage(start=start, end=end),
    )


def _is_supported(body: str, pair: tuple[Sentence, ...]) -> bool:
    """Whether a sentence, or the one right behind it in its paragraph, has a source.

    A list whose first line ends in a colon is one piece with what it introduces.
    """
    first, *following = pair
    if SUPPORT.search(body, first.start, first.end):
        return True
    behind = following[0] if following else None
    goes_on = behind and (behind.block == first.block or first.text.rstrip().endswith(":"))
    return bool(behind and goes_on and SUPPORT.search(body, behind.start, behind.end))

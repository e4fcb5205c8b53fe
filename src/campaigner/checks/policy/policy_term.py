"""No name stands where the policy packs refuse it, in whatever disguise.

Some names must not be shown to everybody: prescription-only medicines may be advertised to healthcare
professionals and not to the public. Digits for letters, letters of other scripts, blanks, hyphens and
hashtags do not hide a name from a regulator, and not from this check. Where a pack allows a name for
professionals, each page and mail that shows it must say that it is for them. Home, tags and feed are for the
site's own audience, whatever an article says of its own: they show its title, description, tags and address, and
home the picture of the newest one. This is no legal advice.

Source: CAP Code, rule 12.12, https://www.asa.org.uk/advice-online/healthcare-prescription-only-medicine.html
"""

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.documents import shown_text
from campaigner.checks.lookalikes import MOST, Legible, legible, names_in
from campaigner.checks.spots import Spot
from campaigner.checks.subjects import Mail, Page
from campaigner.checks.written import Piece, folded
from campaigner.model.finding import Output, Severity
from campaigner.model.policy import Channel, Terms
from campaigner.value import replace

SEVERITY = Severity.ERROR
SITE = """\
[site]
name = "The Glass Letter"
url = "https://glass-letter.example"
language = "en-GB"
privacy = "privacy.md"
"""
BAD = Example(
    of="settings",
    text=f'{SITE}description = "Letters about glass, and about B0tox."\n\n[check]\npolicies = ["medical-uk"]\n',
)
GOOD = Example(
    of="settings",
    text=f'{SITE}description = "Letters about Botox, for healthcare professionals."\naudience = "professionals"\n'
    '\n[check]\npolicies = ["medical-uk"]\n',
)
IN_MAIL: frozenset[Channel] = frozenset(("mail", "subject"))
ON_PAGE: frozenset[Channel] = frozenset(("page",))
#: what begins a hashtag that a name stands in
HASHTAG = re.compile(r"#\w*\Z")
#: how home, tags and feed are called
LISTINGS = "the listing on home, tags and feed"
#: how a place is called, the one that matters most first
PLACES: tuple[tuple[Channel, str], ...] = (
    ("slug", "the slug"),
    ("hashtag", "a tag"),
    ("subject", "the subject line or preheader"),
    ("sign-up", "the sign-up page"),
    ("page", "the page"),
    ("mail", "the mail"),
)


def check(one: Article | Page | Mail) -> Iterator[Problem]:
    """Yield each place in which a refused name stands."""
    article = one if isinstance(one, Article) else one.article
    for terms in (terms for policy in article.policies for terms in policy.terms):
        is_refused = terms.audience in (None, article.audience)
        if isinstance(one, Article):
            if is_refused:
                yield from _written(one, terms)
            elif terms.audience == one.settings.site.audience:
                yield from _listed(one, terms)
        elif is_refused:
            yield from _of_a_template(one, terms)
        elif terms.unless_says:
            yield from _unsaid(one, terms)
            if isinstance(one, Page) and one.output is Output.POST:
                yield from _unsaid_in_listings(one, terms)


def _written(article: Article, terms: Terms) -> Iterator[Problem]:
    for piece, name, start, end in _refused(article.pieces, terms):
        place = _place(piece.channels | _hashtag(piece.text, start))
        yield _problem(place, piece.shown(start, end), name, terms, piece.spot(start, end))


def _listed(article: Article, terms: Terms) -> Iterator[Problem]:
    """Names that home, tags and feed show to the site's own audience, each where it is written."""
    for piece, name, start, end in _refused(article.listed, terms):
        problem = _problem(LISTINGS, piece.shown(start, end), name, terms, piece.spot(start, end))
        yield replace(problem, output=Output.LISTING, hint=f"{problem.hint} of what listings show")


def _refused(pieces: Iterable[Piece], terms: Terms) -> Iterator[tuple[Piece, str, int, int]]:
    for piece in pieces:
        taken = 0
        for name, start, end in sorted(
            _names_in(piece.legible, terms), key=lambda found: (found[1], -found[2])
        ):
            if start < taken:  # one disguise may be that of two names
                continue
            taken = end
            channels = piece.channels | _hashtag(piece.text, start)
            if not terms.channels or channels & {*terms.channels}:
                yield piece, name, start, end


def _hashtag(text: str, start: int) -> frozenset[Channel]:
    return frozenset(("hashtag",)) if HASHTAG.search(text, max(0, start - 100), start) else frozenset()


def _names_in(text: Legible, terms: Terms, *, most: int = MOST) -> Iterator[tuple[str, int, int]]:
    return names_in(text, terms.terms, whole=terms.whole_words, but_not=terms.but_not, most=most)


def _of_a_template(one: Page | Mail, terms: Terms) -> Iterator[Problem]:
    """Names that stand on a page or in a mail, and in nothing that the article says."""
    if terms.channels and not {*terms.channels} & {"page", "mail", "share"}:
        return
    text = legible(one.shown)
    shown = dict.fromkeys(name for name, _, _ in _names_in(text, terms, most=1))
    if not shown:
        return
    written = {name for piece in one.article.pieces for name, _, _ in _names_in(piece.legible, terms, most=1)}
    for name in shown:
        if name not in written:
            place = f"the {one.output.value}"
            yield _problem(place, name, name, terms, _element(one, name, whole=terms.whole_words))


def _unsaid(one: Page | Mail, terms: Terms) -> Iterator[Problem]:
    """Names on a page or in a mail that does not say for whom it is."""
    shown = " ".join((*one.subjects, one.shown)) if isinstance(one, Mail) else one.shown
    text = folded(shown)
    if any(folded(saying) in text for saying in terms.unless_says):
        return
    for name, _, _ in _names_in(legible(shown), terms):
        yield Problem(
            message=f'the {one.output.value} names "{name}" and does not say for whom it is: {terms.rule}',
            hint=f'{terms.reason}, see {terms.url}; say for example "{terms.unless_says[0]}s"',
            at=_origin(one, name, terms) or _element(one, name, whole=terms.whole_words),
        )
        return


def _origin(one: Page | Mail, name: str, terms: Terms) -> Spot | None:
    """Where the article says a name that an output shows, as far as is certain."""
    wanted = IN_MAIL if isinstance(one, Mail) else ON_PAGE
    for piece in one.article.pieces:
        # only the landing page shows what is written for it
        is_elsewhere = "sign-up" in piece.channels and one.output is not Output.LANDING
        if piece.channels & wanted and not is_elsewhere:
            for found, start, end in _names_in(piece.legible, terms):
                if found == name:
                    return piece.spot(start, end)
    return None


def _unsaid_in_listings(post: Page, terms: Terms) -> Iterator[Problem]:
    """Names that listings show to professionals without saying for whom they are."""
    if terms.audience == post.article.settings.site.audience:  # they are refused there anyway
        return
    refused = next(_refused(post.article.listed, terms), None)
    if refused is None:
        return
    # what stands around a post stands around each page of the site
    around = folded(" ".join(shown_text(part) for part in post.tree.body if part.tag != "main"))
    if not any(folded(saying) in around for saying in terms.unless_says):
        piece, name, start, end = refused
        yield Problem(
            message=f'{LISTINGS} names "{name}" and does not say for whom it is: {terms.rule}',
            hint=f"{terms.reason}, see {terms.url}; say for whom the site is in `description` under [site]",
            at=piece.spot(start, end),
            output=Output.LISTING,
        )


def _element(one: Page | Mail, name: str, *, whole: bool) -> HtmlElement | None:
    """The innermost element that shows a name in one piece."""
    for element in one.tree.iter("*"):
        text = element.text if element.tag not in ("script", "style") else ""
        if text and any(names_in(legible(text), (name,), whole=whole)):
            return element
    return None


def _place(channels: frozenset[Channel]) -> str:
    return next((words for channel, words in PLACES if channel in channels), "the article")


def _problem(place: str, shown: str, name: str, terms: Terms, at: Spot | None) -> Problem:
    shown = " ".join(shown.split())
    meant = "" if shown.lower() == name.lower() else f", which reads as {name}"
    return Problem(
        message=f'{place} names "{shown}"{meant}: {terms.rule}',
        hint=f"{terms.reason}, see {terms.url}; leave the name out",
        at=at,
    )

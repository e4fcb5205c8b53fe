"""All that an article and the settings say, piece by piece, each with where readers meet it."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Literal

from campaigner.checks.as_read import as_read, decoded, shown
from campaigner.checks.lookalikes import Legible, legible
from campaigner.checks.prose import Line, lines_of, readable, without_comments
from campaigner.checks.spots import Key, Passage, Setting, SharedSource, Spot
from campaigner.model.campaign import Campaign
from campaigner.model.front_matter import Source
from campaigner.model.policy import Channel
from campaigner.model.settings import Settings
from campaigner.value import Value, replace

SHOWN: frozenset[Channel] = frozenset(("page", "mail"))
SHARED: frozenset[Channel] = frozenset(("page", "mail", "share"))
SIGN_UP: frozenset[Channel] = frozenset(("page", "sign-up"))
#: pieces of one kind that are looked at; nobody writes so many
MOST = 1_000
CODE = re.compile(r"(?<!`)`([^`\n]+)`")
#: what a line has for readers that its running text has not
APART = (
    re.compile(r"!\[([^\]\[\n]+)\]\([^()\n]*\)"),  # words for a picture
    re.compile(r"\]\([^()\"\n]*\"([^()\"\n]+)\"\)"),  # a caption, or the title of a link
    re.compile(r"<[A-Za-z][^<>\n]*\s(?:alt|title)=\"([^\"<>\n]+)\""),
    CODE,
)
LISTED: frozenset[Channel] = frozenset(("page", "hashtag", "slug"))
#: what shows a piece beside the campaign's own outputs: home, tags and feed, or home's first piece alone
Listing = Literal["all", "first"]


class Piece(Value):
    """A text as it was written."""

    text: str
    channels: frozenset[Channel]
    #: where it stands; for the article's text, the place in it where the piece begins
    at: Key | Setting | SharedSource | int
    #: which listings show it too
    listing: Listing | None = None
    #: it as readers have it, of the same length; empty where that is as it was written
    read: str = ""

    @cached_property
    def legible(self) -> Legible:
        """It as it is read, whatever its letters are."""
        return legible(self.read or self.text)

    @cached_property
    def folded(self) -> str:
        """It in small letters, with single blanks."""
        return folded(self.text)

    def shown(self, start: int, end: int) -> str:
        """A part of it as readers see it."""
        return shown((self.read or self.text)[start:end])

    def spot(self, start: int, end: int) -> Spot:
        """Where a part of it stands."""
        return Passage(start=self.at + start, end=self.at + end) if isinstance(self.at, int) else self.at


def folded(text: str) -> str:
    """A text in small letters, with single blanks and plain apostrophes."""
    return " ".join(text.lower().replace("’", "'").split())


def pieces_of(campaign: Campaign, settings: Settings, cited: Mapping[str, Source]) -> Iterator[Piece]:
    """Everything that the outputs of a campaign show; `cited` are the sources that it cites."""
    yield from _settings(settings)
    yield from _front_matter(campaign)
    yield from _sources(campaign, cited)
    yield from _body(campaign.body)


def listed(pieces: Iterable[Piece], place: int | None) -> Iterator[Piece]:
    """What listings show of a campaign that is at a place among those of home, with the channels of listings."""
    for piece in pieces:
        if piece.listing and (place == 0 or (place is not None and piece.listing == "all")):
            yield replace(piece, channels=piece.channels & LISTED)


def _settings(settings: Settings) -> Iterator[Piece]:
    site, sender = settings.site, settings.sender
    for key, text, channels in (
        ("site.name", site.name, SHARED),
        ("site.description", site.description, SIGN_UP),
        ("sender.name", sender.name, frozenset[Channel](("mail",))),
    ):
        if text:
            yield Piece(text=text, channels=channels, at=Setting(path=key))


def _front_matter(campaign: Campaign) -> Iterator[Piece]:
    def piece(key: str, text: str, *channels: Channel, listing: Listing | None = None) -> Iterator[Piece]:
        if text:
            yield Piece(text=text, channels=frozenset(channels), at=Key(path=key), listing=listing)

    meant = campaign.front_matter
    newsletter, landing = meant.newsletter, meant.landing
    as_subject: tuple[Channel, ...] = () if newsletter.subject else ("subject",)
    yield from piece("title", meant.title, *SHARED, *as_subject, listing="all")
    yield from piece("description", meant.description, *SHARED, listing="all")
    yield from piece("slug", campaign.slug, "slug", listing="all")
    for number, alias in enumerate(meant.aliases):
        yield from piece(f"aliases.{number}", alias, "slug")
    for number, tag in enumerate(meant.tags):
        yield from piece(f"tags.{number}", tag, "page", "mail", "hashtag", listing="all")
    for number, author in enumerate(meant.authors):
        yield from piece(f"authors.{number}.name", author.name, *SHOWN, listing="all")
        yield from piece(f"authors.{number}.role", author.role, *SHOWN)
    yield from piece("image_alt", meant.image_alt, *SHARED, listing="first")
    yield from piece("image_caption", meant.image_caption, *SHOWN)
    yield from piece("newsletter.subject", newsletter.subject, "subject")
    for number, subject in enumerate(newsletter.subjects):
        yield from piece(f"newsletter.subjects.{number}", subject, "subject")
    yield from piece("newsletter.preheader", newsletter.preheader, "subject", "mail")
    yield from piece("newsletter.from", newsletter.from_, "mail")
    if newsletter.cta:
        yield from piece("newsletter.cta.label", newsletter.cta.label, "mail")
    yield from piece("landing.headline", landing.headline, *SIGN_UP, "share")
    yield from piece("landing.intro", landing.intro, *SIGN_UP, "share")
    for key, text in (
        *((f"benefits.{n}.title", one.title) for n, one in enumerate(landing.benefits)),
        *((f"benefits.{n}.text", one.text) for n, one in enumerate(landing.benefits)),
        *((f"trust.{n}.text", one.text) for n, one in enumerate(landing.trust)),
        *((f"trust.{n}.name", one.name) for n, one in enumerate(landing.trust)),
        *((f"trust.{n}.role", one.role) for n, one in enumerate(landing.trust)),
        *((f"faq.{n}.question", one.question) for n, one in enumerate(landing.faq)),
        *((f"faq.{n}.answer", one.answer) for n, one in enumerate(landing.faq)),
        *((f"form.fields.{n}.label", one.label) for n, one in enumerate(landing.form.fields)),
        *((f"form.fields.{n}.help", one.help) for n, one in enumerate(landing.form.fields)),
        *(
            (f"form.fields.{n}.options.{m}", option)
            for n, one in enumerate(landing.form.fields)
            for m, option in enumerate(one.options)
        ),
        ("form.consent", landing.form.consent),
        ("form.button", landing.form.button),
        ("form.thanks", landing.form.thanks),
    ):
        yield from piece(f"landing.{key}", text, *SIGN_UP)
    if landing.offer:
        yield from piece("landing.offer.title", landing.offer.title, *SIGN_UP)
        yield from piece("landing.offer.text", landing.offer.text, *SIGN_UP)
        yield from piece("landing.offer.price", landing.offer.price, *SIGN_UP)


def _sources(campaign: Campaign, cited: Mapping[str, Source]) -> Iterator[Piece]:
    own = campaign.front_matter.sources
    for name, source in cited.items():
        for key in ("title", "author", "publisher", "note"):
            text = getattr(source, key)
            if text:
                at = Key(path=f"sources.{name}.{key}") if name in own else SharedSource(id=name)
                yield Piece(text=text, channels=SHOWN, at=at)


def _body(body: str) -> Iterator[Piece]:
    """The text, cut where it begins or ends to be for other outputs, and what stands apart from it."""
    text, read, lines = readable(body), as_read(body), lines_of(body)
    start, before = 0, frozenset[str]()
    for line in lines:
        if line.channels != before:
            if before and text[start : line.start].strip():
                piece = slice(start, line.start)
                yield Piece(text=text[piece], channels=_channels(before), at=start, read=read[piece])
            start, before = line.start, line.channels
    if text[start:].strip():
        yield Piece(text=text[start:], channels=_channels(before), at=start, read=read[start:])
    yield from _apart(without_comments(body), lines)


def _apart(body: str, lines: Sequence[Line]) -> Iterator[Piece]:
    """What readers see or hear and what is no running text: words for pictures, code, titles."""
    for pattern in APART:
        for found in islice(pattern.finditer(body), MOST):
            line = lines[bisect_right(lines, found.start(), key=lambda line: line.start) - 1]
            if line.kind != "code":
                read = found[1] if pattern is CODE else decoded(found[1])
                yield Piece(text=found[1], channels=_channels(line.channels), at=found.start(1), read=read)


def _channels(outputs: frozenset[str]) -> frozenset[Channel]:
    found: set[Channel] = set()
    if "newsletter" in outputs:
        found.add("mail")
    if outputs & {"blog", "landing"}:
        found.add("page")
    if "landing" in outputs:
        found.add("sign-up")
    return frozenset(found)

"""What listings know about a campaign, and what campaigns may not have in common."""

import hashlib
import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from urllib.parse import unquote

from campaigner.content.articles import EVERYTHING, read_campaign
from campaigner.content.glimpses import names_glimpsed
from campaigner.content.workspace import Workspace
from campaigner.errors import ContentError, Fault
from campaigner.model.campaign import Campaign, Card, Position
from campaigner.model.moment import Moment
from campaigner.model.text import MOST_BYTES_IN_NAME
from campaigner.value import Value

WORDS_PER_MINUTE = 220
LINK_TARGET = re.compile(r"\]\([^()\n]*\)|<[^<>\n]*>")
WORD = re.compile(r"\w+(?:['’-]\w+)*")
#: what each campaign has of its own in its folder
CAMPAIGN_PAGES = frozenset({"join", "newsletter"})


class Reading(Value):
    """What came of reading a campaign for its card."""

    folder: str
    #: None where nothing of it can be understood
    card: Card | None
    #: whether nothing but its text can be read, so that there is no card that anybody may see
    is_text_only: bool = False
    #: where there are some, a card is only good for looking at the rest of the campaign
    faults: tuple[Fault, ...] = ()
    #: what it may be called, slugs and earlier addresses, where nobody can read that
    names: frozenset[str] = frozenset()


def read_card(workspace: Workspace, folder: str, *, largest: int) -> Reading:
    """Read what listings know about the campaign in a folder; its article has at most `largest` bytes."""
    try:
        return Reading(folder=folder, card=card_of(read_campaign(workspace, folder, largest=largest)))
    except ContentError as error:
        campaign: Campaign | None = error.rest
        is_named = campaign is not None and not campaign.unread & {"slug", "aliases"}
        return Reading(
            folder=folder,
            card=card_of(campaign) if campaign else None,
            is_text_only=campaign is not None and campaign.unread >= EVERYTHING,
            faults=tuple(error.faults),
            names=frozenset() if is_named else names_glimpsed(workspace, folder),
        )


def card_of(campaign: Campaign) -> Card:
    """Give what the rest of the site needs to know about a campaign."""
    meant = campaign.front_matter
    published = meant.publish_date or meant.date
    dated = meant.date or meant.publish_date
    changed = [moment.rfc3339 for moment in (published, meant.updated) if moment]
    return Card(
        folder=campaign.folder,
        slug=campaign.slug,
        path=campaign.path,
        title=meant.title,
        description=meant.description,
        draft=meant.draft,
        date=_written(dated),
        updated=_written(meant.updated),
        published_at=published.rfc3339 if published else "",
        expires_at=meant.expiry_date.rfc3339 if meant.expiry_date else "",
        changed_at=max(changed, default=""),
        lang=meant.lang or "",
        tags=tuple(dict.fromkeys(meant.tags)),
        authors=tuple(author.name for author in meant.authors),
        image=picture_path(campaign, meant.image) if meant.image else "",
        image_alt=meant.image_alt,
        reading_minutes=reading_minutes(campaign.body),
        aliases=tuple(alias_path(alias) for alias in meant.aliases),
    )


def picture_path(campaign: Campaign, source: str) -> str:
    """Where a picture that an article names is, in the workspace; may lead out of it.

    It is named by an address: with percent signs, perhaps with a query, and from the workspace where it
    begins with a slash.
    """
    path = unquote(source.partition("?")[0])
    folder = "" if path.startswith("/") else posixpath.dirname(campaign.path)
    return posixpath.normpath(posixpath.join(folder, path.lstrip("/")))


def reading_minutes(body: str) -> int:
    """Whole minutes that reading a Markdown text takes, at least one, at 220 words a minute."""
    words = len(WORD.findall(LINK_TARGET.sub("", body)))
    return max(1, round(words / WORDS_PER_MINUTE))


def alias_path(alias: str) -> str:
    """The page of the site that an alias means: a folder, or a file that ends in .html."""
    path = alias.strip().lstrip("/")
    return path if not path or path.endswith((".html", "/")) else f"{path}/"


@lru_cache(maxsize=4096)
def tag_slug(tag: str) -> str:
    """The folder of a tag: its words in small letters, of any script, joined by hyphens.

    Of one that no folder could be called, the beginning and a hash stand for the whole.
    """
    plain = unicodedata.normalize("NFC", tag).lower().replace("'", "").replace("’", "")
    plain = plain.replace("&", " and ").replace("+", " plus ").replace("#", " sharp ")
    slug = "-".join(re.findall(r"[^\W_]+", plain)) or "tag"
    if len(slug.encode()) <= MOST_BYTES_IN_NAME:
        return slug
    seal = hashlib.blake2b(slug.encode(), digest_size=6).hexdigest()
    beginning = slug.encode()[: MOST_BYTES_IN_NAME // 2].decode(errors="ignore").strip("-")
    return f"{beginning}-{seal}"


def _written(moment: Moment | None) -> str:
    return str(moment) if moment else ""


def shared_faults(cards: Iterable[Card], place_of: Callable[[Card, str], Position]) -> list[Fault]:
    """Say which campaigns want the same place in the site, naming both.

    `place_of` gives where a key stands in a campaign's article; it is asked only where something is wrong.
    """

    def fault(card: Card, key: str, message: str, hint: str) -> Fault:
        place = place_of(card, key)
        return Fault(path=card.path, line=place.line, column=place.column, message=message, hint=hint)

    cards = tuple(cards)
    slugs = {_place(card.slug) for card in cards}
    wanted: dict[str, list[tuple[Card, str]]] = defaultdict(list)
    faults = []
    for card in cards:
        wanted[_place(card.slug)].append((card, "slug"))
        for number, alias in enumerate(card.aliases):
            wanted[_claimed(_place(alias), slugs)].append((card, f"aliases.{number}"))
    for place, claims in wanted.items():
        if len({card.path for card, _ in claims}) == 1:
            for card, key in claims[1:]:
                message = f'the alias "{place}" is the campaign\'s own address, or here twice'
                faults.append(fault(card, key, message, "Take it out"))
            continue
        for card, key in claims:
            others = ", ".join(sorted({other.path for other, _ in claims} - {card.path}))
            what, hint = ("slug", "Give one of them another `slug: …`")
            if key != "slug":
                what, hint = ("alias", "Take the alias out, or give the other campaign another `slug: …`")
            faults.append(fault(card, key, f'the {what} "{place}" is taken by {others} too', hint))
    return faults


def _claimed(place: str, slugs: Collection[str]) -> str:
    """The campaign whose pages an alias would stand among, else the alias's own place."""
    slug, _, page = place.partition("/")
    return slug if slug in slugs and page.split("/", maxsplit=1)[0] in CAMPAIGN_PAGES else place


def _place(path: str) -> str:
    """The same for all spellings that one file system may take for one (macOS, Windows)."""
    return unicodedata.normalize("NFC", path).casefold().strip("/").removesuffix("/index.html")

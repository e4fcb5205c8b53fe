"""Looks at every campaign: what the last build knew of it still holds, or its article is read again."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from campaigner.build.inputs import MISSING, Inputs
from campaigner.build.manifest import CampaignRow, Damaged
from campaigner.build.neighbours import Neighbour, that_stay
from campaigner.build.units import seal, text_seal
from campaigner.content.articles import read_campaign
from campaigner.content.cards import Reading, shared_faults
from campaigner.content.workspace import ARTICLE_FILE, Workspace, campaign_folders, may_be_there
from campaigner.errors import ContentError, Fault, UnknownCampaign, WorkspaceError, nearest
from campaigner.model.campaign import Card, Position
from campaigner.value import replace

#: later than any date
NEVER = "9999-12-31T23:59:59Z"
TUPLES = ("tags", "authors", "aliases")
CARD_FIELDS = {*Card.__struct_fields__}


@dataclass(kw_only=True)
class Surveyed:
    """A campaign as a build knows it."""

    card: Card
    #: hash of the card
    seal: str
    #: hash of what a link to it says
    name_seal: str
    #: pictures it uses, in the workspace
    pictures: tuple[str, ...] = ()
    #: ids of sources it cites that are not its own
    cites: tuple[str, ...] = ()
    #: whether pictures and citations are those of the article as it is now
    is_current: bool = True
    #: whether the manifest says otherwise
    is_new: bool = False
    #: when it was rendered last, UTC in RFC 3339; empty for never
    built: str = ""


@dataclass(kw_only=True)
class Survey:
    """All campaigns, by folder."""

    campaigns: dict[str, Surveyed] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    #: what is wrong with campaigns that are not to be built
    other_faults: list[Fault] = field(default_factory=list)
    #: folders that are to be built; the others stay as the last build left them
    selected: set[str] = field(default_factory=set)
    #: what those may be called of which nobody can read it, whether they are to be built or not
    unread: frozenset[str] = frozenset()
    #: whether only some campaigns were asked for
    is_partial: bool = False
    #: folders that the manifest knows and that are there no more
    gone: tuple[str, ...] = ()
    #: whether the campaigns are those of the last build, in the same order and in the same states
    is_same_lineup: bool = False
    #: by folder, those that stand where the site is published: their entries of the feed; None where all is as built
    published: Mapping[str, str | None] | None = None


def survey(
    workspace: Workspace,
    inputs: Inputs,
    rows: Iterable[CampaignRow],
    *,
    slugs: Collection[str],
    read: Callable[[Sequence[str]], Iterable[Reading]],
    largest: int,
    was_whole: bool,
    others_as_built: bool = True,
    neighbours: Sequence[Neighbour] | None = None,
) -> Survey:
    """Look at all campaigns; `rows` are those of the manifest, `slugs` names those to be built.

    `read` reads those in the folders that it is given; `was_whole` says that the last build was of all;
    `others_as_built` that those which `slugs` does not name are what that build knew of them, unless
    `neighbours` says what they are.

    Raises WorkspaceError where there is no campaign, UnknownCampaign where a slug is nobody's.
    """
    remembered = _remembered(rows)
    inputs.look("campaigns")
    folders = list(_folders(workspace, inputs))
    campaigns = {
        folder: remembered[folder]
        for folder, digest in folders
        if folder in remembered and digest != MISSING and not inputs.changed(article_path(folder))
    }
    faults: dict[str, tuple[Fault, ...]] = {}
    unread: set[str] = set()
    for reading in read([folder for folder, _ in folders if folder not in campaigns]):
        if reading.faults:
            faults[reading.folder] = reading.faults
        if reading.names:
            unread |= reading.names | _names_before(remembered.get(reading.folder))
        if reading.card:  # with faults: so that its text is looked at in the same run; nothing of it is kept
            campaigns[reading.folder] = surveyed(reading.card)
    campaigns = {folder: campaigns[folder] for folder, _ in folders if folder in campaigns}
    if not campaigns and not faults:
        message, hint = "there are no campaigns", "Make one with `campaigner new SLUG`"
        raise WorkspaceError(Fault(path="campaigns", message=message, hint=hint))
    selected = _selected(campaigns, faults, slugs)
    news = {folder: one.card for folder, one in campaigns.items() if one.is_new}

    def keep(what: Callable[[Card], object]) -> bool:
        """Whether all campaigns that changed are still what they were in this respect."""
        return all(
            folder in remembered and what(remembered[folder].card) == what(card)
            for folder, card in news.items()
        )

    clashes = []
    # as all of them are now, also those that are not built
    if not was_whole or not keep(lambda card: (card.slug, card.aliases)):
        cards = (one.card for one in campaigns.values())
        clashes = shared_faults(cards, lambda card, key: _position(workspace, card, key, largest=largest))
    published = None
    if slugs and neighbours is not None:
        there = {folder for folder, _ in folders}
        staying = [*that_stay(neighbours, selected=selected, slugs=slugs, there=there)]
        published = {one.card.folder: one.entry for one in staying}
        others = {one.card.folder: _neighbour(one, inputs) for one in staying}
        campaigns = others | {folder: one for folder, one in campaigns.items() if folder in selected}
    elif slugs and others_as_built:
        # if they are still there at all
        others = {folder: one for folder, one in remembered.items() if folder in {*campaigns, *faults}}
        campaigns = others | {folder: one for folder, one in campaigns.items() if folder in selected}
    gone = tuple(folder for folder in remembered if folder not in campaigns)
    articles = {article_path(folder) for folder in selected}
    return Survey(
        campaigns=campaigns,
        faults=[
            *(fault for folder in selected for fault in faults.get(folder, ())),
            *(clash for clash in clashes if clash.path in articles),
        ],
        other_faults=[
            *(fault for folder in faults if folder not in selected for fault in faults[folder]),
            *(clash for clash in clashes if clash.path not in articles),
        ],
        selected=selected & set(campaigns),
        unread=frozenset(unread),
        is_partial=bool(slugs),
        gone=gone,
        published=published,
        is_same_lineup=not gone and keep(lambda card: (card.order, card.draft, card.expires_at)),
    )


def article_path(folder: str) -> str:
    """The article of a campaign, in the workspace."""
    return f"campaigns/{folder}/{ARTICLE_FILE}"


def _folders(workspace: Workspace, inputs: Inputs) -> Iterator[tuple[str, str]]:
    """Every folder that is to be a campaign, and the digest of its article."""
    for folder in campaign_folders(workspace):
        path = article_path(folder)
        digest = inputs.look(path, folder)
        # without an article it is some other folder that does no harm
        if digest != MISSING or may_be_there(workspace.root / path):
            yield folder, digest


def surveyed(card: Card) -> Surveyed:
    """A campaign that was read just now."""
    return Surveyed(
        card=card,
        seal=seal(card),
        name_seal=text_seal(f"{card.slug}\0{card.title}\0{card.lang}"),
        is_current=False,
        is_new=True,
    )


def _neighbour(one: Neighbour, inputs: Inputs) -> Surveyed:
    """A campaign as it was published; a picture that is another one now is not shown for it."""
    card = one.card
    is_same = not card.image or inputs.look(card.image, card.folder) == one.picture
    return surveyed(card if is_same else replace(card, image="", image_alt=""))


def _remembered(rows: Iterable[CampaignRow]) -> dict[str, Surveyed]:
    """The campaigns of the manifest, by folder; raises Damaged where it has none of ours."""
    try:
        return {
            row.folder: Surveyed(
                card=_card(row.card),
                seal=row.seal,
                name_seal=row.name_seal,
                pictures=tuple(row.pictures),
                cites=tuple(row.cites),
                built=row.built,
            )
            for row in rows
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Damaged("campaigns") from None


def _names_before(one: Surveyed | None) -> set[str]:
    """What a campaign was called when it could be read last."""
    return {one.card.slug, *one.card.aliases} if one else set()


def _position(workspace: Workspace, card: Card, key: str, *, largest: int) -> Position:
    """Where a key of a campaign's front matter stands."""
    try:
        campaign = read_campaign(workspace, card.folder, largest=largest)
    except ContentError as error:
        campaign = error.rest
    return campaign.position(key) if campaign else Position(line=1, column=1)


def _selected(campaigns: Mapping[str, Surveyed], faults: Collection[str], slugs: Collection[str]) -> set[str]:
    """Folders of the campaigns that were asked for; a broken one goes by its folder's name."""
    if not slugs:
        return {*campaigns, *faults}
    by_slug = {folder: folder for folder in faults} | {
        one.card.slug: folder for folder, one in campaigns.items()
    }
    unknown = [slug for slug in slugs if slug not in by_slug]
    if unknown:
        raise UnknownCampaign(
            Fault(path="campaigns", message=f'there is no campaign "{slug}"', hint=nearest(slug, by_slug))
            for slug in unknown
        )
    return {by_slug[slug] for slug in slugs}


def _card(kept: Mapping[str, Any]) -> Card:
    """The card whose fields were kept."""
    values = {**kept}
    if values.keys() != CARD_FIELDS:
        raise KeyError(*CARD_FIELDS ^ values.keys())
    for name in TUPLES:
        values[name] = tuple(values[name])
    return Card(**values)


def next_change(campaigns: Iterable[Surveyed], now: str) -> str:
    """When the next campaign begins or ends by itself, UTC in RFC 3339."""
    moments = (
        moment
        for known in campaigns
        if not known.card.draft
        for moment in (known.card.published_at, known.card.expires_at)
    )
    return min((moment for moment in moments if moment > now), default=NEVER)

"""Looks at every campaign: what the last build knew of it still holds, or its article is read again."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field

from campaigner.build.inputs import MISSING, Inputs
from campaigner.build.units import as_json
from campaigner.content.articles import read_campaign
from campaigner.content.cards import card_of, shared_faults
from campaigner.content.workspace import ARTICLE_FILE, Workspace, campaign_folders
from campaigner.errors import CampaignerError, Fault, UnknownCampaign, WorkspaceError, nearest
from campaigner.model.campaign import Card

TUPLES = ("tags", "authors", "aliases")


@dataclass(kw_only=True)
class Known:
    """A campaign as a build knows it."""

    card: Card
    #: the card as the manifest keeps it
    text: str
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

    campaigns: dict[str, Known] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    #: folders that are to be built; the others stay as the last build left them
    selected: set[str] = field(default_factory=set)


def survey(
    workspace: Workspace,
    inputs: Inputs,
    rows: Iterable[tuple[str, str, str, str, str]],
    *,
    slugs: Collection[str],
    largest: int,
) -> Survey:
    """Look at all campaigns; `rows` are those of the manifest, `slugs` names those to be built.

    Raises WorkspaceError where there is no campaign, UnknownCampaign where a slug is nobody's.
    """
    remembered = {
        folder: Known(
            card=card_from(card),
            text=card,
            pictures=tuple(json.loads(pictures)),
            cites=tuple(json.loads(cites)),
            built=built,
        )
        for folder, card, pictures, cites, built in rows
    }
    found = Survey()
    faults: dict[str, tuple[Fault, ...]] = {}
    inputs.look("campaigns")
    for folder in campaign_folders(workspace):
        path = f"campaigns/{folder}/{ARTICLE_FILE}"
        if (
            inputs.look(path, folder) == MISSING
            and inputs.now[path].signature == MISSING
            and not (workspace.root / path).is_symlink()
        ):
            continue  # some other folder that does no harm
        if folder in remembered and not inputs.changed(path) and inputs.now[path].digest != MISSING:
            found.campaigns[folder] = remembered[folder]
            continue
        try:
            card = card_of(read_campaign(workspace, folder, largest=largest))
            found.campaigns[folder] = Known(card=card, text=card_text(card), is_current=False, is_new=True)
        except CampaignerError as error:
            faults[folder] = error.faults
    if not found.campaigns and not faults:
        message, hint = "there are no campaigns", "Make one with `campaigner new SLUG`"
        raise WorkspaceError(Fault(path="campaigns", message=message, hint=hint))
    _select(found, faults, remembered, slugs)
    found.faults += shared_faults(known.card for known in found.campaigns.values())
    return found


def _select(
    found: Survey,
    faults: dict[str, tuple[Fault, ...]],
    remembered: dict[str, Known],
    slugs: Collection[str],
) -> None:
    """Keep to the campaigns that were asked for: all others are what the last build knew of them."""
    if not slugs:
        found.selected = set(found.campaigns)
        found.faults += [fault for several in faults.values() for fault in several]
        return
    by_slug = {known.card.slug: folder for folder, known in found.campaigns.items()}
    by_slug |= {folder: folder for folder in faults}
    unknown = [slug for slug in slugs if slug not in by_slug]
    if unknown:
        raise UnknownCampaign(
            Fault(path="campaigns", message=f'there is no campaign "{slug}"', hint=nearest(slug, by_slug))
            for slug in unknown
        )
    wanted = {by_slug[slug] for slug in slugs}
    found.selected = wanted & set(found.campaigns)
    found.faults += [fault for folder in wanted for fault in faults.get(folder, ())]
    found.campaigns = remembered | {folder: found.campaigns[folder] for folder in found.selected}


def card_text(card: Card) -> str:
    """A card as the manifest keeps it."""
    return as_json(asdict(card))


def card_from(text: str) -> Card:
    """The card that a text of the manifest says."""
    values = json.loads(text)
    for name in TUPLES:
        values[name] = tuple(values[name])
    return Card(**values)

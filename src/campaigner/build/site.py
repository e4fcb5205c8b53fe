"""The units that belong to no single campaign: listings, feed, sitemap, shared files."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from markupsafe import Markup

from campaigner.build import kinds
from campaigner.build.lineup import Lineup, Shown, Tagged
from campaigner.build.plan import Plan
from campaigner.build.units import seal, unit_name
from campaigner.content.cards import alias_path
from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError, ContentError
from campaigner.model.output import OutputFile
from campaigner.model.settings import Settings
from campaigner.render import addresses
from campaigner.render.body.markdown import Converter
from campaigner.render.feeds import render_feed, render_robots, render_sitemap
from campaigner.render.listing import chunks, render_home, render_tag
from campaigner.render.pictures import CachedFile
from campaigner.render.plain import render_not_found, render_privacy
from campaigner.render.press import privacy_pages
from campaigner.render.publication import Publication
from campaigner.value import Value


class SiteUnit(Value):
    """A unit of the site, not rendered yet."""

    name: str
    key: str
    render: Callable[[], Sequence[OutputFile | CachedFile]]


def site_units(
    publication: Publication, plan: Plan, workspace: Workspace, fragment: Callable[[str], str]
) -> Iterator[SiteUnit]:
    """Give every unit of the site; `fragment` gives what a unit of an earlier build made for others."""
    shared = publication.shared
    yield SiteUnit(
        name=unit_name(kinds.SHARED),
        key=plan.key(kinds.SHARED),
        render=lambda: (*shared.written, *shared.copied),
    )
    tags = plan.lineup.tags
    yield from _home(publication, plan, tags)
    for slug, tagged in tags.items():
        yield from _tag(publication, plan, slug, tagged)
    yield _feed(publication, plan, fragment)
    cards = [one.card for one in plan.lineup.listed]
    yield SiteUnit(
        name=unit_name(kinds.SITEMAP),
        key=plan.key(
            kinds.SITEMAP, ("listing", seal([(card.slug, card.changed_at, card.tags) for card in cards]))
        ),
        render=lambda: (render_sitemap(publication, cards, home_pages=len(chunks(cards))),),
    )
    yield SiteUnit(
        name=unit_name(kinds.ROBOTS), key=plan.key(kinds.ROBOTS), render=lambda: (render_robots(publication),)
    )
    yield SiteUnit(
        name=unit_name(kinds.NOT_FOUND),
        key=plan.key(kinds.NOT_FOUND),
        render=lambda: render_not_found(publication),
    )
    privacy = publication.settings.site.privacy
    if privacy.endswith(".md"):
        yield _privacy(publication, plan, workspace)


def site_places(settings: Settings, lineup: Lineup, unread: Iterable[str] = ()) -> frozenset[str]:
    """Everything that a reader can go to in the site of these campaigns, but for what is in assets/.

    Of campaigns that cannot be read, `unread` says what they may be called, and so where their pages may be.
    """
    places = {addresses.FEED, addresses.SITEMAP, addresses.ROBOTS, addresses.NOT_FOUND}
    places.update(*map(_campaign_places, unread), map(alias_path, unread))
    if settings.site.privacy.endswith(".md"):
        places.add(addresses.PRIVACY)
    for one in lineup.shown.values():
        places |= _campaign_places(one.card.slug)
        places.update(map(alias_path, one.card.aliases))
    listings = [(addresses.HOME, lineup.listed)]
    listings += [(addresses.tag(slug), tagged.shown) for slug, tagged in lineup.tags.items()]
    for first, shown in listings:
        places.update(addresses.paged(first, number) for number, _ in enumerate(chunks(shown), start=1))
    return frozenset({*places, addresses.HOME})


def _campaign_places(slug: str) -> frozenset[str]:
    """The pages of one campaign."""
    pages = (
        addresses.post,
        addresses.landing,
        addresses.thanks,
        addresses.confirmed,
        addresses.web_version,
    )
    return frozenset(address(slug) for address in pages)


def _home(publication: Publication, plan: Plan, tags: dict[str, Tagged]) -> Iterator[SiteUnit]:
    pages = chunks(plan.lineup.listed)
    names = {slug: tagged.name for slug, tagged in tags.items()}
    for number, shown in enumerate(pages, start=1):
        cards = [one.card for one in shown]
        yield SiteUnit(
            name=unit_name(kinds.HOME, str(number)),
            key=plan.key(
                kinds.HOME,
                ("listing", seal([one.seal for one in shown])),
                ("picture", _lead_digest(plan, shown) if number == 1 else ""),
                ("place", seal((number, len(pages), names if number == 1 else ""))),
            ),
            render=lambda cards=cards, number=number: render_home(  # type: ignore[misc]
                publication, cards, number=number, count=len(pages), tags=names
            ),
        )


def _tag(publication: Publication, plan: Plan, slug: str, tagged: Tagged) -> Iterator[SiteUnit]:
    pages = chunks(tagged.shown)
    for number, shown in enumerate(pages, start=1):
        cards = [one.card for one in shown]
        yield SiteUnit(
            name=unit_name(kinds.TAG, f"{slug} {number}"),
            key=plan.key(
                kinds.TAG,
                ("listing", seal([one.seal for one in shown])),
                ("picture", _lead_digest(plan, shown) if number == 1 else ""),
                ("place", seal((number, len(pages), tagged.name))),
            ),
            render=lambda cards=cards, number=number: render_tag(  # type: ignore[misc]
                publication, cards, name=tagged.name, number=number, count=len(pages)
            ),
        )


def _lead_digest(plan: Plan, shown: Sequence[Shown]) -> str:
    """Hash of the picture of the newest piece, which the first page of a listing shows."""
    return plan.inputs.look(shown[0].card.image, shown[0].folder) if shown and shown[0].card.image else ""


def _feed(publication: Publication, plan: Plan, fragment: Callable[[str], str]) -> SiteUnit:
    # what is not built may have none
    latest = [one for one in plan.lineup.latest if plan.entry_key(one)]
    published = plan.found.published or {}

    def render() -> Sequence[OutputFile]:
        entries = []
        for one in latest:
            name = unit_name(kinds.ENTRY, one.folder)
            fresh = plan.fresh.get(name)
            content = fresh.fragment if fresh else published.get(one.folder)
            entries.append(Markup(fragment(name) if content is None else content))  # noqa: S704  rendered by our own template
        return (render_feed(publication, [one.card for one in latest], entries),)

    return SiteUnit(
        name=unit_name(kinds.FEED),
        key=plan.key(kinds.FEED, ("entries", seal([(one.card.slug, plan.entry_key(one)) for one in latest]))),
        render=render,
    )


def _privacy(publication: Publication, plan: Plan, workspace: Workspace) -> SiteUnit:
    """The privacy page: one page, so it is always rendered, and its key is what came of it."""

    def render() -> Sequence[OutputFile | CachedFile]:
        pages = privacy_pages(publication, workspace, Converter())
        files = render_privacy(pages)
        if pages.illustrations.faults:
            raise ContentError(pages.illustrations.faults)
        for path, digest in publication.pictures.read_digests(pages.illustrations.used).items():
            plan.inputs.note(path, digest)
        return (*files, *pages.illustrations.files.values())

    try:
        files = render()
    except CampaignerError:
        return SiteUnit(name=unit_name(kinds.PRIVACY), key="", render=render)
    return SiteUnit(
        name=unit_name(kinds.PRIVACY),
        key=plan.key(kinds.PRIVACY, ("page", seal(files))),
        render=lambda: files,
    )

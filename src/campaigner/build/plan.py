"""What must be rendered: each unit's key beside the key that the last build kept."""

from collections.abc import Callable
from dataclasses import dataclass, field

from campaigner.build import units as unit
from campaigner.build.inputs import Inputs
from campaigner.build.options import Options
from campaigner.build.rendering import Made, Task
from campaigner.build.survey import Known, Survey
from campaigner.build.units import difference, seal, unit_key, unit_name
from campaigner.model.campaign import Card, State
from campaigner.render.feeds import LATEST
from campaigner.render.publication import Publication


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A campaign that the output folder is to hold."""

    folder: str
    card: Card
    #: the card as the manifest keeps it
    text: str
    state: State


@dataclass(frozen=True, kw_only=True)
class Fresh:
    """A unit that was rendered in this build."""

    key: str
    #: digests of its files by path
    outputs: dict[str, str]
    fragment: str | None
    reason: str


def shown_campaigns(found: Survey, options: Options, now: str) -> dict[str, Shown]:
    """The campaigns that the output folder is to hold, the newest first."""
    wanted = {State.LIVE, State.EXPIRED}
    wanted |= {State.DRAFT} if options.drafts else set()
    wanted |= {State.SCHEDULED} if options.future else set()
    shown = [
        Shown(folder=folder, card=known.card, text=known.text, state=known.card.state(now))
        for folder, known in found.campaigns.items()
    ]
    shown.sort(key=lambda one: one.card.order, reverse=True)
    return {one.folder: one for one in shown if one.state in wanted}


@dataclass(kw_only=True)
class Plan:
    """The units of a build, and what has become of each."""

    publication: Publication
    options: Options
    inputs: Inputs
    found: Survey
    shown: dict[str, Shown]
    engine: str
    #: hash of the templates of each kind of unit
    templates: dict[str, str]
    #: keys of the last build, by unit
    known_keys: dict[str, str]
    #: units whose files are not what the last build left
    damaged: set[str]
    #: files and digests of a unit, as the manifest knows them
    outputs_of: Callable[[str], dict[str, str]]
    fresh: dict[str, Fresh] = field(default_factory=dict)
    #: names of all units that there are
    wanted: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        publication = self.publication
        self._shared = (
            ("program", self.engine),
            ("settings", seal(publication.settings)),
            ("options", seal((publication.base_url, publication.dialect.name))),
            ("look", seal((publication.shared.style, publication.shared.icon, publication.shared.logo))),
        )
        #: live campaigns, the newest first
        self.listed = [one for one in self.shown.values() if one.state is State.LIVE]
        self._place = {one.folder: index for index, one in enumerate(self.listed)}

    def key(self, kind: str, *parts: tuple[str, str]) -> str:
        """The key of a unit: what all share, its templates, and its own parts."""
        return unit_key((*self._shared, ("templates", self.templates[kind]), *parts))

    def is_stale(self, name: str, key: str) -> bool:
        """Whether a unit must be rendered."""
        return self.options.force or name in self.damaged or self.known_keys.get(name) != key

    def keep(self, name: str) -> None:
        """Note a unit that is as the last build left it."""
        self.wanted.add(name)

    def made(self, name: str, key: str, outputs: dict[str, str], fragment: str | None = None) -> None:
        """Note a unit that was rendered."""
        self.wanted.add(name)
        reason = difference(self.known_keys.get(name), key)
        self.fresh[name] = Fresh(key=key, outputs=outputs, fragment=fragment, reason=reason)

    def known_outputs(self, name: str) -> dict[str, str]:
        """What the output folder has of a unit; nothing where that is not to be trusted."""
        return {} if self.options.force or name in self.damaged else self.outputs_of(name)

    def campaign_tasks(self) -> list[Task]:
        """The campaigns of which something must be rendered."""
        tasks = []
        latest = {one.folder for one in self.listed[:LATEST]}
        for folder, one in self.shown.items():
            kinds = [kind for kind in unit.CAMPAIGN_KINDS if kind != unit.ENTRY or folder in latest]
            names = [unit_name(kind, folder) for kind in kinds]
            self.wanted.update(names)
            if folder not in self.found.selected:
                continue
            known = self.found.campaigns[folder]
            stale = [
                kind
                for kind, name in zip(kinds, names, strict=True)
                if not known.is_current or self.is_stale(name, self._campaign_key(kind, one, known))
            ]
            if stale:
                outputs: dict[str, str] = {}
                for kind in stale:
                    outputs |= self.known_outputs(unit_name(kind, folder))
                tasks.append(self._task(one, tuple(stale), outputs))
        return tasks

    def _task(self, one: Shown, kinds: tuple[str, ...], outputs: dict[str, str]) -> Task:
        previous, following = self._neighbours(one)
        return Task(
            folder=one.folder,
            kinds=kinds,
            state=one.state,
            previous=previous,
            following=following,
            known=outputs,
        )

    def _neighbours(self, one: Shown) -> tuple[Card | None, Card | None]:
        """The live campaigns before and after, by date."""
        place = self._place.get(one.folder)
        if place is None:
            return None, None
        previous = self.listed[place + 1].card if place + 1 < len(self.listed) else None
        return previous, self.listed[place - 1].card if place else None

    def _campaign_key(self, kind: str, one: Shown, known: Known) -> str:
        pictures = [self.inputs.look(path, one.folder) for path in known.pictures]
        sources = [self.publication.sources.get(source_id) for source_id in known.cites]
        parts = [
            ("article", self.inputs.look(one.card.path, one.folder)),
            ("pictures", seal(pictures) if pictures else ""),
            ("sources", seal(sources) if sources else ""),
            ("state", one.state.value),
        ]
        if kind == unit.POST:
            parts.append(
                ("neighbours", seal([card and (card.slug, card.title) for card in self._neighbours(one)]))
            )
        return self.key(kind, *parts)

    def note(self, made: Made, now: str) -> None:
        """Note what became of a task, `now`."""
        if made.faults:
            return
        one, known = self.shown[made.folder], self.found.campaigns[made.folder]
        known.pictures, known.cites, known.built = made.pictures, made.cites, now
        known.is_current = known.is_new = True
        for kind, outputs in made.outputs.items():
            key = self._campaign_key(kind, one, known)
            self.made(unit_name(kind, made.folder), key, outputs, made.fragments.get(kind))

    def entry_key(self, one: Shown) -> str:
        """The key of a campaign's entry in the feed, as it was rendered last."""
        name = unit_name(unit.ENTRY, one.folder)
        return self.fresh[name].key if name in self.fresh else self.known_keys.get(name, "")

    def dropped_units(self) -> list[str]:
        """Units of the last build that there is no source for any more.

        A build of some campaigns only drops nothing but those campaigns' own.
        """
        gone = [name for name in self.known_keys if name not in self.wanted]
        if not self.options.slugs:
            return gone
        return [name for name in gone if name.partition(" ")[2] in self.found.selected]

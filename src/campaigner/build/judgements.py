"""What checks said of each campaign, kept so that one of which nothing changed need not be judged again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec import convert, to_builtins

from campaigner.build.inputs import Inputs
from campaigner.build.lineup import Shown
from campaigner.build.reviewing import Reviewed
from campaigner.build.units import seal
from campaigner.render.kept import Kept

JUDGEMENTS = "judgements"

Judged = TypeVar("Judged")


@dataclass(kw_only=True)
class Judgements:
    """The judgements that are known, and those that become known."""

    inputs: Inputs
    #: None where nothing is to be kept
    kept: Kept | None
    #: which readers the newsletters were held against
    readers: str
    #: hash of what all judgements were made with: the program, settings, templates, checks and the day
    common: str
    #: hash of what each campaign was made of, before it was read
    _seals: dict[str, str] = field(default_factory=dict)

    def known(self, one: Shown, place: int | None) -> Reviewed | None:
        """What is known of a campaign that has a place in listings (see Lineup.place); None where it must be judged."""
        if self.kept is None:
            return None
        own = self.inputs.tree(f"campaigns/{one.folder}")
        found = self._seals[one.folder] = seal((self.common, one.state, place, own))
        kept = self.kept.get(JUDGEMENTS, self._key(one.folder))
        try:
            if kept is None or kept["seal"] != found or not self._are_the_same(kept["pictures"], one.folder):
                return None
            return convert(kept["reviewed"], Reviewed)
        except (LookupError, TypeError, ValueError, AttributeError):
            return None  # somebody damaged it

    def of_page(self, address: str, html: str, judge: Callable[[], Judged], kind: type[Judged]) -> Judged:
        """What `judge` says of a page that belongs to no campaign, or said of it when it was the same."""
        found = seal((self.common, html))
        kept = self.kept.get(JUDGEMENTS, f"page {address}") if self.kept else None
        try:
            if kept is not None and kept["seal"] == found:
                return convert(kept["reviewed"], kind)
        except (LookupError, TypeError, ValueError):
            pass  # somebody damaged it
        made = judge()
        if self.kept:
            self.kept.put(JUDGEMENTS, f"page {address}", {"seal": found, "reviewed": to_builtins(made)})
        return made

    def note(self, reviewed: Reviewed) -> None:
        """Keep what was said of a campaign, if it could be rendered."""
        for path, content in reviewed.pictures.items():
            self.inputs.note(path, content, reviewed.folder)
        if self.kept is not None and not reviewed.faults:
            value = {
                "seal": self._seals[reviewed.folder],
                "pictures": reviewed.pictures,
                "reviewed": to_builtins(reviewed),
            }
            self.kept.put(JUDGEMENTS, self._key(reviewed.folder), value)

    def _key(self, folder: str) -> str:
        return f"{folder}\0{self.readers}"

    def _are_the_same(self, pictures: Mapping[str, str], folder: str) -> bool:
        """Whether pictures, which may lie in other folders too, are what was read."""
        return all(self.inputs.look(path, folder) == content for path, content in pictures.items())

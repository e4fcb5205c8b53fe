"""What checks said of each campaign, kept so that one of which nothing changed need not be judged again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec import Raw, json

from campaigner.build.inputs import Inputs
from campaigner.build.proving import ProofTask
from campaigner.build.units import seal
from campaigner.render.kept import Kept
from campaigner.value import Value
from campaigner.value import field as value_field

JUDGEMENTS = "judgements"

Judged = TypeVar("Judged")


class Entry(Value):
    """A judgement as it is kept."""

    #: hash of what it follows from
    seal: str
    #: those of the campaign: digests of what was read, by path in the workspace
    pictures: Mapping[str, str] = value_field(default_factory=dict)
    #: as JSON, to be read where it is wanted
    reviewed: Raw


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

    def known(self, task: ProofTask) -> Raw | None:
        """What was said of a campaign, to be read with `read`; None where it must be judged."""
        if self.kept is None:
            return None
        own = self.inputs.tree(f"campaigns/{task.folder}")
        found = self._seals[task.folder] = seal((self.common, task.state, task.place, own))
        kept = self.kept.get_sealed(JUDGEMENTS, self._key(task.folder), Entry)
        if kept is None or kept.seal != found or not self._are_the_same(kept.pictures, task.folder):
            return None
        return kept.reviewed

    def read(self, known: Raw, kind: type[Judged]) -> Judged:
        """Read what was kept."""
        return json.decode(known, type=kind)

    def of_page(self, address: str, made_of: str, judge: Callable[[], Judged], kind: type[Judged]) -> Judged:
        """What `judge` says of a page that belongs to no campaign, or said when it was made of the same."""
        found = seal((self.common, made_of))
        kept = self.kept.get_sealed(JUDGEMENTS, f"page {address}", Entry) if self.kept else None
        if kept is not None and kept.seal == found:
            return self.read(kept.reviewed, kind)
        made = judge()
        self._put(f"page {address}", Entry(seal=found, reviewed=Raw(json.encode(made))))
        return made

    def note(self, folder: str, reviewed: object, pictures: Mapping[str, str], *, is_kept: bool) -> None:
        """Keep what was said of a campaign, which has these pictures, if it could be rendered."""
        for path, content in pictures.items():
            self.inputs.note(path, content, folder)
        if self.kept is not None and is_kept:
            made = Raw(json.encode(reviewed))
            self._put(self._key(folder), Entry(seal=self._seals[folder], pictures=pictures, reviewed=made))

    def _put(self, of: str, entry: Entry) -> None:
        if self.kept:
            self.kept.put_sealed(JUDGEMENTS, of, entry)

    def _key(self, folder: str) -> str:
        return f"{folder}\0{self.readers}"

    def _are_the_same(self, pictures: Mapping[str, str], folder: str) -> bool:
        """Whether pictures, which may lie in other folders too, are what was read."""
        return all(self.inputs.look(path, folder) == content for path, content in pictures.items())

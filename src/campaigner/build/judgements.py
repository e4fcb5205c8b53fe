"""What checks said of each campaign, kept so that one of which nothing changed need not be judged again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec import json

from campaigner.build.inputs import Inputs
from campaigner.build.proving import ProofTask
from campaigner.build.units import seal, text_seal
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

    def known(self, task: ProofTask) -> str | None:
        """What was said of a campaign, to be read with `read`; None where it must be judged."""
        if self.kept is None:
            return None
        own = self.inputs.tree(f"campaigns/{task.folder}")
        found = self._seals[task.folder] = seal((self.common, task.state, task.place, own))
        kept = self.kept.get(JUDGEMENTS, self._key(task.folder))
        try:
            if kept is None or kept["seal"] != found or not self._are_the_same(kept["pictures"], task.folder):
                return None
            return _whole(kept)
        except (LookupError, TypeError, ValueError, AttributeError):
            return None  # somebody damaged it

    def read(self, known: str, kind: type[Judged]) -> Judged:
        """Read what was kept."""
        return json.decode(known, type=kind)

    def of_page(self, address: str, made_of: str, judge: Callable[[], Judged], kind: type[Judged]) -> Judged:
        """What `judge` says of a page that belongs to no campaign, or said when it was made of the same."""
        found = seal((self.common, made_of))
        kept = self.kept.get(JUDGEMENTS, f"page {address}") if self.kept else None
        try:
            known = _whole(kept) if kept is not None and kept["seal"] == found else None
        except (LookupError, TypeError, ValueError, AttributeError):
            known = None  # somebody damaged it
        if known is not None:
            return self.read(known, kind)
        made = judge()
        if self.kept:
            self.kept.put(JUDGEMENTS, f"page {address}", {"seal": found, **_written(made)})
        return made

    def note(self, folder: str, reviewed: object, pictures: Mapping[str, str], *, is_kept: bool) -> None:
        """Keep what was said of a campaign, which has these pictures, if it could be rendered."""
        for path, content in pictures.items():
            self.inputs.note(path, content, folder)
        if self.kept is not None and is_kept:
            value = {"seal": self._seals[folder], "pictures": pictures, **_written(reviewed)}
            self.kept.put(JUDGEMENTS, self._key(folder), value)

    def _key(self, folder: str) -> str:
        return f"{folder}\0{self.readers}"

    def _are_the_same(self, pictures: Mapping[str, str], folder: str) -> bool:
        """Whether pictures, which may lie in other folders too, are what was read."""
        return all(self.inputs.look(path, folder) == content for path, content in pictures.items())


def _written(made: object) -> dict[str, str]:
    text = json.encode(made).decode()
    return {"reviewed": text, "reviewed_seal": text_seal(text)}


def _whole(kept: Mapping[str, str]) -> str | None:
    """What was kept; None where somebody changed it."""
    return kept["reviewed"] if text_seal(kept["reviewed"]) == kept["reviewed_seal"] else None

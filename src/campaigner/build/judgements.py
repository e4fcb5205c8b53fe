"""What checks said of each campaign and of the app's mails, kept so that nothing unchanged is judged again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from msgspec import Raw, json

from campaigner.build.inputs import Inputs
from campaigner.build.proving import MailsTask, ProofTask
from campaigner.build.units import seal
from campaigner.render.kept import Kept
from campaigner.value import Value
from campaigner.value import field as value_field

if TYPE_CHECKING:
    from campaigner.build.mails_review import MailsReviewed
    from campaigner.build.reviewing import Reviewed

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
    #: hash of what each of them was made of, before it was read
    _seals: dict[ProofTask | MailsTask, str] = field(default_factory=dict)

    def known(self, task: ProofTask | MailsTask) -> Raw | None:
        """What was said of a campaign or of the app's mails, to be read with `read`; None where it must be judged."""
        if self.kept is None:
            return None
        found = self._seals[task] = self._seal(task)
        kept = self._kept_as(self._key(task), found)
        if kept is None or not self._are_the_same(kept.pictures, _folder(task)):
            return None
        return kept.reviewed

    def read(self, known: Raw, kind: type[Judged]) -> Judged:
        """Read what was kept."""
        return json.decode(known, type=kind)

    def of_page(self, address: str, made_of: str, judge: Callable[[], Judged], kind: type[Judged]) -> Judged:
        """What `judge` says of a page that belongs to no campaign, or said when it was made of the same."""
        found = seal((self.common, made_of))
        kept = self._kept_as(f"page {address}", found)
        if kept is not None:
            return self.read(kept.reviewed, kind)
        made = judge()
        self._put(f"page {address}", Entry(seal=found, reviewed=Raw(json.encode(made))))
        return made

    def note(
        self, task: ProofTask | MailsTask, reviewed: "Reviewed | MailsReviewed", *, is_kept: bool
    ) -> None:
        """Keep what was said, if all of it could be rendered."""
        pictures = reviewed.pictures
        for path, content in pictures.items():
            self.inputs.note(path, content, _folder(task))
        if self.kept is not None and is_kept:
            made = Raw(json.encode(reviewed))
            self._put(self._key(task), Entry(seal=self._seals[task], pictures=pictures, reviewed=made))

    def _seal(self, task: ProofTask | MailsTask) -> str:
        if isinstance(task, MailsTask):
            return seal(self.common)
        return seal((self.common, task.state, task.place, self.inputs.tree(f"campaigns/{task.folder}")))

    def _kept_as(self, of: str, wanted: str) -> Entry | None:
        """What was kept, if it follows from the same."""
        kept = self.kept.get_sealed(JUDGEMENTS, of, Entry) if self.kept else None
        return kept if kept is not None and kept.seal == wanted else None

    def _put(self, of: str, entry: Entry) -> None:
        if self.kept:
            self.kept.put_sealed(JUDGEMENTS, of, entry)

    def _key(self, task: ProofTask | MailsTask) -> str:
        return f"mails {task.language}" if isinstance(task, MailsTask) else f"{task.folder}\0{self.readers}"

    def _are_the_same(self, pictures: Mapping[str, str], folder: str) -> bool:
        """Whether pictures, which may lie in other folders too, are what was read."""
        return all(self.inputs.look(path, folder) == content for path, content in pictures.items())


def _folder(task: ProofTask | MailsTask) -> str:
    """The folder of a campaign; empty for the app's mails, which are of none."""
    return "" if isinstance(task, MailsTask) else task.folder

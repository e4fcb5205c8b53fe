"""A waiver as a check of waivers sees it: what it allows, and what became of it."""

from campaigner.checks.spots import Region
from campaigner.model.settings import Waiver
from campaigner.value import Value


class Granted(Value):
    """A waiver, and what became of it."""

    waiver: Waiver
    #: slug of the campaign that it is for; empty for all
    campaign: str
    region: Region
    today: str
    #: names of all checks
    known: frozenset[str]
    #: whether its check looked at all that it may be for
    could_be_used: bool = False
    is_used: bool = False

    @property
    def has_ended(self) -> bool:
        """Whether its last day is over."""
        return self.waiver.until is not None and str(self.waiver.until)[:10] < self.today

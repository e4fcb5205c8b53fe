"""The way into a review: the answer of the last one where nothing changed since, the whole of it else.

What judges is loaded only where something must be judged.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from campaigner.build.inputs import Glance
from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError, Fault, WorkspaceError
from campaigner.model.finding import Finding
from campaigner.render.kept import Kept
from campaigner.resources import PACKAGE
from campaigner.value import Value

REVIEWS = "reviews"


class Request(Value):
    """What is to be reviewed, and how."""

    #: all campaigns where empty; one that is named is looked at in whatever state it is
    slugs: tuple[str, ...] = ()
    drafts: bool = False
    #: names of the checks; all where empty
    only: tuple[str, ...] = ()
    #: a list as CSV of those who are to get the newsletters, instead of readers.yaml
    readers: Path | None = None
    #: whether to ask if links to elsewhere are answered
    is_online: bool = False

    @property
    def may_be_kept(self) -> bool:
        """Whether the same files give the same answer, and somebody will ask again.

        What an own SpamAssassin says may change with its rules.
        """
        return not (self.only or self.is_online or shutil.which("spamc"))

    @property
    def key(self) -> str:
        """By what its answer is known again."""
        return repr((self.slugs, self.drafts, self.readers, str(PACKAGE), sys.version_info[:2]))


class Review(Value):
    """What a review found."""

    #: how many campaigns were looked at
    campaigns: int
    #: in reading order
    findings: tuple[Finding, ...]


class PartlyReviewed(CampaignerError):
    """Something cannot be rendered; `rest` is what was found in all that can."""

    def __init__(self, faults: Iterable[Fault], *, rest: Review) -> None:
        super().__init__(faults)
        self.rest = rest


def review(
    workspace: Workspace,
    request: Request,
    *,
    jobs: int,
    now: str,
    progress: Callable[[int, int], None] = lambda done, total: None,
    glance: Glance | None = None,
) -> Review:
    """Have checks judge campaigns; write nothing but what the next review need not find out again.

    `now` is UTC in RFC 3339; `glance` keeps what was looked at, for who looks at it right afterwards.
    Raises CampaignerError with every fault where something cannot be rendered; it is PartlyReviewed where the
    rest can be judged.
    """
    looked_at = time.time_ns()
    reviews = Kept(folder=workspace.state / "cache", program="")
    if request.may_be_kept:
        known = _unchanged(workspace, reviews.get(REVIEWS, request.key), now, glance or Glance())
        if known is not None:
            return known
        if glance:
            glance.seen.clear()  # what follows takes too long for it to be still true
    from campaigner.build.whole_review import review_whole

    try:
        found, inputs, until = review_whole(workspace, request, jobs=jobs, now=now, progress=progress)
    except OSError as error:
        shown = workspace.shown(Path(os.fsdecode(error.filename or workspace.root)))
        message = f"this cannot be read or written: {error.strerror}"
        raise WorkspaceError(Fault(path=shown, message=message, hint="Change its permissions")) from None
    if request.may_be_kept:
        reviews.put(
            REVIEWS,
            request.key,
            {
                "looked_at": looked_at,
                "now": now,
                "until": until,
                "inputs": inputs,
                "campaigns": found.campaigns,
                "findings": [one.written() for one in found.findings],
            },
        )
    return found


def _unchanged(
    workspace: Workspace, kept: Mapping[str, Any] | None, now: str, glance: Glance
) -> Review | None:
    """What was found last, where a review of today would find the same."""
    try:
        if kept is None or not kept["now"] <= now < kept["until"] or kept["now"][:10] != now[:10]:
            return None
        if not glance.nothing_changed(workspace.root, kept["inputs"], kept["looked_at"]):
            return None
        return Review(
            campaigns=kept["campaigns"], findings=tuple(Finding.read(one) for one in kept["findings"])
        )
    except (LookupError, TypeError, ValueError):
        return None  # somebody damaged it

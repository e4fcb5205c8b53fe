"""What every kind of target can do, whatever it is: so much the rest needs to know of it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Protocol

from campaigner.errors import Fault, PublishError
from campaigner.publish.filling import Filling
from campaigner.publish.releases import PublishedFile, Release, is_path

#: of what a target says, in a message
LONGEST = 80

Progress = Callable[[int, int], None]


class Host(Protocol):
    """A place that a site is published to. Every method raises PublishError where it cannot be asked."""

    @property
    def where(self) -> str:
        """Where it is, for people."""

    @property
    def root(self) -> str:
        """The folder that a web server there shows."""

    @property
    def server(self) -> str:
        """The web server that most likely shows it, as ServerSettings calls it."""

    @property
    def is_whole(self) -> bool:
        """Whether readers see all of the current release: where a target has a switch, they always do."""

    @property
    def is_returning(self) -> bool:
        """Whether somebody began to go back to the current release, and all of it is not there yet."""

    def check(self, *, adopt: bool) -> None:
        """Raise PublishError where something stands there that campaigner did not make, and is not to take over."""

    def current(self) -> str:
        """The name of the release that readers see; empty where none was published."""

    def since(self) -> datetime:
        """When readers began to see it, in UTC."""

    def releases(self) -> list[str]:
        """The names of all releases, the oldest first."""

    def release(self, name: str) -> Release:
        """What is known of a release."""

    def live(self) -> Release:
        """What readers see of the current release."""

    def content(self, path: str) -> bytes:
        """What readers see at a path of the site; nothing where it cannot be had."""

    def foreign(self) -> Release | None:
        """What stands there that campaigner did not make; None for nothing."""

    def publish(
        self, release: Release, filling: Filling, *, planned: str, adopted: Release | None, progress: Progress
    ) -> None:
        """Have readers see a new release, where they see the `planned` one now; make what was `adopted` one too."""

    def show(self, name: str, *, kept: Mapping[str, PublishedFile], planned: str, progress: Progress) -> None:
        """Have readers see a release that is there, where they see the `planned` one now.

        What is `kept` of that one stays beside it.
        """


def moment(where: str, seconds: float | str) -> datetime:
    """So many seconds after 1970, in UTC; raises PublishError where a target says what is none."""
    try:
        return datetime.fromtimestamp(float(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        message = f'since when readers see the release is told as "{str(seconds)[:LONGEST]}"'
        raise refused(where, message, "Publish again, and it is told anew") from None


def standing_at(host: Host) -> Release | None:
    """What stands at a target now, whoever put it there; None for nothing.

    Raises PublishError where nobody can know that, or no record could say it.
    """
    current = host.current()
    if current:
        return host.live()
    found = host.foreign()
    strange = next((path for path in found.files if not is_path(path)), None) if found else None
    if strange is not None:
        raise refused(
            host.where, f'the name of "{strange}" cannot be written down', "Rename it there, or move it away"
        )
    return found


def refused(where: str, message: str, hint: str) -> PublishError:
    """What is wrong with a target."""
    return PublishError(Fault(path=where, message=message, hint=hint))


def published_meanwhile(where: str) -> PublishError:
    """Somebody was faster."""
    hint = "Publish again to see what there is to do now"
    return refused(where, "somebody else published here meanwhile", hint)


def damaged(
    where: str, hint: str = "Remove the link to it to begin anew; the releases stay until then"
) -> PublishError:
    """The record of a release says nothing."""
    return refused(where, "this does not say what was published, as campaigner wrote it", hint)

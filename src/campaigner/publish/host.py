"""What every kind of target can do, whatever it is: so much the rest needs to know of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from campaigner.errors import Fault, PublishError
from campaigner.publish.filling import Filling
from campaigner.publish.releases import Release

Progress = Callable[[int, int], None]


class Host(Protocol):
    """A place that a site is published to. Every method raises PublishError where it cannot be asked."""

    @property
    def where(self) -> str:
        """Where it is, for people."""

    @property
    def root(self) -> str:
        """The folder that a web server there shows."""

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

    def content(self, path: str) -> bytes:
        """What readers see at a path of the site; nothing where it cannot be had."""

    def foreign(self) -> Release | None:
        """What stands there that campaigner did not make; None for nothing."""

    def publish(
        self, release: Release, filling: Filling, *, planned: str, adopted: Release | None, progress: Progress
    ) -> None:
        """Have readers see a new release, where they see the `planned` one now; make what was `adopted` one too."""

    def show(self, name: str, *, planned: str) -> None:
        """Have readers see a release that is there, where they see the `planned` one now."""


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

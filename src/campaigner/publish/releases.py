"""A release: what stands at a target, as it is written beside it."""

import json
import os
import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from msgspec import ValidationError, convert, to_builtins

from campaigner.build.inputs import MISSING
from campaigner.build.kinds import NAMED
from campaigner.value import Value, asdict, field, replace

if TYPE_CHECKING:
    from campaigner.build.neighbours import Neighbour

#: of the form in which a release is written; a later program reads all earlier ones
VERSION = 2
#: of the first form, which says nothing of campaigns
FIRST_VERSION = 1
#: where hashed assets lie in a site: a name there says its content
ASSETS = "assets/"
NAME = re.compile(r"[0-9]{8}T[0-9]{6}Z-([0-9]{1,9})")
#: in the name under which a release lies once more, before the number of the one that was left for it
AFTER = "-after-"
#: of a digest, see Staging; what others put somewhere may have none, or none that could be read
DIGEST = re.compile(rf"(?:[0-9a-f]{{32}}|{NAMED}[0-9]{{1,18}}|{MISSING})?")
#: what is in no text of one line, and what can be written in no file
CONTROL = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"
TEXT = re.compile(rf"[^{CONTROL}]*")
#: of a path that leads to a file below a folder wherever that is: who can write a record may want another one
PART = rf"(?!\.{{1,2}}(?:/|\Z))[^/{CONTROL}{re.escape(os.sep)}{':' if os.name == 'nt' else ''}]+"
PATH = re.compile(rf"{PART}(?:/{PART})*")


class PublishedFile(NamedTuple):
    """What is known of a file of a site. A tuple, since there may be hundreds of thousands."""

    #: what a build knows its content by, see Staging
    digest: str
    #: bytes
    size: int
    #: slugs of the campaigns that have it; none for what belongs to the site
    campaigns: tuple[str, ...] = ()


class Release(Value):
    """A site as it was published once."""

    name: str
    #: UTC in RFC 3339
    made: str
    #: base of its absolute links
    url: str
    #: what it was made of: a commit, with a "+" where files differed from it; empty where there is no checkout
    commit: str
    #: by path in the site
    files: Mapping[str, PublishedFile]
    #: hashed assets of the release before, for readers who loaded a page of it
    kept: Mapping[str, PublishedFile] = field(default_factory=dict)
    #: how text lies compressed beside each file, "brotli gzip"; records were written without it once
    compression: str = ""
    #: what readers saw when it was made; empty for nothing, and where an earlier program did not write it down
    before: str = ""
    #: what its listings, feed and pages say of each campaign; None where an earlier program did not write it down
    campaigns: "tuple[Neighbour, ...] | None" = None

    @property
    def digests(self) -> dict[str, str]:
        """The digests of its files, by path."""
        return {path: file.digest for path, file in self.files.items()}

    @property
    def tells_campaigns(self) -> bool:
        """Whether it is known what is said of each campaign that stands there."""
        return self.campaigns is not None or not any(file.campaigns for file in self.files.values())

    @property
    def size(self) -> int:
        """Bytes of the site."""
        return sum(file.size for file in self.files.values())

    @property
    def is_taken_over(self) -> bool:
        """Whether somebody else made it: each of campaigner's own has an address."""
        return not self.url

    def without(self, gone: Collection[str]) -> Self:
        """The same, where of what it was to keep some is gone."""
        return replace(self, kept={path: file for path, file in self.kept.items() if path not in gone})

    def written(self) -> str:
        """The release as JSON."""
        written = {"version": VERSION, **asdict(self), "campaigns": to_builtins(self.campaigns)}
        return json.dumps(written, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, text: str, name: str) -> Self:
        """The release of that name as it was written; raises ValueError where it was not.

        It comes from a target, where others may have written it: its paths lead nowhere but into the site.
        """
        try:
            found: dict[str, Any] = json.loads(text)
            is_known = found.pop("version") in {FIRST_VERSION, VERSION}
            if not is_known or found["name"] != name or not NAME.fullmatch(name):
                raise ValueError(text[:80])
            files, kept = (_files(found.pop(key)) for key in ("files", "kept"))
            campaigns = _campaigns(found.pop("campaigns", None))
            if not all(map(_is_text, found.values())):
                raise ValueError(text[:80])
            return cls(files=files, kept=kept, campaigns=campaigns, **found)
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(text[:80]) from error


def is_path(text: str) -> bool:
    """Whether a text can be the path of a file in a site."""
    return bool(PATH.fullmatch(text))


def release_name(made: str, earlier: Iterable[str]) -> str:
    """The name of a release after all `earlier` ones: when it was made and its number, "20261126T105100Z-7"."""
    number = max(map(number_of, earlier), default=0) + 1
    return f"{made.replace('-', '').replace(':', '')}-{number}"


def number_of(name: str) -> int:
    """The number of a release, by which they are in the order in which they were made; 0 for what is no release."""
    found = NAME.fullmatch(name)
    return int(found[1]) if found else 0


def name_once_more(name: str, left: str) -> str:
    """Under which name a release lies beside hashed assets of the one that was left: "20261119T080000Z-6-after-7"."""
    return f"{name}{AFTER}{number_of(left)}"


def release_in(name: str) -> str:
    """The name of the release that lies under a name, be it for the first time or once more."""
    return name.partition(AFTER)[0]


def _campaigns(written: Any) -> "tuple[Neighbour, ...] | None":
    """Campaigns as they were written; None where that is not as this program knows a campaign."""
    from campaigner.build.neighbours import Neighbour

    try:
        return convert(written, tuple[Neighbour, ...] | None)
    except ValidationError:
        return None


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(TEXT.fullmatch(value))


def _files(written: Any) -> dict[str, PublishedFile]:
    files = {
        path: PublishedFile(digest, size, tuple(campaigns))
        for path, (digest, size, campaigns) in written.items()
        if isinstance(campaigns, list)
    }
    if len(files) != len(written) or not all(
        is_path(path)
        and DIGEST.fullmatch(file.digest)
        and type(file.size) is int
        and file.size >= 0
        and all(map(_is_text, file.campaigns))
        for path, file in files.items()
    ):
        raise ValueError(str(written)[:80])
    return files

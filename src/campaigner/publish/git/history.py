"""What the commits of a branch say of the releases that readers saw there.

A commit by which readers see a release names it in its message. The release's record stands beside the branch, as a
note (git-notes(1)) that is pushed together with it: what is in the tree of the branch, readers see. Where the other
side takes nothing but branches, the record stands in the message too.
"""

import re
from collections.abc import Iterable, Mapping

from campaigner.publish.git.repository import FILE, REGULAR, Entries, Repository
from campaigner.publish.releases import Release, number_of
from campaigner.value import Value

#: of the repository here: the branch, and the records of its releases
BRANCH, RECORDS = "refs/campaigner/branch", "refs/campaigner/records"
#: commits of the branch that are looked at
DEPTH = 50
#: what stands in a branch beside the site: the domain (which a host of pages may write itself), and that nothing
#: there is to be rendered again
DOMAIN, NO_JEKYLL = "CNAME", ".nojekyll"
BESIDE = frozenset({DOMAIN, NO_JEKYLL})
NAME, SOURCE, RECORD = "Campaigner-Release", "Campaigner-Source", "Campaigner-Record"


class Publication(Value):
    """A commit by which readers saw a release."""

    commit: str
    #: of the release
    name: str
    #: seconds since 1970
    since: int
    #: the blob of the record; empty where it stands in the message
    record: str


class History(Value):
    """What is known of a branch."""

    #: its newest commit; empty where there is no such branch
    tip: str = ""
    #: the newest commit of the records; empty for none
    records: str = ""
    #: the newest first
    publications: tuple[Publication, ...] = ()
    #: what somebody else changed since the newest of them
    foreign: tuple[str, ...] = ()

    @property
    def current(self) -> Publication | None:
        """By what readers see a release; None where they see something else, or nothing."""
        return self.publications[0] if self.publications and not self.foreign else None

    @property
    def names(self) -> list[str]:
        """The names of the releases, the oldest first."""
        return sorted({one.name for one in self.publications}, key=number_of)

    def of(self, name: str) -> Publication | None:
        """By what readers saw a release first: who went back to it kept more beside it."""
        return next((one for one in reversed(self.publications) if one.name == name), None)


def read_history(repository: Repository) -> History:
    """What the repository here knows of the branch; raises PublishError where that is damaged."""
    tip, records = repository.resolved(BRANCH), repository.resolved(RECORDS)
    if not tip:
        return History(records=records)
    found = tuple(_publications(repository, records))
    return History(tip=tip, records=records, publications=found, foreign=_foreign(repository, tip, found))


def _publications(repository: Repository, records: str) -> Iterable[Publication]:
    known = repository.entries(records) if records else {}
    # anybody may have written a message, with folded lines and signs that end a line elsewhere
    trailers = (
        f"%(trailers:key={NAME},valueonly,unfold,separator=%x20)%x00"
        f"%(trailers:key={RECORD},keyonly,separator=%x20)"
    )
    told = repository.ask(
        "log", "-z", "--first-parent", f"--max-count={DEPTH}", f"--format=%H%x00%ct%x00{trailers}", BRANCH
    )
    facts = iter(told.decode("utf-8", "replace").split("\0"))
    for commit, since, name, keeps_record in zip(facts, facts, facts, facts, strict=False):
        mode, blob = known.get(commit, (b"", b""))
        record = blob.decode() if mode in REGULAR else ""
        if number_of(name) and (record or keeps_record):
            yield Publication(commit=commit, name=name, since=int(since or 0), record=record)


def _foreign(repository: Repository, tip: str, publications: tuple[Publication, ...]) -> tuple[str, ...]:
    if not publications:
        paths = [*repository.entries(tip)]
    elif publications[0].commit == tip:
        return ()
    else:
        told = repository.ask(
            "diff-tree", "-r", "-z", "--no-renames", "--name-only", publications[0].commit, tip
        )
        paths = told.decode("utf-8", "surrogateescape").split("\0")[:-1]
    return tuple(sorted(path for path in paths if path not in BESIDE))


def read_record(repository: Repository, publication: Publication) -> Release:
    """What is known of a release; raises ValueError where that is damaged."""
    if publication.record:
        (text,) = repository.contents([publication.record.encode()])
        return Release.read(text.decode("utf-8"), publication.name)
    told = repository.ask("cat-file", "commit", publication.commit).decode("utf-8")
    found = re.search(rf"^{RECORD}: (.*)$", told, re.MULTILINE)
    return Release.read(found[1] if found else "", publication.name)


def message(subject: str, release: Release, *, with_record: bool) -> str:
    """What a commit says by which readers see a release."""
    count = "1 file" if len(release.files) == 1 else f"{len(release.files):,} files"
    lines = [
        subject,
        "",
        f"{count} for {release.url}" if release.url else count,
        "",
        f"{NAME}: {release.name}",
    ]
    if release.commit:
        lines.append(f"{SOURCE}: {release.commit}")
    if with_record:
        lines.append(f"{RECORD}: {release.written()}")
    return "\n".join(lines) + "\n"


def records_tree(
    repository: Repository, history: History, names: Iterable[str], fresh: Mapping[str, Release]
) -> str:
    """Make the tree of the records: those of releases that are to stay, and those of new commits."""
    wanted = {*names}
    entries: Entries = {
        **{
            one.commit: (FILE, one.record.encode())
            for one in history.publications
            if one.record and one.name in wanted
        },
        **{
            commit: (FILE, repository.store_content(release.written().encode()))
            for commit, release in fresh.items()
        },
    }
    return repository.flat_tree(entries)

"""A branch of a git repository as a target: each release is a commit, and the branch is what a host of pages shows.

Commits are made here, by git's own plumbing, and pushed where the branch is still what was planned for; it is never
forced. To go back is a new commit with the old tree. What stands beside the branch is told in `git_history`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

from campaigner.build.inputs import digest
from campaigner.build.kinds import NAMED
from campaigner.errors import PublishError
from campaigner.publish.checkout import identity_of
from campaigner.publish.filling import Filling, beside
from campaigner.publish.folder.target import superfluous
from campaigner.publish.git.faults import git_failure
from campaigner.publish.git.history import (
    BESIDE,
    BRANCH,
    DEPTH,
    DOMAIN,
    NO_JEKYLL,
    RECORDS,
    History,
    message,
    read_history,
    read_record,
    records_tree,
)
from campaigner.publish.git.process import Answer
from campaigner.publish.git.repository import FILE, REGULAR, Entries, Repository
from campaigner.publish.host import Progress, moment, published_meanwhile, refused
from campaigner.publish.releases import ASSETS, PublishedFile, Release, number_of
from campaigner.publish.ssh.connection import Connection
from campaigner.publish.workshop import workshop
from campaigner.value import Value

#: where git says that somebody else was faster
MEANWHILE = re.compile(
    r"^!.*(?:stale info|fetch first|non-fast-forward|already exists|failed to update ref|cannot lock ref"
    r"|incorrect old value)|is at [0-9a-f]+ but expected",
    re.MULTILINE,
)
#: where git says that the other side does not take what stands beside a branch
ONLY_BRANCHES = re.compile(r"\[remote rejected\]|does not support --atomic")
#: but what holds for a branch too
FOR_ALL = re.compile(
    r"unpacker error|checked out|No space left|quota|[Pp]ermission denied|insufficient permission|Read-only"
)
#: what nobody who publishes again gets round
FIRM = re.compile(rf"{FOR_ALL.pattern}|exists; cannot create")


class Step(Value):
    """A commit that is to be made."""

    subject: str
    release: Release
    tree: str


@dataclass(kw_only=True)
class Branch:
    """A branch of a git repository that a site is published to."""

    #: as it is written in the settings
    where: str
    #: of the repository, as git takes it
    address: str
    branch: str
    connection: Connection | None
    #: the repository here
    folder: Path
    #: where releases are put together
    uploads: Path
    #: of the workspace, whose git knows who publishes
    sources: Path
    _known: History | None = field(default=None, init=False)
    _there: Entries | None = field(default=None, init=False)
    _has_texts: bool = field(default=False, init=False)

    @property
    def root(self) -> str:
        """The folder that a web server there shows: nobody can know where it keeps a checkout."""
        return f"/path/to/a/checkout/of/{self.branch}"

    @property
    def server(self) -> str:
        """None that anybody could know: hosts of pages differ."""
        hint = (
            "Say what shows it, netlify, cloudflare or nginx, before the name of the target; "
            "GitHub Pages and GitLab Pages take no settings"
        )
        raise refused(self.where, "nobody can know which host shows a branch", hint)

    @property
    def is_whole(self) -> bool:
        """A switch shows all of a release."""
        return True

    @property
    def is_returning(self) -> bool:
        """A switch is one step."""
        return False

    def check(self, *, adopt: bool) -> None:
        """Raise PublishError where the branch has what campaigner did not publish, and is not to take over."""
        foreign = self._history.foreign
        if foreign and not adopt:
            what = "a file that" if len(foreign) == 1 else f"{len(foreign):,} files that"
            done = "somebody else changed" if self._history.publications else "campaigner did not publish"
            hint = "Publish with --adopt to make them a release that can be gone back to, or publish to another branch"
            raise refused(self.where, f"the branch has {what} {done}, such as {foreign[0]}", hint)

    def current(self) -> str:
        """The name of the release that readers see; empty where none was published."""
        return self._history.current.name if self._history.current else ""

    def since(self) -> datetime:
        """When readers began to see the current release, in UTC."""
        return moment(self.where, self._history.current.since if self._history.current else 0)

    def releases(self) -> list[str]:
        """The names of the releases that can be gone back to, the oldest first."""
        old = superfluous(self._history.names, self.current())
        return [name for name in self._history.names if name not in old]

    def release(self, name: str) -> Release:
        """What is known of a release; raises PublishError where that is damaged."""
        publication = self._history.of(name)
        try:
            if not publication:
                raise ValueError(name)
            return read_record(self._repository, publication)
        except ValueError:
            hint = f"Delete {self._records_there} there, and publish with --adopt"
            raise refused(self.where, f"the record of {name} does not say what was published", hint) from None

    def live(self) -> Release:
        """What readers see of the current release."""
        return self.release(self.current())

    def content(self, path: str) -> bytes:
        """What readers see at a path of the site; nothing where it cannot be had."""
        entry = self._entries.get(path)
        if not entry:
            return b""
        try:
            with self._repository.held():
                if not self._has_texts:
                    # where one is asked for, many will be
                    texts = (entry for there, entry in self._entries.items() if not there.startswith(ASSETS))
                    self._bring(self._history.tip, [*texts])
                    self._has_texts = True
                return next(self._repository.contents([entry[1]]))
        except PublishError:
            return b""

    def foreign(self) -> Release | None:
        """What stands there that campaigner did not publish; None for nothing."""
        if not self._history.foreign:
            return None
        there = {
            path: name
            for path, (mode, name) in self._entries.items()
            if mode in REGULAR and path not in BESIDE
        }
        with self._repository.held():
            self._bring(self._history.tip, [(FILE, name) for name in there.values()])
            files = {
                path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"): file
                for path, file in self._files(there).items()
            }
        return Release(name="", made="", url="", commit="", files=files)

    def _files(self, there: Mapping[str, bytes]) -> dict[str, PublishedFile]:
        sizes = dict(zip(there, self._repository.sizes([*there.values()]), strict=True))
        read = {path: name for path, name in there.items() if not path.startswith(ASSETS)}
        contents = zip(read, self._repository.contents([*read.values()]), strict=True)
        digests = {path: digest(content) for path, content in contents}
        return {
            path: PublishedFile(digests.get(path, f"{NAMED}{size}"), size) for path, size in sizes.items()
        }

    def publish(
        self, release: Release, filling: Filling, *, planned: str, adopted: Release | None, progress: Progress
    ) -> None:
        """Have readers see a new release, where they see the `planned` one now; make what was `adopted` one too."""
        history = self._as_planned(planned)
        steps = []
        with self._repository.held(), workshop(self.uploads) as folder:
            if adopted:
                tree = self._repository.resolved(f"{history.tip}^{{tree}}")
                steps.append(Step(subject="Take over what stands here", release=adopted, tree=tree))
            tree = self._filled(filling, folder, progress)
            steps.append(Step(subject=f"Publish {release.name}", release=release, tree=tree))
            self._push(history, steps, progress)

    def _filled(self, filling: Filling, folder: Path, progress: Progress) -> str:
        """Make the tree of a release: what is new from the build, all else as it stands in the branch."""
        there = {path: name for path, (mode, name) in self._entries.items() if mode in REGULAR}
        staying = {path: (FILE, there[path]) for path in filling.staying if path in there}
        filling.gather(folder / "site", staying.keys())
        own = {NO_JEKYLL: (FILE, self._repository.store_content(b"")), **self._domain}
        fresh = self._repository.store(folder / "site", progress)
        return self._repository.tree({**own, **staying, **fresh}, folder / "index")

    @property
    def _domain(self) -> Entries:
        """The file with the domain as it stands in the branch: a host of pages may have written it."""
        return {path: entry for path, entry in self._entries.items() if path == DOMAIN}

    def show(self, name: str, *, kept: Mapping[str, PublishedFile], planned: str, progress: Progress) -> None:
        """Have readers see a release that is there, where they see the `planned` one now.

        What is `kept` of that one stays beside it.
        """
        history, release = self._as_planned(planned), self.release(name)
        with self._repository.held(), workshop(self.uploads) as folder:
            publication = history.of(name)
            assert publication  # noqa: S101  # its record was read
            old = self._repository.entries(publication.commit)
            # what the branch has now is not sent again
            self._bring(publication.commit, [*{*old.values()} - {*self._entries.values()}])
            domain = {} if DOMAIN in release.files else self._domain
            shown = {path: entry for path, entry in old.items() if path != DOMAIN or path in release.files}
            # a branch that was taken over may have something else in the place of their folder
            assets = [] if ASSETS.rstrip("/") in old else beside(kept)
            staying = {path: self._entries[path] for path in assets if path in self._entries}
            tree = self._repository.tree({**staying, **shown, **domain}, folder / "index")
            self._push(
                history,
                [Step(subject=f"Go back to {name}", release=release, tree=tree)],
                progress,
            )

    def _as_planned(self, planned: str) -> History:
        if self.current() != planned:
            raise published_meanwhile(self.where)
        return self._history

    def _push(self, history: History, steps: Sequence[Step], progress: Progress) -> None:
        """Have the branch be what the steps say; raises PublishError, and it is as it was, where that cannot be."""
        self._known, self._there, self._has_texts = None, None, False
        records = history.records or ("" if history.publications else self._begun_records())
        commits = self._commits(history, steps, with_record=not records)
        *_, tip = commits
        refs = {self._branch_there: (history.tip, tip)}
        if records:
            refs[self._records_there] = (records, self._records(history, records, commits))
        self._check(self._repository.push(refs, progress))
        self._repository.point(BRANCH, tip)
        self._repository.point(RECORDS, refs[self._records_there][1] if records else "")
        self._known = read_history(self._repository)

    def _begun_records(self) -> str:
        """Have a place for records there; gives its commit, and nothing where nothing but branches is taken.

        Nobody can ask for that together with the branch: a server leaves out what it hides, and takes the rest.
        """
        commit = self._commit_of_records(self._repository.flat_tree({}), "")
        answer = self._repository.push({self._records_there: ("", commit)}, lambda done, total: None)
        if answer.code and ONLY_BRANCHES.search(answer.told) and not FOR_ALL.search(answer.told):
            return ""
        self._check(answer)
        return commit

    def _check(self, answer: Answer) -> None:
        if not answer.code:
            return
        if MEANWHILE.search(answer.told) and not FIRM.search(answer.told):
            raise published_meanwhile(self.where)
        raise git_failure(self.where, answer.code, answer.told)

    def _commits(self, history: History, steps: Sequence[Step], *, with_record: bool) -> dict[str, Release]:
        """Make the commits, each upon the one before; gives the releases that readers see by them."""
        made: dict[str, Release] = {}
        commit = history.tip
        for step in steps:
            said = message(step.subject, step.release, with_record=with_record)
            environment = {**self._identity, "GIT_AUTHOR_DATE": step.release.made}
            commit = self._repository.commit(step.tree, commit, said, environment)
            made[commit] = step.release
        return made

    def _records(self, history: History, before: str, commits: Mapping[str, Release]) -> str:
        """Make a commit of the records of all releases that can be gone back to."""
        fresh = [release.name for release in commits.values()]
        names = sorted({*history.names, *fresh}, key=number_of)
        kept = {*names} - {*superfluous(names, fresh[-1])}
        return self._commit_of_records(records_tree(self._repository, history, kept, commits), before)

    def _commit_of_records(self, tree: str, before: str) -> str:
        said = f"Records of the releases in {self.branch}\n"
        return self._repository.commit(tree, before, said, self._identity)

    @property
    def _branch_there(self) -> str:
        return f"refs/heads/{self.branch}"

    @property
    def _records_there(self) -> str:
        # `git log --notes=campaigner/BRANCH` shows them
        return f"refs/notes/campaigner/{self.branch}"

    @cached_property
    def _repository(self) -> Repository:
        return Repository(self.folder, self.address, where=self.where, connection=self.connection)

    @cached_property
    def _identity(self) -> dict[str, str]:
        name, address = identity_of(self.sources)
        roles = ("AUTHOR", "COMMITTER")
        names = {f"GIT_{role}_NAME": name for role in roles}
        return names | {f"GIT_{role}_EMAIL": address for role in roles}

    @property
    def _history(self) -> History:
        if self._known is None:
            with self._repository.held():
                self._fetch()
                self._known = read_history(self._repository)
        return self._known

    def _fetch(self) -> None:
        """Bring what is new there."""
        there = self._repository.refs(self._branch_there, self._records_there)
        for ref, here, depth, is_whole in (
            (self._branch_there, BRANCH, DEPTH, False),
            (self._records_there, RECORDS, 1, True),
        ):
            if ref not in there:
                self._repository.point(here, "")
            elif there[ref] != self._repository.resolved(here):
                self._repository.fetch(ref, here, depth=depth, is_whole=is_whole)

    def _bring(self, commit: str, entries: Sequence[tuple[bytes, bytes]]) -> None:
        """Bring contents of a commit here that were left out."""
        if not self._repository.bring(commit, [name for _, name in entries]):
            self._repository.begin_whole()
            self._fetch()

    @property
    def _entries(self) -> Entries:
        """What stands in the branch."""
        if self._there is None:
            self._there = self._repository.entries(self._history.tip) if self._history.tip else {}
        return self._there

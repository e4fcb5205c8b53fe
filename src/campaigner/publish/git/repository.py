"""A bare repository of ours, where commits for a branch that lies elsewhere are made by git's own plumbing.

It holds what that branch has, a few commits deep and without contents where the other side can leave them out, and
may be thrown away at any time.
"""

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from campaigner.build.manifest import Held, one_at_a_time
from campaigner.publish.git.faults import git_failure
from campaigner.publish.git.process import Answer, run_git
from campaigner.publish.host import Progress, refused
from campaigner.publish.ssh.connection import Connection

#: see git-config(1); what is not written is as git has it
CONFIG = """\
[core]
	repositoryFormatVersion = 1
	bare = true
	hooksPath = /dev/null
	attributesFile = /dev/null
	autocrlf = false
	ignoreCase = false
	precomposeUnicode = false
	protectHFS = true
	protectNTFS = true
	fsyncMethod = writeout-only
[gc]
	autoDetach = false
[protocol]
	allow = never
[protocol "file"]
	allow = always
[protocol "ssh"]
	allow = always
[remote "origin"]
	url = "{address}"
"""
#: and where contents are left out until they are needed
LEAVING_OUT = """\
	promisor = true
	partialCloneFilter = blob:none
[extensions]
	partialClone = origin
"""
#: without which git takes a folder for no repository
PARTS = ("HEAD", "objects", "refs", "config")
FETCH = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no")
#: what git says where a server hands out nothing but whole branches
NOT_BY_ITSELF = b"does not allow request for unadvertised object"
#: seconds
PATIENCE = 10
#: what a file of a site is in a tree
FILE = b"100644"
REGULAR = frozenset({FILE, b"100755"})
#: what git says while it sends
SENT = re.compile(rb"Writing objects: +(\d+)%")
#: what git says of a path that nothing in a commit can have, such as .git/config
IGNORED = b"Ignoring path"
#: of the end of what git says
TAIL = 200
#: contents that are read at once
AT_ONCE = 200
#: of a name of an object, as git writes it, with its line break
NAME_BYTES = 41

#: by path: mode and object, as they stand in a tree
Entries = Mapping[str, tuple[bytes, bytes]]


class Repository:
    """A bare repository that knows one other repository."""

    def __init__(self, folder: Path, address: str, *, where: str, connection: Connection | None) -> None:
        """Prepare a repository in `folder` for that at `address`, which is reached by `connection`, if by any.

        `where` is what people call the other one.
        """
        self.folder = folder
        self._address = address
        self._where = where
        self._connection = connection

    @contextmanager
    def held(self) -> Iterator[None]:
        """Have it stand, and keep others of this workspace out; raises PublishError where that cannot be."""
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            with one_at_a_time(self.folder.with_suffix(".lock"), seconds=PATIENCE):
                self._stand()
                yield
        except Held:
            hint = "Wait until that is done, and publish again"
            raise refused(self._where, "somebody else is publishing here", hint) from None
        except (OSError, sqlite3.DatabaseError) as error:
            shown = getattr(error, "filename", None) or self.folder
            what = getattr(error, "strerror", None) or error
            hint = "Make room, or change permissions"
            raise refused(str(shown), f"this cannot be read or written: {what}", hint) from None

    def _stand(self) -> None:
        if not all((self.folder / name).exists() for name in PARTS) or self._config not in self._configs:
            # not finished, or of another address
            self._begin(self._configs[0])
        # what a kill left, since nobody else works here
        for lock in (*self.folder.glob("*.lock"), *self.folder.glob("refs/**/*.lock")):
            lock.unlink(missing_ok=True)

    @property
    def _config(self) -> str:
        return (self.folder / "config").read_text(encoding="utf-8", errors="replace")

    @property
    def _configs(self) -> tuple[str, str]:
        """What it may be set to: to leave contents out, and not to."""
        config = CONFIG.format(address=self._address)
        return config + LEAVING_OUT, config

    @property
    def _leaves_out(self) -> bool:
        return self._config == self._configs[0]

    def begin_whole(self) -> None:
        """Begin anew, with all contents: some servers leave them out and do not hand them out by themselves later."""
        self._begin(self._configs[1])

    def _begin(self, config: str) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.ask("init", "--quiet", "--bare", "--template=", "--object-format=sha1", str(self.folder))
        (self.folder / "config").write_text(config, encoding="utf-8")

    def ask(self, *arguments: str, given: bytes = b"", environment: Mapping[str, str] | None = None) -> bytes:
        """Have git do something here; raises PublishError where it fails."""
        return self._checked(
            run_git(
                self.folder,
                *arguments,
                connection=self._connection,
                given=given,
                environment=environment,
            ),
            str(self.folder),
        )

    def _checked(self, answer: Answer, where: str) -> bytes:
        if answer.code:
            raise git_failure(where, answer.code, answer.err.decode("utf-8", "replace"))
        return answer.out

    def _reach(self, *arguments: str) -> bytes:
        return self._checked(run_git(self.folder, *arguments, connection=self._connection), self._where)

    def refs(self, *names: str) -> dict[str, str]:
        """What these refs are in the other repository, those that are there."""
        told = self._reach("ls-remote", "origin", *names).decode("utf-8", "replace")
        found = (line.partition("\t") for line in told.splitlines())
        return {name: commit for commit, _, name in found if name in names}

    def fetch(self, ref: str, here: str, *, depth: int, is_whole: bool) -> None:
        """Bring so many commits of a ref of the other repository here, under another name.

        Contents come with it where they `is_whole`, or where the other side cannot leave them out.
        """
        out = "--no-filter" if is_whole or not self._leaves_out else "--filter=blob:none"
        self._reach(*FETCH, f"--depth={depth}", out, "origin", f"+{ref}:{here}")

    def push(self, refs: Mapping[str, tuple[str, str]], progress: Progress) -> Answer:
        """Give refs of the other repository new commits, all of them or none, where they are what they were.

        `refs` has for each what it is expected to be there, empty for nothing, and the commit.
        """

        def listening(_: int, err: int) -> None:
            said = os.pread(err, TAIL, max(0, os.fstat(err).st_size - TAIL))
            percents = SENT.findall(said)
            if percents:
                progress(100 + int(percents[-1]), 200)

        return run_git(
            self.folder,
            *("push", "--porcelain", "--progress", "--atomic", "--no-verify", "--recurse-submodules=no"),
            # a thin pack would want contents that were left out here
            "--no-thin",
            *(f"--force-with-lease={ref}:{known}" for ref, (known, _) in refs.items()),
            "origin",
            *(f"{commit}:{ref}" for ref, (_, commit) in refs.items()),
            connection=self._connection,
            listening=listening,
        )

    def resolved(self, name: str) -> str:
        """The commit that a ref is here; empty for none."""
        answer = run_git(self.folder, "rev-parse", "--verify", "--quiet", name)
        return answer.out.decode().strip()

    def point(self, ref: str, commit: str) -> None:
        """Have a ref here be a commit, or nothing."""
        self.ask("update-ref", *([ref, commit] if commit else ["-d", ref]))

    def entries(self, tree: str) -> Entries:
        """All that is in a tree, or in that of a commit."""
        found = {}
        for line in self.ask("ls-tree", "-r", "-z", "--full-tree", tree).split(b"\0")[:-1]:
            about, _, path = line.partition(b"\t")
            mode, _, name = about.split(b" ")
            found[_as_text(path)] = (mode, name)
        return found

    def store(self, folder: Path, progress: Progress) -> Entries:
        """Take in all files of a folder, byte for byte."""
        files = [Path(place, name) for place, _, names in os.walk(folder) for name in names]

        def listening(out: int, _: int) -> None:
            progress(os.fstat(out).st_size // NAME_BYTES * 100 // max(1, len(files)), 200)

        answer = run_git(
            self.folder,
            *("hash-object", "-w", "--no-filters", "--stdin-paths"),
            given=b"".join(_quoted(os.fsencode(file)) + b"\n" for file in files),
            listening=listening,
        )
        names = self._checked(answer, str(self.folder)).split()
        return {
            _as_text(os.fsencode(file.relative_to(folder).as_posix())): (FILE, name)
            for file, name in zip(files, names, strict=True)
        }

    def store_content(self, content: bytes) -> bytes:
        """Take in one content; gives the name of the blob."""
        return self.ask("hash-object", "-w", "--no-filters", "--stdin", given=content).strip()

    def tree(self, entries: Entries, index: Path) -> str:
        """Make a tree, by means of an index of its own, which does not exist yet."""
        lines = sorted((_as_bytes(path), mode, name) for path, (mode, name) in entries.items())
        environment = {"GIT_INDEX_FILE": str(index)}
        answer = run_git(
            self.folder,
            *("update-index", "-z", "--index-info"),
            given=b"".join(b"%s %s 0\t%s\0" % (mode, name, path) for path, mode, name in lines),
            environment=environment,
        )
        # git itself would go on without such a file
        if IGNORED in answer.err:
            raise git_failure(self._where, answer.code, answer.err.decode("utf-8", "replace"))
        self._checked(answer, str(self.folder))
        # contents that were left out are there, where the commit goes
        return self.ask("write-tree", "--missing-ok", environment=environment).decode().strip()

    def flat_tree(self, entries: Entries) -> str:
        """Make a tree without folders."""
        lines = (
            b"%s blob %s\t%s\0" % (mode, name, _as_bytes(path)) for path, (mode, name) in entries.items()
        )
        return self.ask("mktree", "-z", given=b"".join(lines)).decode().strip()

    def commit(self, tree: str, parent: str, message: str, environment: Mapping[str, str]) -> str:
        """Make a commit; `parent` is empty for the first of all."""
        before = ["-p", parent] if parent else []
        made = self.ask("commit-tree", tree, *before, given=message.encode(), environment=environment)
        return made.decode().strip()

    def bring(self, commit: str, blobs: Sequence[bytes]) -> bool:
        """Bring contents of a commit that were left out, at once; gives whether the other side hands them out.

        Git itself would ask for each when it needs it.
        """
        told = self.ask("rev-list", "--objects", "--missing=print", "--no-object-names", f"{commit}^{{tree}}")
        wanted = {*blobs}.intersection(line[1:] for line in told.split() if line.startswith(b"?"))
        if not wanted:
            return True
        answer = run_git(
            self.folder,
            *("-c", "fetch.negotiationAlgorithm=noop", *FETCH, "--filter=blob:none", "--stdin", "origin"),
            connection=self._connection,
            given=b"".join(name + b"\n" for name in sorted(wanted)),
        )
        if NOT_BY_ITSELF in answer.err:
            return False
        self._checked(answer, self._where)
        return True

    def contents(self, blobs: Sequence[bytes]) -> Iterator[bytes]:
        """What blobs hold, one after the other."""
        for first in range(0, len(blobs), AT_ONCE):
            some = blobs[first : first + AT_ONCE]
            told, place = self.ask("cat-file", "--batch", given=b"".join(name + b"\n" for name in some)), 0
            for _ in some:
                begin = told.index(b"\n", place) + 1
                place = begin + int(told[place:begin].split()[2])
                yield told[begin:place]
                # what comes behind each is a line break
                place += 1

    def sizes(self, blobs: Sequence[bytes]) -> list[int]:
        """Bytes of blobs."""
        given = b"".join(name + b"\n" for name in blobs)
        return [
            int(size) for size in self.ask("cat-file", "--batch-check=%(objectsize)", given=given).split()
        ]


def _quoted(path: bytes) -> bytes:
    """A path in a line of its own, as git reads it."""
    if not any(sign in path for sign in b'\n\r"\\'):
        return path
    return b'"' + b"".join(b"\\%03o" % sign if sign in b'\n\r"\\' else bytes([sign]) for sign in path) + b'"'


def _as_text(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def _as_bytes(path: str) -> bytes:
    return path.encode("utf-8", "surrogateescape")

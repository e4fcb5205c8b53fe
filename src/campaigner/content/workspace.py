"""A workspace: the folder with campaigner.toml, and how its files are read safely."""

import os
import re
import stat
from pathlib import Path

from campaigner.errors import ContentError, Fault, WorkspaceError
from campaigner.value import Value

SETTINGS_FILE = "campaigner.toml"
ARTICLE_FILE = "article.md"
SOURCES_FILE = "sources.yaml"
READERS_FILE = "readers.yaml"
POLICIES_FOLDER = "policies"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Workspace(Value):
    """Where everything of one publication is."""

    #: absolute, without symbolic links
    root: Path

    @property
    def campaigns(self) -> Path:
        """The folder of the campaigns."""
        return self.root / "campaigns"

    @property
    def templates(self) -> Path:
        """The folder of the workspace's own templates; need not exist."""
        return self.root / "templates"

    @property
    def output(self) -> Path:
        """Where builds go unless told otherwise."""
        return self.root / "output"

    @property
    def state(self) -> Path:
        """What campaigner keeps for itself: manifests and caches, ignored by git."""
        return self.root / ".campaigner"

    def shown(self, path: Path) -> str:
        """A path as the user knows it: relative to the workspace, with forward slashes."""
        inside = path.relative_to(self.root) if path.is_relative_to(self.root) else path
        return os.fsencode(inside.as_posix()).decode("utf-8", "backslashreplace")

    def inside(self, path: Path) -> bool:
        """Whether `path`, with its links followed, stays in the workspace."""
        return Path(os.path.realpath(path)).is_relative_to(self.root)


def find_workspace(start: Path) -> Workspace:
    """Give the workspace that `start` is in: it, or the nearest parent, has a campaigner.toml.

    Raises WorkspaceError where there is none.
    """
    folder = Path(os.path.realpath(start))
    for candidate in (folder, *folder.parents):
        if os.path.isfile(candidate / SETTINGS_FILE):  # no, too, where nobody may look
            return Workspace(root=candidate)
    message = "there is no workspace here: no campaigner.toml in this folder or above it"
    hint = "Make one with `campaigner init`, or name another folder with `campaigner -C DIR …`"
    raise WorkspaceError(Fault(path=str(start), message=message, hint=hint))


def campaign_folders(workspace: Workspace) -> tuple[str, ...]:
    """Names of the folders in campaigns/ that may hold an article, sorted. Hidden ones do not count.

    Raises WorkspaceError where campaigns/ is not there or cannot be read.
    """
    try:
        with os.scandir(workspace.campaigns) as entries:
            return tuple(
                sorted(
                    entry.name
                    for entry in entries
                    if not entry.name.startswith((".", "_")) and _is_folder(entry)
                    if is_text(entry.name) or may_be_there(os.path.join(entry.path, ARTICLE_FILE))
                )
            )
    except FileNotFoundError:
        message, hint = "there is no folder campaigns/", "Make a campaign with `campaigner new SLUG`"
    except NotADirectoryError:
        message, hint = "campaigns is a file, not a folder", "Move it away"
    except OSError as error:
        message, hint = f"campaigns/ cannot be read: {error.strerror}", "Change its permissions"
    raise WorkspaceError(Fault(path="campaigns", message=message, hint=hint))


def is_text(name: str) -> bool:
    """Whether a file's name is UTF-8, as all that is written into pages and manifests must be."""
    return name.isascii() or not re.search("[\ud800-\udfff]", name)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        if entry.is_symlink():  # it leads in a circle, or where nobody may follow
            return False
        raise


def may_be_there(path: str | Path) -> bool:
    """Whether something stands at `path`, be it a link to nowhere, or nobody may know whether it does."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def read_bytes(workspace: Workspace, path: Path, *, largest: int) -> bytes:
    """Read a file of the workspace of at most `largest` bytes.

    Raises ContentError where it leads out of the workspace, is no regular file, is too large or
    cannot be read.
    """
    try:
        if not workspace.inside(path):
            raise _error(
                workspace,
                path,
                "this is a link to a file outside of the workspace",
                "Copy the file here instead",
            )
        found = _look(workspace, path)
        if not stat.S_ISREG(found.st_mode):
            raise _error(workspace, path, "this is not a file", "Move it away, or give it another name")
        if found.st_size > largest:
            message = f"the file has {found.st_size:,} bytes, more than the {largest:,} it may have"
            hint = "Split it"
            if path.suffix == ".md":
                hint = "Split it, or raise content.largest_article in campaigner.toml"
            raise _error(workspace, path, message, hint)
        return path.read_bytes()
    except PermissionError:
        raise _error(workspace, path, "the file may not be read", "Change its permissions") from None
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise _error(workspace, path, message, "Try to open it in an editor") from None


def _look(workspace: Workspace, path: Path) -> os.stat_result:
    """What the file system says about a file; where it may say nothing, its folder is at fault."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise _error(workspace, path, "there is no such file", "Write it, or correct the name") from None
    except PermissionError:
        closed = next(folder for folder in path.parents if os.path.lexists(folder))
        raise _error(workspace, closed, "the folder may not be read", "Change its permissions") from None


def read_text(workspace: Workspace, path: Path, *, largest: int) -> tuple[str, bytes]:
    """Read a UTF-8 file; give its text, with \\n line ends and without byte order mark, and its bytes.

    Raises ContentError, with the place of the first wrong byte where it is not UTF-8.
    """
    content = read_bytes(workspace, path, largest=largest)
    return decode(content, shown=workspace.shown(path)), content


def decode(content: bytes, *, shown: str) -> str:
    """Give the text of UTF-8 bytes, with \\n line ends and without byte order mark.

    Raises ContentError at the first wrong byte, and at a control character: neither HTML nor XML may
    have one (XML 1.0 section 2.2).
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        message = f"this is not UTF-8: byte 0x{content[error.start]:02x}"
        hint = "Save the file as UTF-8 in your editor"
        raise ContentError(Fault(path=shown, line=line, column=column, message=message, hint=hint)) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = CONTROL.search(text)
    if control:
        head = text[: control.start()]
        message = f"there is a control character (U+{ord(control[0]):04X}) here"
        raise ContentError(
            Fault(
                path=shown,
                line=head.count("\n") + 1,
                column=len(head) - head.rfind("\n"),
                message=message,
                hint="Take it out, or save the file as plain text",
            )
        )
    return text


def _error(workspace: Workspace, path: Path, message: str, hint: str) -> ContentError:
    return ContentError(Fault(path=workspace.shown(path), message=message, hint=hint))

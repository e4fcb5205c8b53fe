"""What it means when git fails, and what to do about it."""

import re

from campaigner.errors import PublishError
from campaigner.publish.host import refused
from campaigner.publish.ssh.faults import MEANINGS as OF_CONNECTIONS
from campaigner.publish.ssh.faults import NOTHING_LOST

#: by what git and the servers of GitHub, GitLab and Gitea say (git 2.32 and later): what that means, and what to do
MEANINGS = {
    r"dubious ownership": (
        "the repository belongs to somebody else",
        "Publish as the user whose it is, or by git+ssh://…",
    ),
    r"does not appear to be a git repository|[Rr]epository not found|[Rr]epository '.*' (?:does not exist|not found)"
    r"|project you were looking for could not be found|Could not find repository": (
        "there is no repository, or none that this user may see",
        "Correct the address, or make it there with `git init --bare`",
    ),
    r"marked as read only|[Pp]ermission to .* denied|not allowed to push code|[Ww]rite access .*not granted"
    r"|insufficient permission|unable to create temporary object directory|deploy key does not allow": (
        "this user may not write there",
        "Let the key write there, or publish as another user",
    ),
    r"branch is currently checked out": (
        "somebody works on this branch there",
        "Publish to a bare repository, or to a branch that is not checked out",
    ),
    r"file size limit|GH001|maximum allowed (?:file )?size": (
        "a file is larger than they take there",
        "Make it smaller, or publish to another host",
    ),
    r"GH006|GH013|protected branch|hook declined|rule violations|is prohibited": (
        "the branch is protected there, or a rule refuses what we bring",
        "Let who publishes write to it, or publish to another branch",
    ),
    r"exists; cannot create": (
        "the name of another branch is the beginning of this one's",
        "Publish to a branch of another name",
    ),
    r"[Ii]nvalid path '|Ignoring path ": (
        "a commit cannot hold a file of this name",
        "Change the address of what has it",
    ),
    r"git-(?:upload|receive)-pack: (?:command )?not found": (
        "git is not installed there",
        "Install git there",
    ),
    r"Unable to create '.*\.lock': File exists": (
        "another git is at work, or left its lock behind",
        "Publish again; where that does not help, remove the lock",
    ),
    r"mismatched algorithms|object format": (
        "its commits are named in a way that is not supported",
        "Publish to a repository with names of SHA-1",
    ),
    r"object file .* is empty|loose object .* is corrupt|packfile .* (?:is )?(?:corrupt|cannot be accessed)"
    r"|bad object refs/campaigner|missing blob object|unable to read tree": (
        "what lies here is damaged",
        "Remove the folder .campaigner/git, and publish again",
    ),
    **{pattern: meaning for pattern, meaning in OF_CONNECTIONS.items() if "rsync" not in pattern},
    r"the remote end hung up|early EOF|unexpected disconnect|Could not read from remote repository|Broken pipe": (
        "the connection was lost",
        NOTHING_LOST,
    ),
}

#: how git begins what it says
SPEAKER = re.compile(r"^(?:(?:fatal|error|warning|remote|hint): *)+")
#: how it says how far it is
COUNTING = re.compile(r"\d+% \(|Total \d")
#: of a line, which somebody else may have written
LONGEST = 200


def git_failure(where: str, code: int, told: str) -> PublishError:
    """What is wrong, by the exit code of git and by all that it said."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    for pattern, (message, hint) in MEANINGS.items():
        found = next((line for line in lines if re.search(pattern, line)), None)
        if found is not None:
            return refused(where, f"{message}{_detail(_said_there(found, lines))}", hint)
    last = next(
        (line for line in lines if line.startswith(("fatal:", "error:", "remote:"))), f"exit code {code}"
    )
    return refused(where, f"git fails{_detail(last)}", NOTHING_LOST)


def _said_there(found: str, lines: list[str]) -> str:
    """What the other side has to say, which knows best; else what git says itself."""
    said = [
        line for line in lines if line.startswith("remote:") and _words(line) and not COUNTING.search(line)
    ]
    return found if found in said or not said else said[0]


def _words(line: str) -> str:
    return SPEAKER.sub("", line.partition("\t")[2].partition("\t")[2] or line).strip(" .!@")


def _detail(line: str) -> str:
    words = _words(line)
    return f": {words if len(words) <= LONGEST else words[: LONGEST - 1] + '…'}" if words else ""

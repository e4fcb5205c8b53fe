"""What it means when ssh or rsync fail, and what to do about it."""

import re

from campaigner.errors import Fault, PublishError
from campaigner.publish.host import refused

NOTHING_LOST = "Nothing is lost: do it again, when it can be done"
#: by what ssh, rsync and a shell say (OpenSSH 9, rsync 3): what that means, and what to do. The first that fits holds
MEANINGS = {
    r"REMOTE HOST IDENTIFICATION HAS CHANGED": (
        "its host key is another one than before",
        "Do not go on unless who runs it says so; then replace its line in known_hosts",
    ),
    r"Host key verification failed|No \S+ host key is known": (
        "nobody knows its host key",
        "Compare its key with what who runs it says, and add it to known_hosts",
    ),
    r"Permission denied \([\w,-]+\)|Too many authentication failures": (
        "it does not let us in",
        "Add the public key to authorized_keys there, and the private one to the agent or to ~/.ssh/config",
    ),
    r"Could not resolve hostname": ("there is no host of that name", "Correct the address"),
    r"Can't open user config file": (
        "the file that CAMPAIGNER_SSH_CONFIG names cannot be read",
        "Correct the variable, or leave it out",
    ),
    r"Connection refused|timed out|No route to host|Network is unreachable": (
        "it cannot be reached",
        "See that it runs, and that its address and port are right",
    ),
    r"rsync: (?:command )?not found|rsync: No such file|exec rsync": (
        "rsync is not installed there",
        "Install rsync there",
    ),
    r"protocol version mismatch|is your shell clean": (
        "a login there says more than it is asked for",
        "Have ~/.bashrc and the like write nothing where nobody sits at a terminal",
    ),
    r"No space left on device": ("there is no room left", "Make room there, and publish again"),
    r"Disk quota exceeded": ("there is no room left for this user", "Make room there, and publish again"),
    r"Read-only file system": (
        "nothing can be written there",
        "Publish to another path, or mount it for writing",
    ),
    r"Permission denied|Operation not permitted": (
        "this user may not do that there",
        "Change permissions there, or publish as another user",
    ),
}
#: of ssh itself; the others are those of rsync(1) for a stream that broke
UNREACHABLE = 255
BROKEN = frozenset({UNREACHABLE, -13, 10, 12, 20, 30, 35})


def failure(where: str, code: int, told: str) -> PublishError:
    """What is wrong, by the exit code of a command and what it said on standard error."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    for pattern, (message, hint) in MEANINGS.items():
        found = next((line for line in lines if re.search(pattern, line)), None)
        if found is not None:
            return refused(where, f"{message}{_detail(found)}", hint)
    last = next((line for line in lines if not line.startswith("rsync error:")), "")
    if code in BROKEN:
        return refused(where, f"the connection was lost{_detail(last)}", NOTHING_LOST)
    return refused(where, f"a command fails there{_detail(last or f'exit code {code}')}", NOTHING_LOST)


def missing_here(program: str) -> PublishError:
    """A program that is needed is not on this machine."""
    hint = f"Install {program}: ssh://… needs ssh and rsync on both sides, git+ssh://… ssh and git"
    return PublishError(Fault(path=program, message=f"{program} is not installed here", hint=hint))


def _detail(line: str) -> str:
    """What was said, where it says more than what it means."""
    return f": {line.strip('@ .')}" if line.strip("@ ") else ""

"""sshd itself, on loopback, with keys and settings of its own."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from campaigner.value import Value
from lacking import lacking

SSHD = shutil.which("sshd") or "/usr/sbin/sshd"
#: where sshd locks itself up while it is root's; Debian makes it when the service starts
PRIVILEGE_SEPARATION = Path("/run/sshd")
PATIENCE = 20
SERVER = """\
Port {port}
ListenAddress 127.0.0.1
HostKey "{folder}/host"
AuthorizedKeysFile "{folder}/authorized_keys"
PidFile none
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
ForceCommand sh '{folder}/door'
# or bash, as the shell of whoever runs this, reads his ~/.bashrc for each command
SetEnv SHLVL=1
"""
#: as for a user who keeps to himself what he writes
DOOR = 'umask 077\nexec sh -c "$SSH_ORIGINAL_COMMAND"\n'
CLIENT = """\
IdentityFile "{folder}/key"
IdentitiesOnly yes
IdentityAgent none
UserKnownHostsFile "{folder}/known_hosts"
GlobalKnownHostsFile none
StrictHostKeyChecking no
# that which is new takes ten times as long
KexAlgorithms curve25519-sha256
"""


class Server(Value):
    """A machine that is reached by ssh: this one."""

    folder: Path
    port: int

    @property
    def config(self) -> Path:
        """The settings of who publishes."""
        return self.folder / "config"

    @property
    def known_hosts(self) -> Path:
        return self.folder / "known_hosts"

    @property
    def door(self) -> Path:
        """What a login runs instead of what it was asked to, which is in SSH_ORIGINAL_COMMAND."""
        return self.folder / "door"

    def address(self, path: Path) -> str:
        return f"ssh://{getpass.getuser()}@127.0.0.1:{self.port}{quote(str(path))}"

    def begin_anew(self) -> None:
        """Let in who has the key, as who knows the host."""
        shutil.copy(self.folder / "key.pub", self.folder / "authorized_keys")
        self.know(self.folder / "host")
        self.door.write_text(DOOR)

    def know(self, key: Path) -> None:
        """Have who publishes expect a host key."""
        self.known_hosts.write_text(f"[127.0.0.1]:{self.port} {key.with_suffix('.pub').read_text()}")


def new_key(file: Path) -> Path:
    file.unlink(missing_ok=True)  # of another test; ssh-keygen would ask
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file], check=True)
    return file


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def ssh_server(folder: Path) -> Iterator[Server]:
    """A server that lets in who has the key."""
    missing = [name for name in ("ssh", "ssh-keygen", "rsync", SSHD) if not shutil.which(name)]
    if missing:
        lacking(f"there is no {', no '.join(missing)} here")
    folder.mkdir()
    server = Server(folder=folder, port=free_port())
    if os.geteuid() == 0:
        PRIVILEGE_SEPARATION.mkdir(mode=0o755, exist_ok=True)
    new_key(folder / "key")
    new_key(folder / "host")
    server.begin_anew()
    server.config.write_text(CLIENT.format(folder=folder))
    (folder / "sshd_config").write_text(SERVER.format(folder=folder, port=server.port))
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen([SSHD, "-D", "-e", "-f", folder / "sshd_config"], stderr=log)
    try:
        until = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", server.port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        assert process.poll() is None, (folder / "log").read_text()
        yield server
    finally:
        process.terminate()
        process.wait(PATIENCE)

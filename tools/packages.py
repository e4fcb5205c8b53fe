"""Finds the programs that tests want beside Python, and installs them where that is possible.

A Chromium for the browser tests, git, nginx, rsync and sshd for those of publishing: first those that are there, then
Debian's packages where the user is root, and for Chromium then Playwright's own download. Without a program the tests
that need it are skipped with the reason (and fail in CI).
"""

import os
import shutil
import subprocess
import sys
from contextlib import suppress

#: seconds that an installation may take
PATIENCE = 600
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: Debian's packages, each with the program in it that is wanted
SERVERS = {
    "git": "git",
    "nginx": "nginx",
    "rsync": "rsync",
    "openssh-server": "sshd",
    "openssh-client": "ssh",
    "busybox": "busybox",
}
#: where servers lie, which is not on everybody's PATH
ADMINISTRATION = "/usr/sbin"


def on_path() -> str | None:
    """Give the Chromium on the PATH, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def playwrights_own() -> str | None:
    """Give the Chromium that Playwright has downloaded, or None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def server(program: str) -> str | None:
    """Give a program that may be one for administrators, or None."""
    return shutil.which(program) or shutil.which(program, path=ADMINISTRATION)


def missing() -> list[str]:
    """The packages with what is not there."""
    packages = [package for package, program in SERVERS.items() if not server(program)]
    return packages if on_path() or playwrights_own() else ["chromium", *packages]


def install(packages: list[str]) -> None:
    """Try Debian's packages, then Playwright's download."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        attempt(["apt-get", "update", "-qq"], environment)
        # each by itself: one that cannot be had keeps none of the others away
        for package in packages:
            attempt(["apt-get", "install", "-y", "-qq", package], environment)
    if "chromium" in packages and not on_path():
        attempt([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def attempt(command: list[str], environment: dict[str, str]) -> None:
    """Run a command that may fail or hang: what came of it is looked at afterwards."""
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL, timeout=PATIENCE)


def main() -> None:
    """Make sure that all is there; say so where something is not."""
    wanted = missing()
    if not wanted:
        return
    install(wanted)
    left = missing()
    if left:
        print(
            f"These are missing and could not be installed: {', '.join(left)}. Tests that need them are skipped.",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main()

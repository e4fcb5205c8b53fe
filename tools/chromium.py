"""Finds a Chromium for the browser tests, and installs one where that is possible.

First the one on the PATH, then Debian's package where the user is root, then Playwright's own
download. Without any the tests that need one are skipped with the reason (and fail in CI).
"""

import os
import shutil
import subprocess
import sys
from contextlib import suppress

#: seconds that an installation may take
PATIENCE = 600
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def on_path() -> str | None:
    """Give the Chromium on the PATH, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def playwrights_own() -> str | None:
    """Give the Chromium that Playwright has downloaded, or None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def install() -> None:
    """Try Debian's package, then Playwright's download."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
            attempt(command, environment)
        if on_path():
            return
    attempt([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def attempt(command: list[str], environment: dict[str, str]) -> None:
    """Run a command that may fail or hang: what came of it is looked at afterwards."""
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL, timeout=PATIENCE)


def main() -> None:
    """Make sure that there is a Chromium; say so where there is none."""
    if on_path() or playwrights_own():
        return
    install()
    if not on_path() and not playwrights_own():
        print("There is no Chromium and none could be installed: browser tests are skipped.", file=sys.stderr)


if __name__ == "__main__":
    main()

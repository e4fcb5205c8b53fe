"""Whether a disk reports what is saved on it. Where it does not, one has to look again and again."""

import asyncio
import os
from contextlib import suppress
from pathlib import Path

from watchfiles import awatch

#: kinds of disks that another machine writes to: of that nothing is reported (inotify(7), "Limitations")
SHARED = frozenset(
    {"9p", "afs", "ceph", "cifs", "drvfs", "nfs", "nfs4", "prl_fs", "smb3", "smbfs", "vboxsf", "virtiofs"}
    | {f"fuse.{name}" for name in ("glusterfs", "grpcfuse", "rclone", "s3fs", "sshfs", "vmhgfs-fuse")}
)
#: what is mounted, where the system is Linux
MOUNTS = Path("/proc/self/mountinfo")
#: so often something is written, and so many seconds after each time the report is waited for
ATTEMPTS, PATIENCE = 3, 1.0
#: milliseconds between two looks at what the system reported
STEP = 20


def device_of(folder: Path) -> int | None:
    """The number of the disk that a folder is on; None where there is no such folder."""
    try:
        return folder.stat().st_dev
    except OSError:
        return None


def is_shared(device: int, mounts: str) -> bool:
    """Whether others may write to a disk; `mounts` as in proc_pid_mountinfo(5)."""
    number = f"{os.major(device)}:{os.minor(device)}"
    for line in mounts.splitlines():
        place, _, kind = line.partition(" - ")
        if place.split()[2:3] == [number]:
            return kind.split()[:1] != [] and kind.split()[0] in SHARED
    return False


def mounts() -> str:
    """What is mounted; nothing where the system does not say."""
    try:
        return MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


async def reports(folder: Path) -> bool:
    """Whether the system reports what is written into a folder; yes, where nothing can be written."""
    file = folder / f".campaigner-probe-{os.getpid()}"
    seen, stop = asyncio.Event(), asyncio.Event()

    async def listen() -> None:
        async for _ in awatch(
            folder,
            watch_filter=lambda _, path: os.path.basename(path) == file.name,
            recursive=False,
            debounce=STEP,
            step=STEP,
            stop_event=stop,
            force_polling=False,
        ):
            seen.set()

    listener = asyncio.create_task(listen())
    try:
        for _ in range(ATTEMPTS):  # what is slow is not silent
            await asyncio.sleep(0)  # it listens then
            file.write_text("Does this disk report changes?\n", encoding="utf-8")
            with suppress(TimeoutError):
                await asyncio.wait_for(seen.wait(), PATIENCE)
                return True
        return False
    except OSError:
        return True
    finally:
        stop.set()
        listener.cancel()
        await asyncio.gather(listener, return_exceptions=True)
        with suppress(OSError):
            file.unlink(missing_ok=True)

"""Whether a disk reports what is saved on it."""

import os
from pathlib import Path

import pytest

from alone import run_alone
from campaigner.preview.disks import device_of, is_shared, mounts, reports

MOUNTS = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
31 27 0:31 / /srv/team rw,relatime shared:9 master:1 - nfs4 server:/team rw,vers=4.2
32 27 0:32 / /mnt/c rw,noatime - 9p drvfs rw
33 27 0:33 / /home/me/host rw - fuse.sshfs me@host: rw
broken
34 27 0:34 / /srv/none rw -
"""


@pytest.mark.parametrize(
    ("device", "expected"),
    [((254, 0), False), ((0, 31), True), ((0, 32), True), ((0, 33), True), ((0, 34), False), ((9, 9), False)],
)
def test_disks_that_others_write_to_are_known(device: tuple[int, int], expected: bool) -> None:
    assert is_shared(os.makedev(*device), MOUNTS) is expected


def test_this_disk_reports_also_in_folders_that_tools_keep_for_themselves(tmp_path: Path) -> None:
    for name in ("plain", "node_modules", ".venv", "__pycache__"):
        folder = tmp_path / name
        folder.mkdir()
        assert run_alone(reports(folder))
        assert [*folder.iterdir()] == []
    device = device_of(tmp_path)
    assert device is not None
    assert not is_shared(device, mounts())


def test_a_folder_that_nobody_may_write_to_counts_as_one_that_reports(tmp_path: Path) -> None:
    assert run_alone(reports(tmp_path / "nowhere"))
    assert device_of(tmp_path / "nowhere") is None

"""Files under further names, which cost no room and little time (POSIX link(2))."""

import os
import shutil
from collections.abc import Callable


def linked(source: str, target: str) -> bool:
    """Whether a file could be had as a further name of one that is there; raises OSError where it cannot be had."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileNotFoundError:
        return False
    except OSError:  # a file system without such names, or with no more of them for this file
        shutil.copy2(source, target, follow_symlinks=False)
    return True


def copy_folder(source: str, target: str, link: Callable[[str, str], object] = linked) -> None:
    """Give all files of a folder further names in another one; raises OSError where that cannot be done."""
    os.mkdir(target)
    with os.scandir(source) as entries:
        for entry in entries:
            inner = f"{target}{os.sep}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                copy_folder(entry.path, inner, link)
            else:
                link(entry.path, inner)
    shutil.copymode(source, target)

"""Has two names of a file system change places."""

import ctypes
import os
import sys
from pathlib import Path

#: renameat2(2)
AT_FDCWD = -100
RENAME_EXCHANGE = 2


def exchange(one: Path, other: Path) -> None:
    """Have two names change places; at once where the system can, so that neither is ever missing."""
    if sys.platform == "linux":
        names = (ctypes.c_char_p(os.fsencode(path)) for path in (one, other))
        first, second = names
        try:
            failed = ctypes.CDLL(None, use_errno=True).renameat2(
                AT_FDCWD, first, AT_FDCWD, second, ctypes.c_uint(RENAME_EXCHANGE)
            )
        except AttributeError:  # a C library without it
            failed = -1
        if not failed:
            return
    waiting = other.with_name(f"{other.name}.waiting")
    other.rename(waiting)
    one.rename(other)
    waiting.rename(one)

"""The spare folder: that of a release which nobody goes back to any more. The next release is made of it.

Most files of a site are there already. To link thousands anew, and to remove as many, takes longer than all else. So
while there is no such release yet a spare folder is made after readers see the new release, and not before.
"""

import os
import shutil
from pathlib import Path

from campaigner.publish.folder.linking import copy_folder
from campaigner.publish.releases import Release

#: begins the names of the folder and of the record of what is in it
SPARE = "spare-"


def set_aside(place: Path, name: str) -> None:
    """Make a release the spare one, among all releases in `place`; raises OSError where that cannot be done."""
    _drop(place)
    (place / f"{name}.json").replace(place / f"{SPARE}{name}.json")
    (place / name).rename(place / f"{SPARE}{name}")


def provide(place: Path, name: str) -> None:
    """Have a spare one: where there is none, with the files of a release under further names.

    Where that cannot be done, or would take the room of a copy, there is none.
    """
    if any(place.glob(f"{SPARE}*.json")):
        return
    _drop(place)
    try:
        copy_folder(os.fspath(place / name), os.fspath(place / f"{SPARE}{name}"), _further_name)
        # a folder without a record is none: the next one who publishes takes it away
        shutil.copyfile(place / f"{name}.json", place / f"{SPARE}{name}.json")
    except OSError:
        _drop(place)


def take(place: Path, folder: Path, *, compression: str) -> Release | None:
    """Make the spare one the folder of a release that is to be made; gives what is in it.

    None where there is none, or none of which text lies compressed like that (see Release).
    """
    for record in place.glob(f"{SPARE}*.json"):
        name = record.stem.removeprefix(SPARE)
        spare = place / f"{SPARE}{name}"
        try:
            there = Release.read(record.read_text(encoding="utf-8"), name)
            # what a link leads to is somebody else's: all that is too much in the folder will be taken away
            if there.compression != compression or spare.is_symlink():
                break
            spare.rename(folder)
            record.unlink()
        except (OSError, ValueError):
            break
        return there
    _drop(place)
    return None


def _further_name(source: str, target: str) -> None:
    os.link(source, target, follow_symlinks=False)


def _drop(place: Path) -> None:
    """Take away whatever is spare, or was once."""
    for left in place.glob(f"{SPARE}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
